// One list or map behind another, and what stands at its rows: the first's value or the second's. Entry point:
// Planner::Concat. A row of the joined level has a place in one of the two only; in the other its row is -1, of which a
// gather makes no value and no error, and a list no elements.
#include "plan/planner.h"

namespace assay {

Planner::Result Planner::EitherPlain(const Expr& expr, const Type* type, const Symbol& left, const Symbol& right,
                                     LevelId joined) {
  type = OneType(type, {left, right});
  if (type == nullptr) return FailOnTypes(expr);
  Symbol either = left;
  either.level = joined;
  either.type = type;
  either.node = graph_.Call(Op::kConditional, Graph::PhysicalOf(*type), SizeOf(*type),
                            {graph_.ChoiceMap(joined), graph_.Gather(Align(right, *type), graph_.SecondMap(joined)),
                             graph_.Gather(Align(left, *type), graph_.SourceMap(joined))});
  return either;
}

Planner::Result Planner::EitherRow(const Expr& expr, const Symbol& left, const Symbol& right, LevelId joined) {
  if (left.rows != right.rows || left.path != right.path) {
    return Fail(expr, "lists of rows from different places cannot be joined: map both to plain values first");
  }
  if (left.arguments != nullptr) {
    return Fail(expr, "lists of a table's answers cannot be joined: map both to plain values first");
  }
  const NodeId first = graph_.SourceMap(joined);
  const NodeId second = graph_.SecondMap(joined);
  Symbol either = left;
  either.level = joined;
  const NodeId from_left = left.node == kNoNode ? first : graph_.Gather(left.node, first);
  const NodeId from_right = right.node == kNoNode ? second : graph_.Gather(right.node, second);
  either.node =
      graph_.Call(Op::kConditional, Physical::kRow, {0, 0}, {graph_.ChoiceMap(joined), from_right, from_left});
  return either;
}

Planner::Result Planner::EitherRange(const Expr& expr, const Type* type, const Symbol& left, const Symbol& right,
                                     LevelId joined) {
  Symbol a = graph_.Gather(left, graph_.SourceMap(joined), joined);
  Symbol b = graph_.Gather(right, graph_.SecondMap(joined), joined);
  const NodeId a_guard = graph_.Guard(graph_.True(), a.guard);
  const NodeId b_guard = graph_.Guard(graph_.True(), b.guard);
  const bool guarded = a.guard != kNoNode || b.guard != kNoNode;
  a.guard = kNoNode;
  b.guard = kNoNode;
  Result either = Concat(expr, type, a, b);
  if (!either.has_value() || !guarded) return either;
  either->guard = graph_.Guard(either->guard, ChooseBool(graph_.ChoiceMap(joined), b_guard, a_guard));
  return either;
}

// `left` at the joined rows that come from the first list, `right` at those from the second: symbols on the elements
// of each.
Planner::Result Planner::Either(const Expr& expr, const Type* type, const Symbol& left, const Symbol& right,
                                LevelId joined) {
  using Kind = Symbol::Kind;
  if (IsNever(right)) return graph_.Gather(left, graph_.SourceMap(joined), joined);
  if (IsNever(left)) return graph_.Gather(right, graph_.SecondMap(joined), joined);
  if (left.kind != right.kind) return FailOnTypes(expr);
  switch (left.kind) {
    case Kind::kScalar:
      return EitherPlain(expr, type, left, right, joined);
    case Kind::kRow:
      return EitherRow(expr, left, right, joined);
    case Kind::kOptional: {
      Result element =
          Either(expr, type->is(TypeKind::kOptional) ? type->element : type, *left.element, *right.element, joined);
      if (!element.has_value()) return element;
      const NodeId present = ChooseBool(graph_.ChoiceMap(joined), graph_.Gather(right.node, graph_.SecondMap(joined)),
                                        graph_.Gather(left.node, graph_.SourceMap(joined)));
      return ScaledOptional(expr, present, *element);
    }
    case Kind::kNull:
      return left;
    case Kind::kList:
    case Kind::kMap:
      return EitherRange(expr, type, left, right, joined);
  }
  return std::nullopt;
}

Planner::Result Planner::Concat(const Expr& expr, const Type* type, const Symbol& a, const Symbol& b) {
  Symbol joined = a;
  joined.type = type;
  joined.elements = graph_.Concat(a.elements, b.elements);
  const bool known = type->is(TypeKind::kList) || type->is(TypeKind::kMap);
  Result element = Either(expr, known ? type->element : type, graph_.Lift(*a.element, a.elements),
                          graph_.Lift(*b.element, b.elements), joined.elements);
  if (!element.has_value()) return element;
  joined.element = std::make_shared<Symbol>(*element);
  if (a.key != nullptr) {
    Result key = Either(expr, known ? type->key : type, graph_.Lift(*a.key, a.elements),
                        graph_.Lift(*b.key, b.elements), joined.elements);
    if (!key.has_value()) return key;
    joined.key = std::make_shared<Symbol>(*key);
  }
  joined.guard = graph_.Guard(b.guard, a.guard);
  // Brought to one scale, an element may overflow, also one of an element's own.
  const bool scaled = element->kind != Symbol::Kind::kScalar || element->type->is(TypeKind::kDecimal);
  if (scaled && element->kind != Symbol::Kind::kRow) {
    joined.guard = graph_.Guard(ErrorGuard(*element, joined.elements), joined.guard);
  }
  return joined;
}

}  // namespace assay
