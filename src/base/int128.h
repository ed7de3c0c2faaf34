// 128-bit integers and the powers of ten that decimals are made of.
// Entry points: int128, Pow10, CheckedAdd/CheckedSub/CheckedMul, CountDigits, ToString. Nothing here allocates but
// ToString, and nothing wraps silently: every operation that can overflow says so.
#ifndef ASSAY_BASE_INT128_H_
#define ASSAY_BASE_INT128_H_

#include <array>
#include <cstdint>
#include <string>

namespace assay {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

inline constexpr int kMaxPow10 = 38;       // 10^38 is the largest power of ten in an int128
inline constexpr int kMaxPow10Int64 = 18;  // and 10^18 in an int64_t

inline constexpr int128 kInt128Max = static_cast<int128>(~uint128{0} >> 1);
inline constexpr int128 kInt128Min = -kInt128Max - 1;

inline constexpr std::array<int128, kMaxPow10 + 1> kPow10 = [] {
  std::array<int128, kMaxPow10 + 1> powers{};
  int128 power = 1;
  for (int n = 0; n < kMaxPow10; ++n, power *= 10) powers[n] = power;
  powers[kMaxPow10] = power;
  return powers;
}();

inline constexpr std::array<int64_t, kMaxPow10Int64 + 1> kPow10Int64 = [] {
  std::array<int64_t, kMaxPow10Int64 + 1> powers{};
  for (int n = 0; n <= kMaxPow10Int64; ++n) powers[n] = static_cast<int64_t>(kPow10[n]);
  return powers;
}();

// 10^n; n must lie in 0..38.
constexpr int128 Pow10(int n) { return kPow10[n]; }

// 10^n; n must lie in 0..18.
constexpr int64_t Pow10Int64(int n) { return kPow10Int64[n]; }

// The three store the result and return true, or return false (with *out unspecified) when it does not fit Int.
// Int is int64_t, uint64_t, int128 or uint128.
template <typename Int>
[[nodiscard]] constexpr bool CheckedAdd(Int a, Int b, Int* out) {
  return !__builtin_add_overflow(a, b, out);
}

template <typename Int>
[[nodiscard]] constexpr bool CheckedSub(Int a, Int b, Int* out) {
  return !__builtin_sub_overflow(a, b, out);
}

template <typename Int>
[[nodiscard]] constexpr bool CheckedMul(Int a, Int b, Int* out) {
  return !__builtin_mul_overflow(a, b, out);
}

// |value|, also of the smallest int128.
constexpr uint128 Magnitude(int128 value) {
  return value < 0 ? uint128{0} - static_cast<uint128>(value) : static_cast<uint128>(value);
}

constexpr bool FitsInt64(int128 value) { return value == static_cast<int64_t>(value); }

// How many decimal digits `value` has: 1 for 0, 39 at most.
constexpr int CountDigits(uint128 value) {
  int digits = 1;
  while (digits <= kMaxPow10 && value >= static_cast<uint128>(kPow10[digits])) ++digits;
  return digits;
}

// The room that WriteDigits needs.
inline constexpr int kMaxUint128Digits = 39;

// Writes the decimal digits of `value` so that they end just before `end`; returns their begin.
char* WriteDigits(uint128 value, char* end);

std::string ToString(int128 value);
std::string ToString(uint128 value);

}  // namespace assay

#endif  // ASSAY_BASE_INT128_H_
