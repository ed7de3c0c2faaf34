// Which name is offered for one that is not known, and when none is.
#include "base/suggest.h"

#include <algorithm>
#include <set>
#include <string>
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

// Every name of up to four of three letters, within one edit of another or not: by all that one edit can make of it.
TEST(SuggestTest, OffersAllAndOnlyWhatOneEditMakes) {
  std::vector<std::string> names = {""};
  for (size_t i = 0; i < names.size() && names[i].size() < 4; ++i) {
    for (char c : {'a', 'b', 'c'}) names.push_back(names[i] + c);
  }
  for (const std::string& name : names) {
    if (name.size() < 3) continue;  // of a third of its code points one is left
    std::set<std::string> near;
    for (size_t at = 0; at <= name.size(); ++at) {
      for (char c : {'a', 'b', 'c'}) {
        near.insert(name.substr(0, at) + c + name.substr(at));
        if (at < name.size()) near.insert(name.substr(0, at) + c + name.substr(at + 1));
      }
      if (at < name.size()) near.insert(name.substr(0, at) + name.substr(at + 1));
      if (at + 1 < name.size()) near.insert(name.substr(0, at) + name[at + 1] + name[at] + name.substr(at + 2));
    }
    near.erase(name);
    for (const std::string& other : names) {
      EXPECT_EQ(Nearest(name, {other}), near.count(other) != 0 ? other : "") << name;
    }
  }
}

TEST(SuggestTest, LongNamesStayCheap) {
  const std::string long_name(1'000'000, 'a');
  EXPECT_EQ(Nearest(long_name, {long_name + "b"}), "");
  EXPECT_EQ(Nearest("aaa", {long_name}), "");
}

}  // namespace
}  // namespace assay
