// What an explanation tells of the ledgers: the accounts of the order's rows, and who had taken of them when it drew.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "review/session.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

std::string Told(const v1::Explanation& explanation) {
  std::string told;
  for (const v1::LedgerVerdict& ledger : explanation.ledgers()) {
    absl::StrAppend(&told, ledger.ledger(), " ", ledger.account(0), "/", ledger.account(1), " line ", ledger.line_id(),
                    " of ", ledger.opening(), ":");
    for (const v1::LedgerDraw& draw : ledger.draws()) {
      absl::StrAppend(&told, " ", draw.quantity(), draw.is_firm() ? " firm" : "", " ", draw.order_id(), ".",
                      draw.line_id(), " ", draw.lot(), draw.allocated_by());
    }
  }
  return told;
}

TEST(ExplainLedgersTest, ThoseWhoDrewBeforeAreNamedAndThoseBehindAreNot) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "10", 1);
  RunOrders(session.get(), {Order(*book, 1, "6"), Order(*book, 2, "7"), Order(*book, 3, "1")});
  EXPECT_EQ(Told(*session->ExplainOrder("O1")), "stock W/P line 1 of 10: 6 O1.1 L1");
  EXPECT_EQ(Told(*session->ExplainOrder("O2")), "stock W/P line 1 of 10: 6 O1.1 L1 4 O2.1 L1");
  EXPECT_EQ(Told(*session->ExplainOrder("O3")), "stock W/P line 1 of 10: 6 O1.1 L1 4 O2.1 L1");
}

TEST(ExplainLedgersTest, FirmDrawsSayThatTheyAre) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "10", 1);
  RunOrders(session.get(), {Order(*book, 1, "6")});
  ASSERT_TRUE(session->Commit().ok());
  RunOrders(session.get(), {Order(*book, 2, "7")});
  EXPECT_EQ(Told(*session->ExplainOrder("O2")), "stock W/P line 1 of 10: 6 firm O1.1 L1 4 O2.1 L1");
}

TEST(ExplainLedgersTest, WhatAHeldOrderGaveBackIsNotItsOwn) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "100", 1);
  RunOrders(session.get(), {Order(*book, 1, "60")});
  EXPECT_EQ(Told(*session->ExplainOrder("O1")), "stock W/P line 1 of 100:");
}

// Supplies that are elements of the order itself are no rows of a dataset: they are known by their place.
TEST(ExplainLedgersTest, LotsOfTheOrderItselfAreNamed) {
  std::string text = kStockBook;
  text.replace(text.find("review:"), 0, R"(  - name: deposits
    kind: KIND_LOTS
    key: [order.id, order.warehouse]
    amount: "5"
    lots: {of: order.lines, as: own, quantity: own.quantity, id: own.id}
)");
  const auto book = Compile(text);
  const auto session = Open(book, "10", 1);
  RunOrders(session.get(), {Order(*book, 1, "6")});
  EXPECT_EQ(Told(*session->ExplainOrder("O1")), "stock W/P line 1 of 10: 6 O1.1 L1deposits O1/W line  of 6: 5 O1. 1");
}

}  // namespace
}  // namespace assay
