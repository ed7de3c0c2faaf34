// 128-bit integers at their ends, and the powers of ten.
#include "base/int128.h"

#include <limits>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(Int128Test, PowersOfTenFollowFromOneAnother) {
  EXPECT_TRUE(Pow10(0) == 1);
  for (int n = 1; n <= kMaxPow10; ++n) EXPECT_TRUE(Pow10(n) == Pow10(n - 1) * 10) << n;
  EXPECT_EQ(Pow10Int64(18), 1'000'000'000'000'000'000);
  int128 out;
  EXPECT_FALSE(CheckedMul(Pow10(38), int128{10}, &out));
}

TEST(Int128Test, PrintsBothEnds) {
  EXPECT_EQ(ToString(kInt128Max), "170141183460469231731687303715884105727");
  EXPECT_EQ(ToString(kInt128Min), "-170141183460469231731687303715884105728");
  EXPECT_EQ(ToString(~uint128{0}), "340282366920938463463374607431768211455");
  EXPECT_EQ(ToString(int128{0}), "0");
  EXPECT_EQ(ToString(int128{1'000'000'000'000'000'000}), "1000000000000000000");
  EXPECT_EQ(ToString(Pow10(36) + 7), "1000000000000000000000000000000000007");
}

TEST(Int128Test, CheckedOperationsRefuseAtTheBorder) {
  int128 wide = 0;
  EXPECT_TRUE(CheckedAdd(kInt128Max, int128{0}, &wide));
  EXPECT_FALSE(CheckedAdd(kInt128Max, int128{1}, &wide));
  EXPECT_TRUE(CheckedSub(kInt128Min, int128{0}, &wide));
  EXPECT_FALSE(CheckedSub(kInt128Min, int128{1}, &wide));
  EXPECT_FALSE(CheckedMul(kInt128Min, int128{-1}, &wide));
  int64_t narrow = 0;
  EXPECT_TRUE(CheckedMul(int64_t{1} << 31, int64_t{1} << 31, &narrow));
  EXPECT_FALSE(CheckedMul(int64_t{1} << 32, int64_t{1} << 31, &narrow));
}

TEST(Int128Test, CountsDigits) {
  EXPECT_EQ(CountDigits(0), 1);
  for (int n = 1; n <= kMaxPow10; ++n) {
    EXPECT_EQ(CountDigits(static_cast<uint128>(Pow10(n))), n + 1);
    EXPECT_EQ(CountDigits(static_cast<uint128>(Pow10(n) - 1)), n);
  }
  EXPECT_EQ(CountDigits(~uint128{0}), 39);
}

TEST(Int128Test, MagnitudeOfTheSmallestIsTwoToThe127) {
  EXPECT_TRUE(Magnitude(kInt128Min) == uint128{1} << 127);
  EXPECT_TRUE(Magnitude(-1) == 1);
}

}  // namespace
}  // namespace assay
