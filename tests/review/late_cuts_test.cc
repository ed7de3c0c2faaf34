// Rules that cut by what was drawn: their part goes back to the shelf, and each line still adds up.
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "review/session.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

// The rulebook of the other tests, and gifts: one for every four that are confirmed of what is paid.
std::shared_ptr<const CompiledRulebook> GiftBook(absl::string_view condition, absl::string_view cut) {
  const std::string rule = absl::StrCat(R"(
variables:
  - name: earned
    expression: quotient(sum(order.lines.filter(l, !l.free_goods).map(l, l.stock.granted)), 4, 0, 'FLOOR')
rules:
  - id: R-GIFT
    each: line
    when: line.free_goods
    condition: )",
                                        condition, R"(
    outcome: CUT
    cut: )",
                                        cut, R"(
    reason: BIG
    message: {en: '{actual}', zh: '{actual}'}
)");
  return Compile(absl::StrReplaceAll(kStockBook, {{"\nrules:\n", rule}}));
}

std::string GiftOrder(const CompiledRulebook& book, int number, absl::string_view lines) {
  return Wire(book, "assay.v1.Order",
              absl::StrCat(R"({"id":"O)", number, R"(","revision":1,"warehouse":"W","submitted_by":"me",)",
                           R"("submitted_at":"2026-11-20T0)", number, R"(:00:00Z","lines":[)", lines, "]}"));
}

constexpr char kPaid[] = R"({"id":"1","product_id":"P","quantity":"10"})";
constexpr char kGift[] = R"({"id":"2","product_id":"P","quantity":"4","free_goods":true})";

using Split = std::pair<std::string, std::string>;  // confirmed and cut

Split SplitOf(const v1::LineDecision& line) { return {line.confirmed(), line.cut()}; }

TEST(LateCutsTest, ALineThatWasShortAndIsCutAddsUp) {
  const auto book = GiftBook("line.quantity > order.earned", "line.quantity - order.earned");
  const v1::RunResult result =
      RunOrders(Open(book, "8", 1).get(), {GiftOrder(*book, 1, absl::StrCat(kPaid, ",", kGift))});
  const v1::Decision& decision = Find(result, "O1");
  EXPECT_EQ(SplitOf(decision.lines(0)), (Split{"8", "2"}));
  EXPECT_EQ(SplitOf(decision.lines(1)), (Split{"0", "4"}));
  ASSERT_EQ(decision.lines(1).parts_size(), 2);  // two are not earned, two are not there
  EXPECT_EQ(decision.lines(1).parts(0).reason(), "BIG");
  EXPECT_EQ(decision.lines(1).parts(0).quantity(), "2");
  EXPECT_EQ(decision.lines(1).parts(1).reason(), "SHORT");
}

TEST(LateCutsTest, WhatIsCutGoesToOthers) {
  const auto book = GiftBook("line.quantity > order.earned", "line.quantity - order.earned");
  const v1::RunResult result = RunOrders(
      Open(book, "15", 1).get(), {GiftOrder(*book, 1, absl::StrCat(kPaid, ",", kGift)), GiftOrder(*book, 2, kPaid)});
  EXPECT_EQ(SplitOf(Find(result, "O1").lines(1)), (Split{"2", "2"}));
  EXPECT_EQ(SplitOf(Find(result, "O2").lines(0)), (Split{"3", "7"}));
}

TEST(LateCutsTest, WhatIsCutOfALineGoesToTheNextOfTheOrder) {
  const auto book = GiftBook("line.quantity > order.earned", "line.quantity - order.earned");
  const v1::RunResult result =
      RunOrders(Open(book, "8", 1).get(), {GiftOrder(*book, 1, absl::StrCat(kGift, ",", kPaid))});
  EXPECT_EQ(SplitOf(Find(result, "O1").lines(0)), (Split{"1", "3"}));
  EXPECT_EQ(SplitOf(Find(result, "O1").lines(1)), (Split{"7", "3"}));
}

// Without the gift there is enough for what earned it: the cut, once found, stays, and is told once.
TEST(LateCutsTest, ACutThatWouldTakeItselfBackStays) {
  const auto book = GiftBook("order.earned == 0", "line.quantity");
  const auto session = Open(book, "6", 1);
  const std::string order = GiftOrder(*book, 1, absl::StrCat(kGift, R"(,{"id":"1","product_id":"P","quantity":"6"})"));
  const v1::RunResult result = RunOrders(session.get(), {order});
  const v1::Decision& decision = Find(result, "O1");
  EXPECT_EQ(SplitOf(decision.lines(0)), (Split{"0", "4"}));
  EXPECT_EQ(SplitOf(decision.lines(1)), (Split{"6", "0"}));
  ASSERT_EQ(decision.findings_size(), 1);
  EXPECT_EQ(decision.findings(0).cut(), "4");
  const absl::StatusOr<v1::Explanation> explanation = session->ExplainOrder("O1");
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->decision().SerializeAsString(), decision.SerializeAsString());
}

// A rule may cut more each time it looks; the order is held before that takes for ever.
TEST(LateCutsTest, CutsThatGoOnGrowingHoldTheOrder) {
  const auto book = GiftBook("line.stock.granted > 0", "line.quantity - line.stock.granted + 0.5");
  const v1::RunResult result =
      RunOrders(Open(book, "90", 1).get(), {GiftOrder(*book, 1, kGift), GiftOrder(*book, 2, kPaid)});
  const v1::Decision& decision = Find(result, "O1");
  EXPECT_EQ(decision.disposition(), v1::DISPOSITION_HELD);
  ASSERT_EQ(decision.findings_size(), 1);
  EXPECT_FALSE(decision.findings(0).releasable());
  EXPECT_EQ(Find(result, "O2").lines(0).confirmed(), "10");
}

}  // namespace
}  // namespace assay
