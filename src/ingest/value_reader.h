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
#include "base/short_decimal.h"
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

inline bool IsUtf8(absl::string_view text) { return IsAscii(text) || IsValidUtf8(text); }

// Most decimals are short, unsigned and good: reads those, and false says that it left the cell as it was. The eight
// bytes that end with the text must be readable.
inline bool ReadPlainDecimal(const FieldOp& op, absl::string_view text, int64_t* cell) {
  if (text.empty() || text.size() > 8 || op.precision > kMaxPow10Int64) return false;
  const uint64_t word = RightAligned(LoadEight(text.data() + text.size() - 8), text.size());
  ShortDecimal number;
  if (ABSL_PREDICT_FALSE(!ReadShortDecimal(word, text.size(), &number))) return false;
  const int missing = op.scale - number.fraction_digits;
  if (ABSL_PREDICT_FALSE(missing < 0 || number.magnitude >= Pow10Int64(op.precision - missing))) return false;
  *cell = number.magnitude * Pow10Int64(missing);
  return true;
}

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
