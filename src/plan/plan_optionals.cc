// Optionals over rows: a bool column that says where there is a value, and the value. Nothing is built; what has no
// value is computed with the rest and never looked at. Entry points: OptionalCall, OptionalMember, OptionalIndex.
#include "plan/planner.h"

namespace assay {

NodeId Planner::ChooseBool(NodeId test, NodeId yes, NodeId no) {
  return graph_.Call(Op::kConditional, Physical::kBool, {0, 0}, {test, yes, no});
}

NodeId Planner::ErrorOf(const Symbol& symbol) {
  const bool range = symbol.kind == Symbol::Kind::kList || symbol.kind == Symbol::Kind::kMap;
  return range ? symbol.guard : symbol.node;
}

// The symbol, erring where `guard` errs.
Symbol Planner::Guarded(Symbol symbol, NodeId guard) {
  const bool range = symbol.kind == Symbol::Kind::kList || symbol.kind == Symbol::Kind::kMap;
  NodeId& part = range ? symbol.guard : symbol.node;
  part = graph_.Guard(part, guard);
  symbol.level = graph_.Deeper(symbol.level, graph_.node(guard).level);
  return symbol;
}

Planner::Result Planner::Optional(const Expr& expr, NodeId present, const Symbol& element) {
  Symbol optional;
  optional.kind = Symbol::Kind::kOptional;
  optional.type = expr.type;
  optional.level = graph_.Deeper(graph_.node(present).level, element.level);
  if (optional.level < 0) return Fail(expr, "its parts stand on rows that have nothing to do with each other");
  optional.node = Lifted(*Bool(expr, present), optional.level);
  optional.element = std::make_shared<Symbol>(graph_.Lift(element, optional.level));
  return optional;
}

// The same of a value brought to one scale with others, where it may overflow: then the optional itself is an error.
Planner::Result Planner::ScaledOptional(const Expr& expr, NodeId present, const Symbol& element) {
  const bool is_decimal = element.kind == Symbol::Kind::kScalar && element.type->is(TypeKind::kDecimal);
  if (!is_decimal || !graph_.MayErr(element.node)) return Optional(expr, present, element);
  const NodeId fits = ChooseBool(present, graph_.Guard(graph_.True(), element.node), graph_.True());
  return Optional(expr, graph_.Guard(present, fits), element);
}

Planner::Result Planner::OptionalCall(const Expr& expr, const std::vector<Symbol>& args) {
  const Op op = expr.ref.op;
  if (op == Op::kOptionalNone) {
    Symbol nothing;
    nothing.type = inputs_->env.types->Simple(TypeKind::kUnbound);
    nothing.node = graph_.Bool(false);
    return Optional(expr, nothing.node, nothing);
  }
  const Symbol& first = args[0];
  const Type* type = expr.type->is(TypeKind::kOptional) ? expr.type->element : expr.type;
  if (op == Op::kOptionalOf || op == Op::kOptionalOfNonZero) {
    if (first.kind == Symbol::Kind::kNull || first.type->is(TypeKind::kNullable)) {
      return Fail(expr, "over rows an optional cannot hold what may be null: write x.?field");
    }
    if (op == Op::kOptionalOf) return Optional(expr, graph_.Guard(graph_.True(), ErrorOf(first)), first);
    const NodeId present = NonZero(first);
    if (present == kNoNode) return Fail(expr, "over rows ofNonZeroValue takes plain values and lists");
    return Optional(expr, present, first);
  }
  if (first.kind != Symbol::Kind::kOptional) return Fail(expr, "over rows this is no optional");
  switch (op) {
    case Op::kHasValue:
      return Bool(expr, first.node);
    case Op::kValueOf:
      return ValueOf(expr, first);
    case Op::kOrValue:
      return Choose(expr, type, first.node, *first.element, args[1]);
    default:
      break;
  }
  if (args[1].kind != Symbol::Kind::kOptional) return Fail(expr, "over rows this is no optional");
  Result element = Choose(expr, type, first.node, *first.element, *args[1].element);
  return element.has_value() ? Optional(expr, ChooseBool(first.node, graph_.True(), args[1].node), *element) : element;
}

// Whether the value is not CEL's zero; kNoNode for what has none over rows.
NodeId Planner::NonZero(const Symbol& value) {
  if (value.kind == Symbol::Kind::kList || value.kind == Symbol::Kind::kMap) {
    const NodeId count = graph_.Guard(graph_.Count(value.elements), value.guard);
    return graph_.Call(Op::kGreater, Physical::kBool, {0, 0}, {count, Int(0)});
  }
  const bool plain = value.kind == Symbol::Kind::kScalar && !IsNever(value) && !value.type->is(TypeKind::kDate);
  if (!plain) return kNoNode;
  ConstantValue zero;
  zero.type = Graph::PhysicalOf(*value.type);
  const NodeId nothing = graph_.Constant(zero, SizeOf(*value.type));
  return Not(graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, {value.node, nothing}));
}

Planner::Result Planner::ValueOf(const Expr& expr, const Symbol& optional) {
  const Symbol& element = *optional.element;
  const NodeId demand = graph_.Demand(optional.node, DemandError::kNoValue);
  if (IsNever(element)) return Scalar(expr, Never({demand}, *expr.type));
  if (element.kind == Symbol::Kind::kRow && element.node == kNoNode) return Fail(expr, "write the row itself");
  return Guarded(element, demand);
}

