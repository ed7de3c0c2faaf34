// Calls that choose, compare or go over lists. Calls of kernels over plain values are in plan_scalars.cc.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/rounding.h"
#include "plan/planner.h"

namespace assay {

Planner::Result Planner::Call(const Expr& expr) {
  std::vector<Symbol> args;
  const Op op = expr.ref.op;
  if (op == Op::kText) {
    Result row = Visit(*expr.args[0]->operand);
    return row.has_value() ? Scalar(expr, graph_.Text(*row, expr.args[0]->ref.field)) : row;
  }
  if (op == Op::kFormat) return Format(expr);
  if (expr.operand != nullptr) {
    Result value = Visit(*expr.operand);
    if (!value.has_value()) return value;
    args.push_back(std::move(*value));
  }
  for (const Expr* arg : expr.args) {
    Result value = Visit(*arg);
    if (!value.has_value()) return value;
    args.push_back(std::move(*value));
  }
  // Before the list is brought to the rows' level, where it would be one for each row.
  const NodeId among = op == Op::kIn ? MemberOfConstants(args[0], args[1]) : kNoNode;
  if (among != kNoNode && !args[0].type->is(TypeKind::kNullable)) return Bool(expr, among);
  if (among != kNoNode) return Bool(expr, ChooseBool(graph_.Present(args[0].node), among, graph_.Bool(false)));
  if (!ToOneLevel(expr, &args)) return std::nullopt;
  return CallOnOneLevel(expr, std::move(args));
}

Planner::Result Planner::CallOnOneLevel(const Expr& expr, std::vector<Symbol> args) {
  const Op op = expr.ref.op;
  switch (op) {
    case Op::kEqual:
    case Op::kNotEqual: {
      Result equal = Equal(expr, args[0], args[1]);
      if (!equal.has_value() || op == Op::kEqual) return equal;
      return Bool(expr, Not(equal->node));
    }
    case Op::kConditional: {
      const NodeId test = Align(args[0], *inputs_->env.types->Simple(TypeKind::kBool));
      return Choose(expr, expr.type, test, std::move(args[1]), std::move(args[2]));
    }
    case Op::kIndex:
      if (expr.optional || args[0].kind == Symbol::Kind::kOptional) return OptionalIndex(expr, args[0], args[1]);
      return Index(expr, args[0], args[1]);
    case Op::kToDyn:
      return args[0];  // over rows its type stays known
    case Op::kType:
      return TypeOf(expr, args[0]);
    case Op::kUnwrap:
      return Unwrap(expr, args[0]);
    case Op::kOptionalOf:
    case Op::kOptionalOfNonZero:
    case Op::kOptionalNone:
    case Op::kHasValue:
    case Op::kValueOf:
    case Op::kOrOptional:
    case Op::kOrValue:
      return OptionalCall(expr, args);
    case Op::kIn:
      return In(expr, args[0], args[1]);
    case Op::kSum:
    case Op::kMin:
    case Op::kMax:
    case Op::kAvg:
    case Op::kJoin:
      return AggregateCall(expr, args);
    case Op::kGreatest:
    case Op::kLeast:
      return ExtremeNumber(expr, args);
    case Op::kRegexExtract:
      return Extract(expr, args);
    default:
      break;
  }
  if (op >= Op::kDistinct && op <= Op::kSetsIntersects) return ListFunction(expr, args);
  const bool lists =
      std::any_of(args.begin(), args.end(), [](const Symbol& s) { return s.kind != Symbol::Kind::kScalar; });
  return lists || op == Op::kSplit || op == Op::kRegexExtractAll ? ListCall(expr, std::move(args))
                                                                 : ScalarCall(expr, std::move(args));
}

Planner::Result Planner::ListCall(const Expr& expr, std::vector<Symbol> args) {
  const Symbol& list = args[0];
  const bool range = list.kind == Symbol::Kind::kList || list.kind == Symbol::Kind::kMap;
  switch (expr.ref.op) {
    case Op::kSize:
    case Op::kCount:
      if (range) return Scalar(expr, graph_.Guard(graph_.Count(list.elements), list.guard));
      break;
    case Op::kReverse:
      return ListFunction(expr, args);
    case Op::kAdd:
      if (list.kind != Symbol::Kind::kList || args[1].kind != Symbol::Kind::kList) {
        return Fail(expr, "only two lists can be joined");
      }
      return Concat(expr, expr.type, args[0], args[1]);
    case Op::kSplit:
    case Op::kRegexExtractAll:
      return PartsOfText(expr, args);
    default:
      break;
  }
  return Fail(expr, absl::StrCat("not available over rows: '", expr.name, "' of a ", TypeName(*list.type)));
}

Planner::Result Planner::Choose(const Expr& expr, const Type* type, NodeId test, Symbol yes, Symbol no) {
  if (IsNever(yes) && no.kind != Symbol::Kind::kScalar) return no;
  if (IsNever(no) && yes.kind != Symbol::Kind::kScalar) return yes;
  if (yes.kind == Symbol::Kind::kScalar && no.kind == Symbol::Kind::kScalar) {
    type = OneType(type, {yes, no});
    if (type == nullptr) return Fail(expr, "over rows both branches are of one type");
    Result chosen = Scalar(expr, graph_.Call(Op::kConditional, Graph::PhysicalOf(*type), SizeOf(*type),
                                             {test, Align(yes, *type), Align(no, *type)}));
    chosen->type = type;
    return chosen;
  }
  if (yes.kind == Symbol::Kind::kRow && no.kind == Symbol::Kind::kRow && yes.rows == no.rows && yes.path == no.path &&
      yes.node != kNoNode && no.node != kNoNode) {
    return ChooseRow(expr, test, yes, no);
  }
  if (yes.kind == Symbol::Kind::kOptional && no.kind == Symbol::Kind::kOptional) {
    Result element =
        Choose(expr, type->is(TypeKind::kOptional) ? type->element : type, test, *yes.element, *no.element);
    return element.has_value() ? Optional(expr, ChooseBool(test, yes.node, no.node), *element) : element;
  }
  const bool ranges = yes.kind == Symbol::Kind::kList || yes.kind == Symbol::Kind::kMap;
  if (ranges && yes.kind == no.kind) return ChooseList(expr, type, test, yes, no);
  return Fail(expr, "both branches must come from the same rows; take the field in each branch: c ? a.x : b.x");
}

Planner::Result Planner::ChooseList(const Expr& expr, const Type* type, NodeId test, const Symbol& yes,
                                    const Symbol& no) {
  auto chosen = [&](const Symbol& list, NodeId when) {
    Symbol part = list;
    const Symbol mask = graph_.Lift(*Bool(expr, when), list.elements);
    const LevelId selection = graph_.Selection(list.elements, mask.node);
    const NodeId source = graph_.SourceMap(selection);
    const auto kept = [&](const Symbol& of) {
      return std::make_shared<Symbol>(graph_.Gather(graph_.Lift(of, list.elements), source, selection));
    };
    part.element = kept(*list.element);
    if (list.key != nullptr) part.key = kept(*list.key);
    part.elements = selection;
    part.guard = kNoNode;
    return part;
  };
  Result both = Concat(expr, type, chosen(yes, test), chosen(no, Not(test)));
  if (!both.has_value()) return both;
  // Only the chosen list's error counts, and then what bringing its elements to one scale makes of them.
  const NodeId yes_guard = graph_.Guard(graph_.True(), yes.guard);
  const NodeId no_guard = graph_.Guard(graph_.True(), no.guard);
  both->guard = graph_.Guard(both->guard, ChooseBool(test, yes_guard, no_guard));
  return both;
}

Planner::Result Planner::EntryOf(const Expr& expr, const Symbol& map, const Symbol& key) {
  Result same = Equal(expr, graph_.Lift(*map.key, map.elements), graph_.Lift(key, map.elements));
  if (!same.has_value()) return same;
  const LevelId found = graph_.Selection(map.elements, Lifted(*same, map.elements));
  Node at;
  at.kind = NodeKind::kAt;
  at.type = Physical::kRow;
  at.level = map.level;
  at.index = found;
  at.option = 1;
  at.arg_count = 1;
  at.args[0] = graph_.Guard(graph_.Guard(Int(0), key.node), map.guard);
  const NodeId row = graph_.Gather(graph_.SourceMap(found), graph_.Add(at));
  return graph_.Gather(graph_.Lift(*map.element, map.elements), row, map.level);
}

Planner::Result Planner::Index(const Expr& expr, Symbol container, Symbol index) {
  const LevelId level = graph_.Deeper(container.level, index.level);
  container = graph_.Lift(container, level);
  if (container.kind == Symbol::Kind::kMap) return EntryOf(expr, container, graph_.Lift(index, level));
  if (container.kind != Symbol::Kind::kList) return Fail(expr, "only a list or a map can be indexed");
  if (!index.type->is(TypeKind::kInt) && !IsNever(index)) return Fail(expr, "over rows a list is indexed by an int");
  Node at;
  at.kind = NodeKind::kAt;
  at.type = Physical::kRow;
  at.level = level;
  at.index = container.elements;
  at.arg_count = 1;
  at.args[0] = graph_.Guard(index.node, container.guard);
  return graph_.Gather(graph_.Lift(*container.element, container.elements), graph_.Add(at), level);
}

Planner::Result Planner::In(const Expr& expr, const Symbol& member, const Symbol& container) {
  const LevelId level = graph_.Deeper(container.level, member.level);
  const Symbol range = graph_.Lift(container, level);
  const Symbol& part = range.kind == Symbol::Kind::kMap ? *range.key : *range.element;
  Result same = Equal(expr, graph_.Lift(part, range.elements), graph_.Lift(graph_.Lift(member, level), range.elements));
  if (!same.has_value()) return same;
  const NodeId node =
      graph_.Aggregate(Aggregate::kExists, range.elements, Lifted(*same, range.elements), Physical::kBool, {0, 0});
  // The member's error counts also where the list is empty.
  NodeId first = ErrorOf(graph_.Lift(member, level));
  if (first != kNoNode && member.type->is(TypeKind::kNullable)) first = graph_.Present(first);
  return Bool(expr, graph_.Guard(graph_.Guard(node, range.guard), first));
}

Planner::Result Planner::AggregateCall(const Expr& expr, const std::vector<Symbol>& args) {
  const Symbol& list = args[0];
  if (list.kind != Symbol::Kind::kList) return Fail(expr, "this goes over a list");
  Symbol element = graph_.Lift(*list.element, list.elements);
  if (element.kind != Symbol::Kind::kScalar) return Fail(expr, "this goes over a list of plain values: map it first");
  const Op op = expr.ref.op;
  // What the elements are; a static dyn says nothing of it.
  const Type* of = expr.type->is(TypeKind::kDyn) ? element.type : expr.type;
  if (op == Op::kJoin) of = inputs_->env.types->Simple(TypeKind::kString);
  if (op == Op::kSum && of->is(TypeKind::kDyn)) of = inputs_->env.types->Simple(TypeKind::kInt);  // of no elements
  element.node = Align(element, IsNever(element) ? *of : *element.type);
  const bool fits = of->is(TypeKind::kDecimal) ? IsNever(element) || element.type->is(TypeKind::kDecimal)
                                               : graph_.node(element.node).type == Graph::PhysicalOf(*of);
  if (!fits) {
    return Fail(expr, "over rows an operand has a type, not dyn: leave dyn() and [] out");
  }
  const bool is_least = op == Op::kMin || op == Op::kLeast;
  const assay::Aggregate kind = op == Op::kSum    ? Aggregate::kSum
                                : is_least        ? Aggregate::kMin
                                : op == Op::kAvg  ? Aggregate::kAvg
                                : op == Op::kJoin ? Aggregate::kJoin
                                                  : Aggregate::kMax;
  const DecimalSize size = SizeOf(*of);
  Node node;
  node.kind = NodeKind::kAggregate;
  node.aggregate = kind;
  node.type = Graph::PhysicalOf(*of);
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.level = list.level;
  node.index = list.elements;
  node.stage = graph_.level(list.elements).stage;
  node.args[node.arg_count++] = element.node;
  if (kind == Aggregate::kAvg && size.digits != 0) {
    if (expr.args.size() > 2) node.option = static_cast<int32_t>(*RoundingFromName(expr.args[2]->constant.text));
    if (!args[1].type->is(TypeKind::kInt)) {
      node.args[node.arg_count++] = Align(args[1], *inputs_->env.types->Simple(TypeKind::kString));
    }
  }
  if (kind == Aggregate::kJoin && args.size() == 2) {
    node.args[node.arg_count++] = Align(args[1], *inputs_->env.types->Simple(TypeKind::kString));
  }
  Result made = Scalar(expr, graph_.Guard(graph_.Add(node), list.guard));
  made->type = of;
  return made;
}

// Where either may be null: null equals null alone.
Planner::Result Planner::EqualNullable(const Expr& expr, const Symbol& a, const Symbol& b) {
  const NodeId has_a = a.kind == Symbol::Kind::kNull ? graph_.Bool(false) : graph_.Present(a.node);
  const NodeId has_b = b.kind == Symbol::Kind::kNull ? graph_.Bool(false) : graph_.Present(b.node);
  NodeId same = graph_.Bool(false);
  if (a.kind != Symbol::Kind::kNull && b.kind != Symbol::Kind::kNull) {
    same = graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, {a.node, b.node});
  }
  return Bool(expr, ChooseBool(has_a, ChooseBool(has_b, same, graph_.Bool(false)), Not(has_b)));
}

