// The stock ledger case by case: limits, dates, lots, the reserve, the verbs, and what it refuses.
#include "ledger/stock_ledger.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

constexpr int32_t kToday = DaysFromCivil(2026, 11, 23);

class StockLedgerTest : public testing::Test {
 protected:
  void Open(std::vector<StockLot> lots, std::vector<StockReceipt> receipts, std::vector<StockCommitment> commitments,
            int128 reserve) {
    account_ = ledger_.Intern("W1\x1fP7");
    ASSERT_EQ(ledger_.Open(account_, {lots, receipts, commitments, reserve}), absl::OkStatus());
  }

  // A request of `amount` for order 1, wanted on `wanted`, without backorder.
  StockRequest Request(int128 amount, int32_t wanted) const {
    StockRequest request;
    request.account = account_;
    request.owner = {1, 1};
    request.amount = amount;
    request.run_date = kToday;
    request.wanted = wanted;
    return request;
  }

  StockDraw Draw(const StockRequest& request) {
    StockDraw draw;
    EXPECT_EQ(ledger_.Draw(request, &draw), absl::OkStatus());
    return draw;
  }

  std::string Saved() const {
    std::string bytes;
    ledger_.Save(&bytes);
    return bytes;
  }

  StockLedger ledger_{"stock", 0};
  AccountId account_ = 0;
};

// "lot 7: 3 on 0, …" with days counted from today.
std::string Parts(const StockDraw& draw) {
  std::string text;
  for (const StockPart& part : draw.parts) {
    text += text.empty() ? "" : ", ";
    text += part.kind == SupplyKind::kLot ? "lot " : "receipt ";
    text +=
        std::to_string(part.supply_id) + ": " + ToString(part.quantity) + " on " + std::to_string(part.day - kToday);
  }
  return text;
}

TEST_F(StockLedgerTest, ExactlyWhatIsThereIsGrantedAndOneMoreIsShort) {
  Open({{7, 10}}, {}, {}, 0);
  EXPECT_EQ(Draw(Request(10, kToday)).short_by, 0);
  ledger_.Undo(1);
  const StockDraw draw = Draw(Request(11, kToday));
  EXPECT_EQ(draw.granted, 10);
  EXPECT_EQ(draw.short_by, 1);
  EXPECT_EQ(draw.available_before, 10);
  EXPECT_EQ(Draw(Request(1, kToday)).granted, 0);
}

TEST_F(StockLedgerTest, WhatMayBeGrantedIsLimitedAndTheRestWaits) {
  Open({{7, 10}}, {{21, 2, kToday + 3}, {22, 4, kToday + 4}}, {}, 0);
  StockRequest request = Request(9, kToday + 3);
  request.granted_at_most = 4;
  request.is_backorder_allowed = true;
  EXPECT_EQ(Parts(Draw(request)), "lot 7: 4 on 0, receipt 22: 4 on 4");
}

TEST_F(StockLedgerTest, AnOrderThatGivesUpItsDrawsGivesBackFirmOnesToo) {
  Open({{7, 10}}, {}, {}, 0);
  Draw(Request(6, kToday));
  ledger_.Commit();
  Draw(Request(1, kToday));
  ledger_.Revoke(1);
  EXPECT_EQ(Draw(Request(10, kToday)).granted, 10);
}

TEST_F(StockLedgerTest, LotsAreTakenInTheOrderStated) {
  Open({{9, 2}, {3, 5}, {7, 1}}, {}, {}, 0);
  EXPECT_EQ(Parts(Draw(Request(6, kToday))), "lot 9: 2 on 0, lot 3: 4 on 0");
  EXPECT_EQ(Parts(Draw(Request(6, kToday))), "lot 3: 1 on 0, lot 7: 1 on 0");
}

TEST_F(StockLedgerTest, AReceiptOfTheWantedDayIsGrantedAndOfTheNextDayBackordered) {
  Open({{7, 1}}, {{21, 2, kToday + 3}, {22, 4, kToday + 4}}, {}, 0);
  StockRequest request = Request(6, kToday + 3);
  EXPECT_EQ(Parts(Draw(request)), "lot 7: 1 on 0, receipt 21: 2 on 3");
  ledger_.Undo(1);
  request.is_backorder_allowed = true;
  const StockDraw draw = Draw(request);
  EXPECT_EQ(Parts(draw), "lot 7: 1 on 0, receipt 21: 2 on 3, receipt 22: 3 on 4");
  EXPECT_EQ(draw.granted, 3);
  EXPECT_EQ(draw.backordered, 3);
  EXPECT_EQ(draw.available_before, 3);
}

