// Storage of a decision table's answers. Entry points: OutputColumn, DecisionTable::Index.
#include "table/decision_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay {

OutputColumn::OutputColumn(std::string name, const Type* type, Physical physical, size_t rows)
    : name_(std::move(name)),
      type_(type),
      physical_(physical),
      rows_(rows),
      data_((rows * PhysicalSize(physical) + sizeof(int128) - 1) / sizeof(int128), 0) {}

void OutputColumn::SetConstant(size_t row, const Constant& value) {
  switch (physical_) {
    case Physical::kBool:
      At<uint8_t>(row) = value.bool_value ? 1 : 0;
      return;
    case Physical::kUint64:
      At<uint64_t>(row) = value.uint_value;
      return;
    case Physical::kDouble:
      At<double>(row) = value.double_value;
      return;
    case Physical::kString:
      if (texts_.empty() || texts_.back() != value.text) texts_.push_back(value.text);
      At<absl::string_view>(row) = texts_.back();
      return;
    case Physical::kDecimal64:
    case Physical::kDecimal128: {
      const int128 scaled = value.decimal.coefficient * Pow10(type_->decimal.scale - value.decimal.scale);
      if (physical_ == Physical::kDecimal128) {
        At<int128>(row) = scaled;
      } else {
        At<int64_t>(row) = static_cast<int64_t>(scaled);
      }
      return;
    }
    case Physical::kDate:
      At<int32_t>(row) = static_cast<int32_t>(value.int_value);
      return;
    case Physical::kTimestamp:
      At<Timestamp>(row) = value.timestamp;
      return;
    case Physical::kDuration:
      At<Duration>(row) = value.duration;
      return;
    default:
      At<int64_t>(row) = value.int_value;
      return;
  }
}

Constant OutputColumn::ConstantOf(size_t row) const {
  Constant value;
  value.kind = type_->kind;
  switch (physical_) {
    case Physical::kBool:
      value.bool_value = At<uint8_t>(row) != 0;
      break;
    case Physical::kUint64:
      value.uint_value = At<uint64_t>(row);
      break;
    case Physical::kDouble:
      value.double_value = At<double>(row);
      break;
    case Physical::kString:
      value.text = std::string(At<absl::string_view>(row));
      break;
    case Physical::kDecimal64:
      value.decimal = {At<int64_t>(row), type_->decimal.scale};
      break;
    case Physical::kDecimal128:
      value.decimal = {At<int128>(row), type_->decimal.scale};
      break;
    case Physical::kDate:
      value.int_value = At<int32_t>(row);
      break;
    case Physical::kTimestamp:
      value.timestamp = At<Timestamp>(row);
      break;
    case Physical::kDuration:
      value.duration = At<Duration>(row);
      break;
    default:
      value.int_value = At<int64_t>(row);
      break;
  }
  return value;
}

void OutputColumn::SetExpression(size_t row, const Ast* expression) {
  if (expression_of_.empty()) expression_of_.assign(rows_, -1);
  const auto [found, is_new] = numbers_.try_emplace(expression, static_cast<int32_t>(expressions_.size()));
  if (is_new) expressions_.push_back(expression);
  expression_of_[row] = found->second;
}

const Ast* OutputColumn::ExpressionOf(size_t row) const {
  const int32_t number = expression_of_.empty() ? -1 : expression_of_[row];
  return number < 0 ? nullptr : expressions_[static_cast<size_t>(number)];
}

void DecisionTable::Index() {
  finders.clear();
  for (const CellColumn& column : cells.columns) finders.emplace_back(&column);
  index = std::make_unique<const TableIndex>(cells, order);
}

std::string DecisionTable::RowName(int32_t row) const {
  const bool has_id = static_cast<size_t>(row) < row_ids.size() && !row_ids[static_cast<size_t>(row)].empty();
  return has_id ? row_ids[static_cast<size_t>(row)] : absl::StrCat(row + 1);
}

}  // namespace assay
