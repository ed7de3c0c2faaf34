// format() of CEL's strings library: a text whose clauses %s %d %f %e %b %o %x %X are filled by values, one each.
// Entry points: FormatText, AppendShown. Lists and maps come as the text that %s writes of them; decimals are written
// exactly, and rounded half up.
#ifndef ASSAY_BASE_FORMAT_TEXT_H_
#define ASSAY_BASE_FORMAT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {

// A value that a clause writes. Views must outlive the call.
struct FormatValue {
  enum class Kind : uint8_t {
    kNone,  // no clause can write it
    kText,  // `text`, which only %s writes: of lists, maps, types, null
    kBool,
    kInt,
    kUint,
    kDouble,
    kString,
    kBytes,
    kDecimal,
    kDate,  // days in `integer`
    kTimestamp,
    kDuration,
  };
  Kind kind = Kind::kNone;
  bool flag = false;
  int64_t integer = 0;
  uint64_t natural = 0;
  double real = 0;
  absl::string_view text = {};
  Decimal decimal = {};
  Timestamp timestamp = {};
  Duration duration = {};
};

enum class FormatFault : uint8_t {
  kNone,
  kNoClause,      // a % that begins none
  kTooFewValues,  // more clauses than values
  kCannotWrite,   // a value that its clause cannot write
  kTooLong,       // over kMaxFormatted
};

// The longest text that is made, in bytes.
inline constexpr size_t kMaxFormatted = size_t{16} << 20;

// Appends `pattern` with each clause filled. With a fault `out` holds what was written up to it.
FormatFault FormatText(absl::string_view pattern, absl::Span<const FormatValue> values, std::string* out);

// Appends what %s writes; false for what has no text.
bool AppendShown(const FormatValue& value, std::string* out);

}  // namespace assay

#endif  // ASSAY_BASE_FORMAT_TEXT_H_