TEST_F(StockLedgerTest, ABackorderWaitsUntilItsLastDayAndNoLonger) {
  Open({}, {{21, 2, kToday + 3}, {22, 4, kToday + 4}}, {}, 0);
  StockRequest request = Request(6, kToday);
  request.is_backorder_allowed = true;
  request.backorder_until = kToday + 3;
  EXPECT_EQ(Parts(Draw(request)), "receipt 21: 2 on 3");
  ledger_.Undo(1);
  request.backorder_until = kToday + 4;
  EXPECT_EQ(Parts(Draw(request)), "receipt 21: 2 on 3, receipt 22: 4 on 4");
}

TEST_F(StockLedgerTest, AnOverdueReceiptCountsForNothingAndOneDueTodayCounts) {
  Open({}, {{20, 5, kToday - 1}, {21, 2, kToday}}, {}, 0);
  StockRequest request = Request(9, kToday + 30);
  request.is_backorder_allowed = true;
  const StockDraw draw = Draw(request);
  EXPECT_EQ(Parts(draw), "receipt 21: 2 on 0");
  EXPECT_EQ(draw.available_before, 2);
}

TEST_F(StockLedgerTest, AnAbsentOrPastWantedDayIsTheRunDate) {
  Open({}, {{21, 2, kToday}, {22, 2, kToday + 1}}, {}, 0);
  StockRequest request = Request(4, kToday - 10);
  EXPECT_EQ(Draw(request).granted, 2);
  ledger_.Undo(1);
  request.wanted.reset();
  EXPECT_EQ(Draw(request).granted, 2);
}

TEST_F(StockLedgerTest, ALaterCommitmentKeepsItsGoodsOnTheShelf) {
  Open({{7, 10}}, {}, {{8, kToday + 5}}, 0);
  const StockDraw draw = Draw(Request(10, kToday));
  EXPECT_EQ(draw.available_before, 2);
  EXPECT_EQ(Parts(draw), "lot 7: 2 on 0");
}

TEST_F(StockLedgerTest, AReceiptBeforeTheCommitmentFreesTheLot) {
  Open({{7, 10}}, {{21, 8, kToday + 5}}, {{8, kToday + 5}}, 0);
  EXPECT_EQ(Parts(Draw(Request(12, kToday))), "lot 7: 10 on 0");
}

TEST_F(StockLedgerTest, GoodsThatACommitmentNeedsFirstComeFromTheLaterReceipt) {
  Open({{7, 15}}, {{21, 10, kToday + 8}}, {{10, kToday + 5}}, 0);
  EXPECT_EQ(Parts(Draw(Request(15, kToday + 10))), "lot 7: 5 on 0, receipt 21: 10 on 8");
}

TEST_F(StockLedgerTest, AnOvercommittedDayIsMadeNoWorse) {
  Open({{7, 7}}, {{21, 23, kToday + 8}}, {{10, kToday + 5}}, 0);
  EXPECT_EQ(Draw(Request(1, kToday)).granted, 0);
  const StockDraw draw = Draw(Request(30, kToday + 10));
  EXPECT_EQ(draw.available_before, 20);
  EXPECT_EQ(Parts(draw), "receipt 21: 20 on 8");
}

TEST_F(StockLedgerTest, OverdueCommitmentsStillCount) {
  Open({{7, 10}}, {}, {{8, kToday - 5}}, 0);
  EXPECT_EQ(Draw(Request(10, kToday)).granted, 2);
}

TEST_F(StockLedgerTest, TheReserveStaysOnTheShelf) {
  Open({{7, 10}, {8, 4}}, {{21, 5, kToday + 2}}, {}, 6);
  const StockDraw draw = Draw(Request(20, kToday + 2));
  EXPECT_EQ(draw.available_before, 13);
  EXPECT_EQ(Parts(draw), "lot 7: 8 on 0, receipt 21: 5 on 2");
}

TEST_F(StockLedgerTest, AShelfBelowItsReserveGivesNothingButItsReceiptsStillPromise) {
  Open({{7, 5}}, {{21, 20, kToday}}, {}, 10);
  EXPECT_EQ(Parts(Draw(Request(30, kToday))), "receipt 21: 20 on 0");
}

TEST_F(StockLedgerTest, OnlyEligibleLotsAreTakenInTheAccountsOrder) {
  Open({{7, 3}, {8, 3}, {9, 3}}, {}, {}, 0);
  const std::vector<int64_t> eligible = {9, 7, 1234};
  StockRequest request = Request(8, kToday);
  request.eligible_lots = eligible;
  const StockDraw draw = Draw(request);
  EXPECT_EQ(Parts(draw), "lot 7: 3 on 0, lot 9: 3 on 0");
  EXPECT_EQ(draw.available_before, 9);
  request.eligible_lots = absl::Span<const int64_t>();
  EXPECT_EQ(Draw(request).granted, 0);
}

