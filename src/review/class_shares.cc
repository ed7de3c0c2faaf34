// Entry points: those of class_shares.h.
#include "review/class_shares.h"

#include <algorithm>

#include "base/status_macros.h"
#include "ledger/shares.h"

namespace assay {
namespace {

std::optional<std::vector<int64_t>> Kept(const std::optional<absl::Span<const int64_t>>& ids) {
  if (!ids.has_value()) return std::nullopt;
  return std::vector<int64_t>(ids->begin(), ids->end());
}

}  // namespace

void ClassShares::Clear() { rows_.clear(); }

void ClassShares::Note(size_t ledger, const StockRequest& request, int128 unit, int128 granted) {
  Row& row = rows_[request.owner.order][{ledger, request.owner.row}];
  if (row.share >= 0) {
    row.granted = granted;
    return;
  }
  row.request = request;
  row.lots = Kept(request.eligible_lots);
  row.receipts = Kept(request.eligible_receipts);
  row.request.eligible_lots.reset();
  row.request.eligible_receipts.reset();
  row.request.is_backorder_allowed = false;
  row.request.all_or_nothing = false;
  row.unit = std::max<int128>(1, unit);
  row.is_capped = granted == 0;
  row.usable = row.is_capped ? 0 : request.amount;
}

void ClassShares::Drop(int64_t order) { rows_.erase(order); }

// How much is there for all rows of an account is what they would be granted one after the other.
absl::Status ClassShares::Divide(absl::Span<const int64_t> queue) {
  std::map<std::pair<size_t, AccountId>, Account> accounts;
  for (const int64_t order : queue) {
    const auto found = rows_.find(order);
    if (found == rows_.end()) continue;
    for (auto& [place, row] : found->second) {
      Account& account = accounts[{place.first, row.request.account}];
      ASSIGN_OR_RETURN(const int128 granted, DrawFor(place.first, row.usable, row));
      account.there += granted;
      account.is_scarce = account.is_scarce || granted < row.usable;
      account.rows.push_back(&row);
    }
  }
  for (const int64_t order : queue) Begin(order);
  for (auto& [place, account] : accounts) RETURN_IF_ERROR(DivideAccount(place.first, account));
  return absl::OkStatus();
}

// Rows that cannot use more have what they can use; the others share the rest by what they ask for.
absl::Status ClassShares::DivideAccount(size_t ledger, const Account& account) {
  std::vector<int128> asked;
  int128 unit = 1;
  int128 left = account.there;
  for (const Row* row : account.rows) {
    unit = std::max(unit, row->unit);
    if (row->is_capped) {
      left -= row->usable;
    } else {
      asked.push_back(row->usable);
    }
  }
  if (account.is_scarce) {
    ASSIGN_OR_RETURN(asked, FairShares(asked, left, unit));
  }
  size_t next = 0;
  for (Row* row : account.rows) {
    row->is_scarce = account.is_scarce;
    row->share = row->is_capped ? row->usable : asked[next++];
    RETURN_IF_ERROR(DrawFor(ledger, row->share, *row).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<int128> ClassShares::DrawFor(size_t ledger, int128 amount, const Row& row) {
  StockRequest request = row.request;
  request.amount = amount;
  if (row.lots.has_value()) request.eligible_lots = absl::MakeConstSpan(*row.lots);
  if (row.receipts.has_value()) request.eligible_receipts = absl::MakeConstSpan(*row.receipts);
  StockDraw draw;
  RETURN_IF_ERROR((*stocks_)[ledger]->Draw(request, &draw));
  return draw.granted;
}

void ClassShares::Begin(int64_t order) {
  if (!rows_.contains(order)) return;
  for (const auto& stock : *stocks_) {
    if (stock != nullptr) stock->Release(order);
  }
}

absl::Status ClassShares::Limit(size_t ledger, StockRequest* request) const {
  const auto order = rows_.find(request->owner.order);
  if (order == rows_.end()) return absl::OkStatus();
  const auto row = order->second.find({ledger, request->owner.row});
  if (row == order->second.end() || !row->second.is_scarce) return absl::OkStatus();
  StockDraw alone;
  RETURN_IF_ERROR((*stocks_)[ledger]->Simulate(*request, &alone));
  if (alone.granted == request->amount) return absl::OkStatus();
  const int128 share = row->second.share;
  const int128 more = std::max<int128>(0, alone.granted - share);
  request->granted_at_most = share + more / row->second.unit * row->second.unit;
  return absl::OkStatus();
}

bool ClassShares::Settle(int64_t order, bool goes) {
  const auto found = rows_.find(order);
  if (found == rows_.end()) return false;
  bool is_unused = false;
  for (auto& [place, row] : found->second) {
    if (!goes) row.granted = 0;
    if (!row.is_scarce || row.granted >= row.share) continue;
    row.usable = row.granted;
    row.is_capped = true;
    is_unused = true;
  }
  if (!goes) rows_.erase(found);
  return is_unused;
}

}  // namespace assay
