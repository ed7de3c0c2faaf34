// Holds that nobody answers climb the reporting line as the session's clock goes on.
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

constexpr int64_t kOpened = 1'795'000'000;  // as the sample session opens
constexpr int64_t kHour = 3600;

std::string BookWith(absl::string_view hold_due) {
  std::string text = kStockBook;
  text.replace(text.find("review:\n"), 8, absl::StrCat("review:\n  hold_due: \"", hold_due, "\"\n"));
  text.replace(text.find("  - {name: BOSS, title: {en: Boss, zh: 主管}}"), 0, "  - {name: CHIEF}\n");
  const std::string boss = "{name: BOSS, ";
  return text.replace(text.find(boss), boss.size(), boss + "reports_to: CHIEF, ");
}

// The one hold of O1 by a run at that time.
v1::OpenHold HoldAt(Session* session, int64_t now) {
  const absl::StatusOr<v1::RunResult> result = session->RunWave(Timestamp{now, 0});
  EXPECT_TRUE(result.ok()) << result.status();
  const v1::Decision& decision = Find(*result, "O1");
  EXPECT_EQ(decision.holds_size(), 1);
  return decision.holds_size() == 1 ? decision.holds(0) : v1::OpenHold();
}

// "CLERK opened +0 due +4 climbed 0", in hours since the session opened.
std::string Shown(const v1::OpenHold& hold) {
  return absl::StrCat(hold.route(), " opened +", (hold.opened().seconds() - kOpened) / kHour, " due ",
                      hold.has_due() ? absl::StrCat("+", (hold.due().seconds() - kOpened) / kHour) : "never",
                      " climbed ", hold.climbed());
}

TEST(EscalationTest, AHoldClimbsOneRoleEachTimeItIsDue) {
  const auto book = Compile(BookWith("now + duration('4h')"));
  const auto session = Open(book, "60", 1);
  AddOrders(session.get(), {Order(*book, 1, "51")});
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened)), "CLERK opened +0 due +4 climbed 0");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 4 * kHour - 1)), "CLERK opened +0 due +4 climbed 0");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 4 * kHour)), "BOSS opened +0 due +8 climbed 1");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 7 * kHour)), "BOSS opened +0 due +8 climbed 1");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 9 * kHour)), "CHIEF opened +0 due +12 climbed 2");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 99 * kHour)), "CHIEF opened +0 due +12 climbed 2");
}

TEST(EscalationTest, ARunAfterALongTimeLetsItClimbAsOftenAsItWasDue) {
  const auto book = Compile(BookWith("now + duration('4h')"));
  const auto session = Open(book, "60", 1);
  AddOrders(session.get(), {Order(*book, 1, "51")});
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened)), "CLERK opened +0 due +4 climbed 0");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 9 * kHour)), "CHIEF opened +0 due +12 climbed 2");
}

TEST(EscalationTest, AHoldWithOneLastDueClimbsOnce) {
  const auto book = Compile(BookWith("timestamp(order.submitted_at) + duration('240h')"));
  const auto session = Open(book, "60", 1);
  AddOrders(session.get(), {Order(*book, 1, "51")});
  EXPECT_EQ(HoldAt(session.get(), kOpened).route(), "CLERK");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 999 * kHour)), "BOSS opened +0 due never climbed 1");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 2000 * kHour)), "BOSS opened +0 due never climbed 1");
}

TEST(EscalationTest, AHoldWithoutADueKeepsItsAge) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  AddOrders(session.get(), {Order(*book, 1, "51")});
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened)), "CLERK opened +0 due never climbed 0");
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 99 * kHour)), "CLERK opened +0 due never climbed 0");
}

TEST(EscalationTest, AnExplanationHasTheHoldAsTheRunHasIt) {
  const auto book = Compile(BookWith("now + duration('4h')"));
  const auto session = Open(book, "60", 1);
  AddOrders(session.get(), {Order(*book, 1, "51")});
  HoldAt(session.get(), kOpened);
  const std::string held = Shown(HoldAt(session.get(), kOpened + 9 * kHour));
  const absl::StatusOr<v1::Explanation> explanation = session->ExplainOrder("O1");
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  ASSERT_EQ(explanation->decision().holds_size(), 1);
  EXPECT_EQ(Shown(explanation->decision().holds(0)), held);
}

TEST(EscalationTest, AHigherRevisionOpensANewHold) {
  const auto book = Compile(BookWith("now + duration('4h')"));
  const auto session = Open(book, "60", 1);
  AddOrders(session.get(), {Revised(*book, 1, 1, "51")});
  HoldAt(session.get(), kOpened);
  AddOrders(session.get(), {Revised(*book, 1, 2, "52")});
  EXPECT_EQ(Shown(HoldAt(session.get(), kOpened + 5 * kHour)), "CLERK opened +5 due +9 climbed 0");
}

TEST(EscalationTest, ClimbingGoesOnInASessionThatIsRestored) {
  const auto book = Compile(BookWith("now + duration('4h')"));
  const auto first = Open(book, "60", 1);
  AddOrders(first.get(), {Order(*book, 1, "51")});
  HoldAt(first.get(), kOpened);
  const auto second = Open(book, "60", 1);
  ASSERT_TRUE(second->Restore(first->Save()).ok());
  EXPECT_EQ(Shown(HoldAt(second.get(), kOpened + 5 * kHour)), "BOSS opened +0 due +8 climbed 1");
}

TEST(EscalationTest, ARoleAboveMayReleaseAndSoMayOneThatItClimbedPast) {
  for (const char* role : {"CLERK", "BOSS"}) {
    const auto book = Compile(BookWith("now + duration('4h')"));
    const auto session = Open(book, "60", 1);
    AddOrders(session.get(), {Order(*book, 1, "51")});
    HoldAt(session.get(), kOpened);
    EXPECT_EQ(HoldAt(session.get(), kOpened + 5 * kHour).route(), "BOSS");
    const std::string release =
        Wire(*book, "assay.v1.Release",
             absl::StrCat(R"({"id":"1","order_id":"O1","rule":"R-BIG","actor":"x","role":")", role,
                          R"(","reason":"r","granted_bound":"60","at":"2026-11-18T12:00:00Z"})"));
    ASSERT_TRUE(session->Release(release).ok());
    const absl::StatusOr<v1::RunResult> result = session->RunWave();
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(Find(*result, "O1").holds_size(), 0) << role;
  }
}

}  // namespace
}  // namespace assay
