// What the draws of one order share: amounts at a ledger's scale, accounts and lots by name, and results as columns.
// Internal to the draws and their explanation.
#ifndef ASSAY_REVIEW_DRAW_RESULTS_H_
#define ASSAY_REVIEW_DRAW_RESULTS_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "evaluate/chunk.h"
#include "ledger/stock_ledger.h"
#include "review/draws.h"

namespace assay {

// In a supply's name what follows tells it from others that are called the same in its account.
inline constexpr char kNameEnd = '\0';

// A value at the ledger's scale; planning made sure that its own is not larger.
inline int128 AtScale(const Decimal& value, int scale) { return value.coefficient * Pow10(scale - value.scale); }

// An account's key is its parts, tab by tab.
inline void AddKeyPart(size_t part, absl::string_view text, std::string* key) {
  absl::StrAppend(key, part == 0 ? "" : "\t", text);
}

inline std::string AccountKey(const CompiledAccount& account, const Chunk& chunk, int32_t row) {
  std::string key;
  for (size_t part = 0; part < account.key.size(); ++part) AddKeyPart(part, chunk.Text(account.key[part], row), &key);
  return key;
}

// The row's own account, then its fallbacks in order, those that are called nothing left out.
inline AccountRowList AccountsOf(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) {
  AccountRowList accounts;
  for (const CompiledAccount& account : ledger.accounts) {
    if (!account.is_fallback()) {
      accounts.push_back({&account, row});
      continue;
    }
    const LevelRows& rows = chunk.level(account.level);
    for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      const AccountRow fallback = {&account, i};
      if (chunk.Error(account.warehouse, i) != 0 || !fallback.Warehouse(chunk).empty()) accounts.push_back(fallback);
    }
  }
  return accounts;
}

// What a request names an element of a supply by, whose first is `begin`: its dataset's row, or its place where it is
// no such row. Good for the reference data there are.
inline int32_t SupplyRow(const CompiledSupply& supply, const Chunk& chunk, int32_t begin, int32_t element) {
  return supply.row == kNoNode ? element - begin : static_cast<const int32_t*>(chunk.column(supply.row).data)[element];
}

// What decisions call the lot; "" where lots have no names.
inline std::string LotName(const CompiledSupply& lots, const StockLedger& stock, int64_t id) {
  if (!lots.id.exists()) return "";
  const absl::string_view name = stock.SupplyName(id);
  return std::string(name.substr(0, name.find(kNameEnd)));
}

// The first value that stating the account needs and cannot have; to draw on it also which supplies the row may take.
// What is promised to orders `under_review` is not needed.
ErrorCode AccountError(const AccountRow& at, const Chunk& chunk, bool to_draw,
                       const absl::flat_hash_set<std::string>& under_review);

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
