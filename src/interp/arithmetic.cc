// + - * / % and negation. Entry points: ArithmeticFunctions, AddValues. Integers and decimals never wrap and never
// round: a result that does not fit is an overflow. Doubles follow IEEE 754.
#include <limits>

#include "absl/strings/str_cat.h"
#include "base/int128.h"
#include "interp/functions.h"

namespace assay {
namespace {

Value IntOrOverflow(bool fits, int64_t value) { return fits ? Value::Int(value) : Overflow(); }
Value UintOrOverflow(bool fits, uint64_t value) { return fits ? Value::Uint(value) : Overflow(); }

Value TimestampOrOverflow(const std::optional<Timestamp>& time) {
  return time.has_value() ? Value::OfTimestamp(*time) : Overflow();
}

Value DurationOrOverflow(const std::optional<Duration>& span) {
  return span.has_value() ? Value::OfDuration(*span) : Overflow();
}

Value AddSameKind(const Value& a, const Value& b, const Type& type, StepBudget* steps) {
  switch (a.kind()) {
    case ValueKind::kInt: {
      int64_t sum = 0;
      const bool fits = CheckedAdd(a.as_int(), b.as_int(), &sum);
      return IntOrOverflow(fits, sum);
    }
    case ValueKind::kUint: {
      uint64_t sum = 0;
      const bool fits = CheckedAdd(a.as_uint(), b.as_uint(), &sum);
      return UintOrOverflow(fits, sum);
    }
    case ValueKind::kDouble:
      return Value::Double(a.as_double() + b.as_double());
    case ValueKind::kDecimal:
      return DecimalAt(Add(a.as_decimal(), b.as_decimal()), type);
    case ValueKind::kString:
      if (!steps->TakeBytes(a.as_string().size() + b.as_string().size())) return BudgetSpent();
      return Value::String(absl::StrCat(a.as_string(), b.as_string()));
    case ValueKind::kBytes:
      if (!steps->TakeBytes(a.as_bytes().size() + b.as_bytes().size())) return BudgetSpent();
      return Value::Bytes(absl::StrCat(a.as_bytes(), b.as_bytes()));
    case ValueKind::kDuration:
      return DurationOrOverflow(Add(a.as_duration(), b.as_duration()));
    case ValueKind::kList: {
      if (!steps->Take(a.as_list().size() + b.as_list().size())) return BudgetSpent();
      ValueList both = a.as_list();
      both.insert(both.end(), b.as_list().begin(), b.as_list().end());
      return Conform(Value::List(std::move(both)), type);
    }
    default:
      return NoOverload();
  }
}

Value Plus(const Call& call, Arguments args) { return AddValues(args[0], args[1], *call.expr.type, &call.steps); }

Value SubtractSameKind(const Value& a, const Value& b, const Type& type) {
  switch (a.kind()) {
    case ValueKind::kInt: {
      int64_t difference = 0;
      const bool fits = CheckedSub(a.as_int(), b.as_int(), &difference);
      return IntOrOverflow(fits, difference);
    }
    case ValueKind::kUint: {
      uint64_t difference = 0;
      const bool fits = CheckedSub(a.as_uint(), b.as_uint(), &difference);
      return UintOrOverflow(fits, difference);
    }
    case ValueKind::kDouble:
      return Value::Double(a.as_double() - b.as_double());
    case ValueKind::kDecimal:
      return DecimalAt(Subtract(a.as_decimal(), b.as_decimal()), type);
    case ValueKind::kDate:
      return Value::Int(int64_t{a.as_date()} - b.as_date());
    case ValueKind::kTimestamp:
      return DurationOrOverflow(Between(b.as_timestamp(), a.as_timestamp()));
    case ValueKind::kDuration:
      return DurationOrOverflow(Subtract(a.as_duration(), b.as_duration()));
    default:
      return NoOverload();
  }
}

Value Minus(const Call& call, Arguments args) {
  const Value& a = args[0];
  const Value& b = args[1];
  if (a.kind() == b.kind()) return SubtractSameKind(a, b, *call.expr.type);
  if (a.is(ValueKind::kTimestamp) && b.is(ValueKind::kDuration)) {
    return TimestampOrOverflow(Subtract(a.as_timestamp(), b.as_duration()));
  }
  return NoOverload();
}

Value Times(const Call& call, Arguments args) {
  const Value& a = args[0];
  const Value& b = args[1];
  if (a.kind() != b.kind()) return NoOverload();
  switch (a.kind()) {
    case ValueKind::kInt: {
      int64_t product = 0;
      const bool fits = CheckedMul(a.as_int(), b.as_int(), &product);
      return IntOrOverflow(fits, product);
    }
    case ValueKind::kUint: {
      uint64_t product = 0;
      const bool fits = CheckedMul(a.as_uint(), b.as_uint(), &product);
      return UintOrOverflow(fits, product);
    }
    case ValueKind::kDouble:
      return Value::Double(a.as_double() * b.as_double());
    case ValueKind::kDecimal:
      return DecimalAt(Multiply(a.as_decimal(), b.as_decimal()), *call.expr.type);
    default:
      return NoOverload();
  }
}

// The only quotient of two int64_t that is none.
bool DivisionOverflows(int64_t a, int64_t b) { return a == std::numeric_limits<int64_t>::min() && b == -1; }

Value DivisionByZero() { return Value::Error(ErrorKind::kDivisionByZero, ""); }

// Integers are cut towards zero.
Value DividedBy(const Call&, Arguments args) {
  const Value& a = args[0];
  const Value& b = args[1];
  if (a.kind() != b.kind()) return NoOverload();
  switch (a.kind()) {
    case ValueKind::kInt:
      if (b.as_int() == 0) return DivisionByZero();
      if (DivisionOverflows(a.as_int(), b.as_int())) return Overflow();
      return Value::Int(a.as_int() / b.as_int());
    case ValueKind::kUint:
      if (b.as_uint() == 0) return DivisionByZero();
      return Value::Uint(a.as_uint() / b.as_uint());
    case ValueKind::kDouble:
      return Value::Double(a.as_double() / b.as_double());
    default:
      return NoOverload();
  }
}

// The remainder has the sign of the dividend.
Value Modulo(const Call&, Arguments args) {
  const Value& a = args[0];
  const Value& b = args[1];
  if (a.is(ValueKind::kInt) && b.is(ValueKind::kInt)) {
    if (b.as_int() == 0) return DivisionByZero();
    if (DivisionOverflows(a.as_int(), b.as_int())) return Overflow();
    return Value::Int(a.as_int() % b.as_int());
  }
  if (a.is(ValueKind::kUint) && b.is(ValueKind::kUint)) {
    return b.as_uint() == 0 ? DivisionByZero() : Value::Uint(a.as_uint() % b.as_uint());
  }
  return NoOverload();
}

Value Negative(const Call& call, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kInt: {
      int64_t negative = 0;
      const bool fits = CheckedSub<int64_t>(0, args[0].as_int(), &negative);
      return IntOrOverflow(fits, negative);
    }
    case ValueKind::kDouble:
      return Value::Double(-args[0].as_double());
    case ValueKind::kDecimal:
      return DecimalAt(Negate(args[0].as_decimal()), *call.expr.type);
    default:
      return NoOverload();
  }
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kAdd, Plus},         {Op::kSubtract, Minus}, {Op::kMultiply, Times},
    {Op::kDivide, DividedBy}, {Op::kModulo, Modulo},  {Op::kNegate, Negative},
};

}  // namespace

Value AddValues(const Value& a, const Value& b, const Type& type, StepBudget* steps) {
  if (a.kind() == b.kind()) return AddSameKind(a, b, type, steps);
  if (a.is(ValueKind::kTimestamp) && b.is(ValueKind::kDuration)) {
    return TimestampOrOverflow(Add(a.as_timestamp(), b.as_duration()));
  }
  if (a.is(ValueKind::kDuration) && b.is(ValueKind::kTimestamp)) {
    return TimestampOrOverflow(Add(b.as_timestamp(), a.as_duration()));
  }
  return NoOverload();
}

absl::Span<const FunctionEntry> ArithmeticFunctions() { return kFunctions; }

}  // namespace assay
