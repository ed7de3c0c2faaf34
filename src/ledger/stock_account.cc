// Available to promise over the supplies of one account. Entry points: NormalizeSupply, ComputeRoom. Sums never
// overflow: NormalizeSupply lets no account open whose quantities add up to more than 38 digits.
#include "ledger/stock_account.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/status_macros.h"

namespace assay {
namespace {

// Adds a quantity of the account to *sum, which bounds every balance that can come up.
absl::Status AddQuantity(int128 quantity, absl::string_view what, int128* sum) {
  if (quantity < 0) return absl::InvalidArgumentError(absl::StrCat("a quantity below 0, correct the ", what));
  if (FitsDecimal(quantity) && CheckedAdd(*sum, quantity, sum) && FitsDecimal(*sum)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("quantities of more than 38 digits together, check the ", what));
}

absl::Status CheckDay(int32_t day, absl::string_view what) {
  if (IsValidDay(day)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("a day outside the years 1 to 9999, correct the ", what, ": ", day));
}

absl::Status CheckSupply(const StockSupply& supply) {
  int128 sum = 0;
  RETURN_IF_ERROR(AddQuantity(supply.reserve, "reserve", &sum));
  for (const StockLot& lot : supply.lots) RETURN_IF_ERROR(AddQuantity(lot.quantity, "lots", &sum));
  for (const StockReceipt& receipt : supply.receipts) {
    RETURN_IF_ERROR(AddQuantity(receipt.quantity, "receipts", &sum));
    RETURN_IF_ERROR(CheckDay(receipt.due, "receipts"));
  }
  for (const StockCommitment& commitment : supply.commitments) {
    RETURN_IF_ERROR(AddQuantity(commitment.quantity, "commitments", &sum));
    RETURN_IF_ERROR(CheckDay(commitment.due, "commitments"));
  }
  return absl::OkStatus();
}

absl::Status CheckLotsDiffer(absl::Span<const StockLot> lots) {
  absl::InlinedVector<int64_t, 16> ids;
  for (const StockLot& lot : lots) ids.push_back(lot.id);
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice == ids.end()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("a lot is stated twice, state it once: ", *twice));
}

void AddUpByDay(absl::Span<const StockCommitment> stated, std::vector<StockCommitment>* out) {
  const auto is_earlier = [](const StockCommitment& a, const StockCommitment& b) { return a.due < b.due; };
  std::vector<StockCommitment> sorted(stated.begin(), stated.end());
  std::sort(sorted.begin(), sorted.end(), is_earlier);
  out->clear();
  for (const StockCommitment& commitment : sorted) {
    if (commitment.quantity == 0) continue;
    if (!out->empty() && out->back().due == commitment.due) {
      out->back().quantity += commitment.quantity;
    } else {
      out->push_back(commitment);
    }
  }
}

}  // namespace

int128 StockAccount::Base() const {
  int128 base = -reserve;
  for (const Supply& lot : lots) base += lot.left();
  return std::max(base, int128{0});
}

absl::Status NormalizeSupply(const StockSupply& supply, StockAccount* out) {
  RETURN_IF_ERROR(CheckSupply(supply));
  RETURN_IF_ERROR(CheckLotsDiffer(supply.lots));
  *out = StockAccount();
  out->opened = true;
  out->reserve = supply.reserve;
  for (const StockLot& lot : supply.lots) out->lots.push_back({.opening = lot.quantity, .id = lot.id});
  for (const StockReceipt& receipt : supply.receipts) {
    out->receipts.push_back({.opening = receipt.quantity, .id = receipt.id, .due = receipt.due});
  }
  std::sort(out->receipts.begin(), out->receipts.end(), [](const Supply& a, const Supply& b) {
    return std::tie(a.due, a.id, a.opening) < std::tie(b.due, b.id, b.opening);
  });
  AddUpByDay(supply.commitments, &out->commitments);
  return absl::OkStatus();
}

// From the last event back to the run date: `balance` is cum(t) of the days from the next event to be undone on, `room`
// the least of it so far.
StockRoom ComputeRoom(const StockAccount& account, int32_t run_date, int32_t wanted) {
  StockRoom result;
  size_t receipt = account.receipts.size();
  size_t commitment = account.commitments.size();
  result.at_receipts.resize(receipt);
  size_t first_receipt = receipt;
  result.base = account.Base();
  int128 balance = result.base;
  for (; first_receipt > 0 && account.receipts[first_receipt - 1].due >= run_date; --first_receipt) {
    balance += account.receipts[first_receipt - 1].left();
  }
  for (const StockCommitment& each : account.commitments) balance -= each.quantity;
  int128 room = balance;
  bool is_wanted_known = false;
  while (receipt > first_receipt || commitment > 0) {
    int32_t day = run_date;
    if (receipt > first_receipt) day = std::max(day, account.receipts[receipt - 1].due);
    if (commitment > 0) day = std::max(day, account.commitments[commitment - 1].due);
    room = std::min(room, balance);
    if (!is_wanted_known && day <= wanted) {
      result.at_wanted = room;
      is_wanted_known = true;
    }
    if (day == run_date) break;
    for (; receipt > first_receipt && account.receipts[receipt - 1].due == day; --receipt) {
      result.at_receipts[receipt - 1] = room;
      balance -= account.receipts[receipt - 1].left();
    }
    for (; commitment > 0 && account.commitments[commitment - 1].due == day; --commitment) {
      balance += account.commitments[commitment - 1].quantity;
    }
  }
  result.at_run = std::min(room, balance);
  for (; receipt > first_receipt; --receipt) result.at_receipts[receipt - 1] = result.at_run;
  if (!is_wanted_known) result.at_wanted = result.at_run;
  return result;
}

int128 ProjectedBalance(const StockAccount& account, int32_t run_date, int32_t day) {
  int128 balance = account.Base();
  for (const Supply& receipt : account.receipts) {
    if (receipt.due >= run_date && receipt.due <= day) balance += receipt.left();
  }
  for (const StockCommitment& commitment : account.commitments) {
    if (commitment.due <= day) balance -= commitment.quantity;
  }
  return balance;
}

std::optional<int32_t> FirstShortage(const StockAccount& account, int32_t run_date) {
  int128 balance = ProjectedBalance(account, run_date, run_date);
  int32_t day = run_date;
  size_t receipt = 0;
  size_t commitment = 0;
  while (receipt < account.receipts.size() && account.receipts[receipt].due <= run_date) ++receipt;
  while (commitment < account.commitments.size() && account.commitments[commitment].due <= run_date) ++commitment;
  while (balance >= 0) {
    if (commitment == account.commitments.size()) return std::nullopt;  // only commitments make a balance fall
    day = account.commitments[commitment].due;
    balance -= account.commitments[commitment++].quantity;
    for (; receipt < account.receipts.size() && account.receipts[receipt].due <= day; ++receipt) {
      balance += account.receipts[receipt].left();
    }
  }
  return day;
}

}  // namespace assay
