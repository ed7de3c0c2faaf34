// Numbers: round and quotient of decimals, absolute values and signs, and the math of doubles. Entry point:
// SelectNumber. Decimals are rounded once, from the exact value, and are an error beyond 38 digits.
#include <cmath>
#include <limits>

#include "base/currency.h"
#include "base/decimal.h"
#include "base/fixed_divisor.h"
#include "exec/row_loop.h"

namespace assay {
namespace {

constexpr Fault kTooManyDigits = {ErrorKind::kOverflow, "the result needs more than 38 digits"};
constexpr Fault kNoMinorUnit = {ErrorKind::kInvalidArgument, "is no currency with a minor unit"};
constexpr Fault kByZero = {ErrorKind::kDivisionByZero, ""};
constexpr Fault kNoPositive = {ErrorKind::kOverflow, "the least int has no positive twin"};

// The scale each row is rounded to: the node's own, or that of a currency named by argument `i`.
class RoundingScales {
 public:
  RoundingScales(const Frame& frame, const Node& node, int i) : scale_(node.scale), by_currency_(node.arg_count > i) {
    if (by_currency_) codes_ = ArgOf<absl::string_view>(frame, node, i);
  }

  // -1 for a code without a minor unit.
  int At(size_t row) {
    if (!by_currency_) return scale_;
    const absl::string_view code = codes_[row];
    if (code == last_ && known_) return scale_;  // the rows of an order share their currency
    const MinorUnit unit = FindMinorUnit(code);
    last_ = code;
    known_ = true;
    scale_ = unit.kind == MinorUnit::Kind::kDigits ? unit.digits : -1;
    return scale_;
  }

 private:
  int scale_;
  bool by_currency_;
  Arg<absl::string_view> codes_ = {};
  absl::string_view last_;
  bool known_ = false;
};

// RoundDivide in 64 bits where both fit: division in 128 bits is a call.
int128 Divide(int128 value, int128 divisor, Rounding mode) {
  if (FitsInt64(value) && FitsInt64(divisor)) {
    return RoundDivide(static_cast<int64_t>(value), static_cast<int64_t>(divisor), mode);
  }
  return RoundDivide(value, divisor, mode);
}

// Values at fewer digits, rounded once. All rows share the divisor, so that none needs a division.
class DigitDropper {
 public:
  // 0 <= digits <= 38.
  DigitDropper(int digits, Rounding mode)
      : divisor_(Pow10(digits)), quick_(digits <= kMaxPow10Int64 ? static_cast<uint64_t>(divisor_) : 1), mode_(mode) {}

  int128 Drop(int128 value) const {
    if (divisor_ > std::numeric_limits<int64_t>::max()) return RoundDivide(value, divisor_, mode_);
    uint64_t rest = 0;
    const int128 quotient = static_cast<int128>(quick_.Divide(Magnitude(value), &rest));
    const uint64_t missing = quick_.divisor() - rest;
    const int half = (rest > missing) - (rest < missing);
    const bool away = rest != 0 && RoundsAway(mode_, half, (quotient & 1) != 0, value < 0);
    return value < 0 ? -(quotient + away) : quotient + away;
  }

