// Limits that a host may give, at their edges.
#include "base/limits.h"

#include <limits>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(LimitsTest, TheDefaultsHold) { EXPECT_TRUE(CheckLimits(Limits{}).ok()); }

TEST(LimitsTest, ALimitOfNothingIsNamed) {
  Limits limits;
  limits.max_nodes = 0;
  EXPECT_EQ(CheckLimits(limits).message(), "limits: max_nodes is 1 to 10000000: 0");
  limits.max_nodes = 1;
  EXPECT_TRUE(CheckLimits(limits).ok());
}

TEST(LimitsTest, WhatTheEngineCannotKeepIsRefused) {
  Limits limits;
  limits.max_depth = 251;
  EXPECT_EQ(CheckLimits(limits).message(), "limits: max_depth is 1 to 250: 251");
  limits = Limits{};
  limits.max_row_cost = std::numeric_limits<int32_t>::max();
  EXPECT_FALSE(CheckLimits(limits).ok());
  limits.max_row_cost -= 1;
  EXPECT_TRUE(CheckLimits(limits).ok());
}

}  // namespace
}  // namespace assay
