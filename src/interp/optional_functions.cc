// Optionals: making them, asking them, unwrapping lists of them. Entry point: OptionalFunctions. What or() and
// orValue() take in place of nothing is only asked for where it is needed: that is the evaluator's.
#include "interp/functions.h"

namespace assay {
namespace {

// CEL's zero values: what a field that was never set would be.
bool IsZero(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kBool:
      return !value.as_bool();
    case ValueKind::kInt:
      return value.as_int() == 0;
    case ValueKind::kUint:
      return value.as_uint() == 0;
    case ValueKind::kDouble:
      return value.as_double() == 0;
    case ValueKind::kDecimal:
      return value.as_decimal().coefficient == 0;
    case ValueKind::kString:
      return value.as_string().empty();
    case ValueKind::kBytes:
      return value.as_bytes().empty();
    case ValueKind::kDuration:
      return value.as_duration() == Duration{};
    case ValueKind::kTimestamp:
      return value.as_timestamp() == Timestamp{};
    case ValueKind::kList:
      return value.as_list().empty();
    case ValueKind::kMap:
      return value.as_map().empty();
    case ValueKind::kRow:
      return value.as_row().message != nullptr && value.as_row().message->ByteSizeLong() == 0;
    case ValueKind::kOptional:
      return value.as_optional() == nullptr;
    default:
      return false;
  }
}

Value Of(const Call&, Arguments args) { return Value::Some(args[0]); }

Value OfNonZero(const Call&, Arguments args) { return IsZero(args[0]) ? Value::None() : Value::Some(args[0]); }

Value None(const Call&, Arguments) { return Value::None(); }

Value HasValue(const Call&, Arguments args) {
  if (!args[0].is(ValueKind::kOptional)) return NoOverload();
  return Value::Bool(args[0].as_optional() != nullptr);
}

Value ValueOf(const Call&, Arguments args) {
  if (!args[0].is(ValueKind::kOptional)) return NoOverload();
  return args[0].as_optional() == nullptr ? Refused("optional.none() has no value") : *args[0].as_optional();
}

Value Unwrap(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kList)) return NoOverload();
  if (!call.steps.Take(args[0].as_list().size())) return BudgetSpent();
  ValueList held;
  for (const Value& element : args[0].as_list()) {
    if (!element.is(ValueKind::kOptional)) return NoOverload();
    if (element.as_optional() != nullptr) held.push_back(*element.as_optional());
  }
  return Value::List(std::move(held));
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kOptionalOf, Of, true}, {Op::kOptionalOfNonZero, OfNonZero, true},
    {Op::kOptionalNone, None},   {Op::kHasValue, HasValue},
    {Op::kValueOf, ValueOf},     {Op::kUnwrap, Unwrap},
};

}  // namespace

absl::Span<const FunctionEntry> OptionalFunctions() { return kFunctions; }

}  // namespace assay
