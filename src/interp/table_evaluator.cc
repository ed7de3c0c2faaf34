// A row hits where all its cells hold. The first row, as they count, that cannot be decided makes the result an error;
// rows behind one that decides alone are not looked at. Entry point: EvaluateTable.
#include "interp/table_evaluator.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "interp/functions.h"

namespace assay {
namespace {

Place PlaceOf(const Domain& domain, const Value& value) {
  Constant constant;
  switch (value.kind()) {
    case ValueKind::kBool:
      constant.bool_value = value.as_bool();
      break;
    case ValueKind::kUint:
      constant.uint_value = value.as_uint();
      break;
    case ValueKind::kDouble:
      constant.double_value = value.as_double();
      break;
    case ValueKind::kString:
      constant.text = std::string(value.as_string());
      break;
    case ValueKind::kDecimal:
      constant.decimal = value.as_decimal();
      break;
    case ValueKind::kDate:
      constant.int_value = value.as_date();
      break;
    case ValueKind::kTimestamp:
      constant.timestamp = value.as_timestamp();
      break;
    case ValueKind::kDuration:
      constant.duration = value.as_duration();
      break;
    default:
      constant.int_value = value.as_int();
      break;
  }
  return assay::PlaceOf(domain, constant);
}

Value ValueOf(const Constant& c) {
  Expr expr;
  expr.constant = c;
  return Evaluate(expr, EmptyActivation(nullptr), EvaluateOptions());
}

// The arguments by their variables, and the list of answers for an aggregate.
class Arguments : public Activation {
 public:
  Arguments(const DecisionTable& table, absl::Span<const Value> args, const Activation& outer)
      : table_(table), args_(args), outer_(outer) {}

  Value Variable(int index) const override {
    if (index == table_.aggregate_variable) return answers_;
    const int argument = index - table_.first_variable;
    const bool is_argument = argument >= 0 && static_cast<size_t>(argument) < args_.size();
    return is_argument ? args_[static_cast<size_t>(argument)] : outer_.Variable(index);
  }
  Value VirtualField(const Value& row, int id) const override { return outer_.VirtualField(row, id); }
  Value HostFunction(int index, absl::Span<const Value> args) const override {
    return outer_.HostFunction(index, args);
  }
  const Schema* schema() const override { return outer_.schema(); }

  void SetAnswers(Value answers) { answers_ = std::move(answers); }

 private:
  const DecisionTable& table_;
  absl::Span<const Value> args_;
  const Activation& outer_;
  Value answers_;
};

class Scan {
 public:
  Scan(const DecisionTable& table, absl::Span<const Value> args, const Activation& outer,
       const EvaluateOptions& options)
      : table_(table), args_(args), arguments_(table, args, outer), options_(options) {}

  Value Run() {
    const bool first_decides = table_.policy == HitPolicy::kFirst || table_.policy == HitPolicy::kPriority;
    std::vector<int32_t> hits;
    for (int32_t row : table_.order) {
      const Value hit = RowHolds(row);
      if (hit.is_error()) return hit;
      if (!hit.as_bool()) continue;
      hits.push_back(row);
      if (first_decides) break;
    }
    return Result(hits);
  }

 private:
  Value CellHolds(const Cell& cell, size_t column) {
    if (cell.kind == Cell::Kind::kAny) return Value::Bool(true);
    if (cell.kind == Cell::Kind::kPredicate) {
      return Evaluate(*table_.cells.predicates[static_cast<size_t>(cell.index)]->root, arguments_, options_);
    }
    const Value& argument = args_[column];
    if (argument.is_error()) return argument;
    if (argument.is(ValueKind::kNull)) return Value::Error(ErrorKind::kNull, "");
    const CellColumn& values = table_.cells.columns[column];
    return Value::Bool(values.Admits(cell.index, values.PieceOf(PlaceOf(*values.domain(), argument))));
  }

  // False if any cell is; else the first error; else true.
  Value RowHolds(int32_t row) {
    Value verdict = Value::Bool(true);
    for (size_t column = 0; column < table_.cells.columns.size(); ++column) {
      Value cell = CellHolds(table_.cells.At(static_cast<size_t>(row), column), column);
      if (cell.is(ValueKind::kBool) && !cell.as_bool()) return cell;
      if (cell.is_error() && !verdict.is_error()) verdict = std::move(cell);
    }
    return verdict;
  }

  Value Result(std::vector<int32_t> hits) {
    if (hits.empty() && table_.has_default) {
      hits.push_back(static_cast<int32_t>(table_.row_count()));
    } else if (hits.empty() && table_.needs_hit) {
      return Fault(ErrorKind::kNoHit, "");
    }
    if (table_.gives_list()) return ListOf(hits);
    if (table_.policy == HitPolicy::kUnique && hits.size() > 1) {
      return Fault(ErrorKind::kManyHits, RowsText(hits[0], hits[1]));
    }
    for (size_t i = 1; table_.policy == HitPolicy::kAny && i < hits.size(); ++i) {
      const std::vector<int32_t>& answers = table_.answers;
      const bool same = answers[static_cast<size_t>(hits[0])] == answers[static_cast<size_t>(hits[i])];
      if (!same) return Fault(ErrorKind::kUnlikeHits, RowsText(hits[0], hits[i]));
    }
    return AnswerOf(hits[0]);
  }

  Value ListOf(const std::vector<int32_t>& hits) {
    ValueList answers;
    for (int32_t row : hits) {
      answers.push_back(AnswerOf(row));
      if (answers.back().is_error()) return answers.back();
    }
    Value list = Value::List(std::move(answers));
    if (table_.aggregate == nullptr) return list;
    arguments_.SetAnswers(std::move(list));
    return Evaluate(*table_.aggregate->root, arguments_, options_);
  }

  Value Output(const OutputColumn& column, int32_t row) {
    const Ast* expression = column.ExpressionOf(static_cast<size_t>(row));
    if (expression == nullptr) return ValueOf(column.ConstantOf(static_cast<size_t>(row)));
    return Conform(Evaluate(*expression->root, arguments_, options_), column.type());
  }

  Value AnswerOf(int32_t row) {
    if (table_.answer == nullptr) return Output(table_.outputs[0], row);
    auto outputs = std::make_shared<ValueList>();
    for (const OutputColumn& column : table_.outputs) outputs->push_back(Output(column, row));
    return Value::Row({nullptr, table_.answer, row, nullptr, std::move(outputs), table_.first_output});
  }

  std::string RowsText(int32_t a, int32_t b) const {
    return absl::StrCat(" rows ", table_.RowName(a), " and ", table_.RowName(b));
  }

  Value Fault(ErrorKind kind, const std::string& rows) const {
    std::vector<std::string> values;
    for (const Value& arg : args_) values.push_back(DebugString(arg));
    return Value::Error(kind, absl::StrCat(table_.function, "(", absl::StrJoin(values, ", "), ")", rows));
  }

  const DecisionTable& table_;
  absl::Span<const Value> args_;
  Arguments arguments_;
  const EvaluateOptions& options_;
};

}  // namespace

Value EvaluateTable(const DecisionTable& table, absl::Span<const Value> args, const Activation& outer,
                    const EvaluateOptions& options) {
  // A decimal is at the scale of its column, which holds it: the checker saw to that.
  ValueList sized;
  for (size_t i = 0; i < args.size(); ++i) sized.push_back(Conform(args[i], *table.inputs[i].type));
  return Scan(table, sized, outer, options).Run();
}

}  // namespace assay
