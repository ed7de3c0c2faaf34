// Available to promise over the supplies of one account. Entry points: NormalizeSupply, ComputeRoom. Sums never
// overflow: NormalizeSupply lets no account open whose quantities add up to more than 38 digits.
#include "ledger/stock_account.h"

#include <algorithm>
#include <tuple>
#include <vector>

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
  for (const StockLot& lot : supply.lots) {
    RETURN_IF_ERROR(AddQuantity(lot.quantity, "lots", &sum));
    if (lot.kept < 0) return absl::InvalidArgumentError("a quantity below 0, correct what is kept of the lots");
  }
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

void AddUpByDay(absl::Span<const StockCommitment> stated, StockAccount* account) {
  const auto is_earlier = [](const StockCommitment& a, const StockCommitment& b) { return a.due < b.due; };
  std::vector<StockCommitment> sorted(stated.begin(), stated.end());
  std::sort(sorted.begin(), sorted.end(), is_earlier);
  auto& by_day = account->commitments;
  for (const StockCommitment& commitment : sorted) {
    if (commitment.quantity == 0) continue;
    if (!by_day.empty() && by_day.back().due == commitment.due) {
      by_day.back().quantity += commitment.quantity;
    } else {
      by_day.push_back(commitment);
    }
  }
}

void SortByDay(StockAccount* account) {
  std::stable_sort(account->receipts.begin(), account->receipts.end(),
                   [](const Supply& a, const Supply& b) { return a.due < b.due; });
}

template <typename Supplies>
void KeepDrawn(const Supply& before, Supplies* supplies) {
  if (before.firm == 0 && before.proposed == 0) return;
  uint32_t place = PlaceOf(*supplies, before.id, before.due);
  if (place == supplies->size()) {
    supplies->push_back({.id = before.id, .due = before.due, .row = kStatedNoMore});
  }
  (*supplies)[place].firm += before.firm;
  (*supplies)[place].proposed += before.proposed;
}

}  // namespace

int128 StockAccount::Base() const {
  int128 base = -reserve;
  for (const Supply& lot : lots) base += lot.left();
  return std::max(base, int128{0});
}

absl::StatusOr<StockAccount> NormalizeSupply(const StockSupply& supply) {
  RETURN_IF_ERROR(CheckSupply(supply));
  RETURN_IF_ERROR(CheckLotsDiffer(supply.lots));
  StockAccount account;
  account.opened = true;
  account.reserve = supply.reserve;
  for (const StockLot& lot : supply.lots) {
    account.lots.push_back(
        {.opening = lot.quantity, .kept = std::min(lot.kept, lot.quantity), .id = lot.id, .row = lot.row});
  }
  for (const StockReceipt& receipt : supply.receipts) {
    account.receipts.push_back({.opening = receipt.quantity, .id = receipt.id, .due = receipt.due, .row = receipt.row});
  }
  const bool are_known_by_id = std::all_of(account.receipts.begin(), account.receipts.end(),
                                           [](const Supply& receipt) { return receipt.row == kKnownById; });
  if (are_known_by_id) {
    std::sort(account.receipts.begin(), account.receipts.end(),
              [](const Supply& a, const Supply& b) { return std::tie(a.id, a.opening) < std::tie(b.id, b.opening); });
  }
  SortByDay(&account);
  AddUpByDay(supply.commitments, &account);
  return account;
}

absl::StatusOr<StockAccount> RestateSupply(const StockAccount& before, const StockSupply& supply) {
  ASSIGN_OR_RETURN(StockAccount account, NormalizeSupply(supply));
  for (const Supply& lot : before.lots) KeepDrawn(lot, &account.lots);
  for (const Supply& receipt : before.receipts) KeepDrawn(receipt, &account.receipts);
  SortByDay(&account);
  RETURN_IF_ERROR(CheckDrawn(account));
  return account;
}

absl::Status CheckDrawn(const StockAccount& account) {
  int128 sum = 0;
  for (const absl::Span<const Supply> supplies :
       {absl::MakeConstSpan(account.lots), absl::MakeConstSpan(account.receipts)}) {
    for (const Supply& supply : supplies) {
      RETURN_IF_ERROR(AddQuantity(supply.proposed, "draws", &sum));
      RETURN_IF_ERROR(AddQuantity(supply.firm, "draws", &sum));
    }
  }
  return absl::OkStatus();
}

uint32_t PlaceOf(absl::Span<const Supply> supplies, int64_t id, int32_t due) {
  const auto is_it = [&](const Supply& supply) { return supply.id == id && supply.due == due; };
  const auto* found = std::find_if(supplies.begin(), supplies.end(), is_it);
  if (found == supplies.end()) {
    found = std::find_if(supplies.begin(), supplies.end(), [id](const Supply& supply) { return supply.id == id; });
  }
  return static_cast<uint32_t>(found - supplies.begin());
}

// From the last event back to the run date: `balance` is cum(t) from `day` on, `room` the least of it from there.

StockRoom ComputeRoom(const StockAccount& account, int32_t run_date, int32_t wanted) {
  absl::Span<const Supply> receipts = account.receipts;
  absl::Span<const StockCommitment> commitments = account.commitments;
  StockRoom result;
  result.at_receipts.resize(receipts.size());
  while (!receipts.empty() && receipts.front().due < run_date) receipts.remove_prefix(1);
  int128* const at_receipts = result.at_receipts.data() + (account.receipts.size() - receipts.size());
  result.base = account.Base();
  int128 balance = result.base;
  for (const Supply& receipt : receipts) balance += receipt.left();
  for (const StockCommitment& commitment : commitments) balance -= commitment.quantity;
  int128 room = balance;
  for (int32_t later_day = INT32_MAX;;) {
    int32_t day = run_date;
    if (!receipts.empty()) day = std::max(day, receipts.back().due);
    if (!commitments.empty()) day = std::max(day, commitments.back().due);
    room = std::min(room, balance);
    if (later_day > wanted) result.at_wanted = room;  // the last time this holds, `day` is not after `wanted`
    for (; !receipts.empty() && receipts.back().due == day; receipts.remove_suffix(1)) {
      at_receipts[receipts.size() - 1] = room;
      balance -= receipts.back().left();
    }
    if (day == run_date) break;
    for (; !commitments.empty() && commitments.back().due == day; commitments.remove_suffix(1)) {
      balance += commitments.back().quantity;
    }
    later_day = day;
  }
  result.at_run = room;
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
