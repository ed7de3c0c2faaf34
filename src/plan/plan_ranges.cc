// Lists, comprehensions and joins: everything that makes rows out of rows.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "plan/planner.h"

namespace assay {
namespace {

constexpr const char* kNoNullsInLists =
    "over rows a list cannot hold what may be null: write has(x.f) ? x.f : a value in its place";

}  // namespace

LevelId Planner::VariableLevel(int index) const {
  const VariableMeaning& meaning = inputs_->variables[index];
  const bool row = meaning.kind == VariableMeaning::Kind::kLevelRow || meaning.kind == VariableMeaning::Kind::kVirtual;
  if (meaning.kind == VariableMeaning::Kind::kArgument) return (*context_.arguments)[meaning.index].level;
  auto element = locals_.find({nullptr, index});
  if (element != locals_.end()) return element->second.level;
  if (!row) return kConstantLevel;
  const int number = meaning.kind == VariableMeaning::Kind::kLevelRow ? meaning.index : 0;
  for (LevelId at = context_.home; at > kConstantLevel; at = graph_.level(at).parent) {
    auto found = level_numbers_.find(at);
    if (found != level_numbers_.end() && found->second == number) return at;
  }
  return kConstantLevel;
}

// The deepest level that any name in the expression stands on: what does not
// mention it is computed once, above.
LevelId Planner::FreeLevel(const Expr& expr) const {
  LevelId level = kConstantLevel;
  auto deepen = [&](LevelId other) {
    const LevelId deeper = graph_.Deeper(level, other);
    if (deeper >= 0) level = deeper;
  };
  if (expr.ref.kind == Reference::Kind::kLocal) {
    auto local = locals_.find({expr.ref.comprehension, expr.ref.index});
    if (local != locals_.end()) deepen(local->second.level);
  }
  if (expr.ref.kind == Reference::Kind::kVariable) {
    deepen(VariableLevel(expr.ref.index));
    return level;
  }
  if (expr.operand != nullptr) deepen(FreeLevel(*expr.operand));
  for (const Expr* arg : expr.args) deepen(FreeLevel(*arg));
  return level;
}

// A node on the elements' parent level that errs where any element errs.
NodeId Planner::ErrorGuard(const Symbol& element, LevelId elements) {
  const bool list = element.kind == Symbol::Kind::kList || element.kind == Symbol::Kind::kMap;
  const NodeId node = list ? element.guard : element.node;
  if (node == kNoNode) return kNoNode;
  if (!graph_.MayErr(node)) return kNoNode;
  return graph_.AnyError(elements, node);
}

Planner::Result Planner::Comprehension(const Expr& expr) {
  Result operand = Visit(*expr.operand);
  if (!operand.has_value()) return operand;
  if (expr.macro == Macro::kBind) {
    locals_[{&expr, 0}] = *operand;
    Result body = Visit(*expr.args[0]);
    locals_.erase({&expr, 0});
    return body;
  }
  if (expr.macro == Macro::kOptMap || expr.macro == Macro::kOptFlatMap) return OptionalMap(expr, *operand);
  if (operand->kind != Symbol::Kind::kList && operand->kind != Symbol::Kind::kMap) {
    return Fail(expr, absl::StrCat("over rows '", expr.name, "' goes over a list or a map whose type is known"));
  }
  LevelId level = operand->level;
  for (const Expr* arg : expr.args) level = graph_.Deeper(level, FreeLevel(*arg));
  if (level < 0) return Fail(expr, "its parts stand on rows that have nothing to do with each other");
  Result lifted = RangeAt(expr, *operand, level);
  if (!lifted.has_value()) return lifted;
  const Symbol& range = *lifted;
  const bool map = range.kind == Symbol::Kind::kMap;
  if (expr.vars.size() == 2 && !map) {
    Symbol symbol;
    symbol.type = inputs_->env.types->Simple(TypeKind::kInt);
    symbol.level = range.elements;
    symbol.node = Position(range.elements);
    locals_[{&expr, 0}] = symbol;
    locals_[{&expr, 1}] = *range.element;
  } else {
    locals_[{&expr, 0}] = map ? *range.key : *range.element;
    if (expr.vars.size() == 2) locals_[{&expr, 1}] = *range.element;
  }
  Result result = Quantifier(expr, range);
  locals_.erase({&expr, 0});
  locals_.erase({&expr, 1});
  return result;
}

// Leaves of the range the elements where the mask holds; so of the variables. `keys`: of a map, its keys are meant.
void Planner::KeepWhere(const Expr& expr, NodeId mask, bool keys, Symbol* range) {
  const LevelId selection = graph_.Selection(range->elements, mask);
  const NodeId source = graph_.SourceMap(selection);
  const Symbol& iterated = range->kind == Symbol::Kind::kMap && keys ? *range->key : *range->element;
  const Symbol element = graph_.Gather(graph_.Lift(iterated, range->elements), source, selection);
  range->guard = graph_.Guard(graph_.AnyError(range->elements, mask), range->guard);
  for (int i = 0; i < 2; ++i) {
    auto local = locals_.find({&expr, i});
    if (local == locals_.end()) continue;
    local->second = graph_.Gather(graph_.Lift(local->second, range->elements), source, selection);
  }
  range->elements = selection;
  range->kind = Symbol::Kind::kList;
  range->key = nullptr;
  range->type = expr.type;
  range->element = std::make_shared<Symbol>(element);
}

Planner::Result Planner::Quantifier(const Expr& expr, const Symbol& whole) {
  Symbol range = whole;
  const bool transform = expr.macro == Macro::kMap || expr.macro == Macro::kTransformList ||
                         expr.macro == Macro::kTransformMap || expr.macro == Macro::kTransformMapEntry;
  if (expr.macro == Macro::kSortBy) {
    Result key = Visit(*expr.args[0]);
    return key.has_value() ? SortedBy(expr, range, *key) : key;
  }
  if (!transform && expr.macro >= Macro::kSortBy) {
    return Fail(expr, absl::StrCat("not available over rows: '", expr.name, "'"));
  }
  NodeId mask = kNoNode;
  if (!transform || expr.args.size() == 2) {
    Result test = Visit(*expr.args[0]);
    if (!test.has_value()) return test;
    test->node = Align(*test, *inputs_->env.types->Simple(TypeKind::kBool));
    mask = Lifted(*test, range.elements);
    const assay::Aggregate kind = expr.macro == Macro::kAll      ? Aggregate::kAll
                                  : expr.macro == Macro::kExists ? Aggregate::kExists
                                                                 : Aggregate::kExistsOne;
    if (expr.macro == Macro::kAll || expr.macro == Macro::kExists || expr.macro == Macro::kExistsOne) {
      const NodeId node = graph_.Aggregate(kind, range.elements, mask, Physical::kBool, {0, 0});
      return Bool(expr, graph_.Guard(node, range.guard));
    }
    KeepWhere(expr, mask, !transform, &range);
    if (!transform) return range;
  }
  Result body = Visit(*expr.args.back());
  if (!body.has_value()) return body;
  Symbol list = range;
  list.kind = Symbol::Kind::kList;
  list.key = nullptr;
  list.type = expr.type;
  const Symbol lifted = graph_.Lift(*body, range.elements);
  list.element = std::make_shared<Symbol>(lifted);
  if (expr.macro == Macro::kTransformMap) {
    list.kind = Symbol::Kind::kMap;
    list.key = std::make_shared<Symbol>(graph_.Lift(locals_.at({&expr, 0}), range.elements));
  }
  if (lifted.kind == Symbol::Kind::kScalar && lifted.type->is(TypeKind::kNullable)) return Fail(expr, kNoNullsInLists);
  const bool entries = expr.macro == Macro::kTransformMapEntry;
  const NodeId errors = ErrorGuard(lifted, range.elements);
  if (errors == kNoNode || mask == kNoNode || !graph_.MayErr(mask)) {
    list.guard = graph_.Guard(errors, range.guard);
    return entries ? EntriesOf(expr, list) : list;
  }
  // Test and transformation alternate: the first element where either errs decides.
  const NodeId first = graph_.FirstError(range.elements, graph_.node(errors).args[0], mask);
  list.guard = graph_.Guard(first, whole.guard);
  return entries ? EntriesOf(expr, list) : list;
}

// A join's key or day as a column on the looking level; kNoNode if it is no plain value.
NodeId Planner::LookupColumn(const Ast& ast, LevelId rows) {
  ast_ = &ast;
  Result value = Visit(*ast.root);
  if (!value.has_value() || value->kind != Symbol::Kind::kScalar) return kNoNode;
  return Lifted(*value, rows);
}

// Each row of the joined dataset, whoever joins it.
Symbol Planner::DatasetRow(const JoinMeaning& join) const {
  Symbol row;
  row.kind = Symbol::Kind::kRow;
  row.rows = row.level = graph_.root(join.dataset);
  row.row_type = join.row;
  return row;
}

// The key of the joined rows: as they are read, or, where a part is worked out, as columns over all of them.
bool Planner::KeyColumns(const JoinMeaning& join, Lookup* lookup) {
  const auto is_field = [](const JoinKeyPart& part) { return part.field != nullptr; };
  if (std::all_of(join.key.begin(), join.key.end(), is_field)) {
    for (const JoinKeyPart& part : join.key) lookup->key_slots.push_back(graph_.Slot(join.dataset, part.field));
    return true;
  }
  const Symbol row = DatasetRow(join);
  for (const JoinKeyPart& part : join.key) {
    Expr self;
    const Result value = part.field != nullptr
                             ? Result(graph_.Field(row, part.field, FieldType(inputs_->env, *join.row, part.field)))
                             : VirtualAt(self, row.rows, part.virtual_field);
    if (!value.has_value() || value->kind != Symbol::Kind::kScalar) return false;
    lookup->key_nodes.push_back(Lifted(*value, row.rows));
  }
  return true;
}

bool Planner::LookupColumns(const JoinMeaning& join, LevelId rows, Lookup* lookup) {
  auto slot = [&](const google::protobuf::FieldDescriptor* field) {
    return field == nullptr ? -1 : graph_.Slot(join.dataset, field);
  };
  lookup->dataset = join.dataset;
  if (!KeyColumns(join, lookup)) return false;
  lookup->valid_from_slot = slot(join.valid_from);
  lookup->valid_to_slot = slot(join.valid_to);
  for (const auto* field : join.order_by) lookup->order_slots.push_back(slot(field));
  for (const Ast* ast : join.on) {
    lookup->keys.push_back(LookupColumn(*ast, rows));
    if (lookup->keys.back() == kNoNode) return false;
  }
  if (join.at != nullptr) {
    lookup->day = LookupColumn(*join.at, rows);
    if (lookup->day == kNoNode) return false;
  }
  if (join.last != nullptr) {
    lookup->last = LookupColumn(*join.last, rows);
    if (lookup->last == kNoNode) return false;
  }
  if (join.within == nullptr) return true;
  lookup->within_slot = slot(join.within);
  lookup->within_id_slot = slot(join.within_id);
  if (lookup->order_slots.empty()) lookup->order_slots = {lookup->within_slot, lookup->within_id_slot};
  Expr self;
  const Result row = LevelRow(self, 0);
  if (!row.has_value()) return false;
  const TypeTable& types = *inputs_->env.types;
  lookup->within_time = Lifted(graph_.Field(*row, join.within, types.Simple(TypeKind::kTimestamp)), rows);
  lookup->within_id = Lifted(graph_.Field(*row, join.within_id, types.Simple(TypeKind::kString)), rows);
  lookup->within_hours = LookupColumn(*join.within_hours, rows);
  return lookup->within_hours != kNoNode;
}

Planner::Result Planner::Join(const Expr& expr, LevelId rows, const JoinMeaning& join) {
  Lookup lookup;
  if (!LookupColumns(join, rows, &lookup)) return Fail(expr, "a join's keys, day and hours are plain values");
  Symbol row;
  row.kind = Symbol::Kind::kRow;
  row.level = rows;
  row.rows = graph_.root(join.dataset);
  row.row_type = join.row;
  row.type = inputs_->env.types->Row(join.row);
  const NodeId known = lookup.day == kNoNode ? kNoNode : KnownBounds(join);
  if (!join.many) {
    row.node = graph_.LookupRow(rows, lookup);
    if (known != kNoNode) row.node = graph_.Guard(row.node, graph_.Gather(known, row.node));
    return row;
  }
  Symbol list;
  list.kind = Symbol::Kind::kList;
  list.level = rows;
  list.type = inputs_->env.types->List(row.type);
  list.elements = graph_.Joined(rows, lookup);
  list.guard = lookup.day;
  for (NodeId key : lookup.keys) list.guard = graph_.Guard(list.guard, key);
  row.level = list.elements;
  row.node = graph_.SourceMap(list.elements);
  list.element = std::make_shared<Symbol>(row);
  if (known != kNoNode) {
    list.guard = graph_.Guard(graph_.AnyError(list.elements, graph_.Gather(known, row.node)), list.guard);
  }
  return join.when == nullptr ? list : JoinedWhere(join, row, std::move(list));
}

// Of the rows of a dated dataset: errs where a bound cannot be read, so that nobody knows when the row is in force.
NodeId Planner::KnownBounds(const JoinMeaning& join) {
  const Symbol row = DatasetRow(join);
  NodeId known = kNoNode;
  for (const google::protobuf::FieldDescriptor* bound : {join.valid_from, join.valid_to}) {
    if (bound == nullptr) continue;
    const Symbol value = graph_.Field(row, bound, inputs_->env.types->Simple(TypeKind::kDate));
    known = graph_.Guard(known, graph_.Present(Lifted(value, row.rows)));
  }
  return known;
}

// The joined rows for which the join's `when` holds.
Planner::Result Planner::JoinedWhere(const JoinMeaning& join, const Symbol& row, Symbol list) {
  const auto element = std::make_pair(static_cast<const Expr*>(nullptr), join.when_variable);
  locals_[element] = row;
  ast_ = join.when;
  Result test = Visit(*join.when->root);
  locals_.erase(element);
  if (!test.has_value()) return test;
  const NodeId mask = Lifted(*test, list.elements);
  list.guard = graph_.Guard(graph_.AnyError(list.elements, mask), list.guard);
  const LevelId selection = graph_.Selection(list.elements, mask);
  list.element = std::make_shared<Symbol>(graph_.Gather(row, graph_.SourceMap(selection), selection));
  list.elements = selection;
  return list;
}

}  // namespace assay
