// Walks the tree: constants, names, fields, calls. Comprehensions are in comprehensions.cc, what calls compute in the
// function tables. Entry point: Evaluate.
#include "interp/evaluator.h"

#include <algorithm>
#include <utility>

#include "interp/evaluation.h"
#include "interp/field_reader.h"
#include "interp/message_builder.h"

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

// A field of a decision table's answer.
Value OutputOf(const RowValue& answer, int field) {
  return (*answer.outputs)[static_cast<size_t>(field - answer.first_output)];
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
      return VisitMessage(expr);
  }
  return Refused("an expression without a meaning");
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
  const Value operand = Visit(*expr.operand);
  if (operand.is_error()) return operand;
  const bool chained = operand.is(ValueKind::kOptional);
  if (chained && operand.as_optional() == nullptr) return expr.test_only ? Value::Bool(false) : operand;
  const Value& row = chained ? *operand.as_optional() : operand;
  if (expr.test_only || (!chained && !expr.optional)) return Member(expr, row, expr.test_only);
  const Value present = Member(expr, row, true);
  if (!present.is(ValueKind::kBool)) return present;
  if (!present.as_bool()) return Value::None();
  Value value = Member(expr, row, false);
  return value.is_error() ? value : Value::Some(std::move(value));
}

// operand.name, or whether it is there.
Value Evaluation::Member(const Expr& expr, const Value& operand, bool test) {
  if (operand.is(ValueKind::kNull)) return NullUsed();
  switch (expr.ref.kind) {
    case Reference::Kind::kField:
      return MemberField(expr, operand, test);
    case Reference::Kind::kVirtualField:
      return MemberVirtual(expr, operand, test);
    default:
      return MemberByName(expr, operand, test);
  }
}

Value Evaluation::MemberField(const Expr& expr, const Value& operand, bool test) {
  if (!operand.is(ValueKind::kRow) || operand.as_row().message == nullptr) return NoOverload();
  const RowValue& row = operand.as_row();
  if (test) return Value::Bool(HasField(*row.message, *expr.ref.field));
  const Type* type = expr.type->is(TypeKind::kOptional) ? expr.type->element : expr.type;
  return ReadField(*activation_.schema(), row, *expr.ref.field, type);
}

Value Evaluation::MemberVirtual(const Expr& expr, const Value& operand, bool test) {
  const bool is_answer = operand.is(ValueKind::kRow) && operand.as_row().outputs != nullptr;
  Value value =
      is_answer ? OutputOf(operand.as_row(), expr.ref.index) : activation_.VirtualField(operand, expr.ref.index);
  if (!test) return value;
  if (!value.is_error()) return Value::Bool(!value.is(ValueKind::kNull));
  const ErrorKind kind = value.as_error().kind;
  return kind == ErrorKind::kMissingRow || kind == ErrorKind::kAbsent ? Value::Bool(false) : value;
}

// map.key, and fields of a row whose static type is dyn.
Value Evaluation::MemberByName(const Expr& expr, const Value& operand, bool test) {
  if (operand.is(ValueKind::kMap)) {
    const Value key = Value::String(expr.name);
    if (test) return Value::Bool(FindKey(operand.as_map(), key) != nullptr);
    return IndexValue(operand, key);
  }
  if (!operand.is(ValueKind::kRow) || operand.as_row().message == nullptr) return NoOverload();
  const RowValue& row = operand.as_row();
  const google::protobuf::Descriptor& type = *row.message->GetDescriptor();
  const google::protobuf::FieldDescriptor* field = type.FindFieldByName(expr.name);
  if (field == nullptr) field = activation_.schema()->FindExtension(type, expr.name);
  if (field == nullptr) return Refused("no such field");
  if (test) return Value::Bool(HasField(*row.message, *field));
  return ReadField(*activation_.schema(), row, *field, nullptr);
}

