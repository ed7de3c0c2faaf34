// Entry point: BoardOf.
#include "evaluate/board.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/timestamp.h"
#include "evaluate/sort_key.h"

namespace assay {
namespace {

template <typename Time>
Decimal Nanoseconds(const Time& time) {
  return {static_cast<int128>(time.seconds()) * kNanosPerSecond + time.nanos(), 9};
}

Decimal DayOf(const std::string& date) {
  int32_t day = 0;
  ParseDate(date.data(), date.size(), &day);
  return DecimalFromInt64(day);
}

// All values are of one output, so of one kind.
SortKey KeyOf(const v1::OutputValue& value) {
  SortKey key;
  switch (value.kind_case()) {
    case v1::OutputValue::kIntValue:
      key.number = DecimalFromInt64(value.int_value());
      break;
    case v1::OutputValue::kUintValue:
      key.number = DecimalFromUint64(value.uint_value());
      break;
    case v1::OutputValue::kDecimalValue:
      key.number = ParseDecimal(value.decimal_value()).value_or(Decimal());
      break;
    case v1::OutputValue::kDateValue:
      key.number = DayOf(value.date_value());
      break;
    case v1::OutputValue::kTimestampValue:
      key.number = Nanoseconds(value.timestamp_value());
      break;
    case v1::OutputValue::kDurationValue:
      key.number = Nanoseconds(value.duration_value());
      break;
    default:
      key.missing = true;
  }
  return key;
}

bool IsListed(const CompiledBoard& board, const v1::EvaluatedRow& row) {
  if (board.listed < 0) return true;
  const v1::OutputValue& listed = row.outputs(board.listed);
  return listed.kind_case() != v1::OutputValue::kBoolValue || listed.bool_value();
}

}  // namespace

v1::ListedRows BoardOf(const CompiledRulebook& book, const v1::EvaluationResult& result) {
  const CompiledBoard& board = book.evaluation.board;
  std::vector<std::pair<SortKey, int32_t>> listed;
  for (int32_t i = 0; i < result.rows_size(); ++i) {
    const v1::EvaluatedRow& row = result.rows(i);
    if (!IsListed(board, row)) continue;
    listed.emplace_back(board.order < 0 ? SortKey() : KeyOf(row.outputs(board.order)), i);
  }
  std::stable_sort(listed.begin(), listed.end(),
                   [](const auto& a, const auto& b) { return CompareKeysMissingLast(a.first, b.first) < 0; });
  const v1::Board& proto = book.proto.evaluation().board();
  v1::ListedRows rows;
  *rows.mutable_title() = proto.title();
  *rows.mutable_columns() = proto.columns();
  for (const auto& [key, row] : listed) rows.add_rows(row);
  return rows;
}

}  // namespace assay
