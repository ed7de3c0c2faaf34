// The six rounding modes and the one place that says what each does.
// Entry points: RoundDivide for kernels whose divisor is known, RoundsAway for wider arithmetic, the name table for the
// language and the rulebook. Nothing here allocates; overflow cannot happen, because rounding moves a quotient by one.
#ifndef ASSAY_BASE_ROUNDING_H_
#define ASSAY_BASE_ROUNDING_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "base/int128.h"

namespace assay {

// The names and meanings of java.math.RoundingMode and Python's decimal module: ties of kHalfUp go away from zero, kUp
// is away from zero, kDown is towards it.
enum class Rounding : uint8_t { kHalfUp, kHalfEven, kUp, kDown, kCeiling, kFloor };

inline constexpr Rounding kAllRoundings[] = {Rounding::kHalfUp, Rounding::kHalfEven, Rounding::kUp,
                                             Rounding::kDown,   Rounding::kCeiling,  Rounding::kFloor};

// "HALF_UP", "HALF_EVEN", "UP", "DOWN", "CEILING", "FLOOR".
absl::string_view RoundingName(Rounding mode);

// The mode of that exact name, or nothing.
std::optional<Rounding> RoundingFromName(absl::string_view name);

// Whether a truncated quotient moves one step away from zero. `half` is the sign of (2 * |remainder| - |divisor|);
// `odd` and `negative` describe the truncated quotient. The remainder is not zero.
constexpr bool RoundsAway(Rounding mode, int half, bool odd, bool negative) {
  switch (mode) {
    case Rounding::kHalfUp:
      return half >= 0;
    case Rounding::kHalfEven:
      return half > 0 || (half == 0 && odd);
    case Rounding::kUp:
      return true;
    case Rounding::kDown:
      return false;
    case Rounding::kCeiling:
      return !negative;
    case Rounding::kFloor:
      return negative;
  }
  return false;
}

// value / divisor, rounded once. divisor > 0; Int is int64_t or int128, and every value of it is allowed.
template <typename Int>
constexpr Int RoundDivide(Int value, Int divisor, Rounding mode) {
  const Int quotient = value / divisor;
  const Int remainder = value % divisor;
  if (remainder == 0) return quotient;
  const bool negative = value < 0;
  const Int rest = negative ? -remainder : remainder;
  const Int missing = divisor - rest;  // compared instead of 2 * rest, which could overflow
  const int half = (rest > missing) - (rest < missing);
  if (!RoundsAway(mode, half, (quotient & 1) != 0, negative)) return quotient;
  return negative ? quotient - 1 : quotient + 1;
}

}  // namespace assay

#endif  // ASSAY_BASE_ROUNDING_H_
