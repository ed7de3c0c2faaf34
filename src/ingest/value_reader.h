// Values that are more than their encoding: decimals, dates, instants, money; from bytes to a cell.
// Entry points: ReadDecimalText, ReadDateText, StoreMinorUnits, MergeWholeAndNanos, StoreMoney. Each writes the value,
// or the error that says what is wrong with it, so that a later value of the same field takes the place of an earlier
// error.
#ifndef ASSAY_INGEST_VALUE_READER_H_
#define ASSAY_INGEST_VALUE_READER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"
#include "base/int128.h"
#include "base/utf8.h"
#include "column/column_set.h"
#include "ingest/decode_table.h"
#include "ingest/wire_reader.h"

namespace assay {

// What Timestamp, Duration and Money are made of: a whole part and billionths.
struct WholeAndNanos {
  int64_t whole = 0;
  int32_t nanos = 0;
};

// Whether all of the text is ASCII, eight bytes at a time.
inline bool IsAscii(absl::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  const char* p = text.data();
  size_t left = text.size();
  uint64_t all = 0;
  for (; left >= 8; p += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    all |= word;
  }
  for (; left != 0; ++p, --left) all |= static_cast<uint8_t>(*p);
  return (all & kHighBits) == 0;
}

inline bool IsUtf8(absl::string_view text) { return IsAscii(text) || IsValidUtf8(text); }

// The text of an annotated field. False if it is not even UTF-8: then the whole row cannot be decoded.
bool ReadDecimalText(const FieldOp& op, absl::string_view text, int32_t row, ColumnSet* columns);
bool ReadDateText(const FieldOp& op, absl::string_view text, int32_t row, ColumnSet* columns);

// The coefficient of a decimal; `value` as read, zero- or sign-extended.
void StoreMinorUnits(const FieldOp& op, int128 value, int32_t row, ColumnSet* columns);

// Reads such a message over what `parts` has already: the fields `whole_field` and the one after it.
const uint8_t* MergeWholeAndNanos(const uint8_t* p, const uint8_t* end, uint32_t whole_field, WholeAndNanos* parts,
                                  int depth, WireError* error);

void StoreTimestamp(const FieldOp& op, WholeAndNanos parts, int32_t row, ColumnSet* columns);
void StoreDuration(const FieldOp& op, WholeAndNanos parts, int32_t row, ColumnSet* columns);
void StoreMoney(const FieldOp& op, WholeAndNanos parts, int32_t row, ColumnSet* columns);

}  // namespace assay

#endif  // ASSAY_INGEST_VALUE_READER_H_