TEST_F(StockLedgerTest, AllOrNothingDrawsNothingUnlessGrantedInFull) {
  Open({{7, 3}}, {{21, 5, kToday + 1}}, {}, 0);
  StockRequest request = Request(4, kToday);
  request.is_backorder_allowed = true;
  request.all_or_nothing = true;
  const std::string before = Saved();
  const StockDraw draw = Draw(request);
  EXPECT_EQ(draw.short_by, 4);
  EXPECT_TRUE(draw.parts.empty());
  EXPECT_EQ(Saved(), before);
  request.amount = 3;
  EXPECT_EQ(Draw(request).granted, 3);
}

TEST_F(StockLedgerTest, FirmDrawsAreNeverTakenAway) {
  Open({{7, 10}}, {}, {}, 0);
  Draw(Request(4, kToday));
  ledger_.Commit({1});
  ledger_.Undo(1);
  ledger_.Release(1);
  ledger_.WithdrawProposedAll();
  EXPECT_EQ(ledger_.account(account_).lots[0].firm, 4);
  EXPECT_EQ(Draw(Request(10, kToday)).granted, 6);
}

TEST_F(StockLedgerTest, AnAllocationByHandIsFirmAndTellsWhoAndWhy) {
  Open({{7, 10}}, {}, {}, 0);
  StockDraw draw;
  EXPECT_EQ(ledger_.Allocate(Request(4, kToday), "", "opening of the store", &draw).code(),
            absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(ledger_.Allocate(Request(4, kToday), "clerk 12", "opening of the store", &draw), absl::OkStatus());
  const Reservation& entry = ledger_.log().entries().front();
  EXPECT_EQ(entry.state, ReservationState::kFirm);
  EXPECT_EQ(ledger_.log().allocations()[entry.allocation - 1].actor, "clerk 12");
  EXPECT_EQ(ledger_.log().allocations()[entry.allocation - 1].reason, "opening of the store");
  ledger_.Undo(1);
  EXPECT_EQ(ledger_.account(account_).lots[0].left(), 6);
}

TEST_F(StockLedgerTest, WithdrawnDrawsStayInTheLogUntilDropped) {
  Open({{7, 10}}, {}, {}, 0);
  Draw(Request(4, kToday));
  ledger_.Release(1);
  ASSERT_EQ(ledger_.log().entries().size(), 1);
  EXPECT_EQ(ledger_.log().entries()[0].state, ReservationState::kWithdrawn);
  EXPECT_EQ(ledger_.account(account_).lots[0].left(), 10);
  ledger_.DropWithdrawn();
  EXPECT_TRUE(ledger_.log().entries().empty());
  Draw(Request(4, kToday));
  EXPECT_EQ(ledger_.log().entries()[0].sequence, 2);
}

TEST_F(StockLedgerTest, UndoOfAnEarlierOrderLeavesTheLaterOnesAsTheyAre) {
  Open({{7, 10}}, {}, {}, 0);
  for (int64_t order = 1; order <= 3; ++order) {
    StockRequest request = Request(2, kToday);
    request.owner.order = order;
    Draw(request);
  }
  ledger_.Undo(2);
  ASSERT_EQ(ledger_.log().entries().size(), 2);
  EXPECT_EQ(ledger_.log().entries()[1].owner.order, 3);
  EXPECT_EQ(ledger_.log().entries()[1].sequence, 3);
  ledger_.Undo(3);
  ledger_.Undo(1);
  EXPECT_EQ(ledger_.account(account_).lots[0].left(), 10);
}

TEST_F(StockLedgerTest, OpeningAgainWithOtherSupplyNamesBoth) {
  Open({{7, 10}}, {{21, 5, kToday}}, {{3, kToday}}, 2);
  const std::vector<StockLot> lots = {{7, 9}};
  const std::vector<StockReceipt> receipts = {{21, 5, kToday}};
  const std::vector<StockCommitment> commitments = {{1, kToday}, {2, kToday}};
  absl::Status status = ledger_.Open(account_, {lots, receipts, commitments, 2});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "stock 'W1\\x1fP7': opened twice with different supply, all rows of one account must see the same: "
            "lot 7 has 9, was opened with 10");
  const std::vector<StockLot> same = {{7, 10}};
  EXPECT_EQ(ledger_.Open(account_, {same, receipts, commitments, 2}), absl::OkStatus());
  status = ledger_.Open(account_, {same, {}, commitments, 2});
  EXPECT_TRUE(absl::EndsWith(status.message(), "0 receipts, was opened with 1")) << status;
  status = ledger_.Open(account_, {same, receipts, {}, 2});
  EXPECT_TRUE(absl::EndsWith(status.message(), "0 days of commitments, was opened with 1")) << status;
  status = ledger_.Open(account_, {same, receipts, commitments, 3});
  EXPECT_TRUE(absl::EndsWith(status.message(), "the reserve is 3, was opened with 2")) << status;
}

