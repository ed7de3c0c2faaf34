// A column of values as kernels see it: a typed, borrowed array with an optional array of error codes.
// Entry points: Physical, Vector, VectorOf. A Vector owns nothing: it is valid as long as the ColumnSet or arena it was
// taken from is not written to again.
#ifndef ASSAY_COLUMN_VECTOR_H_
#define ASSAY_COLUMN_VECTOR_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/int128.h"
#include "base/timestamp.h"

namespace assay {

// How one value lies in memory.
enum class Physical : uint8_t {
  kBool,        // uint8_t, 0 or 1
  kInt64,       // int64_t: int of every width, enums by number
  kUint64,      // uint64_t
  kDouble,      // double
  kString,      // absl::string_view, also for bytes; borrows the bytes it was read from
  kDecimal64,   // int64_t coefficient; digits <= 18, the scale is static
  kDecimal128,  // int128 coefficient; digits <= 38
  kDate,        // int32_t, days since 1970-01-01
  kTimestamp,   // Timestamp
  kDuration,    // Duration
  kRow,         // int32_t, a row of a level
};

inline constexpr int kPhysicalCount = 11;

// Bytes of one value: 1, 4, 8 or 16.
constexpr size_t PhysicalSize(Physical type) {
  constexpr uint8_t kSizes[kPhysicalCount] = {1, 8, 8, 8, sizeof(absl::string_view), 8, 16, 4, 16, 16, 4};
  return kSizes[static_cast<int>(type)];
}
static_assert(sizeof(Timestamp) == 16 && sizeof(Duration) == 16 && sizeof(absl::string_view) == 16);

// 0: the value is good. Else an error of the batch's ErrorTable; the value beside it means nothing.
using ErrorCode = uint32_t;

struct Vector {
  Physical type = Physical::kBool;
  const void* data = nullptr;
  const ErrorCode* errors = nullptr;  // nullptr: no value errs; else `size` codes
  size_t size = 0;

  // T is the type of the table above; Decimal64 and Int64 are both int64_t.
  template <typename T>
  absl::Span<const T> values() const {
    return absl::Span<const T>(static_cast<const T*>(data), size);
  }

  bool has_errors() const { return errors != nullptr; }
  ErrorCode error(size_t row) const { return errors == nullptr ? 0 : errors[row]; }
};

// The rows of a level, contiguous by parent: child rows [begin[p], begin[p + 1]) belong to row p of the parent level.
struct LevelView {
  size_t size = 0;                   // rows
  absl::Span<const int32_t> parent;  // `size` rows of the parent level, ascending; empty for the root
  absl::Span<const int32_t> begin;   // as many as the parent level has rows, plus one; empty for the root
};

}  // namespace assay

#endif  // ASSAY_COLUMN_VECTOR_H_