// x.?name, and x.name of an optional x.
Planner::Result Planner::OptionalMember(const Expr& expr, const Symbol& operand) {
  const bool chained = operand.kind == Symbol::Kind::kOptional;
  const Symbol& row = chained ? *operand.element : operand;
  if (row.kind != Symbol::Kind::kRow && row.kind != Symbol::Kind::kMap) {
    return Fail(expr, "over rows the fields of a dyn are not known");
  }
  Result has = Has(expr, row);
  if (!has.has_value()) return has;
  const NodeId present = chained ? ChooseBool(operand.node, has->node, graph_.Bool(false)) : has->node;
  if (expr.test_only) return Bool(expr, present);
  Result member = Member(expr, row, expr.type->is(TypeKind::kOptional) ? expr.type->element : expr.type);
  return member.has_value() ? Optional(expr, present, *member) : member;
}

// x[?i], and x[i] of an optional x.
Planner::Result Planner::OptionalIndex(const Expr& expr, const Symbol& container, const Symbol& index) {
  const bool chained = container.kind == Symbol::Kind::kOptional;
  const Symbol& range = chained ? *container.element : container;
  NodeId has = kNoNode;
  if (range.kind == Symbol::Kind::kMap) {
    Result in = In(expr, index, range);
    if (!in.has_value()) return in;
    has = graph_.Guard(in->node, range.guard);
  } else if (range.kind == Symbol::Kind::kList && index.type->is(TypeKind::kInt)) {
    const NodeId at_least = graph_.Call(Op::kGreaterEqual, Physical::kBool, {0, 0}, {index.node, Int(0)});
    const NodeId below = graph_.Call(Op::kLess, Physical::kBool, {0, 0}, {index.node, graph_.Count(range.elements)});
    has = graph_.Guard(And(at_least, below), range.guard);
  } else {
    return Fail(expr, "over rows only a list or a map can be indexed");
  }
  Result element = Index(expr, range, index);
  if (!element.has_value()) return element;
  return Optional(expr, chained ? ChooseBool(container.node, has, graph_.Bool(false)) : has, *element);
}

Planner::Result Planner::OptionalMap(const Expr& expr, const Symbol& operand) {
  if (operand.kind != Symbol::Kind::kOptional) return Fail(expr, "over rows this is no optional");
  locals_[{&expr, 0}] = *operand.element;
  Result body = Visit(*expr.args[0]);
  locals_.erase({&expr, 0});
  if (!body.has_value()) return body;
  const bool flat = expr.macro == Macro::kOptFlatMap;
  if (flat && body->kind != Symbol::Kind::kOptional) return Fail(expr, "over rows this is no optional");
  std::vector<Symbol> parts = {*Bool(expr, operand.node), *std::move(body)};
  if (!ToOneLevel(expr, &parts)) return std::nullopt;
  const NodeId has = flat ? parts[1].node : graph_.Guard(graph_.True(), ErrorOf(parts[1]));
  return Optional(expr, ChooseBool(parts[0].node, has, graph_.Bool(false)), flat ? *parts[1].element : parts[1]);
}

// [a, ?b]: the values that are there.
// What an entry with `?` stands for where it is there; its errors count there only.
Planner::Result Planner::PresentValue(const Expr& expr, const Symbol& part) {
  if (part.kind != Symbol::Kind::kOptional) return Fail(expr, "over rows this is no optional");
  const Symbol element = *part.element;
  if (element.kind != Symbol::Kind::kScalar) return Fail(expr, "over rows an entry with '?' is a plain value");
  Symbol zero = element;
  ConstantValue nothing;
  nothing.type = graph_.node(element.node).type;
  zero.node = graph_.Guard(graph_.Constant(nothing, SizeOf(*element.type)), part.node);
  zero.level = graph_.node(zero.node).level;
  return IsNever(element) ? zero : Choose(expr, element.type, part.node, element, zero);
}

Planner::Result Planner::OptionalEntries(const Expr& expr, std::vector<Symbol> parts) {
  const LevelId level = LevelOf(parts);
  std::vector<NodeId> present;
  for (size_t i = 0; i < parts.size(); ++i) {
    present.push_back(expr.optional_entries[i] ? parts[i].node : graph_.True());
    if (!expr.optional_entries[i]) continue;
    Result chosen = PresentValue(expr, parts[i]);
    if (!chosen.has_value()) return chosen;
    parts[i] = *std::move(chosen);
  }
  Result list = ListOf(expr, expr.type->element, parts, level);
  if (!list.has_value()) return list;
  const NodeId mask = graph_.Turns(list->elements, Physical::kBool, {0, 0}, present);
  return OnLevel(*list, graph_.Selection(list->elements, mask));
}

// The values of a list of optionals that are there.
Planner::Result Planner::Unwrap(const Expr& expr, const Symbol& list) {
  if (list.kind != Symbol::Kind::kList || list.element->kind != Symbol::Kind::kOptional) {
    return Fail(expr, "over rows this goes over a list of optionals");
  }
  const Symbol element = graph_.Lift(*list.element, list.elements);
  const LevelId selection = graph_.Selection(list.elements, element.node);
  Symbol values = list;
  values.type = expr.type;
  values.elements = selection;
  const Symbol held = graph_.Lift(*element.element, list.elements);
  values.element = std::make_shared<Symbol>(graph_.Gather(held, graph_.SourceMap(selection), selection));
  return values;
}

Planner::Result Planner::EqualOptionals(const Expr& expr, const Symbol& a, const Symbol& b) {
  const NodeId both = And(a.node, b.node);
  const NodeId alike = graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, {a.node, b.node});
  if (IsNever(*a.element) || IsNever(*b.element)) return Bool(expr, alike);
  Result same = Equal(expr, *a.element, *b.element);
  return same.has_value() ? Bool(expr, ChooseBool(both, same->node, alike)) : same;
}

}  // namespace assay