 private:
  int128 divisor_;
  FixedDivisor quick_;
  Rounding mode_;
};

// *value times 10^shift; false beyond 38 digits. 0 <= shift <= 38.
bool Widen(int shift, int128* value) { return CheckedMul(*value, Pow10(shift), value) && FitsDecimal(*value); }

template <typename T>
const Fault* Finish(int128 value, int shift, T* out) {
  if (shift == 0 ? !FitsDecimal(value) : !Widen(shift, &value)) return &kTooManyDigits;
  *out = static_cast<T>(value);  // 64 bits only where the checker's size says that it fits
  return nullptr;
}

template <typename T>
void Round(Frame* frame, const Node& node) {
  const Arg<int128> value = ArgOf<int128>(*frame, node, 0);
  const int from = frame->program->nodes[node.args[0]].scale;
  const Rounding mode = static_cast<Rounding>(node.option);
  RoundingScales scales(*frame, node, 1);
  if (node.arg_count == 1 && node.scale < from) {
    const DigitDropper dropper(from - node.scale, mode);
    TryEachRow<T>(frame, node, [&](size_t row, T* out) { return Finish(dropper.Drop(value[row]), 0, out); });
    return;
  }
  TryEachRow<T>(frame, node, [&](size_t row, T* out) -> const Fault* {
    const int to = scales.At(row);
    if (to < 0) return &kNoMinorUnit;
    if (to < from) return Finish(Divide(value[row], Pow10(from - to), mode), node.scale - to, out);
    return Finish(value[row], node.scale - from, out);
  });
}

// a / b * 10^shift, rounded once, where everything fits 128 bits.
bool QuotientFits(int128 a, int128 b, int shift, Rounding mode, int128* out) {
  if (shift > kMaxPow10 || shift < -kMaxPow10) return false;
  if (shift >= 0 && !CheckedMul(a, Pow10(shift), &a)) return false;
  if (shift < 0 && !CheckedMul(b, Pow10(-shift), &b)) return false;
  if (a == kInt128Min || b == kInt128Min) return false;
  *out = b < 0 ? Divide(-a, -b, mode) : Divide(a, b, mode);
  return true;
}

template <typename T>
void QuotientOf(Frame* frame, const Node& node) {
  const Arg<int128> a = ArgOf<int128>(*frame, node, 0);
  const Arg<int128> b = ArgOf<int128>(*frame, node, 1);
  const int a_scale = frame->program->nodes[node.args[0]].scale;
  const int b_scale = frame->program->nodes[node.args[1]].scale;
  const Rounding mode = static_cast<Rounding>(node.option);
  RoundingScales scales(*frame, node, 2);
  TryEachRow<T>(frame, node, [&](size_t row, T* out) -> const Fault* {
    const int to = scales.At(row);
    if (to < 0) return &kNoMinorUnit;
    if (b[row] == 0) return &kByZero;
    int128 quotient = 0;
    if (!QuotientFits(a[row], b[row], to + b_scale - a_scale, mode, &quotient)) {
      Decimal exact;
      if (Quotient({a[row], a_scale}, {b[row], b_scale}, to, mode, &exact) != QuotientResult::kOk) {
        return &kTooManyDigits;
      }
      quotient = exact.coefficient;
    }
    return Finish(quotient, node.scale - to, out);
  });
}

template <typename T>
void Absolute(Frame* frame, const Node& node) {
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  EachRow<T>(frame, node, [&](size_t row) { return value[row] < 0 ? -value[row] : value[row]; });
}

void AbsoluteInt(Frame* frame, const Node& node) {
  const Arg<int64_t> value = ArgOf<int64_t>(*frame, node, 0);
  TryEachRow<int64_t>(frame, node, [&](size_t row, int64_t* out) -> const Fault* {
    if (value[row] == std::numeric_limits<int64_t>::min()) return &kNoPositive;
    *out = value[row] < 0 ? -value[row] : value[row];
    return nullptr;
  });
}

void AbsoluteUint(Frame* frame, const Node& node) {
  const Arg<uint64_t> value = ArgOf<uint64_t>(*frame, node, 0);
  EachRow<uint64_t>(frame, node, [&](size_t row) { return value[row]; });
}

template <typename T>
void Sign(Frame* frame, const Node& node) {
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) { return int64_t{value[row] > 0} - int64_t{value[row] < 0}; });
}

double SignOfDouble(double value) { return std::isnan(value) ? value : (value > 0) - (value < 0); }

template <double (*kFunction)(double)>
void OfDouble(Frame* frame, const Node& node) {
  const Arg<double> value = ArgOf<double>(*frame, node, 0);
  EachRow<double>(frame, node, [&](size_t row) { return kFunction(value[row]); });
}

template <bool (*kTest)(double)>
void TestDouble(Frame* frame, const Node& node) {
  const Arg<double> value = ArgOf<double>(*frame, node, 0);
  EachRow<uint8_t>(frame, node, [&](size_t row) { return static_cast<uint8_t>(kTest(value[row])); });
}

