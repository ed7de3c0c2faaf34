// What the stock table of the day says of an account beside its quantities (domain.md, section 3.10).
// Entry points: ReadOutlook when an account is stated, CoverOf for its row of the table.
#ifndef ASSAY_REVIEW_STOCK_OUTLOOK_H_
#define ASSAY_REVIEW_STOCK_OUTLOOK_H_

#include <optional>
#include <string>

#include "evaluate/chunk.h"

namespace assay {

// Quantities at the ledger's scale; what the rulebook does not state, or the data do not have, is absent.
struct StockOutlook {
  std::optional<int128> daily_use;
  std::optional<int128> cover_days;
  std::optional<bool> is_phasing_out;
  std::optional<int128> near_expiry;  // of the lots on hand
};

// By the first row that draws on the account in a run; its level's columns are computed.
StockOutlook ReadOutlook(const CompiledLedger& ledger, const Chunk& chunk, int32_t row);

// Whole days for which `available` lasts; nothing where no use is known, or there is none.
std::optional<int128> DaysOfCover(const StockOutlook& outlook, int128 available);

// What of `available` is more than the days of cover need; without use all of it.
std::optional<int128> ExcessOf(const StockOutlook& outlook, int128 available, int scale);

}  // namespace assay

#endif  // ASSAY_REVIEW_STOCK_OUTLOOK_H_
