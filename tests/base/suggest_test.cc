// Which name is offered for one that is not known, and when none is.
#include "base/suggest.h"

#include <algorithm>
#include <vector>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(SuggestTest, OffersTheNearestName) {
  const std::vector<absl::string_view> names = {"discount", "discount_cap", "quantity", "unit_price", "折扣上限"};
  EXPECT_EQ(Nearest("dicount", names), "discount");
  EXPECT_EQ(Nearest("discuont", names), "discount") << "a swap is one edit";
  EXPECT_EQ(Nearest("quantiti", names), "quantity");
  EXPECT_EQ(Nearest("UNIT_PRICE", names), "unit_price") << "case does not count";
  EXPECT_EQ(Nearest("折扣上線", names), "折扣上限") << "code points, not bytes";
}

TEST(SuggestTest, OffersNothingFarAway) {
  const std::vector<absl::string_view> names = {"discount", "id", "x"};
  EXPECT_EQ(Nearest("supplier", names), "");
  EXPECT_EQ(Nearest("", names), "");
  EXPECT_EQ(Nearest("y", names), "") << "one letter replaced is another name";
  EXPECT_EQ(Nearest("ib", names), "id");
  EXPECT_EQ(Nearest("discount", {}), "");
}

TEST(SuggestTest, TheAnswerDoesNotFollowTheOrder) {
  std::vector<absl::string_view> names = {"cat", "bat", "hat", "Rat"};
  std::sort(names.begin(), names.end());
  do {
    EXPECT_EQ(Nearest("rat", names), "Rat");
    EXPECT_EQ(Nearest("fat", names), "Rat") << "all equally near: the first in byte order";
  } while (std::next_permutation(names.begin(), names.end()));
}

TEST(SuggestTest, LongNamesStayCheap) {
  const std::string long_name(1'000'000, 'a');
  EXPECT_EQ(Nearest(long_name, {long_name + "b"}), "");
  EXPECT_EQ(Nearest("aaa", {long_name}), "");
}

}  // namespace
}  // namespace assay
