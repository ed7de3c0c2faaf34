// Calls of decision tables: the row that counts as a row index, its outputs as columns chosen by it, lists of answers
// as levels. Entry points: Planner::CallTable, AnswerOf.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "plan/planner.h"
#include "plan/values_read.h"

namespace assay {

// A tree over arguments, which its names of kind kArgument mean.
Planner::Result Planner::WithArguments(const Ast& ast, const std::vector<Symbol>& arguments) {
  const Context outer = context_;
  const Ast* outer_ast = ast_;
  context_.arguments = &arguments;
  ast_ = &ast;
  Result result = Visit(*ast.root);
  context_ = outer;
  ast_ = outer_ast;
  return result;
}

Planner::Result Planner::CallTable(const Expr& expr) {
  const std::shared_ptr<const DecisionTable>& table = inputs_->tables[static_cast<size_t>(expr.ref.index)];
  std::vector<Symbol> arguments;
  for (const Expr* arg : expr.args) {
    Result value = Visit(*arg);
    if (!value.has_value()) return value;
    arguments.push_back(*std::move(value));
  }
  if (!ToOneLevel(expr, &arguments)) return std::nullopt;
  LevelId level = kConstantLevel;
  for (size_t i = 0; i < arguments.size(); ++i) {
    Symbol& argument = arguments[i];
    level = graph_.Deeper(level, argument.level);
    if (argument.kind == Symbol::Kind::kNull) return Fail(*expr.args[i], "a table is not asked about null");
    if (argument.kind != Symbol::Kind::kScalar) continue;
    argument.node = Align(argument, *table->inputs[i].type);
    argument.type = table->inputs[i].type;
  }
  TableCall call;
  call.table = graph_.AddTable(table);
  if (!MakeTableCall(expr, *table, arguments, &call)) return std::nullopt;
  Symbol row;
  row.kind = Symbol::Kind::kRow;
  row.level = level;
  row.rows = graph_.TableRows(call.table);
  row.row_type = table->answer;
  row.type = table->answer == nullptr ? nullptr : inputs_->env.types->Row(table->answer);
  row.arguments = std::make_shared<const std::vector<Symbol>>(std::move(arguments));
  if (table->gives_list()) return ListOfAnswers(expr, *table, call, std::move(row));
  row.node = graph_.TableHit(level, call);
  return Answer(expr, row);
}

bool Planner::MakeTableCall(const Expr& expr, const DecisionTable& table, const std::vector<Symbol>& arguments,
                            TableCall* call) {
  const TableCells& cells = table.cells;
  for (size_t i = 0; i < cells.columns.size(); ++i) {
    const bool is_read = cells.columns[i].set_count() > 0;
    if (is_read && arguments[i].kind != Symbol::Kind::kScalar) {
      Fail(*expr.args[i], "over rows a table is asked about single values");
      return false;
    }
    call->inputs.push_back(is_read ? arguments[i].node : kNoNode);
    // Where a table calls another, what the arguments were read from is not known here.
    const bool is_nested = context_.arguments != nullptr;
    call->is_masked.push_back(is_nested || ReadsSensitive(*expr.args[i], *inputs_->schema, *inputs_));
  }
  for (const Ast* predicate : cells.predicates) {
    const Result test = WithArguments(*predicate, arguments);
    if (!test.has_value()) return false;
    call->predicates.push_back(Align(*test, *inputs_->env.types->Simple(TypeKind::kBool)));
  }
  return true;
}

// What a row of a table gives: with one output its value, else the row.
Planner::Result Planner::Answer(const Expr& expr, const Symbol& row) {
  return row.row_type == nullptr ? AnswerOf(expr, row, 0) : row;
}

Planner::Result Planner::AnswerOf(const Expr& expr, const Symbol& row, int output) {
  const int table = graph_.level(row.rows).lookup;
  const OutputColumn& column =
      graph_.program().tables[static_cast<size_t>(table)]->outputs[static_cast<size_t>(output)];
  // Without rows a table is a function of its arguments.
  if (column.is_function()) {
    Result value = WithArguments(*column.expressions()[0], *row.arguments);
    if (!value.has_value() || value->kind != Symbol::Kind::kScalar) return value;
    value->node = Align(*value, column.type());
    value->type = &column.type();
    return value;
  }
  TableAnswer answer = {table, output, {}};
  for (const Ast* expression : column.expressions()) {
    const Result value = WithArguments(*expression, *row.arguments);
    if (!value.has_value()) return value;
    if (value->kind != Symbol::Kind::kScalar) return Fail(expr, "over rows a table's output is a single value");
    answer.expressions.push_back(Align(*value, column.type()));
  }
  const Physical physical = column.values().type;
  Result result = Scalar(expr, graph_.TableAnswer(row.node, answer, physical, SizeOf(column.type())));
  result->type = &column.type();
  return result;
}

Planner::Result Planner::ListOfAnswers(const Expr& expr, const DecisionTable& table, const TableCall& call,
                                       Symbol row) {
  Symbol list;
  list.kind = Symbol::Kind::kList;
  list.level = row.level;
  list.elements = graph_.TableHits(row.level, call);
  list.guard = graph_.level(list.elements).build;
  auto moved = std::make_shared<std::vector<Symbol>>();
  for (const Symbol& argument : *row.arguments) moved->push_back(graph_.Lift(argument, list.elements));
  row.arguments = std::move(moved);
  row.level = list.elements;
  row.node = graph_.SourceMap(list.elements);
  const Result element = Answer(expr, row);
  if (!element.has_value()) return element;
  list.element = std::make_shared<const Symbol>(*element);
  list.type = inputs_->env.types->List(element->type);
  if (element->kind == Symbol::Kind::kScalar)
    list.guard = graph_.Guard(ErrorGuard(*element, list.elements), list.guard);
  if (table.aggregate == nullptr) return list;
  const auto answers = std::make_pair(static_cast<const Expr*>(nullptr), table.aggregate_variable);
  locals_[answers] = list;
  const Result value = WithArguments(*table.aggregate, *row.arguments);
  locals_.erase(answers);
  return value;
}

// One of two rows of one place; of a table's rows the arguments that belong to it.
Planner::Result Planner::ChooseRow(const Expr& expr, NodeId test, const Symbol& yes, const Symbol& no) {
  Symbol chosen = yes;
  chosen.node = graph_.Call(Op::kConditional, Physical::kRow, {0, 0}, {test, yes.node, no.node});
  if (yes.arguments == nullptr || yes.arguments == no.arguments) return chosen;
  auto arguments = std::make_shared<std::vector<Symbol>>();
  for (size_t i = 0; i < yes.arguments->size(); ++i) {
    const Symbol& argument = (*yes.arguments)[i];
    const Result one = Choose(expr, argument.type, test, argument, (*no.arguments)[i]);
    if (!one.has_value()) return one;
    arguments->push_back(*one);
  }
  chosen.arguments = std::move(arguments);
  return chosen;
}

}  // namespace assay
