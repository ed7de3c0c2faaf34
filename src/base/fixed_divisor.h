// Division of many 128-bit numbers by one 64-bit divisor, by multiplication.
// Entry point: FixedDivisor::Divide. The reciprocal and its two corrections are those of Moller and Granlund, "Improved
// division by invariant integers" (2011), algorithm 4.
#ifndef ASSAY_BASE_FIXED_DIVISOR_H_
#define ASSAY_BASE_FIXED_DIVISOR_H_

#include <bit>
#include <cstdint>

#include "base/int128.h"

namespace assay {

// Immutable, safe from any thread.
class FixedDivisor {
 public:
  // divisor > 0.
  explicit constexpr FixedDivisor(uint64_t divisor)
      : divisor_(divisor),
        shift_(std::countl_zero(divisor)),
        normal_(divisor << shift_),
        reciprocal_(static_cast<uint64_t>(~uint128{0} / normal_)) {}  // less 2^64, by truncation

  constexpr uint64_t divisor() const { return divisor_; }

  // The quotient, truncated; what is left goes to *rest.
  constexpr uint128 Divide(uint128 value, uint64_t* rest) const {
    const uint64_t high = static_cast<uint64_t>(value >> 64);
    const uint64_t low = static_cast<uint64_t>(value);
    if (high < divisor_) return DivideShort(high, low, rest);
    uint64_t above = 0;
    const uint128 top = DivideShort(0, high, &above);
    return top << 64 | DivideShort(above, low, rest);
  }

 private:
  // high < divisor: the quotient has 64 bits.
  constexpr uint64_t DivideShort(uint64_t high, uint64_t low, uint64_t* rest) const {
    const uint128 value = (static_cast<uint128>(high) << 64 | low) << shift_;
    const uint64_t value_high = static_cast<uint64_t>(value >> 64), value_low = static_cast<uint64_t>(value);
    const uint128 estimate = static_cast<uint128>(reciprocal_) * value_high + value;
    uint64_t quotient = static_cast<uint64_t>(estimate >> 64) + 1;
    uint64_t left = value_low - quotient * normal_;
    if (left > static_cast<uint64_t>(estimate)) {
      --quotient;
      left += normal_;
    }
    if (left >= normal_) {
      ++quotient;
      left -= normal_;
    }
    *rest = left >> shift_;
    return quotient;
  }

  uint64_t divisor_;
  int shift_;
  uint64_t normal_;      // the divisor with its highest bit set
  uint64_t reciprocal_;  // floor((2^128 - 1) / normal) - 2^64
};

}  // namespace assay

#endif  // ASSAY_BASE_FIXED_DIVISOR_H_