// Values of one kind, or numbers; others are never equal.
Planner::Result Planner::EqualPlain(const Expr& expr, const Symbol& a, const Symbol& b) {
  if (IsNever(a) || IsNever(b)) {
    return Bool(expr, Never({a.node, b.node}, *inputs_->env.types->Simple(TypeKind::kBool)));
  }
  const bool a_nullable = a.type->is(TypeKind::kNullable);
  const bool b_nullable = b.type->is(TypeKind::kNullable);
  if (a_nullable || b_nullable) return EqualNullable(expr, a, b);
  const bool sized = a.type->is(TypeKind::kDecimal) && b.type->is(TypeKind::kDecimal);
  const bool one_sized = !sized && (a.type->is(TypeKind::kDecimal) || b.type->is(TypeKind::kDecimal));
  if (one_sized && a.type->is_number() && b.type->is_number()) {
    return Fail(expr, kDecimalBesideDyn);
  }
  std::vector<NodeId> nodes = {a.node, b.node};
  if (!a.type->is(b.type->kind) && !(a.type->is_number() && b.type->is_number())) {
    return Bool(expr, graph_.Guard(graph_.Guard(graph_.Bool(false), b.node), a.node));
  }
  if (sized) AlignToCompare(a.type->decimal, b.type->decimal, &nodes);
  return Bool(expr, graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, nodes));
}

