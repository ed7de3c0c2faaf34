// Rows of the stock table. Entry point: StockRowOf. Nothing here draws.
#include "ledger/stock_table.h"

#include <algorithm>

namespace assay {
namespace {

void AddDrawn(const Supply& supply, StockRow* row) {
  row->proposed += supply.proposed;
  row->firm += supply.firm;
  row->shortfall += supply.shortfall();
}

}  // namespace

StockRow StockRowOf(const StockAccount& account, int32_t run_date, absl::Span<const int32_t> days) {
  StockRow row;
  for (const Supply& lot : account.lots) {
    row.on_hand += lot.opening;
    AddDrawn(lot, &row);
  }
  for (const Supply& receipt : account.receipts) {
    if (receipt.due >= run_date) row.receipts += receipt.opening;
    AddDrawn(receipt, &row);
  }
  for (const StockCommitment& commitment : account.commitments) row.reserved += commitment.quantity;
  row.reserve = account.reserve;
  row.usable = std::max(row.on_hand - row.reserve, int128{0});
  row.available = std::max(ComputeRoom(account, run_date, run_date).at_wanted, int128{0});
  for (const int32_t day : days) row.balances.push_back(ProjectedBalance(account, run_date, std::max(day, run_date)));
  row.first_shortage = FirstShortage(account, run_date);
  return row;
}

}  // namespace assay
