// Names, fields and literals. Entry point: Planner::Plan. Calls are in plan_calls.cc and plan_scalars.cc, lists,
// comprehensions and joins in plan_ranges.cc.
#include "plan/planner.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay {

namespace {

// Whether values of the type are rows, or lists of them.
bool IsOfRows(const Type& type) {
  return type.is(TypeKind::kRow) || (type.is(TypeKind::kList) && type.element->is(TypeKind::kRow));
}

}  // namespace

Planner::Planner(const PlanInputs* inputs) : inputs_(inputs), graph_(inputs->schema, inputs->input, inputs->env) {
  for (const PlanInputs::Dataset& dataset : inputs_->datasets) graph_.AddDataset(dataset.name, dataset.message);
  batch_levels_.assign(inputs_->levels.size(), -1);
  batch_levels_[0] = graph_.root(kBatchSource);
  level_numbers_[batch_levels_[0]] = 0;
  // batch.ORDER datasets hold rows of the input's own shape.
  for (size_t i = 0; i < inputs_->datasets.size(); ++i) {
    if (inputs_->datasets[i].message == inputs_->input) level_numbers_[graph_.root(static_cast<int>(i))] = 0;
  }
  // Joins read rows of a dataset that is a level in that level's shape.
  for (const VirtualMeaning& meaning : inputs_->virtuals) {
    if (meaning.kind != VirtualMeaning::Kind::kJoin) continue;
    for (size_t level = 1; level < inputs_->levels.size(); ++level) {
      if (inputs_->levels[level] != meaning.join.row) continue;
      batch_levels_[level] = graph_.root(meaning.join.dataset);
      level_numbers_[batch_levels_[level]] = static_cast<int>(level);
    }
  }
}

Planner::Result Planner::Fail(const Expr& expr, std::string message) {
  absl::StatusOr<SourceText> source = SourceText::Create("", ast_ == nullptr ? "" : ast_->text);
  if (source.ok()) issues_->Add(MakeIssue(Severity::kError, *source, expr.range, std::move(message)));
  return std::nullopt;
}

LevelId Planner::BatchLevel(int level) {
  if (batch_levels_[level] >= 0) return batch_levels_[level];
  // A level is a repeated field of another's shape, possibly below submessages.
  const RowType* shape = inputs_->levels[level];
  for (size_t parent = 0; parent < inputs_->levels.size(); ++parent) {
    for (const auto& [field, row] : inputs_->levels[parent]->levels) {
      if (row != shape) continue;
      const LevelId id = graph_.Repeated(BatchLevel(static_cast<int>(parent)), {}, field);
      level_numbers_[id] = level;
      return batch_levels_[level] = id;
    }
  }
  return -1;
}

std::optional<Symbol> Planner::Plan(const Ast& ast, int level, IssueList* issues) {
  return PlanPart(ast, *ast.root, level, issues);
}

Planner::Result Planner::PlanPart(const Ast& ast, const Expr& part, int level, IssueList* issues) {
  const Ast* outer_ast = ast_;
  IssueList* outer_issues = issues_;
  const Context outer = context_;
  ast_ = &ast;
  issues_ = issues;
  context_ = {BatchLevel(level), nullptr};
  Result result = Visit(part);
  ast_ = outer_ast;
  issues_ = outer_issues;
  context_ = outer;
  return result;
}

std::optional<NodeId> Planner::PlanColumn(const Ast& ast, int level, IssueList* issues) {
  return PlanColumnOf(ast, *ast.root, level, issues);
}

std::optional<NodeId> Planner::PlanColumnOf(const Ast& ast, const Expr& part, int level, IssueList* issues) {
  Result symbol = PlanPart(ast, part, level, issues);
  if (!symbol.has_value()) return std::nullopt;
  if (symbol->kind == Symbol::Kind::kScalar) return Lifted(*symbol, BatchLevel(level));
  ast_ = &ast;
  issues_ = issues;
  Fail(part, absl::StrCat("a result is one value, this is of type ", TypeName(*part.type)));
  return std::nullopt;
}