Planner::Result Planner::Equal(const Expr& expr, const Symbol& a, const Symbol& b) {
  using Kind = Symbol::Kind;
  if (a.kind == Kind::kNull && b.kind == Kind::kNull) return Bool(expr, graph_.True());
  if (a.kind == Kind::kRow || b.kind == Kind::kRow) {
    return Fail(expr, "whole messages are not compared over rows: compare the fields that matter, or use has()");
  }
  const bool one_null = a.kind == Kind::kNull || b.kind == Kind::kNull;
  if (one_null && (a.kind == Kind::kScalar || b.kind == Kind::kScalar)) return EqualNullable(expr, a, b);
  if (a.kind != b.kind) {
    return Bool(expr, graph_.Guard(graph_.Guard(graph_.Bool(false), ErrorOf(b)), ErrorOf(a)));
  }
  switch (a.kind) {
    case Kind::kOptional:
      return EqualOptionals(expr, a, b);
    case Kind::kList:
      return EqualLists(expr, a, b);
    case Kind::kMap:
      return EqualMaps(expr, a, b);
    default:
      return EqualPlain(expr, a, b);
  }
}

// As many entries, and each of a's in b.
Planner::Result Planner::EqualMaps(const Expr& expr, const Symbol& a, const Symbol& b) {
  const Symbol other = graph_.Lift(b, a.elements);
  const Symbol key = graph_.Lift(*a.key, a.elements);
  Result has = In(expr, key, other);
  if (!has.has_value()) return has;
  Result found = EntryOf(expr, other, key);
  if (!found.has_value()) return found;
  Result same = Equal(expr, graph_.Lift(*a.element, a.elements), *found);
  if (!same.has_value()) return same;
  const NodeId alike = ChooseBool(has->node, same->node, graph_.Bool(false));
  const NodeId all =
      graph_.Aggregate(Aggregate::kAll, a.elements, Lifted(*Bool(expr, alike), a.elements), Physical::kBool, {0, 0});
  const NodeId sizes =
      graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, {graph_.Count(a.elements), graph_.Count(b.elements)});
  return Bool(expr, graph_.Guard(graph_.Guard(And(sizes, all), b.guard), a.guard));
}

Planner::Result Planner::EqualLists(const Expr& expr, const Symbol& a, const Symbol& b) {
  const LevelId zip = graph_.Zip(a.elements, b.elements);
  const Symbol left = graph_.Gather(graph_.Lift(*a.element, a.elements), graph_.SourceMap(zip), zip);
  const Symbol right = graph_.Gather(graph_.Lift(*b.element, b.elements), graph_.SecondMap(zip), zip);
  Result same = Equal(expr, left, right);
  if (!same.has_value()) return same;
  const NodeId all = graph_.Aggregate(Aggregate::kAll, zip, Lifted(*same, zip), Physical::kBool, {0, 0});
  const NodeId sizes =
      graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, {graph_.Count(a.elements), graph_.Count(b.elements)});
  return Bool(expr, graph_.Guard(graph_.Guard(And(sizes, all), b.guard), a.guard));
}

}  // namespace assay