TEST_F(StockLedgerTest, BadSupplyIsRefusedAndOpensNothing) {
  const AccountId id = ledger_.Intern("W2");
  const auto open = [&](std::vector<StockLot> lots, std::vector<StockReceipt> receipts, int128 reserve) {
    return ledger_.Open(id, {lots, receipts, {}, reserve}).code();
  };
  EXPECT_EQ(open({{7, -1}}, {}, 0), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(open({{7, 1}, {8, 1}, {7, 1}}, {}, 0), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(open({}, {{1, 1, kMaxDay + 1}}, 0), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(open({}, {}, -1), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(open({{7, Pow10(38) - 1}}, {{1, 1, kToday}}, 0), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(ledger_.IsOpen(id));
  EXPECT_EQ(open({{7, Pow10(38) - 1}}, {}, 0), absl::StatusCode::kOk);
  EXPECT_EQ(ledger_.Open(id + 1, {}).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(StockLedgerTest, BadRequestsAreRefusedAndDrawNothing) {
  Open({{7, 10}}, {}, {}, 0);
  const std::string before = Saved();
  StockDraw draw;
  draw.granted = 77;
  StockRequest request = Request(-1, kToday);
  EXPECT_EQ(ledger_.Draw(request, &draw).code(), absl::StatusCode::kInvalidArgument);
  request = Request(Pow10(38), kToday);
  EXPECT_EQ(ledger_.Draw(request, &draw).code(), absl::StatusCode::kInvalidArgument);
  request = Request(1, kMaxDay + 1);
  EXPECT_EQ(ledger_.Draw(request, &draw).code(), absl::StatusCode::kInvalidArgument);
  request = Request(1, kToday);
  request.account = ledger_.Intern("never opened");
  EXPECT_EQ(ledger_.Draw(request, &draw).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(draw.granted, 77);
  EXPECT_EQ(Saved(), before);
}

// Kept of a lot for a commitment that names it: it counts in the sums like the rest, and nobody draws it.
TEST_F(StockLedgerTest, WhatIsKeptOfALotIsDrawnByNobodyWhateverElseIsThere) {
  Open({{1, 10, 4}, {2, 10}}, {}, {{4, kToday + 30}}, 0);
  EXPECT_EQ(Parts(Draw(Request(20, kToday))), "lot 1: 6 on 0, lot 2: 10 on 0");
}

TEST_F(StockLedgerTest, MoreKeptThanThereIsIsAllThereIs) {
  Open({{1, 10, 40}}, {{3, 50, kToday + 2}}, {{40, kToday + 1}}, 0);
  EXPECT_EQ(Parts(Draw(Request(50, kToday + 2))), "receipt 3: 20 on 2");
}

TEST_F(StockLedgerTest, WhatIsKeptIsSavedAndTellsSuppliesApart) {
  Open({{1, 10, 4}}, {}, {}, 0);
  StockLedger again("stock", 0);
  ASSERT_EQ(again.Restore(Saved()), absl::OkStatus());
  EXPECT_EQ(static_cast<int>(again.account(again.Intern("W1\x1fP7")).lots[0].kept), 4);
  const std::vector<StockLot> other = {{1, 10, 5}};
  const absl::Status status = ledger_.Open(account_, {other, {}, {}, 0});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(absl::StrContains(status.message(), "lot 1 has for others 5, was opened with 4")) << status.message();
}

TEST_F(StockLedgerTest, ReceiptsARowMayNotTakeAreLeftToOthers) {
  Open({{1, 2}}, {{3, 5, kToday}, {4, 5, kToday}}, {}, 0);
  StockRequest request = Request(12, kToday);
  const std::vector<int64_t> second = {4};
  request.eligible_receipts = absl::MakeConstSpan(second);
  EXPECT_EQ(Parts(Draw(request)), "lot 1: 2 on 0, receipt 4: 5 on 0");
  EXPECT_EQ(Parts(Draw(Request(12, kToday))), "receipt 3: 5 on 0");
}

}  // namespace
}  // namespace assay