std::optional<Planner::Elements> Planner::PlanElements(const Ast& list, int variable,
                                                       const std::vector<const Ast*>& element, int level,
                                                       const Elements* within, IssueList* issues) {
  const auto outer = std::make_pair(static_cast<const Expr*>(nullptr), within == nullptr ? variable : within->variable);
  const auto own = std::make_pair(static_cast<const Expr*>(nullptr), variable);
  const LevelId home = within == nullptr ? BatchLevel(level) : within->level;
  issues_ = issues;
  context_ = {home, nullptr};
  if (within != nullptr) locals_[outer] = within->element;
  ast_ = &list;
  const Result symbol = Visit(*list.root);
  std::optional<Elements> result;
  if (symbol.has_value()) {
    const Symbol lifted = graph_.Lift(*symbol, home);
    const Symbol of = graph_.Lift(*lifted.element, lifted.elements);
    const NodeId row = of.kind == Symbol::Kind::kRow ? of.node : kNoNode;
    result = {lifted.elements, lifted.guard, {}, row, variable, of};
    locals_[own] = of;
  }
  for (size_t i = 0; i < element.size() && result.has_value(); ++i) {
    if (element[i] == nullptr) {
      result->columns.push_back(kNoNode);
      continue;
    }
    ast_ = element[i];
    const Result column = Visit(*element[i]->root);
    if (column.has_value()) {
      result->columns.push_back(Lifted(*column, result->level));
    } else {
      result.reset();
    }
  }
  locals_.erase(own);
  locals_.erase(outer);
  return result;
}

Planner::Result Planner::Visit(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kConstant:
      return Constant(expr);
    case ExprKind::kIdent:
      return Ident(expr);
    case ExprKind::kSelect:
      return Select(expr);
    case ExprKind::kCall:
      return expr.ref.kind == Reference::Kind::kHostFunction ? CallTable(expr) : Call(expr);
    case ExprKind::kList:
      return ListLiteral(expr);
    case ExprKind::kMap:
      return MapLiteral(expr);
    case ExprKind::kComprehension:
      return Comprehension(expr);
    case ExprKind::kMessage:
      break;
  }
  return Fail(expr, absl::StrCat("a message cannot be made over rows: ", expr.name));
}

Planner::Result Planner::Constant(const Expr& expr) {
  Symbol symbol;
  symbol.type = expr.type;
  const assay::Constant& c = expr.constant;
  if (c.kind == TypeKind::kNull) {
    symbol.kind = Symbol::Kind::kNull;
    return symbol;
  }
  ConstantValue value;
  value.type = Graph::PhysicalOf(*expr.type);
  value.flag = c.bool_value;
  value.int64 = c.int_value;
  value.uint64 = c.uint_value;
  value.real = c.kind == TypeKind::kDouble ? c.double_value : 0;
  value.timestamp = c.timestamp;
  value.duration = c.duration;
  value.text = value.type == Physical::kString ? c.text : "";
  DecimalSize size = {0, 0};
  if (c.kind == TypeKind::kDecimal) {
    size = expr.type->decimal;
    value.int64 = size.fits_int64() ? static_cast<int64_t>(c.decimal.coefficient) : 0;
    value.wide = size.fits_int64() ? 0 : c.decimal.coefficient;
  }
  symbol.node = graph_.Constant(value, size);
  return symbol;
}

Planner::Result Planner::Ident(const Expr& expr) {
  if (expr.ref.kind == Reference::Kind::kLocal) return locals_.at({expr.ref.comprehension, expr.ref.index});
  return Variable(expr, expr.ref.index);
}

