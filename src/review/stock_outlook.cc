// Entry points: those of stock_outlook.h.
#include "review/stock_outlook.h"

#include <algorithm>

#include "review/draw_results.h"

namespace assay {
namespace {

std::optional<int128> AmountAt(const PlannedValue& value, const CompiledLedger& ledger, const Chunk& chunk,
                               int32_t row) {
  if (!value.exists() || chunk.Error(value, row) != 0) return std::nullopt;
  return std::max<int128>(0, AtScale(chunk.Number(value, row), ledger.size.scale));
}

std::optional<int128> NearExpiry(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) {
  const CompiledSupply& lots = ledger.accounts[0].lots;
  if (!lots.exists || !lots.near_when.exists()) return std::nullopt;
  int128 sum = 0;
  const LevelRows& rows = chunk.level(lots.level);
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (!chunk.Flag(lots.when, i, true) || !chunk.Flag(lots.near_when, i, false)) continue;
    sum += AmountAt(lots.quantity, ledger, chunk, i).value_or(0);
  }
  return sum;
}

}  // namespace

StockOutlook ReadOutlook(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) {
  StockOutlook outlook;
  outlook.daily_use = AmountAt(ledger.daily_use, ledger, chunk, row);
  outlook.cover_days = AmountAt(ledger.cover_days, ledger, chunk, row);
  if (ledger.phasing_out_when.exists() && chunk.Error(ledger.phasing_out_when, row) == 0) {
    outlook.is_phasing_out = chunk.Flag(ledger.phasing_out_when, row, false);
  }
  outlook.near_expiry = NearExpiry(ledger, chunk, row);
  return outlook;
}

std::optional<int128> DaysOfCover(const StockOutlook& outlook, int128 available) {
  if (outlook.daily_use.value_or(0) == 0) return std::nullopt;
  return available / *outlook.daily_use;
}

std::optional<int128> ExcessOf(const StockOutlook& outlook, int128 available, int scale) {
  if (!outlook.daily_use.has_value() || !outlook.cover_days.has_value()) return std::nullopt;
  int128 needed = 0;
  // More than 38 digits are needed: nothing is excess.
  if (!CheckedMul(*outlook.daily_use, *outlook.cover_days, &needed)) return 0;
  return std::max<int128>(0, available - needed / Pow10(scale));
}

}  // namespace assay
