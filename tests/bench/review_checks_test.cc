// The benchmark compares like with like: the engine and the hand-written checks find the same. Times are measured
// elsewhere, by review_bench.
#include <algorithm>

#include "bench/order_checks.h"
#include "bench/review_orders.h"
#include "bench/rulebook_checks.h"
#include "gtest/gtest.h"
#include "review/session.h"

namespace assay {
namespace {

constexpr int kOrders = 3000;

class ReviewChecksTest : public testing::Test {
 protected:
  std::unique_ptr<RulebookChecks> Rulebook() {
    auto rulebook = RulebookChecks::Load("order_checks.yaml", WireBytes(ReviewPrices()));
    EXPECT_TRUE(rulebook.ok()) << rulebook.status();
    return rulebook.ok() ? *std::move(rulebook) : nullptr;
  }

  CheckResults ByHand() const {
    const OrderChecks checks(ReviewPrices());
    CheckResults results;
    for (int i = 0; i < kOrders; ++i) checks.Check(orders_[static_cast<size_t>(i)], i, &results);
    std::sort(results.begin(), results.end());
    return results;
  }

  const std::vector<v1::Order> orders_ = ReviewOrders(kOrders);
  const std::vector<std::string> bytes_ = WireBytes(orders_);
  const std::vector<absl::string_view> rows_{bytes_.begin(), bytes_.end()};
};

TEST_F(ReviewChecksTest, RulebookFindsWhatTheHandWrittenChecksFind) {
  const auto rulebook = Rulebook();
  ASSERT_NE(rulebook, nullptr);
  const CheckResults expected = ByHand();
  for (size_t batch : {1, 7, 256, kOrders}) {
    CheckResults found;
    for (size_t i = 0; i < rows_.size(); i += batch) {
      ASSERT_TRUE(rulebook->Decode(absl::MakeConstSpan(rows_).subspan(i, batch)).ok());
      rulebook->Compute();
      rulebook->List(static_cast<int32_t>(i), &found);
    }
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found.size(), expected.size()) << "batches of " << batch;
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i], expected[i]) << "order " << found[i].order << ", line " << found[i].line << ", check "
                                       << found[i].check << "; by hand order " << expected[i].order << ", line "
                                       << expected[i].line << ", check " << expected[i].check;
    }
  }
}

TEST_F(ReviewChecksTest, EveryCheckFiresAndEveryCheckOfDecimalsMissesAValueSomewhere) {
  std::vector<int> fired(kChecks), unevaluable(kChecks);
  for (const CheckResult& result : ByHand()) ++(result.is_unevaluable ? unevaluable : fired)[result.check];
  for (int check = 0; check < kChecks; ++check) EXPECT_GT(fired[check], 0) << "check " << check;
  for (int check : {0, 1, 2, 4, 5, 6, 7, 8, 9, 13, 14}) EXPECT_GT(unevaluable[check], 0) << "check " << check;
}

TEST_F(ReviewChecksTest, SessionReportsTheSameFindings) {
  auto book = LoadBenchRulebook("session_checks.yaml");
  ASSERT_TRUE(book.ok()) << book.status();
  auto prices = PriceSnapshot(**book, WireBytes(ReviewPrices()));
  ASSERT_TRUE(prices.ok());
  SessionOptions options;
  options.now = {1795400000, 0};
  auto session = Session::Open(*book, *prices, options);
  ASSERT_TRUE(session.ok() && (*session)->Add(rows_).ok());
  const auto run = (*session)->RunWave();
  ASSERT_TRUE(run.ok());
  using Found = std::tuple<std::string, std::string, std::string>;  // order, line, rule
  std::vector<Found> found, expected;
  for (const v1::Decision& decision : run->decisions()) {
    for (const v1::Finding& finding : decision.findings()) {
      if (finding.dependents().empty()) found.emplace_back(decision.order_id(), finding.line_id(), finding.rule());
    }
  }
  for (const CheckResult& result : ByHand()) {
    if (result.is_unevaluable) continue;
    const v1::Order& order = orders_[static_cast<size_t>(result.order)];
    expected.emplace_back(order.id(), result.line < 0 ? "" : order.lines(result.line).id(),
                          (*book)->rules[static_cast<size_t>(result.check)].proto->id());
  }
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace assay
