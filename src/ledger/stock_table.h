// The day's stock table: one row for each account of a stock ledger (domain.md, section 3.10).
// Entry point: StockRowOf. What no ledger knows (days of cover, excess, expiry) is the caller's to add.
#ifndef ASSAY_LEDGER_STOCK_TABLE_H_
#define ASSAY_LEDGER_STOCK_TABLE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "base/int128.h"
#include "ledger/stock_account.h"

namespace assay {

// Quantities at the ledger's scale. As opened: on_hand, usable, reserve, reserved, receipts. With all draws so far:
// available, balances, first_shortage.
struct StockRow {
  int128 on_hand = 0;   // all lots
  int128 usable = 0;    // on_hand above the reserve, at least 0
  int128 reserve = 0;   // safety stock
  int128 reserved = 0;  // commitments to others, of all days
  int128 receipts = 0;  // due on the run date or later
  int128 proposed = 0;  // drawn from lots and receipts
  int128 firm = 0;
  int128 shortfall = 0;          // drawn, and stated no more since
  int128 available = 0;          // to promise, on the run date
  std::vector<int128> balances;  // projected, one for each day asked for; negative where commitments exceed supply
  std::optional<int32_t> first_shortage;  // the first day, from the run date on, with a negative balance
};

// A day before `run_date` counts as the run date.
StockRow StockRowOf(const StockAccount& account, int32_t run_date, absl::Span<const int32_t> days);

}  // namespace assay

#endif  // ASSAY_LEDGER_STOCK_TABLE_H_