Planner::Result Planner::Variable(const Expr& expr, int index) {
  auto element = locals_.find({nullptr, index});
  if (element != locals_.end()) return element->second;
  const VariableMeaning& meaning = inputs_->variables[index];
  switch (meaning.kind) {
    case VariableMeaning::Kind::kLevelRow:
      return LevelRow(expr, meaning.index);
    case VariableMeaning::Kind::kExpression: {
      const Context outer = context_;
      context_ = {kConstantLevel, nullptr};
      Result result = Visit(*meaning.ast->root);
      context_ = outer;
      return result;
    }
    case VariableMeaning::Kind::kVirtual: {
      Result row = LevelRow(expr, 0);
      return row.has_value() ? Virtual(expr, *row, meaning.index) : row;
    }
    case VariableMeaning::Kind::kInput: {
      Symbol symbol;
      symbol.type = inputs_->run_inputs[meaning.index];
      auto found = run_inputs_.find(meaning.index);
      if (found == run_inputs_.end()) {
        const NodeId node = graph_.Input(kConstantLevel, Graph::PhysicalOf(*symbol.type), {0, 0}, 0);
        found = run_inputs_.emplace(meaning.index, node).first;
      }
      symbol.node = found->second;
      return symbol;
    }
    case VariableMeaning::Kind::kArgument:
      return (*context_.arguments)[meaning.index];
  }
  return std::nullopt;
}

// The row of a rulebook level that the current home row is, or lies below.
Planner::Result Planner::LevelRow(const Expr& expr, int level) {
  for (LevelId at = context_.home; at > kConstantLevel; at = graph_.level(at).parent) {
    auto number = level_numbers_.find(at);
    if (number == level_numbers_.end() || number->second != level) continue;
    Symbol symbol;
    symbol.kind = Symbol::Kind::kRow;
    symbol.level = at;
    symbol.rows = at;
    symbol.row_type = inputs_->levels[level];
    symbol.type = expr.type;
    return symbol;
  }
  return Fail(expr, absl::StrCat("there is no row of this level here: '", inputs_->levels[level]->name, "'"));
}

Planner::Result Planner::Select(const Expr& expr) {
  if (expr.ref.kind == Reference::Kind::kVariable) return Variable(expr, expr.ref.index);
  Result operand = Visit(*expr.operand);
  if (!operand.has_value()) return operand;
  if (expr.optional || operand->kind == Symbol::Kind::kOptional) return OptionalMember(expr, *operand);
  return expr.test_only ? Has(expr, *operand) : Member(expr, *operand, expr.type);
}

// operand.name, of the type.
Planner::Result Planner::Member(const Expr& expr, const Symbol& found, const Type* type) {
  const Symbol* operand = &found;
  if (operand->kind == Symbol::Kind::kMap) {
    ConstantValue key;
    key.type = Physical::kString;
    key.text = expr.name;
    Symbol symbol;
    symbol.type = operand->type->key;
    symbol.node = graph_.Constant(key, {0, 0});
    return Index(expr, *operand, symbol);
  }
  if (expr.ref.kind == Reference::Kind::kVirtualField) return Virtual(expr, *operand, expr.ref.index);
  if (expr.ref.kind != Reference::Kind::kField) {
    return Fail(expr, absl::StrCat("over rows the fields of a dyn are not known: '.", expr.name, "'"));
  }
  const FieldInfo info = inputs_->schema->Describe(*expr.ref.field);
  const bool made = info.kind == ScalarKind::kMessage && !info.is_map && !IsOfRows(*type);
  if (made) {
    return Fail(expr, absl::StrCat("over rows a value of no static type cannot be read: ", expr.ref.field->full_name(),
                                   " is a ", expr.ref.field->message_type()->full_name(), "; read typed fields"));
  }
  Symbol field = graph_.Field(*operand, expr.ref.field, type);
  if (info.nullable && !info.repeated) {
    const NodeId present = graph_.Presence(*operand, expr.ref.field);
    field.node = graph_.Guard(field.node, graph_.Demand(present, DemandError::kNull));
  }
  if (field.kind == Symbol::Kind::kList && field.element->kind == Symbol::Kind::kRow) {
    for (size_t i = 0; i < inputs_->levels.size(); ++i) {
      const LevelId home = field.element->rows;
      if (inputs_->levels[i] == field.element->row_type) level_numbers_[home] = static_cast<int>(i);
    }
  }
  return field;
}

