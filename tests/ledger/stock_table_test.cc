// The day's stock table: every column, the projected balances, and the first day on which goods run out.
#include "ledger/stock_table.h"

#include <vector>

#include "gtest/gtest.h"
#include "ledger/stock_ledger.h"

namespace assay {
namespace {

constexpr int32_t kToday = 20100;

std::vector<int64_t> Narrow(const std::vector<int128>& values) { return {values.begin(), values.end()}; }

std::vector<StockRow> RowsOf(const StockLedger& ledger, absl::Span<const int32_t> days) {
  std::vector<StockRow> rows;
  for (const AccountId id : ledger.keys().Ascending()) rows.push_back(StockRowOf(ledger.account(id), kToday, days));
  return rows;
}

TEST(StockTableTest, ARowTellsSupplyDrawsAndWhatIsLeftToPromise) {
  StockLedger ledger("stock", 0);
  const std::vector<StockLot> lots = {{1, 10}, {2, 5}};
  const std::vector<StockReceipt> receipts = {{3, 8, kToday + 7}, {4, 9, kToday - 1}};
  const std::vector<StockCommitment> commitments = {{4, kToday + 3}};
  ASSERT_EQ(ledger.Open(ledger.Intern("W1|P1"), {lots, receipts, commitments, 3}), absl::OkStatus());
  StockDraw draw;
  const StockRequest request = {.amount = 2, .owner = {1, 1}, .run_date = kToday};
  ASSERT_EQ(ledger.Draw(request, &draw), absl::OkStatus());
  ledger.Commit();
  ASSERT_EQ(ledger.Draw(request, &draw), absl::OkStatus());
  const std::vector<StockRow> rows = RowsOf(ledger, {kToday, kToday + 3, kToday + 7});
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].on_hand, 15);
  EXPECT_EQ(rows[0].usable, 12);
  EXPECT_EQ(rows[0].reserve, 3);
  EXPECT_EQ(rows[0].reserved, 4);
  EXPECT_EQ(rows[0].receipts, 8);
  EXPECT_EQ(rows[0].proposed, 2);
  EXPECT_EQ(rows[0].firm, 2);
  EXPECT_EQ(rows[0].available, 4);
  EXPECT_EQ(Narrow(rows[0].balances), (std::vector<int64_t>{8, 4, 12}));
  EXPECT_FALSE(rows[0].first_shortage.has_value());
}

TEST(StockTableTest, TheFirstShortageIsTheFirstDayWithANegativeBalance) {
  StockLedger ledger("stock", 0);
  const auto open = [&ledger](absl::string_view key, const std::vector<StockCommitment>& commitments) {
    const std::vector<StockLot> lots = {{1, 5}};
    const std::vector<StockReceipt> receipts = {{2, 5, kToday + 4}};
    ASSERT_EQ(ledger.Open(ledger.Intern(key), {lots, receipts, commitments, 0}), absl::OkStatus());
  };
  open("a", {{5, kToday + 1}, {5, kToday + 4}});
  open("b", {{5, kToday + 1}, {1, kToday + 3}});
  open("c", {{6, kToday - 9}});
  open("d", {{11, kToday + 9}});
  const std::vector<StockRow> rows = RowsOf(ledger, {});
  ASSERT_EQ(rows.size(), 4);
  EXPECT_EQ(rows[0].first_shortage, std::nullopt);
  EXPECT_EQ(rows[1].first_shortage, kToday + 3);
  EXPECT_EQ(rows[2].first_shortage, kToday);
  EXPECT_EQ(rows[3].first_shortage, kToday + 9);
}

TEST(StockTableTest, ADayBeforeTheRunDateCountsAsTheRunDate) {
  StockLedger ledger("stock", 0);
  ASSERT_EQ(ledger.Open(ledger.Intern("a"), {}), absl::OkStatus());
  EXPECT_EQ(Narrow(RowsOf(ledger, {kToday - 5})[0].balances), (std::vector<int64_t>{0}));
}

}  // namespace
}  // namespace assay
