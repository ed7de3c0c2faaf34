// Walks the tree: constants, names, fields, calls. Comprehensions are in comprehensions.cc, what calls compute in the
// function tables. Entry point: Evaluate.
#include "interp/evaluator.h"

#include <algorithm>
#include <utility>

#include "interp/evaluation.h"
#include "interp/field_reader.h"

namespace assay {
namespace {

Value ConstantValue(const Constant& c) {
  switch (c.kind) {
    case TypeKind::kBool:
      return Value::Bool(c.bool_value);
    case TypeKind::kInt:
      return Value::Int(c.int_value);
    case TypeKind::kUint:
      return Value::Uint(c.uint_value);
    case TypeKind::kDouble:
      return Value::Double(c.double_value);
    case TypeKind::kString:
      return Value::String(c.text);
    case TypeKind::kBytes:
      return Value::Bytes(c.text);
    case TypeKind::kDecimal:
      return Value::OfDecimal(c.decimal);
    case TypeKind::kDate:
      return Value::Date(static_cast<int32_t>(c.int_value));
    case TypeKind::kTimestamp:
      return Value::OfTimestamp(c.timestamp);
    case TypeKind::kDuration:
      return Value::OfDuration(c.duration);
    case TypeKind::kType:
      return Value::Type(c.text);
    default:
      return Value::Null();
  }
}

Value NullUsed() { return Value::Error(ErrorKind::kNull, ""); }

// The receiver first.
std::vector<const Expr*> ArgumentsOf(const Expr& call) {
  std::vector<const Expr*> args;
  if (call.operand != nullptr) args.push_back(call.operand);
  args.insert(args.end(), call.args.begin(), call.args.end());
  return args;
}

}  // namespace

Value Evaluation::Run(const Expr& root) {
  Value value = Visit(root);
  return steps_.exhausted() ? BudgetSpent() : value;
}

Value Evaluation::Visit(const Expr& expr) {
  if (steps_.exhausted()) return BudgetSpent();
  Value value = VisitNode(expr);
  if (options_.observer) options_.observer(expr, value);
  return value;
}

Value Evaluation::VisitNode(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kConstant:
      return ConstantValue(expr.constant);
    case ExprKind::kIdent:
      return VisitName(expr);
    case ExprKind::kSelect:
      return VisitSelect(expr);
    case ExprKind::kCall:
      return VisitCall(expr);
    case ExprKind::kList:
      return VisitList(expr);
    case ExprKind::kMap:
      return VisitMap(expr);
    case ExprKind::kComprehension:
      return VisitComprehension(expr);
    case ExprKind::kMessage:
      break;
  }
  return Refused("a message cannot be made here");
}

Value Evaluation::VisitName(const Expr& expr) {
  if (expr.ref.kind == Reference::Kind::kVariable) return activation_.Variable(expr.ref.index);
  for (size_t i = frames_.size(); i > 0; --i) {
    const Frame& frame = frames_[i - 1];
    if (frame.comprehension == expr.ref.comprehension) return frame.locals[static_cast<size_t>(expr.ref.index)];
  }
  return Refused("a name without a meaning");
}

Value Evaluation::VisitSelect(const Expr& expr) {
  if (expr.ref.kind == Reference::Kind::kVariable) return activation_.Variable(expr.ref.index);  // a.b is one name
  Value operand = Visit(*expr.operand);
  if (operand.is_error()) return operand;
  if (operand.is(ValueKind::kNull)) return NullUsed();
  if (expr.ref.kind == Reference::Kind::kField) return SelectField(expr, operand);
  if (expr.ref.kind == Reference::Kind::kVirtualField) return SelectVirtual(expr, operand);
  return SelectByName(expr, operand);
}

Value Evaluation::SelectField(const Expr& expr, const Value& operand) {
  if (!operand.is(ValueKind::kRow) || operand.as_row().message == nullptr) return NoOverload();
  const google::protobuf::Message& message = *operand.as_row().message;
  if (expr.test_only) return Value::Bool(HasField(message, *expr.ref.field));
  return ReadField(*activation_.schema(), message, *expr.ref.field, expr.type);
}

Value Evaluation::SelectVirtual(const Expr& expr, const Value& operand) {
  Value value = activation_.VirtualField(operand, expr.ref.index);
  if (!expr.test_only) return value;
  if (!value.is_error()) return Value::Bool(!value.is(ValueKind::kNull));
  const ErrorKind kind = value.as_error().kind;
  return kind == ErrorKind::kMissingRow || kind == ErrorKind::kAbsent ? Value::Bool(false) : value;
}

