// CEL's lists and sets libraries over rows, and lists of parts of texts: each list is a level made of another's rows, a
// set a question to two levels. Entry points: ListFunction, SetsCall, SortedBy, PartsOfText, Extract.
#include "absl/strings/str_cat.h"
#include "plan/planner.h"

namespace assay {
namespace {

// Whether columns of the type have an order that Ordered knows.
bool HasOrder(const Symbol& symbol) {
  return symbol.kind == Symbol::Kind::kScalar && !symbol.type->is(TypeKind::kNullable) &&
         !symbol.type->is(TypeKind::kType);
}

}  // namespace

// The list or map whose elements are the rows of a level that was made of its own, in the level's order.
Symbol Planner::OnLevel(const Symbol& list, LevelId elements) {
  Symbol made = list;
  const Symbol element = graph_.Lift(*list.element, list.elements);
  made.element = std::make_shared<Symbol>(graph_.Gather(element, graph_.SourceMap(elements), elements));
  if (list.key != nullptr) {
    const Symbol key = graph_.Lift(*list.key, list.elements);
    made.key = std::make_shared<Symbol>(graph_.Gather(key, graph_.SourceMap(elements), elements));
  }
  made.elements = elements;
  return made;
}

Planner::Result Planner::SortedBy(const Expr& expr, const Symbol& list, const Symbol& key) {
  const Symbol lifted = graph_.Lift(key, list.elements);
  Symbol sorted = list;
  sorted.guard = graph_.Guard(ErrorGuard(lifted, list.elements), list.guard);
  if (IsNever(lifted)) return sorted;  // no element has a key
  if (!HasOrder(lifted)) {
    return Fail(expr, absl::StrCat("values of this type have no order: ", TypeName(*lifted.type), "; sort by a field"));
  }
  return OnLevel(sorted, graph_.Ordered(list.elements, lifted.node));
}

Planner::Result Planner::Distinct(const Expr& expr, const Symbol& list) {
  const Symbol element = graph_.Lift(*list.element, list.elements);
  if (IsNever(element)) return list;
  if (!HasOrder(element)) {
    return Fail(expr, "over rows distinct() compares plain values: map the list to a field first");
  }
  Node first;
  first.kind = NodeKind::kFirstOfEqual;
  first.type = Physical::kBool;
  first.level = list.elements;
  first.arg_count = 1;
  first.args[0] = element.node;
  return OnLevel(list, graph_.Selection(list.elements, graph_.Add(first)));
}

Planner::Result Planner::Slice(const Expr& expr, const Symbol& list, const Symbol& begin, const Symbol& end) {
  if (!begin.type->is(TypeKind::kInt) || !end.type->is(TypeKind::kInt)) {
    return Fail(expr, "over rows a slice begins and ends at an int");
  }
  auto at_most = [&](NodeId a, NodeId b) { return graph_.Call(Op::kLessEqual, Physical::kBool, {0, 0}, {a, b}); };
  const NodeId inside = And(at_most(Int(0), begin.node),
                            And(at_most(begin.node, end.node), at_most(end.node, graph_.Count(list.elements))));
  const NodeId demand = graph_.Demand(inside, DemandError::kNoSuchElement);
  const NodeId position = Position(list.elements);
  const NodeId low = Lifted(*Scalar(expr, begin.node), list.elements);
  const NodeId high = Lifted(*Scalar(expr, end.node), list.elements);
  const NodeId mask = And(at_most(low, position), graph_.Call(Op::kLess, Physical::kBool, {0, 0}, {position, high}));
  Symbol slice = OnLevel(list, graph_.Selection(list.elements, mask));
  slice.guard = graph_.Guard(graph_.Guard(graph_.Guard(demand, end.node), begin.node), list.guard);
  return slice;
}

Planner::Result Planner::Flatten(const Expr& expr, Symbol list) {
  int64_t depth = 1;
  if (expr.args.size() == 1) {
    const assay::Constant& written = expr.args[0]->constant;
    if (expr.args[0]->kind != ExprKind::kConstant || written.kind != TypeKind::kInt || written.int_value < 0) {
      return Fail(expr, "over rows the layers that flatten() takes off are a number written out");
    }
    depth = written.int_value;
  }
  for (; depth > 0; --depth) {
    const Symbol inner = graph_.Lift(*list.element, list.elements);
    if (inner.kind != Symbol::Kind::kList) break;
    const NodeId errors = ErrorGuard(inner, list.elements);
    const LevelId flat = graph_.Flattened(inner.elements);
    Symbol element = graph_.Lift(*inner.element, inner.elements);
    list.element = std::make_shared<Symbol>(graph_.Gather(element, graph_.SourceMap(flat), flat));
    list.elements = flat;
    list.guard = graph_.Guard(errors, list.guard);
    list.type = inputs_->env.types->List(inner.type->is(TypeKind::kList) ? inner.type->element : inner.type);
  }
  return list;
}

// The numbers from 0 on, as many as there are.
Planner::Result Planner::Range(const Expr& expr, const Symbol& count) {
  const NodeId demand = graph_.Demand(
      graph_.Call(Op::kLessEqual, Physical::kBool, {0, 0}, {count.node, Int(kMaxRange)}), DemandError::kRangeTooLong);
  Symbol list;
  list.kind = Symbol::Kind::kList;
  list.type = expr.type;
  list.level = count.level;
  list.guard = graph_.Guard(demand, count.node);
  list.elements = graph_.Counted(count.level, graph_.Guard(count.node, demand));
  Symbol element;
  element.type = inputs_->env.types->Simple(TypeKind::kInt);
  element.level = list.elements;
  element.node = Position(list.elements);
  list.element = std::make_shared<Symbol>(element);
  return list;
}

Planner::Result Planner::ListFunction(const Expr& expr, const std::vector<Symbol>& args) {
  const Op op = expr.ref.op;
  if (op == Op::kRange) return Range(expr, args[0]);
  const Symbol& list = args[0];
  if (list.kind != Symbol::Kind::kList) return Fail(expr, absl::StrCat("this goes over a list: '", expr.name, "'"));
  switch (op) {
    case Op::kReverse:
      return OnLevel(list, graph_.Ordered(list.elements, kNoNode));
    case Op::kSort:
      return SortedBy(expr, list, *list.element);
    case Op::kDistinct:
      return Distinct(expr, list);
    case Op::kSlice:
      return Slice(expr, list, args[1], args[2]);
    case Op::kFlatten:
      return Flatten(expr, list);
    case Op::kFirst:
    case Op::kLast: {
      Symbol index;
      index.type = inputs_->env.types->Simple(TypeKind::kInt);
      index.level = op == Op::kFirst ? kConstantLevel : list.level;
      index.node = Int(0);
      if (op == Op::kLast) {
        index.node = graph_.Call(Op::kSubtract, Physical::kInt64, {0, 0}, {graph_.Count(list.elements), Int(1)});
      }
      return OptionalIndex(expr, list, index);
    }
    default:
      return SetsCall(expr, list, args[1]);
  }
}

// Whether all elements of `part`, or any, are in `whole`.
Planner::Result Planner::HeldIn(const Expr& expr, const Symbol& whole, const Symbol& part, assay::Aggregate kind) {
  const Symbol element = graph_.Lift(*part.element, part.elements);
  Result held = In(expr, element, graph_.Lift(whole, part.elements));
  if (!held.has_value()) return held;
  return Bool(expr, graph_.Aggregate(kind, part.elements, Lifted(*held, part.elements), Physical::kBool, {0, 0}));
}

Planner::Result Planner::SetsCall(const Expr& expr, const Symbol& a, const Symbol& b) {
  if (b.kind != Symbol::Kind::kList) return Fail(expr, absl::StrCat("this compares two lists: '", expr.name, "'"));
  const Op op = expr.ref.op;
  Result result = HeldIn(expr, a, b, op == Op::kSetsIntersects ? Aggregate::kExists : Aggregate::kAll);
  if (result.has_value() && op == Op::kSetsEquivalent) {
    const Result back = HeldIn(expr, b, a, Aggregate::kAll);
    if (!back.has_value()) return back;
    result->node = And(result->node, back->node);
  }
  if (!result.has_value()) return result;
  return Bool(expr, graph_.Guard(graph_.Guard(result->node, b.guard), a.guard));
}

// split and regex.extractAll: a list of the parts of a text.
Planner::Result Planner::PartsOfText(const Expr& expr, const std::vector<Symbol>& args) {
  const Type& string = *inputs_->env.types->Simple(TypeKind::kString);
  Symbol parts;
  parts.kind = Symbol::Kind::kList;
  parts.type = expr.type;
  for (const Symbol& arg : args) parts.level = graph_.Deeper(parts.level, arg.level);
  const NodeId text = Align(args[0], string);
  const NodeId second = Align(args[1], string);
  const NodeId limit = args.size() == 3 ? args[2].node : kNoNode;
  const bool splits = expr.ref.op == Op::kSplit;
  parts.elements =
      splits ? graph_.Split(parts.level, text, second, limit) : graph_.Extracted(parts.level, text, second);
  Node part;
  part.kind = NodeKind::kSplitText;
  part.type = Physical::kString;
  part.level = parts.elements;
  part.index = parts.elements;
  Symbol element;
  element.level = parts.elements;
  element.type = &string;
  element.node = graph_.Add(part);
  parts.element = std::make_shared<Symbol>(element);
  parts.guard = graph_.Guard(graph_.Guard(limit, args[1].node), args[0].node);
  // A pattern of rows may be none: asking whether it finds anything says so.
  if (!splits) parts.guard = graph_.Guard(Found(text, second), parts.guard);
  return parts;
}

NodeId Planner::Found(NodeId text, NodeId pattern) {
  return graph_.Call(Op::kRegexExtract, Physical::kBool, {0, 0}, {text, pattern});
}

Planner::Result Planner::Extract(const Expr& expr, const std::vector<Symbol>& args) {
  const Type* string = inputs_->env.types->Simple(TypeKind::kString);
  const NodeId text = Align(args[0], *string);
  const NodeId pattern = Align(args[1], *string);
  Symbol found;
  found.type = string;
  found.node = graph_.Call(Op::kRegexExtract, Physical::kString, {0, 0}, {text, pattern});
  found.level = graph_.node(found.node).level;
  return Optional(expr, Found(text, pattern), found);
}

}  // namespace assay
