// Plain values as columns: one type and scale for what stands together, and calls of kernels. Entry point:
// Planner::ScalarCall.
#include <algorithm>

#include "base/rounding.h"
#include "plan/planner.h"

namespace assay {

NodeId Planner::Lifted(const Symbol& scalar, LevelId level) { return graph_.Lift(scalar, level).node; }

NodeId Planner::Int(int64_t value) {
  ConstantValue constant;
  constant.type = Physical::kInt64;
  constant.int64 = value;
  return graph_.Constant(constant, {0, 0});
}

NodeId Planner::Not(NodeId node) { return graph_.Call(Op::kNot, Physical::kBool, {0, 0}, {node}); }

NodeId Planner::And(NodeId a, NodeId b) { return graph_.Call(Op::kAnd, Physical::kBool, {0, 0}, {a, b}); }

DecimalSize Planner::SizeOf(const Type& type) { return type.is(TypeKind::kDecimal) ? type.decimal : DecimalSize{0, 0}; }

// Over rows only `[]` leaves a plain value without a type: an element that no row has.
bool Planner::IsNever(const Symbol& symbol) {
  return symbol.kind == Symbol::Kind::kScalar &&
         (symbol.type->is(TypeKind::kDyn) || symbol.type->is(TypeKind::kUnbound));
}

// A column of the type of which every row errs, as the first of the nodes does that errs.
NodeId Planner::Never(const std::vector<NodeId>& nodes, const Type& type) {
  ConstantValue zero;
  zero.type = Graph::PhysicalOf(type);
  NodeId never = graph_.Constant(zero, SizeOf(type));
  for (size_t i = nodes.size(); i > 0; --i) never = graph_.Guard(never, nodes[i - 1]);
  return never;
}

// The type of what is one of the parts, or nullptr if they do not fit one: the static type, or theirs where folding
// took a dyn away.
const Type* Planner::OneType(const Type* type, const std::vector<Symbol>& parts) {
  for (const Symbol& part : parts) {
    if (part.kind != Symbol::Kind::kScalar || IsNever(part)) continue;
    if (type->is(TypeKind::kDyn) || type->is(TypeKind::kUnbound)) type = part.type;
    const Physical own = graph_.node(part.node).type;
    const bool fits = type->is(TypeKind::kDecimal) ? part.type->is_number() : own == Graph::PhysicalOf(*type);
    if (!fits) return nullptr;
  }
  return type;
}

// The symbol's column as one of the type: a decimal at its scale, what no row has by its errors alone.
NodeId Planner::Align(const Symbol& symbol, const Type& type) {
  if (IsNever(symbol)) return Never({symbol.node}, type);
  return type.is(TypeKind::kDecimal) ? graph_.Rescale(symbol.node, type.decimal) : symbol.node;
}

// Two decimals at one scale; where 38 digits may not hold one of them there, both wide and each at its own.
void Planner::AlignToCompare(DecimalSize a, DecimalSize b, std::vector<NodeId>* nodes) {
  const DecimalSize common = Widest(a, b);
  const bool fits = std::max(a.whole(), b.whole()) + common.scale <= kMaxDecimalDigits;
  (*nodes)[0] = graph_.Rescale((*nodes)[0], fits ? common : DecimalSize{kMaxDecimalDigits, a.scale});
  (*nodes)[1] = graph_.Rescale((*nodes)[1], fits ? common : DecimalSize{kMaxDecimalDigits, b.scale});
}

Planner::Result Planner::Scalar(const Expr& expr, NodeId node) {
  Symbol symbol;
  symbol.type = expr.type;
  symbol.node = node;
  symbol.level = graph_.node(node).level;
  return symbol;
}

Planner::Result Planner::Bool(const Expr& expr, NodeId node) {
  Result result = Scalar(expr, node);
  result->type = inputs_->env.types->Simple(TypeKind::kBool);
  return result;
}

// Lifts all to the deepest of their levels.
bool Planner::ToOneLevel(const Expr& expr, std::vector<Symbol>* symbols) {
  LevelId level = kConstantLevel;
  for (const Symbol& symbol : *symbols) {
    level = graph_.Deeper(level, symbol.level);
    if (level < 0) {
      Fail(expr, "its parts stand on rows that have nothing to do with each other");
      return false;
    }
  }
  for (Symbol& symbol : *symbols) symbol = graph_.Lift(symbol, level);
  return true;
}

// The columns that the kernel takes, from those of the arguments: decimals at the scales that it computes with.
std::vector<NodeId> Planner::Operands(Op op, const std::vector<Symbol>& args, DecimalSize size) {
  std::vector<NodeId> nodes;
  for (const Symbol& arg : args) nodes.push_back(arg.node);
  if (!args[0].type->is(TypeKind::kDecimal)) return nodes;
  const bool compares = op == Op::kLess || op == Op::kLessEqual || op == Op::kGreater || op == Op::kGreaterEqual;
  if (compares) AlignToCompare(args[0].type->decimal, args[1].type->decimal, &nodes);
  if (op == Op::kAdd || op == Op::kSubtract || op == Op::kNegate || op == Op::kAbs) {
    for (NodeId& node : nodes) node = graph_.Rescale(node, size);
  }
  const bool wide = op == Op::kRound || op == Op::kQuotient;
  // Two narrow factors multiply to a wide product by one instruction; otherwise all are wide.
  const bool mixed = op == Op::kMultiply && !(args[0].type->decimal.fits_int64() && args[1].type->decimal.fits_int64());
  for (size_t i = 0; (wide || mixed) && i < args.size() && args[i].type->is(TypeKind::kDecimal); ++i) {
    nodes[i] = graph_.Rescale(nodes[i], {kMaxDecimalDigits, args[i].type->decimal.scale});
  }
  return nodes;
}

// && || ! of what no row has may still be decided by the other side; of all else the error stands.
Planner::Result Planner::CallOfNever(const Expr& expr, const std::vector<Symbol>& args) {
  const Op op = expr.ref.op;
  std::vector<NodeId> nodes;
  if (op != Op::kAnd && op != Op::kOr && op != Op::kNot) {
    for (const Symbol& arg : args) nodes.push_back(arg.node);
    return Scalar(expr, Never(nodes, *expr.type));
  }
  for (const Symbol& arg : args) nodes.push_back(Align(arg, *inputs_->env.types->Simple(TypeKind::kBool)));
  return Bool(expr, graph_.Call(op, Physical::kBool, {0, 0}, nodes));
}

// Whether the overload that was chosen for a static dyn is that of the type which folding or the other branch gave it.
bool Planner::OverloadHolds(const Expr& expr, const std::vector<Symbol>& args) {
  const size_t receivers = expr.operand == nullptr ? 0 : 1;
  bool had_dyn = false;
  bool all_alike = true;
  for (size_t i = 0; i < args.size(); ++i) {
    const Type& said = i < receivers ? *expr.operand->type : *expr.args[i - receivers]->type;
    had_dyn = had_dyn || said.is(TypeKind::kDyn);
    if (said.is(TypeKind::kDyn) && args[i].type->is(TypeKind::kDecimal)) return false;  // it has no size
    all_alike = all_alike && args[i].type->is(expr.type->kind);
  }
  const Op op = expr.ref.op;
  const bool computes = (op >= Op::kAdd && op <= Op::kNegate) || (op >= Op::kAbs && op <= Op::kLeast);
  return !had_dyn || !computes || all_alike;
}

Planner::Result Planner::ScalarCall(const Expr& expr, std::vector<Symbol> args) {
  if (std::any_of(args.begin(), args.end(), IsNever)) return CallOfNever(expr, args);
  if (!OverloadHolds(expr, args)) return Fail(expr, "over rows an operand has a type, not dyn: leave dyn() and [] out");
  const Op op = expr.ref.op;
  const Type& result = *expr.type;
  const DecimalSize size = SizeOf(result);
  if (op == Op::kToDecimal && !args[0].type->is(TypeKind::kString)) {
    return Scalar(expr, graph_.Rescale(args[0].node, size));
  }
  std::vector<NodeId> nodes = Operands(op, args, size);
  Node node;
  node.kind = NodeKind::kCall;
  node.op = op;
  node.type = Graph::PhysicalOf(result);
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.bytes = result.is(TypeKind::kBytes) || (op == Op::kSize && args[0].type->is(TypeKind::kBytes));
  if (op == Op::kToString && args[0].type->is(TypeKind::kBytes)) node.option = 1;
  if (op == Op::kRound || op == Op::kQuotient) {
    // The mode is written out and becomes an option; what stays is values, then scale or currency.
    const size_t values = op == Op::kRound ? 1 : 2;
    if (nodes.size() > values + 1) {
      node.option = static_cast<int32_t>(*RoundingFromName(expr.args[values + 1]->constant.text));
      nodes.resize(values + 1);
    }
    if (args[values].type->is(TypeKind::kInt)) nodes.resize(values);
  }
  if (op == Op::kName) {
    node.index = graph_.AddEnum(args[0].type->enum_type);
  }
  for (NodeId arg : nodes) {
    node.level = graph_.Deeper(node.level, graph_.node(arg).level);
    node.args[node.arg_count++] = arg;
  }
  NodeId made = graph_.Add(node);
  // An operand that errs comes before one that overflows where it is brought to the result's scale.
  const bool scaled = size.digits == kMaxDecimalDigits && (op == Op::kAdd || op == Op::kSubtract);
  for (size_t i = args.size(); scaled && i > 0; --i) {
    if (graph_.MayErr(args[i - 1].node)) made = graph_.Guard(made, args[i - 1].node);
  }
  return Scalar(expr, made);
}

}  // namespace assay