// map.key, and fields of a row whose static type is dyn.
Value Evaluation::SelectByName(const Expr& expr, const Value& operand) {
  if (operand.is(ValueKind::kMap)) {
    const Value key = Value::String(expr.name);
    if (expr.test_only) return Value::Bool(FindKey(operand.as_map(), key) != nullptr);
    return IndexValue(operand, key);
  }
  if (!operand.is(ValueKind::kRow) || operand.as_row().message == nullptr) return NoOverload();
  const google::protobuf::Message& message = *operand.as_row().message;
  const google::protobuf::FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(expr.name);
  if (field == nullptr) return Refused("no such field");
  if (expr.test_only) return Value::Bool(HasField(message, *field));
  return ReadField(*activation_.schema(), message, *field, nullptr);
}

Value Evaluation::VisitList(const Expr& expr) {
  ValueList elements;
  for (const Expr* arg : expr.args) {
    elements.push_back(Visit(*arg));
    if (elements.back().is_error()) return elements.back();
  }
  return Conform(Value::List(std::move(elements)), *expr.type);
}

Value Evaluation::VisitMap(const Expr& expr) {
  ValueMap entries;
  for (size_t i = 0; i + 1 < expr.args.size(); i += 2) {
    Value key = Visit(*expr.args[i]);
    if (key.is_error()) return key;
    Value value = Visit(*expr.args[i + 1]);
    if (value.is_error()) return value;
    const bool is_key =
        key.is(ValueKind::kBool) || key.is(ValueKind::kInt) || key.is(ValueKind::kUint) || key.is(ValueKind::kString);
    if (!is_key) return Refused("a map's key is a bool, int, uint or string");
    entries.push_back({std::move(key), std::move(value)});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const MapEntry& a, const MapEntry& b) { return KeyLess(a.key, b.key); });
  const auto same = std::adjacent_find(entries.begin(), entries.end(),
                                       [](const MapEntry& a, const MapEntry& b) { return Equal(a.key, b.key); });
  if (same != entries.end()) return Refused("a map has each key once");
  return Conform(Value::Map(std::move(entries)), *expr.type);
}

Value Evaluation::VisitCall(const Expr& expr) {
  if (expr.ref.kind == Reference::Kind::kHostFunction) return CallHost(expr);
  switch (expr.ref.op) {
    case Op::kAnd:
    case Op::kOr:
      return CallLogical(expr);
    case Op::kConditional:
      return CallConditional(expr);
    case Op::kText:
      return CallText(expr);
    default:
      return CallFunction(expr);
  }
}

// CEL: the value that decides (false for &&, true for ||) on either side beats an error on the other; of two errors
// the left one stands.
Value Evaluation::CallLogical(const Expr& expr) {
  const bool decisive = expr.ref.op == Op::kOr;
  Value undecided = Value::Bool(!decisive);
  for (const Expr* arg : expr.args) {
    Value side = Visit(*arg);
    if (!side.is_error() && !side.is(ValueKind::kBool)) side = NoOverload();
    if (side.is(ValueKind::kBool) && side.as_bool() == decisive) return side;
    if (side.is_error() && !undecided.is_error()) undecided = std::move(side);
  }
  return undecided;
}

Value Evaluation::CallConditional(const Expr& expr) {
  const Value test = Visit(*expr.args[0]);
  if (test.is_error()) return test;
  if (!test.is(ValueKind::kBool)) return NoOverload();
  return Conform(Visit(*expr.args[test.as_bool() ? 1 : 2]), *expr.type);
}

// text(row.field): the field is named, not read.
Value Evaluation::CallText(const Expr& expr) {
  const Expr& select = *ArgumentsOf(expr)[0];
  const Value row = Visit(*select.operand);
  if (row.is_error()) return row;
  if (row.is(ValueKind::kNull)) return NullUsed();
  if (!row.is(ValueKind::kRow) || row.as_row().message == nullptr) return NoOverload();
  return ReadText(*row.as_row().message, *select.ref.field);
}

Value Evaluation::CallHost(const Expr& expr) {
  ValueList args;
  for (const Expr* arg : expr.args) args.push_back(Visit(*arg));
  return activation_.HostFunction(expr.ref.index, args);
}

Value Evaluation::CallFunction(const Expr& expr) {
  const FunctionEntry* entry = FindFunction(expr.ref.op);
  if (entry == nullptr) return Refused("no such function");
  ValueList args;
  for (const Expr* arg : ArgumentsOf(expr)) {
    args.push_back(Visit(*arg));
    if (args.back().is_error()) return args.back();
  }
  const auto is_null = [](const Value& value) { return value.is(ValueKind::kNull); };
  if (!entry->takes_null && std::any_of(args.begin(), args.end(), is_null)) return NullUsed();
  return entry->function({expr, steps_}, args);
}

Value EmptyActivation::Variable(int) const { return Refused("a name without a meaning"); }

Value EmptyActivation::VirtualField(const Value&, int) const { return Refused("a name without a meaning"); }

Value EmptyActivation::HostFunction(int, absl::Span<const Value>) const { return Refused("a name without a meaning"); }

Value Evaluate(const Expr& expr, const Activation& activation, const EvaluateOptions& options) {
  return Evaluation(activation, options).Run(expr);
}

}  // namespace assay
