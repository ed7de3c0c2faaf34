// Largest-remainder shares: exact sums, who gets the odd unit, and numbers at the limits.
#include "ledger/shares.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "base/decimal.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

using Amounts = std::vector<int128>;

// gtest cannot print int128.
bool Same(const absl::StatusOr<Amounts>& got, const Amounts& expected) { return got.ok() && *got == expected; }

TEST(SharesTest, TheOddCentsGoToTheLargestRemainders) {
  EXPECT_TRUE(Same(SplitByLargestRemainder(1000, Amounts{1, 1, 1}), {334, 333, 333}));
  EXPECT_TRUE(Same(SplitByLargestRemainder(100, Amounts{150, 250, 600}), {15, 25, 60}));
  EXPECT_TRUE(Same(SplitByLargestRemainder(10, Amounts{33, 33, 34}), {3, 3, 4}));
  EXPECT_TRUE(Same(SplitByLargestRemainder(7, Amounts{0, 5, 0}), {0, 7, 0}));
}

TEST(SharesTest, ANegativeTotalIsSplitLikeItsMagnitude) {
  EXPECT_TRUE(Same(SplitByLargestRemainder(-1000, Amounts{1, 1, 1}), {-334, -333, -333}));
}

TEST(SharesTest, AZeroTotalNeedsNoWeight) {
  EXPECT_TRUE(Same(SplitByLargestRemainder(0, Amounts{0, 0}), {0, 0}));
  EXPECT_TRUE(Same(SplitByLargestRemainder(0, Amounts{}), {}));
}

TEST(SharesTest, WhatCannotBeSplitIsRefused) {
  EXPECT_EQ(SplitByLargestRemainder(1, Amounts{}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SplitByLargestRemainder(1, Amounts{0, 0}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SplitByLargestRemainder(1, Amounts{2, -1}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SplitByLargestRemainder(Pow10(38), Amounts{1}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SplitByLargestRemainder(1, Amounts{Pow10(38) - 1, 1}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(SharesTest, ProductsOfSeventyDigitsAreExact) {
  const int128 third = Pow10(37) / 3;
  EXPECT_TRUE(Same(SplitByLargestRemainder(Pow10(37), Amounts{third, third, Pow10(37) - 2 * third}),
                   {third, third, Pow10(37) - 2 * third}));
  // 3/10 and 7/10 of 10^37 + 5, whose exact halves decide: 0.5 and 0.5, the earlier first.
  EXPECT_TRUE(Same(SplitByLargestRemainder(Pow10(37) + 5, Amounts{3 * Pow10(36), 7 * Pow10(36)}),
                   {3 * Pow10(36) + 2, 7 * Pow10(36) + 3}));
}

TEST(SharesTest, RandomSharesAddUpAndStayWithinAUnitOfExact) {
  std::mt19937_64 engine(20261122);
  for (int round = 0; round < 20000; ++round) {
    Amounts weights(1 + engine() % 8);
    for (int128& weight : weights) weight = static_cast<int128>(engine() % 1000);
    const int128 sum = std::accumulate(weights.begin(), weights.end(), int128{0});
    if (sum == 0) continue;
    const auto total = static_cast<int128>(engine() % 5000);
    const auto parts = SplitByLargestRemainder(total, weights);
    ASSERT_TRUE(parts.ok());
    EXPECT_TRUE(std::accumulate(parts->begin(), parts->end(), int128{0}) == total);
    for (size_t i = 0; i < weights.size(); ++i) {
      EXPECT_TRUE((*parts)[i] * sum > total * weights[i] - sum && (*parts)[i] * sum < total * weights[i] + sum);
    }
    // The same weights times a factor that forces wide products give the same parts.
    Amounts wide = weights;
    for (int128& weight : wide) weight *= Pow10(34);
    EXPECT_TRUE(Same(SplitByLargestRemainder(total, wide), *parts));
  }
}

TEST(FairSharesTest, EnoughForAllGivesAllWhatTheyAskedFor) {
  EXPECT_TRUE(Same(FairShares(Amounts{3, 4}, 7, 1), {3, 4}));
  EXPECT_TRUE(Same(FairShares(Amounts{1500000, 2500000}, 4000000, 1000000), {1500000, 2500000}));
}

TEST(FairSharesTest, ScarceStockIsSharedInWholePieces) {
  // 10 pieces for 8 + 8 + 4 at scale 6.
  EXPECT_TRUE(Same(FairShares(Amounts{8000000, 8000000, 4000000}, 10000000, 1000000), {4000000, 4000000, 2000000}));
  // 5 pieces for 3 + 3 + 3: the first two get the odd ones.
  EXPECT_TRUE(Same(FairShares(Amounts{3000000, 3000000, 3000000}, 5999999, 1000000), {2000000, 2000000, 1000000}));
}

TEST(FairSharesTest, NothingAvailableSharesNothing) {
  EXPECT_TRUE(Same(FairShares(Amounts{3, 4}, 0, 1), {0, 0}));
  EXPECT_TRUE(Same(FairShares(Amounts{3, 4}, -5, 1), {0, 0}));
  EXPECT_TRUE(Same(FairShares(Amounts{0, 0}, -5, 1), {0, 0}));
  EXPECT_TRUE(Same(FairShares(Amounts{}, 5, 1), {}));
}

TEST(FairSharesTest, NoShareExceedsItsRequest) {
  std::mt19937_64 engine(7);
  for (int round = 0; round < 20000; ++round) {
    Amounts requests(1 + engine() % 6);
    for (int128& request : requests) request = static_cast<int128>(engine() % 30);
    const auto available = static_cast<int128>(engine() % 60);
    const auto granularity = static_cast<int128>(1 + engine() % 4);
    const auto shares = FairShares(requests, available, granularity);
    ASSERT_TRUE(shares.ok());
    int128 units = 0;
    for (size_t i = 0; i < requests.size(); ++i) {
      EXPECT_TRUE((*shares)[i] >= 0 && (*shares)[i] <= requests[i]);
      units += requests[i] / granularity;
    }
    const int128 sum = std::accumulate(shares->begin(), shares->end(), int128{0});
    const int128 requested = std::accumulate(requests.begin(), requests.end(), int128{0});
    EXPECT_TRUE(sum == (requested <= available ? requested : granularity * std::min(units, available / granularity)));
  }
}

TEST(FairSharesTest, AGranularityBelowOneIsRefused) {
  EXPECT_EQ(FairShares(Amounts{1}, 1, 0).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FairShares(Amounts{-1}, 1, 1).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace assay
