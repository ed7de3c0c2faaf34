// A run gives the same bytes on any number of threads, asked for or to be had, and for any sequence of its orders.
#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "review/session.h"
#include "tests/base/few_threads.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

// More than a thread takes at a time.
std::vector<std::string> ManyOrders(const CompiledRulebook& book) {
  std::vector<std::string> orders;
  orders.reserve(1700);
  for (int i = 0; i < 1700; ++i) {
    orders.push_back(Wire(book, "assay.v1.Order",
                          absl::StrCat(R"({"id":"O)", i, R"(","revision":1,"warehouse":"W","submitted_by":"me",)",
                                       R"("submitted_at":"2026-11-20T0)", i % 7, R"(:00:00Z",)",
                                       R"("lines":[{"id":"1","product_id":"P","quantity":")", i % 60, R"("}]})")));
  }
  return orders;
}

TEST(SessionThreadsTest, ThreadsAndInputOrderLeaveNoTrace) {
  const auto book = Compile(kStockBook);
  std::vector<std::string> orders;
  for (int i = 1; i <= 9; ++i) orders.push_back(Order(*book, i, absl::StrCat(i * 7 % 60)));
  const std::string expected = RunOrders(Open(book, "100", 1).get(), orders).SerializeAsString();
  std::reverse(orders.begin(), orders.end());
  EXPECT_EQ(RunOrders(Open(book, "100", 4).get(), orders).SerializeAsString(), expected);
}

TEST(SessionThreadsTest, ManyOrdersInAnyThreadsAndSequenceGiveTheSameBytes) {
  const auto book = Compile(kStockBook);
  std::vector<std::string> orders = ManyOrders(*book);
  const std::string expected = RunOrders(Open(book, "9000", 1).get(), orders).SerializeAsString();
  std::mt19937 random(7);
  for (int threads : {1, 2, 4}) {
    std::shuffle(orders.begin(), orders.end(), random);
    const auto session = Open(book, "9000", threads);
    AddOrders(session.get(), {orders.begin(), orders.begin() + 900});
    RunOrders(session.get(), {});
    EXPECT_TRUE(RunOrders(session.get(), orders).SerializeAsString() == expected) << threads;
  }
}

TEST(SessionThreadsTest, WhereNoMoreThreadsStartARunDecidesTheSame) {
  const auto book = Compile(kStockBook);
  const std::vector<std::string> orders = ManyOrders(*book);
  const std::string expected = RunOrders(Open(book, "9000", 1).get(), orders).SerializeAsString();
  for (const size_t few : {0, 1, 2}) {
    const FewThreads machine(few);
    EXPECT_TRUE(RunOrders(Open(book, "9000", 4).get(), orders).SerializeAsString() == expected) << few;
  }
}

}  // namespace
}  // namespace assay
