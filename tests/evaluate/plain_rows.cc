// Entry points: those of plain_rows.h. Nothing here is shared with the engine but the plain evaluator itself.
#include "tests/evaluate/plain_rows.h"

#include <algorithm>
#include <optional>

#include "gtest/gtest.h"
#include "interp/evaluator.h"
#include "interp/table_evaluator.h"
#include "lang/checker.h"
#include "lang/parser.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string KeyText(const Message& row, const FieldDescriptor* field) {
  return row.GetReflection()->GetString(row, field);
}

class PlainActivation : public EmptyActivation {
 public:
  PlainActivation(const PlainRows& rows, const PlainRows::Place& place)
      : EmptyActivation(rows.book().schema.get()), rows_(rows), names_(*rows.book().names), place_(place) {}

  Value Variable(int index) const override {
    const VariableMeaning& meaning = names_.inputs.variables[static_cast<size_t>(index)];
    switch (meaning.kind) {
      case VariableMeaning::Kind::kLevelRow:
        return Row(meaning.index == 0 ? place_.input : place_.row, meaning.index);
      case VariableMeaning::Kind::kExpression:
        return assay::Evaluate(*meaning.ast->root, *this, EvaluateOptions());
      case VariableMeaning::Kind::kVirtual:
        return VirtualField(Row(place_.input, 0), meaning.index);
      case VariableMeaning::Kind::kInput:
        return Value::OfTimestamp(rows_.now());  // the checkpoint is read by no test
      case VariableMeaning::Kind::kArgument:
        break;
    }
    return Value::Error(ErrorKind::kInvalidArgument, "no such variable here");
  }

  Value VirtualField(const Value& row, int id) const override {
    const VirtualMeaning& meaning = names_.inputs.virtuals[static_cast<size_t>(id)];
    const PlainActivation there(rows_, PlaceOf(row));
    if (meaning.kind == VirtualMeaning::Kind::kExpression)
      return assay::Evaluate(*meaning.ast->root, there, EvaluateOptions());
    return there.Joined(meaning.join);
  }

  Value HostFunction(int index, absl::Span<const Value> args) const override {
    return EvaluateTable(*names_.inputs.tables[static_cast<size_t>(index)], args, *this, EvaluateOptions());
  }

 private:
  Value Row(const Message* message, int level) const {
    return Value::Row({message, names_.inputs.levels[static_cast<size_t>(level)], -1});
  }

  PlainRows::Place PlaceOf(const Value& value) const {
    const RowValue& row = value.as_row();
    const auto& levels = names_.inputs.levels;
    const auto level = static_cast<int>(std::find(levels.begin(), levels.end(), row.type) - levels.begin());
    return level == 0 ? PlainRows::Place{row.message, 0, nullptr} : PlainRows::Place{place_.input, level, row.message};
  }

  // Of a row that a join may find; nothing where it cannot be had.
  std::optional<std::string> KeyPart(const Message& row, const JoinMeaning& join, const JoinKeyPart& part) const {
    if (part.field != nullptr) return KeyText(row, part.field);
    const Value value = VirtualField(Value::Row({&row, join.row, -1}), part.virtual_field);
    if (value.is_error()) return std::nullopt;
    return std::string(value.as_string());
  }

  // Ascending by order_by, then as the rows stand.
  Value Joined(const JoinMeaning& join) const {
    std::vector<std::string> keys;
    for (const Ast* on : join.on) {
      const Value key = assay::Evaluate(*on->root, *this, EvaluateOptions());
      if (key.is_error()) return key;
      keys.emplace_back(key.as_string());
    }
    std::vector<const Message*> found;
    for (const auto& row : rows_.rows(names_.inputs.datasets[static_cast<size_t>(join.dataset)].name)) {
      bool fits = true;
      for (size_t i = 0; i < keys.size(); ++i) fits = fits && KeyPart(*row, join, join.key[i]) == keys[i];
      if (fits) found.push_back(row.get());
    }
    if (!join.many) {
      return found.empty() ? Value::Error(ErrorKind::kMissingRow, "") : Value::Row({found.front(), join.row, -1});
    }
    std::stable_sort(found.begin(), found.end(), [&](const Message* a, const Message* b) {
      for (const FieldDescriptor* field : join.order_by) {
        if (KeyText(*a, field) != KeyText(*b, field)) return KeyText(*a, field) < KeyText(*b, field);
      }
      return false;
    });
    if (join.last != nullptr) {
      const Value most = assay::Evaluate(*join.last->root, *this, EvaluateOptions());
      if (most.is_error()) return Value::List({});
      const int64_t surplus = static_cast<int64_t>(found.size()) - std::max<int64_t>(0, most.as_int());
      if (surplus > 0) found.erase(found.begin(), found.begin() + surplus);
    }
    ValueList list;
    for (const Message* row : found) list.push_back(Value::Row({row, join.row, -1}));
    return Value::List(std::move(list));
  }

  const PlainRows& rows_;
  const Names& names_;
  PlainRows::Place place_;
};

}  // namespace

PlainRows::PlainRows(const CompiledRulebook& book, const Timestamp& now,
                     const std::map<std::string, std::vector<std::string>>& datasets)
    : book_(book), now_(now) {
  for (const PlanInputs::Dataset& dataset : book.names->inputs.datasets) {
    auto& rows = datasets_[dataset.name];
    const auto given = datasets.find(dataset.name);
    if (given == datasets.end()) continue;
    for (const std::string& bytes : given->second) {
      rows.emplace_back(book.schema->Prototype(*dataset.message).New());
      EXPECT_TRUE(rows.back()->ParseFromString(bytes));
    }
  }
}

Value PlainRows::Evaluate(const std::string& text, const Place& place) const {
  const absl::StatusOr<SourceText> source = SourceText::Create("", text);
  IssueList issues;
  std::optional<Ast> ast = Parse(*source, Limits(), &issues);
  const bool is_good = ast.has_value() && Check(book_.names->inputs.env, *source, nullptr, &*ast, &issues);
  EXPECT_TRUE(is_good) << text << "\n" << Format(issues);
  if (!is_good) return Value::Null();
  return assay::Evaluate(*ast->root, PlainActivation(*this, place), EvaluateOptions());
}

}  // namespace assay
