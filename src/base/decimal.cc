// Decimal arithmetic. Entry points: Rescale, Compare, Add, Subtract, Multiply, Round, Quotient, ToDouble.
// Results are exact or refused; only Round and Quotient round, once, and only Quotient needs a 256-bit intermediate.
#include "base/decimal.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

// high * 2^128 + low.
struct Wide {
  uint128 high;
  uint128 low;
};

Wide MultiplyWide(uint128 a, uint128 b) {
  const uint128 mask = ~uint64_t{0};
  const uint128 a0 = a & mask, a1 = a >> 64, b0 = b & mask, b1 = b >> 64;
  const uint128 low = a0 * b0;
  const uint128 middle = a1 * b0 + (low >> 64);  // at most (2^64-1)^2 + 2^64-1: no carry
  const uint128 cross = a0 * b1 + (middle & mask);
  return {a1 * b1 + (middle >> 64) + (cross >> 64), (cross << 64) | (low & mask)};
}

// Divides n by d, where n.high < d < 2^127; the quotient then fits 128 bits. Bit by bit: this path is rare, for
// operands whose scaled numerator passes 128 bits.
uint128 DivideWide(Wide n, uint128 d, uint128* remainder) {
  uint128 quotient = 0;
  uint128 rest = n.high;
  for (int bit = 127; bit >= 0; --bit) {
    rest = (rest << 1) | ((n.low >> bit) & 1);
    quotient <<= 1;
    if (rest >= d) {
      rest -= d;
      quotient |= 1;
    }
  }
  *remainder = rest;
  return quotient;
}

bool ValidScale(int scale) { return scale >= 0 && scale <= kMaxDecimalScale; }

// The magnitudes of a division to be done: numerator / denominator, the quotient taken at the wanted scale.
struct Division {
  Wide numerator;
  uint128 denominator;
};

enum class DivisionSize { kFits, kQuotientTooLarge, kDenominatorTooLarge };

// Multiplies numerator or denominator by 10^|shift|. kQuotientTooLarge: numerator >= 10^76, so the quotient has over 38
// digits. kDenominatorTooLarge: denominator >= 2^127, more than twice any numerator.
DivisionSize ScaleDivision(uint128 numerator, uint128 denominator, int shift, Division* out) {
  if (shift >= 0) {
    const int digits = CountDigits(numerator);
    if (digits + shift > 2 * kMaxDecimalDigits) return DivisionSize::kQuotientTooLarge;
    const int first = std::min(shift, kMaxDecimalDigits - digits);
    const uint128 head = numerator * static_cast<uint128>(Pow10(first));
    *out = {MultiplyWide(head, static_cast<uint128>(Pow10(shift - first))), denominator};
    return DivisionSize::kFits;
  }
  const Wide scaled = MultiplyWide(denominator, static_cast<uint128>(Pow10(-shift)));
  if (scaled.high != 0 || scaled.low > static_cast<uint128>(kInt128Max)) return DivisionSize::kDenominatorTooLarge;
  *out = {{0, numerator}, scaled.low};
  return DivisionSize::kFits;
}

// A denominator of 2^127 or more is over twice any numerator (< 10^38): the quotient is 0 and the rest below a half.
uint128 TinyQuotient(Rounding mode, bool negative) { return RoundsAway(mode, -1, false, negative) ? 1 : 0; }

// Division rounded on magnitudes; nothing when the quotient passes 38 digits.
std::optional<uint128> RoundedQuotient(const Division& division, Rounding mode, bool negative) {
  const auto& [numerator, denominator] = division;
  uint128 quotient, rest;
  if (numerator.high == 0) {
    quotient = numerator.low / denominator;
    rest = numerator.low % denominator;
  } else {
    if (numerator.high >= denominator) return std::nullopt;
    quotient = DivideWide(numerator, denominator, &rest);
  }
  const uint128 missing = denominator - rest;
  const int half = (rest > missing) - (rest < missing);
  const bool away = rest != 0 && RoundsAway(mode, half, (quotient & 1) != 0, negative);
  const uint128 limit = static_cast<uint128>(Pow10(kMaxDecimalDigits));
  if (quotient >= limit || quotient + away >= limit) return std::nullopt;
  return quotient + away;
}

