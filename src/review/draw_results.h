// What the draws of one order share: amounts at a ledger's scale, accounts and lots by name, and results as columns.
// Internal to the draws and their explanation.
#ifndef ASSAY_REVIEW_DRAW_RESULTS_H_
#define ASSAY_REVIEW_DRAW_RESULTS_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "evaluate/chunk.h"

namespace assay {

// A value at the ledger's scale; planning made sure that its own is not larger.
inline int128 AtScale(const Decimal& value, int scale) { return value.coefficient * Pow10(scale - value.scale); }

inline std::string AccountKey(const CompiledAccount& account, const Chunk& chunk, int32_t row) {
  std::string key;
  for (const PlannedValue& value : account.key) absl::StrAppend(&key, key.empty() ? "" : "\t", chunk.Text(value, row));
  return key;
}

// Whether the row has the account: its own it has, a fallback where it names a warehouse.
inline bool IsThere(const CompiledAccount& account, const Chunk& chunk, int32_t row) {
  return !account.warehouse.exists() || chunk.Error(account.warehouse, row) != 0 ||
         !chunk.Text(account.warehouse, row).empty();
}

// What the ledger knows an element of a supply by: its dataset's row, or its place where it is no such row.
inline int64_t SupplyId(const CompiledSupply& supply, const Chunk& chunk, int32_t element) {
  return supply.row == kNoNode ? element : static_cast<const int32_t*>(chunk.column(supply.row).data)[element];
}

// The lot's name among the row's own lots; "" for one that they do not have, or where lots have no names.
inline std::string LotName(const CompiledSupply& lots, int64_t id, const Chunk& chunk, int32_t row) {
  if (!lots.id.exists()) return "";
  const LevelRows& rows = chunk.level(lots.level);
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (SupplyId(lots, chunk, i) == id) return chunk.Text(lots.id, i);
  }
  return "";
}

// The results of one ledger for the rows of one order, as columns.
struct DrawResults {
  std::vector<int64_t> narrow[5];
  std::vector<int128> wide[5];
  std::vector<int32_t> date;
  std::vector<ErrorCode> errors;
  std::vector<ErrorCode> available_errors;
  std::vector<ErrorCode> date_errors;

  explicit DrawResults(size_t size) : date(size), errors(size), available_errors(size), date_errors(size) {
    for (auto& column : narrow) column.resize(size);
    for (auto& column : wide) column.resize(size);
  }
  void Set(int result, int32_t row, int128 value) {
    wide[result][row] = value;
    narrow[result][row] = static_cast<int64_t>(value);
  }
};

}  // namespace assay

#endif  // ASSAY_REVIEW_DRAW_RESULTS_H_
