// Plain values as columns: one type and scale for what stands together, and calls of kernels. Entry point:
// Planner::ScalarCall.
#include <algorithm>

#include "absl/strings/str_cat.h"
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

NodeId Planner::Position(LevelId elements) {
  Node position;
  position.kind = NodeKind::kPosition;
  position.type = Physical::kInt64;
  position.level = elements;
  position.index = elements;
  return graph_.Add(position);
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
    const bool exact = part.type->is_number() && !part.type->is(TypeKind::kDouble);
    const bool fits = type->is(TypeKind::kDecimal) ? exact : own == Graph::PhysicalOf(*type);
    if (!fits) return nullptr;
  }
  return type;
}

// The symbol's column as one of the type: a decimal at its scale, what no row has by its errors alone.
NodeId Planner::Align(const Symbol& symbol, const Type& type) {
  if (IsNever(symbol)) return Never({symbol.node}, type);
  const bool is_bool = symbol.type->is(TypeKind::kBool) || symbol.type->is(TypeKind::kNullable);
  if (type.is(TypeKind::kBool) && !is_bool) return Never(FaultOf({symbol}), type);  // a dyn let it through
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

// && and || may be decided by the side that is a bool; of all else that no row has the error stands.
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

// Whether an operand has been folded, perhaps from a dyn to a type that the checker did not see.
bool Planner::HasConstant(const Expr& expr) {
  const auto is_constant = [](const Expr* arg) { return arg->kind == ExprKind::kConstant; };
  return (expr.operand != nullptr && is_constant(expr.operand)) ||
         std::any_of(expr.args.begin(), expr.args.end(), is_constant);
}

// Whether the checker chose an overload without knowing the type of an operand.
bool Planner::SaidDyn(const Expr& expr, const std::vector<Symbol>& args) {
  const size_t receivers = expr.operand == nullptr ? 0 : 1;
  for (size_t i = 0; i < args.size(); ++i) {
    if ((i < receivers ? expr.operand : expr.args[i - receivers])->type->is(TypeKind::kDyn)) return true;
  }
  return false;
}

// The overload of the types that a static dyn turned out to be; nullptr if there is none.
const Overload* Planner::OverloadOf(const Expr& expr, const std::vector<Symbol>& args) const {
  const FunctionTable& functions = *inputs_->env.functions;
  for (const Overload& overload : functions.Find(expr.name, expr.operand != nullptr)) {
    bool takes = overload.args.size() == args.size();
    for (size_t i = 0; takes && i < args.size(); ++i) {
      const Type* pattern = overload.args[i];
      const Type& type = args[i].type->is(TypeKind::kNullable) ? *args[i].type->element : *args[i].type;
      takes = pattern->is(type.kind) || pattern->is(TypeKind::kDyn) || pattern == functions.param(0);
    }
    if (takes) return &overload;
  }
  return nullptr;
}

// What stands where a static dyn let through what no overload takes: an error, after those of the operands.
Planner::Result Planner::NoOverload(const Expr& expr, const std::vector<Symbol>& args) {
  return Scalar(expr, Never(FaultOf(args), *expr.type));
}

std::vector<NodeId> Planner::FaultOf(const std::vector<Symbol>& args) {
  std::vector<NodeId> nodes;
  for (const Symbol& arg : args) {
    if (ErrorOf(arg) != kNoNode) nodes.push_back(ErrorOf(arg));
  }
  nodes.push_back(graph_.Demand(graph_.Bool(false), DemandError::kNoOverload));
  return nodes;
}

// type(x): known from the static type.
Planner::Result Planner::TypeOf(const Expr& expr, const Symbol& value) {
  if (value.type->is(TypeKind::kNullable) || value.kind == Symbol::Kind::kRow || IsNever(value)) {
    return Fail(expr, "over rows the type of this is not known: compare fields, or use has()");
  }
  ConstantValue name;
  name.type = Physical::kString;
  name.text = TypeValueName(*value.type);
  return Scalar(expr, graph_.Guard(graph_.Constant(name, {0, 0}), ErrorOf(value)));
}

// The name that all rows have, where it is no calendar's; nullptr otherwise.
const std::string* Planner::NoCalendar(NodeId name) const {
  const Node& node = graph_.node(name);
  if (node.kind != NodeKind::kConstant || node.type != Physical::kString) return nullptr;
  const std::string& text = graph_.program().constants[static_cast<size_t>(node.index)].text;
  return FindCalendar(inputs_->env.calendars, text) == nullptr ? &text : nullptr;
}

Planner::Result Planner::ScalarCall(const Expr& expr, std::vector<Symbol> args) {
  const bool connects = expr.ref.op == Op::kAnd || expr.ref.op == Op::kOr;
  if (connects || std::any_of(args.begin(), args.end(), IsNever)) return CallOfNever(expr, args);
  const bool said_dyn = SaidDyn(expr, args);
  const Overload* overload = said_dyn || HasConstant(expr) ? OverloadOf(expr, args) : nullptr;
  if (overload == nullptr && (said_dyn || HasConstant(expr))) return NoOverload(expr, args);
  if (!said_dyn) overload = nullptr;  // the checker's stands
  const bool sized =
      std::any_of(args.begin(), args.end(), [](const Symbol& arg) { return arg.type->is(TypeKind::kDecimal); });
  if (overload != nullptr && sized) return Fail(expr, kDecimalBesideDyn);
  const Op op = expr.ref.op;
  const bool told = overload != nullptr && overload->result != inputs_->env.functions->param(0);
  const Type& result = told ? *overload->result : *expr.type;
  const DecimalSize size = SizeOf(result);
  if (op == Op::kToDecimal && !args[0].type->is(TypeKind::kString)) {
    return Scalar(expr, graph_.Rescale(args[0].node, size));
  }
  std::vector<NodeId> nodes = Operands(op, args, size);
  const std::string* unknown = TakesCalendar(op) ? NoCalendar(nodes.back()) : nullptr;
  if (unknown != nullptr) return Fail(expr, absl::StrCat("no such calendar: '", *unknown, "'"));
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
  Result call = Scalar(expr, made);
  call->type = &result;
  return call;
}

}  // namespace assay
