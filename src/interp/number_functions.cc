// The math library but math.greatest and math.least, and names of enum values. Entry point: NumberFunctions.
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

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

// NaN of what is negative.
Value SquareRoot(const Call&, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kInt:
      return Value::Double(std::sqrt(static_cast<double>(args[0].as_int())));
    case ValueKind::kUint:
      return Value::Double(std::sqrt(static_cast<double>(args[0].as_uint())));
    case ValueKind::kDouble:
      return Value::Double(std::sqrt(args[0].as_double()));
    default:
      return NoOverload();
  }
}

// The bits of an int or uint, and a value of the same kind made of others.
std::optional<uint64_t> BitsOf(const Value& value) {
  if (value.is(ValueKind::kUint)) return value.as_uint();
  return value.is(ValueKind::kInt) ? std::optional<uint64_t>(static_cast<uint64_t>(value.as_int())) : std::nullopt;
}

Value FromBits(const Value& like, uint64_t bits) {
  return like.is(ValueKind::kUint) ? Value::Uint(bits) : Value::Int(static_cast<int64_t>(bits));
}

template <typename Operation>
Value OfBits(const Call&, Arguments args) {
  const std::optional<uint64_t> a = BitsOf(args[0]);
  const std::optional<uint64_t> b = BitsOf(args[1]);
  if (!a.has_value() || !b.has_value() || args[0].kind() != args[1].kind()) return NoOverload();
  return FromBits(args[0], Operation()(*a, *b));
}

Value BitNot(const Call&, Arguments args) {
  const std::optional<uint64_t> bits = BitsOf(args[0]);
  return bits.has_value() ? FromBits(args[0], ~*bits) : NoOverload();
}

// Zeros come in from either side; the sign is a bit as any other.
template <bool kLeft>
Value Shifted(const Call&, Arguments args) {
  const std::optional<uint64_t> bits = BitsOf(args[0]);
  if (!bits.has_value() || !args[1].is(ValueKind::kInt)) return NoOverload();
  const int64_t places = args[1].as_int();
  if (places < 0) return Refused("shifts by a negative number of bits");
  if (places >= 64) return FromBits(args[0], 0);
  return FromBits(args[0], kLeft ? *bits << places : *bits >> places);
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
    {Op::kSqrt, SquareRoot},
    {Op::kBitAnd, OfBits<std::bit_and<uint64_t>>},
    {Op::kBitOr, OfBits<std::bit_or<uint64_t>>},
    {Op::kBitXor, OfBits<std::bit_xor<uint64_t>>},
    {Op::kBitNot, BitNot},
    {Op::kBitShiftLeft, Shifted<true>},
    {Op::kBitShiftRight, Shifted<false>},
    {Op::kName, NameOf},
};

}  // namespace

absl::Span<const FunctionEntry> NumberFunctions() { return kFunctions; }

}  // namespace assay