std::optional<Decimal> Checked(int128 coefficient, int scale) {
  if (!FitsDecimal(coefficient)) return std::nullopt;
  return Decimal{coefficient, scale};
}

}  // namespace

std::optional<Decimal> Rescale(const Decimal& value, int scale) {
  if (scale < value.scale || !ValidScale(scale)) return std::nullopt;
  int128 coefficient;
  if (!CheckedMul(value.coefficient, Pow10(scale - value.scale), &coefficient)) return std::nullopt;
  return Checked(coefficient, scale);
}

int Compare(const Decimal& a, const Decimal& b) {
  if (a.scale == b.scale) return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
  // Whole parts first; the fractions then fit 38 digits at the wider scale. Truncation keeps both parts of one sign.
  const int128 a_unit = Pow10(a.scale), b_unit = Pow10(b.scale);
  const int128 a_whole = a.coefficient / a_unit, b_whole = b.coefficient / b_unit;
  if (a_whole != b_whole) return a_whole < b_whole ? -1 : 1;
  const int wider = std::max(a.scale, b.scale);
  const int128 a_part = a.coefficient % a_unit * Pow10(wider - a.scale);
  const int128 b_part = b.coefficient % b_unit * Pow10(wider - b.scale);
  return (a_part > b_part) - (a_part < b_part);
}

std::optional<Decimal> Add(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale, b.scale);
  const std::optional<Decimal> left = Rescale(a, scale), right = Rescale(b, scale);
  if (!left || !right) return std::nullopt;
  int128 sum;  // two 38-digit numbers can pass 2^127
  if (!CheckedAdd(left->coefficient, right->coefficient, &sum)) return std::nullopt;
  return Checked(sum, scale);
}

std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b) { return Add(a, Negate(b)); }

std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b) {
  int128 product;
  if (!ValidScale(a.scale + b.scale) || !CheckedMul(a.coefficient, b.coefficient, &product)) return std::nullopt;
  return Checked(product, a.scale + b.scale);
}

std::optional<Decimal> Round(const Decimal& value, int scale, Rounding mode) {
  if (!ValidScale(scale)) return std::nullopt;
  if (scale >= value.scale) return Rescale(value, scale);
  return Decimal{RoundDivide(value.coefficient, Pow10(value.scale - scale), mode), scale};
}

QuotientResult Quotient(const Decimal& a, const Decimal& b, int scale, Rounding mode, Decimal* out) {
  if (b.coefficient == 0) return QuotientResult::kDivisionByZero;
  if (!ValidScale(scale)) return QuotientResult::kOverflow;
  if (a.coefficient == 0) {
    *out = {0, scale};
    return QuotientResult::kOk;
  }
  const bool negative = (a.coefficient < 0) != (b.coefficient < 0);
  const int shift = b.scale + scale - a.scale;
  Division division = {};
  std::optional<uint128> quotient;
  switch (ScaleDivision(Magnitude(a.coefficient), Magnitude(b.coefficient), shift, &division)) {
    case DivisionSize::kFits:
      quotient = RoundedQuotient(division, mode, negative);
      break;
    case DivisionSize::kQuotientTooLarge:
      break;
    case DivisionSize::kDenominatorTooLarge:
      quotient = TinyQuotient(mode, negative);
      break;
  }
  if (!quotient) return QuotientResult::kOverflow;
  const int128 coefficient = static_cast<int128>(*quotient);
  *out = {negative ? -coefficient : coefficient, scale};
  return QuotientResult::kOk;
}

double ToDouble(const Decimal& value) {
  // Up to 2^53 and 10^22 both operands are exact doubles, so one division rounds once.
  constexpr int128 kExact = int128{1} << 53;
  if (value.scale <= 22 && value.coefficient <= kExact && value.coefficient >= -kExact) {
    return static_cast<double>(static_cast<int64_t>(value.coefficient)) /
           (value.scale <= kMaxPow10Int64 ? static_cast<double>(Pow10Int64(value.scale))
                                          : 1e18 * static_cast<double>(Pow10Int64(value.scale - kMaxPow10Int64)));
  }
  const std::string text = ToString(value.coefficient) + "e-" + ToString(int128{value.scale});
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

}  // namespace assay
