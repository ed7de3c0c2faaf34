// Rounding integer quotients, and the names of the modes.
#include "base/rounding.h"

#include <limits>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(RoundingTest, NamesGoBothWays) {
  for (Rounding mode : kAllRoundings) EXPECT_EQ(RoundingFromName(RoundingName(mode)), mode);
  EXPECT_EQ(RoundingName(Rounding::kHalfEven), "HALF_EVEN");
  EXPECT_FALSE(RoundingFromName("half_up").has_value());
  EXPECT_FALSE(RoundingFromName("").has_value());
}

TEST(RoundDivideTest, WholeQuotientsNeverMove) {
  for (Rounding mode : kAllRoundings) {
    EXPECT_EQ(RoundDivide<int64_t>(-12, 4, mode), -3);
    EXPECT_EQ(RoundDivide<int64_t>(0, 7, mode), 0);
    EXPECT_EQ(RoundDivide(std::numeric_limits<int64_t>::min(), int64_t{1}, mode), std::numeric_limits<int64_t>::min());
    EXPECT_TRUE(RoundDivide(kInt128Min, int128{1}, mode) == kInt128Min);
  }
}

TEST(RoundDivideTest, EachModeOnEachSideOfATie) {
  const struct {
    Rounding mode;
    int results[7];  // of -11, -10, -9, 5, 9, 10, 11 over 4: -2.75 -2.5 -2.25 1.25 2.25 2.5 2.75
  } kCases[] = {
      {Rounding::kHalfUp, {-3, -3, -2, 1, 2, 3, 3}},  {Rounding::kHalfEven, {-3, -2, -2, 1, 2, 2, 3}},
      {Rounding::kUp, {-3, -3, -3, 2, 3, 3, 3}},      {Rounding::kDown, {-2, -2, -2, 1, 2, 2, 2}},
      {Rounding::kCeiling, {-2, -2, -2, 2, 3, 3, 3}}, {Rounding::kFloor, {-3, -3, -3, 1, 2, 2, 2}},
  };
  const int kValues[] = {-11, -10, -9, 5, 9, 10, 11};
  for (const auto& c : kCases) {
    for (int i = 0; i < 7; ++i) {
      EXPECT_EQ(RoundDivide<int64_t>(kValues[i], 4, c.mode), c.results[i]) << RoundingName(c.mode) << kValues[i];
      EXPECT_TRUE(RoundDivide<int128>(kValues[i], 4, c.mode) == c.results[i]) << RoundingName(c.mode) << kValues[i];
    }
  }
}

TEST(RoundDivideTest, LargestDivisorsDoNotOverflow) {
  const int64_t max = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(RoundDivide(max - 1, max, Rounding::kHalfUp), 1);
  EXPECT_EQ(RoundDivide(max / 2, max, Rounding::kHalfUp), 0);
  EXPECT_EQ(RoundDivide(max / 2 + 1, max, Rounding::kHalfUp), 1);
  EXPECT_TRUE(RoundDivide(kInt128Min, kInt128Max, Rounding::kUp) == -2);
}

}  // namespace
}  // namespace assay
