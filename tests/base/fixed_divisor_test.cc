// Division by a fixed divisor against the division of the language: at random, at the edges, by powers of ten.
#include "base/fixed_divisor.h"

#include <random>

#include "gtest/gtest.h"

namespace assay {
namespace {

void ExpectSame(uint128 value, uint64_t divisor) {
  uint64_t rest = 0;
  const uint128 quotient = FixedDivisor(divisor).Divide(value, &rest);
  EXPECT_EQ(ToString(quotient), ToString(value / divisor)) << ToString(value) << " / " << divisor;
  EXPECT_EQ(rest, static_cast<uint64_t>(value % divisor)) << ToString(value) << " / " << divisor;
}

TEST(FixedDivisorTest, DividesAsTheLanguageDoes) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 200'000; ++i) {
    const uint64_t divisor = (random() >> random() % 64) | 1u << random() % 31;
    ExpectSame((static_cast<uint128>(random()) << 64 | random()) >> random() % 128, divisor);
  }
}

TEST(FixedDivisorTest, DividesAtTheEdges) {
  for (const uint64_t divisor : {uint64_t{1}, uint64_t{2}, uint64_t{10}, uint64_t{1} << 63, ~uint64_t{0}}) {
    for (int64_t off = -2; off <= 2; ++off) {
      ExpectSame(static_cast<uint128>(off), divisor);
      ExpectSame(static_cast<uint128>(divisor) + static_cast<uint128>(int128{off}), divisor);
      ExpectSame((static_cast<uint128>(divisor) << 64) + static_cast<uint128>(int128{off}), divisor);
    }
  }
}

TEST(FixedDivisorTest, DividesByEveryPowerOfTen) {
  for (int digits = 0; digits <= kMaxPow10Int64; ++digits) {
    const uint64_t divisor = static_cast<uint64_t>(Pow10Int64(digits));
    for (int power = 0; power <= kMaxPow10; ++power) {
      for (int off = -1; off <= 1; ++off) ExpectSame(static_cast<uint128>(Pow10(power) + off), divisor);
    }
  }
}

}  // namespace
}  // namespace assay
