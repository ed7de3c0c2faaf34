// Values of a case, their text, and predicates asked of them. Entry points: CasesOf, WitnessOf, WitnessText, RowFits.
#include "rulebook/witness.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "interp/evaluator.h"
#include "interp/table_evaluator.h"
#include "lang/unparse.h"

namespace assay {
namespace {

// The named values of an enum, ascending and each once.
std::vector<Place> EnumPlaces(const google::protobuf::EnumDescriptor& type) {
  std::vector<Place> places;
  places.reserve(static_cast<size_t>(type.value_count()));
  for (int i = 0; i < type.value_count(); ++i) places.push_back({type.value(i)->number(), ""});
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

// The first named value of a piece that has one.
Place NamedValue(const CellColumn& column, const google::protobuf::EnumDescriptor& type, int32_t piece) {
  for (const Place& place : EnumPlaces(type)) {
    if (column.PieceOf(place) == piece) return place;
  }
  return ReadableValue(column, piece);
}

// As a cell has it: dates, instants and spans as texts.
std::string CellText(const Type& type, const Constant& value) {
  if (type.enum_type != nullptr) return QuoteString(EnumShortName(*type.enum_type, value.int_value));
  switch (value.kind) {
    case TypeKind::kDecimal:
      return FormatTrimmed(value.decimal);
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kDuration: {
      const std::string call = UnparseConstant(value);  // date('2026-01-31')
      const size_t open = call.find('(');
      return call.substr(open + 1, call.size() - open - 2);
    }
    default:
      return UnparseConstant(value);
  }
}

Value ValueOf(const Constant& constant) {
  Expr expr;
  expr.constant = constant;
  return Evaluate(expr, EmptyActivation(nullptr), EvaluateOptions());
}

// The witness as the arguments of its table, parameters, and other tables.
class CaseActivation : public Activation {
 public:
  CaseActivation(const DecisionTable& table, const Witness& witness, const Names& names)
      : table_(table), witness_(witness), names_(names) {}

  Value Variable(int index) const override {
    const int argument = index - table_.first_variable;
    if (argument >= 0 && static_cast<size_t>(argument) < witness_.size()) {
      const std::optional<Constant>& value = witness_[static_cast<size_t>(argument)];
      return value.has_value() ? ValueOf(*value) : Unknown();
    }
    const VariableMeaning& meaning = names_.inputs.variables[static_cast<size_t>(index)];
    if (meaning.kind != VariableMeaning::Kind::kExpression) return Unknown();
    return Evaluate(*meaning.ast->root, EmptyActivation(schema()), EvaluateOptions());
  }
  Value VirtualField(const Value& /*row*/, int /*id*/) const override { return Unknown(); }
  Value HostFunction(int index, absl::Span<const Value> args) const override {
    return EvaluateTable(*names_.inputs.tables[static_cast<size_t>(index)], args, *this, EvaluateOptions());
  }
  const Schema* schema() const override { return names_.inputs.schema.get(); }

 private:
  static Value Unknown() { return Value::Error(ErrorKind::kInvalidArgument, "not known here"); }

  const DecisionTable& table_;
  const Witness& witness_;
  const Names& names_;
};

}  // namespace

TableCases CasesOf(const DecisionTable& table) {
  TableCases cases = {&table.cells, {}};
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    const CellColumn& column = table.cells.columns[i];
    const google::protobuf::EnumDescriptor* names = table.inputs[i].type->enum_type;
    cases.universe.push_back(names == nullptr ? AllPieces(column) : PiecesOf(column, EnumPlaces(*names)));
  }
  return cases;
}

Witness WitnessOf(const DecisionTable& table, const Case& pieces) {
  Witness witness;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const CellColumn& column = table.cells.columns[i];
    const google::protobuf::EnumDescriptor* names = table.inputs[i].type->enum_type;
    witness.emplace_back();
    if (!column.domain().has_value()) continue;
    const Place place = names == nullptr ? ReadableValue(column, pieces[i]) : NamedValue(column, *names, pieces[i]);
    witness.back() = ConstantAt(*column.domain(), place);
  }
  return witness;
}

std::string WitnessText(const DecisionTable& table, const Witness& witness) {
  std::vector<std::string> parts;
  for (size_t i = 0; i < witness.size(); ++i) {
    if (!witness[i].has_value()) continue;
    parts.push_back(absl::StrCat(table.inputs[i].name, " = ", CellText(*table.inputs[i].type, *witness[i])));
  }
  return absl::StrJoin(parts, ", ");
}

std::optional<bool> RowFits(const DecisionTable& table, size_t row, const Witness& witness, const Names& names) {
  const CaseActivation activation(table, witness, names);
  bool is_known = true;
  for (size_t i = 0; i < table.cells.columns.size(); ++i) {
    const Cell& cell = table.cells.At(row, i);
    const CellColumn& column = table.cells.columns[i];
    if (cell.kind == Cell::Kind::kSet) {
      if (!column.Admits(cell.index, column.PieceOf(PlaceOf(*column.domain(), *witness[i])))) return false;
    } else if (cell.kind == Cell::Kind::kPredicate) {
      const Ast& predicate = *table.cells.predicates[static_cast<size_t>(cell.index)];
      const Value holds = Evaluate(*predicate.root, activation, EvaluateOptions());
      if (holds.is(ValueKind::kBool) && !holds.as_bool()) return false;
      is_known = is_known && holds.is(ValueKind::kBool);
    }
  }
  if (!is_known) return std::nullopt;
  return true;
}

}  // namespace assay