// What an entry with `?` holds; nothing if that is nothing. Other entries are what they are.
std::optional<Value> Evaluation::VisitEntry(const Expr& expr, size_t entry, const Expr& part) {
  Value value = Visit(part);
  const bool optional = !expr.optional_entries.empty() && expr.optional_entries[entry];
  if (!optional || value.is_error()) return value;
  if (!value.is(ValueKind::kOptional)) return NoOverload();
  if (value.as_optional() == nullptr) return std::nullopt;
  return *value.as_optional();
}

Value Evaluation::VisitMessage(const Expr& expr) {
  if (expr.ref.message == nullptr) return Refused("no such message");
  std::vector<FieldValue> fields;
  for (size_t i = 0; i < expr.args.size(); ++i) {
    std::optional<Value> value = VisitEntry(expr, i, *expr.args[i]);
    if (!value.has_value()) continue;
    if (value->is_error()) return *value;
    const google::protobuf::FieldDescriptor* field = expr.ref.message->FindFieldByName(expr.fields[i]);
    if (field == nullptr) field = activation_.schema()->FindExtension(*expr.ref.message, expr.fields[i]);
    if (field == nullptr) return Refused("no such field");
    fields.push_back({field, *std::move(value)});
  }
  return MakeMessage(*activation_.schema(), *expr.ref.message, fields);
}

Value Evaluation::VisitList(const Expr& expr) {
  ValueList elements;
  for (size_t i = 0; i < expr.args.size(); ++i) {
    std::optional<Value> element = VisitEntry(expr, i, *expr.args[i]);
    if (!element.has_value()) continue;
    if (element->is_error()) return *element;
    elements.push_back(*std::move(element));
  }
  return Conform(Value::List(std::move(elements)), *expr.type);
}

Value Evaluation::VisitMap(const Expr& expr) {
  ValueMap entries;
  for (size_t i = 0; i + 1 < expr.args.size(); i += 2) {
    Value key = Visit(*expr.args[i]);
    if (key.is_error()) return key;
    std::optional<Value> value = VisitEntry(expr, i / 2, *expr.args[i + 1]);
    if (!value.has_value()) continue;
    if (value->is_error()) return *value;
    entries.push_back({std::move(key), *std::move(value)});
  }
  const Value map = MapOf(std::move(entries));
  return map.is_error() ? map : Conform(map, *expr.type);
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
    case Op::kOrOptional:
    case Op::kOrValue:
      return CallOr(expr);
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

// a.or(b), a.orValue(b): what a holds, or b, which is not asked for before.
Value Evaluation::CallOr(const Expr& expr) {
  Value first = Visit(*expr.operand);
  if (first.is_error()) return first;
  if (!first.is(ValueKind::kOptional)) return NoOverload();
  const bool is_value = expr.ref.op == Op::kOrValue;
  if (first.as_optional() != nullptr) return Conform(is_value ? *first.as_optional() : first, *expr.type);
  Value second = Visit(*expr.args[0]);
  const bool fits = second.is_error() || is_value || second.is(ValueKind::kOptional);
  return fits ? Conform(second, *expr.type) : NoOverload();
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
  if (expr.ref.op == Op::kIndex && (expr.optional || args[0].is(ValueKind::kOptional))) return IndexOptional(args);
  for (const Value& arg : args) {
    const bool is_text = arg.is(ValueKind::kString) || arg.is(ValueKind::kBytes);
    const size_t bytes = !is_text ? 0 : arg.is(ValueKind::kString) ? arg.as_string().size() : arg.as_bytes().size();
    if (!steps_.Take(bytes / StepBudget::kBytesPerStep)) return BudgetSpent();
  }
  return entry->function({expr, steps_, options_.max_pattern_size}, args);
}

Value EmptyActivation::Variable(int) const { return Refused("a name without a meaning"); }

Value EmptyActivation::VirtualField(const Value&, int) const { return Refused("a name without a meaning"); }

Value EmptyActivation::HostFunction(int, absl::Span<const Value>) const { return Refused("a name without a meaning"); }

Value Evaluate(const Expr& expr, const Activation& activation, const EvaluateOptions& options) {
  return Evaluation(activation, options).Run(expr);
}

}  // namespace assay