template <typename T>
void SquareRoot(Frame* frame, const Node& node) {
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  EachRow<double>(frame, node, [&](size_t row) { return std::sqrt(static_cast<double>(value[row])); });
}

// The first of equal ones; a NaN replaces nothing and is replaced by nothing.
template <typename T, bool greatest>
void Extreme(Frame* frame, const Node& node) {
  const Arg<T> a = ArgOf<T>(*frame, node, 0);
  const Arg<T> b = ArgOf<T>(*frame, node, 1);
  EachRow<T>(frame, node, [&](size_t row) {
    const bool second = greatest ? a[row] < b[row] : b[row] < a[row];
    return second ? b[row] : a[row];
  });
}

template <bool greatest>
Kernel SelectExtreme(Physical type) {
  switch (type) {
    case Physical::kInt64:
    case Physical::kDecimal64:
      return Extreme<int64_t, greatest>;
    case Physical::kUint64:
      return Extreme<uint64_t, greatest>;
    case Physical::kDouble:
      return Extreme<double, greatest>;
    case Physical::kDecimal128:
      return Extreme<int128, greatest>;
    default:
      return nullptr;
  }
}

Kernel SelectSquareRoot(Physical type) {
  switch (type) {
    case Physical::kInt64:
      return SquareRoot<int64_t>;
    case Physical::kUint64:
      return SquareRoot<uint64_t>;
    default:
      return SquareRoot<double>;
  }
}

// 1 for all but 0.
void SignOfUint(Frame* frame, const Node& node) {
  const Arg<uint64_t> value = ArgOf<uint64_t>(*frame, node, 0);
  EachRow<uint64_t>(frame, node, [&](size_t row) { return uint64_t{value[row] != 0}; });
}

Kernel SelectAbsolute(Physical type) {
  switch (type) {
    case Physical::kInt64:
      return AbsoluteInt;
    case Physical::kUint64:
      return AbsoluteUint;
    case Physical::kDouble:
      return OfDouble<std::fabs>;
    case Physical::kDecimal64:
      return Absolute<int64_t>;
    case Physical::kDecimal128:
      return Absolute<int128>;
    default:
      return nullptr;
  }
}

Kernel SelectSign(Physical type) {
  switch (type) {
    case Physical::kInt64:
    case Physical::kDecimal64:
      return Sign<int64_t>;
    case Physical::kDecimal128:
      return Sign<int128>;
    case Physical::kUint64:
      return SignOfUint;
    case Physical::kDouble:
      return OfDouble<SignOfDouble>;
    default:
      return nullptr;
  }
}

// std::round takes halves away from zero, as math.round does.
Kernel SelectOfDouble(Op op) {
  switch (op) {
    case Op::kCeil:
      return OfDouble<std::ceil>;
    case Op::kFloor:
      return OfDouble<std::floor>;
    case Op::kTrunc:
      return OfDouble<std::trunc>;
    case Op::kRoundDouble:
      return OfDouble<std::round>;
    case Op::kIsNan:
      return TestDouble<std::isnan>;
    case Op::kIsInf:
      return TestDouble<std::isinf>;
    case Op::kIsFinite:
      return TestDouble<std::isfinite>;
    default:
      return nullptr;
  }
}

}  // namespace

Kernel SelectNumber(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kCall || node.arg_count == 0) return nullptr;
  const Physical first = program.nodes[node.args[0]].type;
  const bool narrow = node.type == Physical::kDecimal64;
  switch (node.op) {
    case Op::kRound:
      return narrow ? Round<int64_t> : Round<int128>;
    case Op::kQuotient:
      return narrow ? QuotientOf<int64_t> : QuotientOf<int128>;
    case Op::kAbs:
      return SelectAbsolute(first);
    case Op::kSign:
      return SelectSign(first);
    case Op::kSqrt:
      return SelectSquareRoot(first);
    case Op::kGreatest:
      return SelectExtreme<true>(first);
    case Op::kLeast:
      return SelectExtreme<false>(first);
    default:
      return first == Physical::kDouble ? SelectOfDouble(node.op) : nullptr;
  }
}

}  // namespace assay
