// Whether an account opened again states the supply it was opened with, and where it does not.
// Entry points: IsSameSupply, SupplyDifference. Neither changes anything.
#ifndef ASSAY_LEDGER_SUPPLY_DIFFERENCE_H_
#define ASSAY_LEDGER_SUPPLY_DIFFERENCE_H_

#include <string>

#include "ledger/stock_account.h"

namespace assay {

// Quick and one-sided: true only if `supply` would open the same account. Receipts that stand out of order and several
// commitments of one day are not looked into; NormalizeSupply and SupplyDifference answer for those.
bool IsSameSupply(const StockAccount& opened, const StockSupply& supply);

// The first thing in which two accounts as opened differ, naming both values: "lot 7 has 3.0, was opened with 5.0". ""
// if they were opened alike, whatever was drawn since. Quantities are printed at `scale`.
std::string SupplyDifference(const StockAccount& opened, const StockAccount& again, int scale);

}  // namespace assay

#endif  // ASSAY_LEDGER_SUPPLY_DIFFERENCE_H_
