// Scarce stock shared by a class of orders, and what stays reserved for orders that are held (domain.md, section 3.6).
#include "review/class_shares.h"

#include <numeric>
#include <random>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ledger/shares.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

// The class is the warehouse's partner's level: the first of two keys of priority.
std::string SharedBook(const std::string& ledger, const std::string& review) {
  std::string text = kStockBook;
  text.replace(text.find("    lots: {of: line.lots"), 0, ledger);
  const std::string priority = "  priority: [order.submitted_at]\n";
  text.replace(text.find(priority), priority.size(),
               absl::StrCat("  priority: [order.sold_to, order.submitted_at]\n  class_keys: 1\n", review));
  return text;
}

constexpr char kShared[] = "    fair_share_when: \"true\"\n    fair_share_unit: \"1.0\"\n";

std::string Asking(const CompiledRulebook& book, int number, const std::string& sold_to, int quantity,
                   const std::string& more) {
  return Wire(
      book, "assay.v1.Order",
      absl::StrCat(R"({"id":"O)", number, R"(","warehouse":"W","sold_to":")", sold_to,
                   R"(","submitted_by":"me","submitted_at":"2026-11-20T0)", number % 10,
                   R"(:00:00Z","lines":[{"id":"1","product_id":"P","quantity":")", quantity, "\"}]", more, "}"));
}

std::vector<std::string> Confirmed(const v1::RunResult& result) {
  std::vector<std::string> told;
  for (const v1::Decision& d : result.decisions()) {
    told.push_back(absl::StrCat(d.order_id(), " ", d.lines(0).confirmed(),
                                d.disposition() == v1::DISPOSITION_HELD ? " held" : ""));
  }
  return told;
}

using Lines = std::vector<std::string>;

TEST(ClassSharesTest, AClassSharesWhatTheOnesBeforeItLeftInProportionToWhatEachAsksFor) {
  const auto book = Compile(SharedBook(kShared, ""));
  const auto session = Open(book, "40", 1);
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Asking(*book, 1, "B", 10, ""), Asking(*book, 2, "B", 20, ""),
                                                Asking(*book, 3, "A", 25, ""), Asking(*book, 4, "C", 7, "")})),
            (Lines{"O3 25", "O1 5", "O2 10", "O4 0"}));
}

TEST(ClassSharesTest, SharesAreWholePacks) {
  const auto book = Compile(SharedBook("    fair_share_when: \"true\"\n    fair_share_unit: \"6.0\"\n", ""));
  const auto session = Open(book, "20", 1);
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Asking(*book, 1, "A", 12, ""), Asking(*book, 2, "A", 24, "")})),
            (Lines{"O1 6", "O2 12"}));
}

TEST(ClassSharesTest, WhatAHeldOrderCannotUseGoesToAllOthersOfItsClass) {
  const auto book = Compile(SharedBook(kShared, ""));
  const auto session = Open(book, "40", 1);
  // O2 asks for more than 50 and is held.
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Asking(*book, 1, "A", 20, ""), Asking(*book, 2, "A", 60, ""),
                                                Asking(*book, 3, "A", 40, "")})),
            (Lines{"O1 13", "O2 0 held", "O3 27"}));
}

TEST(ClassSharesTest, AnOrderThatGoesOnlyWholeLeavesItsShareToTheOthers) {
  const auto book =
      Compile(SharedBook(absl::StrCat(kShared, "    all_or_nothing_when: order.delivery_policy == 'COMPLETE'\n"), ""));
  const auto session = Open(book, "30", 1);
  const std::string whole = R"(,"delivery_policy":"DELIVERY_POLICY_COMPLETE")";
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Asking(*book, 1, "A", 20, ""), Asking(*book, 2, "A", 25, whole),
                                                Asking(*book, 3, "A", 20, "")})),
            (Lines{"O1 15", "O2 0", "O3 15"}));
}

TEST(ClassSharesTest, SharingLeavesNoTraceOfThreadsAndSequenceAndTakesNoMoreThanIsThere) {
  const auto book = Compile(SharedBook(kShared, ""));
  std::mt19937 random(11);
  for (int turn = 0; turn < 60; ++turn) {
    const int there = static_cast<int>(random() % 60);
    std::vector<std::string> orders;
    std::vector<int128> asked;
    for (int i = 1; i <= 6; ++i) {
      asked.push_back(1 + static_cast<int>(random() % 30));
      orders.push_back(Asking(*book, i, "A", static_cast<int>(asked.back()), ""));
    }
    const auto session = Open(book, absl::StrCat(there), 1);
    const v1::RunResult result = RunOrders(session.get(), orders);
    const std::vector<int128> shares = *FairShares(asked, there, 1);
    for (int i = 0; i < 6; ++i) {
      EXPECT_EQ(result.decisions(i).lines(0).confirmed(), absl::StrCat(static_cast<int>(shares[i])));
    }
    std::shuffle(orders.begin(), orders.end(), random);
    const auto other = Open(book, absl::StrCat(there), 4);
    EXPECT_EQ(RunOrders(other.get(), orders).SerializeAsString(), result.SerializeAsString());
    EXPECT_EQ(RunOrders(other.get(), {}).SerializeAsString(), result.SerializeAsString());
  }
}

TEST(ClassSharesTest, WhatIsReservedForAHeldOrderGoesToNobodyElse) {
  const auto book = Compile(SharedBook("    keeps_when_held: order.sold_to == 'A'\n", ""));
  const auto session = Open(book, "100", 1);
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Asking(*book, 1, "A", 60, ""), Asking(*book, 2, "B", 55, ""),
                                                Asking(*book, 3, "C", 50, "")})),
            (Lines{"O1 60 held", "O2 40 held", "O3 40"}));
  ASSERT_TRUE(session->Commit().ok());
  // The held order draws nothing firm.
  EXPECT_EQ(session->ledgers().stocks()[0]->account(0).lots[0].firm / 1000000, 40);
}

}  // namespace
}  // namespace assay
