// The math library, and names of enum values. Entry point: NumberFunctions.
#include <cmath>
#include <limits>

#include "interp/functions.h"
#include "lang/environment.h"

namespace assay {
namespace {

Value Absolute(const Call& call, Arguments args) {
  const Value& value = args[0];
  switch (value.kind()) {
    case ValueKind::kInt:
      if (value.as_int() == std::numeric_limits<int64_t>::min()) return Overflow();
      return Value::Int(std::abs(value.as_int()));
    case ValueKind::kUint:
      return value;
    case ValueKind::kDouble:
      return Value::Double(std::fabs(value.as_double()));
    case ValueKind::kDecimal: {
      const Decimal& decimal = value.as_decimal();
      return DecimalAt(decimal.coefficient < 0 ? Negate(decimal) : decimal, *call.expr.type);
    }
    default:
      return NoOverload();
  }
}

// -1, 0 or 1, of a double as a double; a NaN is its own sign.
Value SignOf(const Call&, Arguments args) {
  const Value& value = args[0];
  switch (value.kind()) {
    case ValueKind::kInt:
      return Value::Int((value.as_int() > 0) - (value.as_int() < 0));
    case ValueKind::kUint:
      return Value::Uint(value.as_uint() > 0 ? 1 : 0);
    case ValueKind::kDouble:
      if (std::isnan(value.as_double())) return value;
      return Value::Double((value.as_double() > 0) - (value.as_double() < 0));
    case ValueKind::kDecimal: {
      const int128 coefficient = value.as_decimal().coefficient;
      return Value::Int((coefficient > 0) - (coefficient < 0));
    }
    default:
      return NoOverload();
  }
}

// std::round rounds halves away from zero, as math.round does.
using DoubleFunction = double (*)(double);

template <DoubleFunction kFunction>
Value OfDouble(const Call&, Arguments args) {
  return args[0].is(ValueKind::kDouble) ? Value::Double(kFunction(args[0].as_double())) : NoOverload();
}

using DoubleTest = bool (*)(double);

template <DoubleTest kTest>
Value TestDouble(const Call&, Arguments args) {
  return args[0].is(ValueKind::kDouble) ? Value::Bool(kTest(args[0].as_double())) : NoOverload();
}

// The enum is known from the argument's static type alone.
Value NameOf(const Call& call, Arguments args) {
  const Expr* arg = call.expr.operand != nullptr ? call.expr.operand : call.expr.args[0];
  if (!args[0].is(ValueKind::kInt) || arg->type->enum_type == nullptr) return NoOverload();
  return Value::String(EnumShortName(*arg->type->enum_type, args[0].as_int()));
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kAbs, Absolute},
    {Op::kSign, SignOf},
    {Op::kCeil, OfDouble<std::ceil>},
    {Op::kFloor, OfDouble<std::floor>},
    {Op::kTrunc, OfDouble<std::trunc>},
    {Op::kRoundDouble, OfDouble<std::round>},
    {Op::kIsNan, TestDouble<std::isnan>},
    {Op::kIsInf, TestDouble<std::isinf>},
    {Op::kIsFinite, TestDouble<std::isfinite>},
    {Op::kName, NameOf},
};

}  // namespace

absl::Span<const FunctionEntry> NumberFunctions() { return kFunctions; }

}  // namespace assay
