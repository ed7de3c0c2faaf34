// Decimals, dates, instants and money into cells. Entry points are those of the header.
// A value that is refused leaves an error in its cell; nothing here gives up on a row but text that is not UTF-8.
#include "ingest/value_reader.h"

#include "base/civil.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {
namespace {

// The coefficient into the column of its width, which the precision chose.
void StoreCoefficient(const FieldOp& op, int128 coefficient, int32_t row, ColumnSet* columns) {
  const int128 limit = Pow10(op.precision);
  if (coefficient >= limit || coefficient <= -limit) {
    columns->FailValue(op.slot, row, ErrorKind::kOverflow, DecimalParseReason(DecimalParse::kOverflow));
    return;
  }
  columns->SetError(op.slot, row, 0);
  if (op.precision <= kMaxPow10Int64) {
    columns->at<int64_t>(op.slot, row) = static_cast<int64_t>(coefficient);
  } else {
    columns->at<int128>(op.slot, row) = coefficient;
  }
}

}  // namespace

bool ReadDecimalText(const FieldOp& op, absl::string_view text, int32_t row, ColumnSet* columns) {
  const DecimalParse result =
      op.precision <= kMaxPow10Int64
          ? ParseDecimalAtScale(text.data(), text.size(), op.precision, op.scale, &columns->at<int64_t>(op.slot, row))
          : ParseDecimalAtScale(text.data(), text.size(), op.precision, op.scale, &columns->at<int128>(op.slot, row));
  if (ABSL_PREDICT_TRUE(result == DecimalParse::kOk)) {
    columns->SetError(op.slot, row, 0);
    return true;
  }
  const ErrorKind kind = result == DecimalParse::kOverflow ? ErrorKind::kOverflow : ErrorKind::kMalformed;
  columns->FailValue(op.slot, row, kind, DecimalParseReason(result));
  return IsUtf8(text);
}

bool ReadDateText(const FieldOp& op, absl::string_view text, int32_t row, ColumnSet* columns) {
  const DateParse result = ParseDate(text.data(), text.size(), &columns->at<int32_t>(op.slot, row));
  if (ABSL_PREDICT_TRUE(result == DateParse::kOk)) {
    columns->SetError(op.slot, row, 0);
    return true;
  }
  columns->FailValue(op.slot, row, ErrorKind::kMalformed, DateParseReason(result));
  return IsUtf8(text);
}

void StoreMinorUnits(const FieldOp& op, int128 value, int32_t row, ColumnSet* columns) {
  StoreCoefficient(op, value, row, columns);
}

const uint8_t* MergeWholeAndNanos(const uint8_t* p, const uint8_t* end, uint32_t whole_field, WholeAndNanos* parts,
                                  int depth, WireError* error) {
  while (p != end) {
    uint32_t tag = 0;
    p = ReadTag(p, end, &tag, error);
    if (p == nullptr) return nullptr;
    uint64_t value = 0;
    if (tag == whole_field << 3) {
      p = ReadVarint(p, end, &value, error);
      parts->whole = static_cast<int64_t>(value);
    } else if (tag == (whole_field + 1) << 3) {
      p = ReadVarint(p, end, &value, error);
      parts->nanos = static_cast<int32_t>(value);
    } else {
      p = SkipField(p, end, tag, depth, error);
    }
    if (p == nullptr) return nullptr;
  }
  return p;
}

void StoreTimestamp(const FieldOp& op, WholeAndNanos parts, int32_t row, ColumnSet* columns) {
  const Timestamp time{parts.whole, parts.nanos};
  columns->at<Timestamp>(op.slot, row) = time;
  if (IsValid(time)) {
    columns->SetError(op.slot, row, 0);
  } else {
    columns->FailValue(op.slot, row, ErrorKind::kMalformed, "is not an instant of the years 1 to 9999");
  }
}

void StoreDuration(const FieldOp& op, WholeAndNanos parts, int32_t row, ColumnSet* columns) {
  const Duration span{parts.whole, parts.nanos};
  columns->at<Duration>(op.slot, row) = span;
  if (IsValid(span)) {
    columns->SetError(op.slot, row, 0);
  } else {
    columns->FailValue(op.slot, row, ErrorKind::kMalformed, "is not a duration within 292 years");
  }
}

void StoreMoney(const FieldOp& op, WholeAndNanos parts, int32_t row, ColumnSet* columns) {
  const bool signs_agree = (parts.whole <= 0 || parts.nanos >= 0) && (parts.whole >= 0 || parts.nanos <= 0);
  if (!signs_agree || parts.nanos >= kNanosPerSecond || parts.nanos <= -kNanosPerSecond) {
    columns->FailValue(op.slot, row, ErrorKind::kMalformed, "is not an amount of money");
    return;
  }
  // |amount| < 10^28, so that only the step to the scale can overflow.
  const int128 billionths = int128{parts.whole} * kNanosPerSecond + parts.nanos;
  if (op.scale < 9) {
    const int128 step = Pow10(9 - op.scale);
    if (billionths % step != 0) {
      columns->FailValue(op.slot, row, ErrorKind::kMalformed, DecimalParseReason(DecimalParse::kExcessScale));
    } else {
      StoreCoefficient(op, billionths / step, row, columns);
    }
    return;
  }
  int128 coefficient = 0;
  if (!CheckedMul(billionths, Pow10(op.scale - 9), &coefficient)) coefficient = kInt128Max;
  StoreCoefficient(op, coefficient, row, columns);
}

}  // namespace assay