Planner::Result Planner::Has(const Expr& expr, const Symbol& operand) {
  if (operand.kind == Symbol::Kind::kMap) {
    ConstantValue key;
    key.type = Physical::kString;
    key.text = expr.name;
    Symbol symbol;
    symbol.type = operand.type->key;
    symbol.node = graph_.Constant(key, {0, 0});
    return In(expr, symbol, operand);
  }
  if (expr.ref.kind == Reference::Kind::kField) return Bool(expr, graph_.Presence(operand, expr.ref.field));
  if (expr.ref.kind != Reference::Kind::kVirtualField) {
    return Fail(expr, absl::StrCat("over rows the fields of a dyn are not known: '.", expr.name, "'"));
  }
  Result value = Virtual(expr, operand, expr.ref.index);
  if (!value.has_value()) return value;
  const NodeId node =
      value->kind == Symbol::Kind::kRow || value->kind == Symbol::Kind::kScalar ? value->node : value->guard;
  if (node == kNoNode) return Bool(expr, graph_.True());
  return Bool(expr, graph_.Present(node));
}

Planner::Result Planner::Virtual(const Expr& expr, const Symbol& row, int id) {
  const VirtualMeaning& meaning = inputs_->virtuals[id];
  if (meaning.kind == VirtualMeaning::Kind::kTableOutput) return AnswerOf(expr, row, meaning.stage);
  Result at_home = VirtualAt(expr, row.rows, id);
  if (!at_home.has_value()) return at_home;
  const Symbol lifted = graph_.Lift(*at_home, row.rows);
  return row.node == kNoNode ? lifted : graph_.Gather(lifted, row.node, row.level);
}

Planner::Result Planner::VirtualAt(const Expr& expr, LevelId rows, int id) {
  const auto key = std::make_pair(id, rows);
  auto found = virtuals_.find(key);
  if (found != virtuals_.end()) return found->second;
  const VirtualMeaning& meaning = inputs_->virtuals[id];
  if (std::find(open_.begin(), open_.end(), key) != open_.end()) {
    return Fail(expr, absl::StrCat("this is defined by itself: '", meaning.name, "'"));
  }
  open_.push_back(key);
  const Context outer = context_;
  const Ast* outer_ast = ast_;
  auto outer_locals = std::move(locals_);
  locals_.clear();
  context_ = {rows, nullptr};
  Result result;
  Symbol symbol;
  symbol.type = meaning.type;
  symbol.level = rows;
  switch (meaning.kind) {
    case VirtualMeaning::Kind::kExpression:
      ast_ = meaning.ast;
      result = Visit(*meaning.ast->root);
      break;
    case VirtualMeaning::Kind::kJoin:
      result = Join(expr, rows, meaning.join);
      break;
    case VirtualMeaning::Kind::kLedger:
      symbol.kind = Symbol::Kind::kRow;
      symbol.rows = rows;
      symbol.row_type = meaning.type->row;
      result = symbol;
      break;
    case VirtualMeaning::Kind::kResult: {
      if (graph_.level(rows).source != kBatchSource) {
        result = Fail(expr, absl::StrCat("only rows of the batch have results of a ledger: '", meaning.name, "'"));
        break;
      }
      const DecimalSize size = meaning.type->is(TypeKind::kDecimal) ? meaning.type->decimal : DecimalSize{0, 0};
      symbol.node = graph_.Input(rows, Graph::PhysicalOf(*meaning.type), size, meaning.stage);
      results_[id] = symbol.node;
      result = symbol;
      break;
    }
    case VirtualMeaning::Kind::kTableOutput:
      break;  // of an answer, which no level has
  }
  ast_ = outer_ast;
  locals_ = std::move(outer_locals);
  context_ = outer;
  open_.pop_back();
  if (result.has_value()) virtuals_[key] = *result;
  return result;
}

NodeId Planner::ResultColumn(int virtual_id) const {
  auto found = results_.find(virtual_id);
  return found == results_.end() ? kNoNode : found->second;
}

NodeId Planner::RunInput(int index) const {
  auto found = run_inputs_.find(index);
  return found == run_inputs_.end() ? kNoNode : found->second;
}

}  // namespace assay
