// Draws on dated supply, their undoing, and accounts that state their supply once. Entry points: StockLedger::Open,
// Draw. A draw is planned on constant accounts first (Simulate), so that a refused one has changed nothing.
#include "ledger/stock_ledger.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/status_macros.h"
#include "ledger/supply_difference.h"

namespace assay {
namespace {

// Answers whether lots or receipts are eligible. Asked in the account's order about a list in the same order, each
// answer is O(1).
class EligibleSupplies {
 public:
  explicit EligibleSupplies(const std::optional<absl::Span<const int64_t>>& ids)
      : is_all_(!ids.has_value()), ids_(ids.value_or(absl::Span<const int64_t>())) {}

  bool Contains(int64_t id) {
    if (is_all_) return true;
    for (size_t tried = 0; tried < ids_.size(); ++tried) {
      const size_t at = next_ + tried < ids_.size() ? next_ + tried : next_ + tried - ids_.size();
      if (ids_[at] != id) continue;
      next_ = at;
      return true;
    }
    return false;
  }

 private:
  bool is_all_;
  absl::Span<const int64_t> ids_;
  size_t next_ = 0;
};

int128 Least(int128 a, int128 b, int128 c) { return std::min(a, std::min(b, c)); }

// What may be granted at most: by the wanted day.
int128 Grantable(const StockRequest& request) {
  return std::min(request.amount, request.granted_at_most.value_or(request.amount));
}

void TakeLots(const StockAccount& account, const StockRequest& request, const StockRoom& room, StockDraw* out) {
  const int128 limit = Least(Grantable(request), room.base, room.at_run);
  const absl::Span<const Supply> lots = account.lots;
  EligibleSupplies eligible(request.eligible_lots);
  for (uint32_t i = 0; i < lots.size() && out->granted < limit; ++i) {
    const Supply& lot = lots[i];
    const int128 quantity = std::min(lot.free(), limit - out->granted);
    if (quantity == 0 || !eligible.Contains(lot.asked_by())) continue;
    out->parts.push_back({quantity, lot.id, i, request.run_date, SupplyKind::kLot});
    out->granted += quantity;
  }
}

void TakeReceipts(const StockAccount& account, const StockRequest& request, const StockRoom& room, StockDraw* out) {
  const int32_t wanted = std::max(request.wanted.value_or(request.run_date), request.run_date);
  const int32_t until = request.is_backorder_allowed ? request.backorder_until.value_or(kMaxDay) : wanted;
  const absl::Span<const Supply> receipts = account.receipts;
  EligibleSupplies eligible(request.eligible_receipts);
  for (uint32_t i = 0; i < receipts.size(); ++i) {
    const Supply& receipt = receipts[i];
    const int128 taken = out->granted + out->backordered;
    if (receipt.due < request.run_date) continue;
    if (taken == request.amount || receipt.due > std::max(until, wanted)) return;
    const int128 asked = receipt.due <= wanted ? Grantable(request) - out->granted : request.amount - taken;
    const int128 quantity = Least(receipt.left(), asked, room.at_receipts[i] - taken);
    if (quantity <= 0 || !eligible.Contains(receipt.asked_by())) continue;
    out->parts.push_back({quantity, receipt.id, i, receipt.due, SupplyKind::kReceipt});
    (receipt.due <= wanted ? out->granted : out->backordered) += quantity;
  }
}

void Plan(const StockAccount& account, const StockRequest& request, StockDraw* out) {
  const StockRoom room = ComputeRoom(account, request.run_date, request.wanted.value_or(request.run_date));
  out->parts.clear();
  out->requested = request.amount;
  out->granted = 0;
  out->backordered = 0;
  out->available_before = std::max(room.at_wanted, int128{0});
  TakeLots(account, request, room, out);
  TakeReceipts(account, request, room, out);
  if (request.all_or_nothing && out->granted < request.amount) {
    out->parts.clear();
    out->granted = 0;
    out->backordered = 0;
  }
  out->short_by = out->requested - out->granted - out->backordered;
}

}  // namespace

StockLedger::StockLedger(absl::string_view name, int scale) : name_(name), scale_(scale) {}

absl::Status StockLedger::Open(AccountId account, const StockSupply& supply) {
  if (account >= keys_.size()) {
    return absl::InvalidArgumentError(absl::StrCat(name_, ": intern an account before opening it: ", account));
  }
  StockAccount* const target = HasAccount(account) ? &accounts_[account] : nullptr;
  if (target != nullptr && IsSameSupply(*target, supply)) {
    target->round = round_;
    return absl::OkStatus();
  }
  const auto prefix = [&] { return absl::StrCat(name_, " '", absl::CHexEscape(keys_.key(account)), "': "); };
  const bool is_restated = target != nullptr && target->round != round_;
  absl::StatusOr<StockAccount> opened = is_restated ? RestateSupply(*target, supply) : NormalizeSupply(supply);
  if (!opened.ok()) return absl::InvalidArgumentError(absl::StrCat(prefix(), opened.status().message()));
  if (target != nullptr && !is_restated) {
    const std::string difference = SupplyDifference(*target, *opened, scale_);
    if (difference.empty()) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        prefix(), "opened twice with different supply, all rows of one account must see the same: ", difference));
  }
  if (accounts_.size() < keys_.size()) accounts_.resize(keys_.size());
  accounts_[account] = *std::move(opened);
  accounts_[account].round = round_;
  return absl::OkStatus();
}

void StockLedger::Reopen() {
  DropWithdrawn();
  ++round_;
}

void StockLedger::Reopen(AccountId account) {
  if (HasAccount(account)) accounts_[account].round = round_ - 1;
}

absl::string_view StockLedger::SupplyName(int64_t id) const {
  return id >= 0 && id < static_cast<int64_t>(names_.size()) ? names_.key(static_cast<AccountId>(id)) : "";
}

absl::Status StockLedger::CheckRequest(const StockRequest& request) const {
  if (!IsOpen(request.account)) {
    return absl::FailedPreconditionError(
        absl::StrCat(name_, ": open an account before drawing on it: ", request.account));
  }
  const auto is_day = [](const std::optional<int32_t>& day) { return !day.has_value() || IsValidDay(*day); };
  if (IsValidDay(request.run_date) && is_day(request.wanted) && is_day(request.backorder_until) &&
      request.amount >= 0 && FitsDecimal(request.amount) && request.granted_at_most.value_or(0) >= 0) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(name_, " '", absl::CHexEscape(keys_.key(request.account)),
                                                 "': draw from 0 to 38 digits, on days of the years 1 to 9999: order ",
                                                 request.owner.order, " row ", request.owner.row));
}

absl::Status StockLedger::Simulate(const StockRequest& request, StockDraw* out) const {
  RETURN_IF_ERROR(CheckRequest(request));
  Plan(accounts_[request.account], request, out);
  return absl::OkStatus();
}

absl::Status StockLedger::Draw(const StockRequest& request, StockDraw* out) {
  RETURN_IF_ERROR(CheckDraw(request));
  Plan(accounts_[request.account], request, out);
  Take(request, *out, ReservationState::kProposed, 0);
  return absl::OkStatus();
}

absl::Status StockLedger::Allocate(const StockRequest& request, absl::string_view actor, absl::string_view reason,
                                   StockDraw* out) {
  RETURN_IF_ERROR(CheckDraw(request));
  if (actor.empty() || reason.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(name_, ": an allocation by hand needs an actor and a reason: order ", request.owner.order));
  }
  Plan(accounts_[request.account], request, out);
  if (!out->parts.empty()) Take(request, *out, ReservationState::kFirm, log_.AddAllocation(actor, reason));
  return absl::OkStatus();
}

absl::Status StockLedger::CheckDraw(const StockRequest& request) const {
  RETURN_IF_ERROR(CheckRequest(request));
  const StockAccount& account = accounts_[request.account];
  if (log_.HasRoomFor(account.lots.size() + account.receipts.size())) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(name_, ": the log is full, drop its withdrawn reservations"));
}

void StockLedger::Take(const StockRequest& request, const StockDraw& draw, ReservationState state,
                       uint32_t allocation) {
  StockAccount& account = accounts_[request.account];
  for (const StockPart& part : draw.parts) {
    Supply& supply = part.kind == SupplyKind::kLot ? account.lots[part.supply] : account.receipts[part.supply];
    (state == ReservationState::kFirm ? supply.firm : supply.proposed) += part.quantity;
    log_.Append({.quantity = part.quantity,
                 .owner = request.owner,
                 .supply_id = part.supply_id,
                 .account = request.account,
                 .supply = part.supply,
                 .day = part.day,
                 .kind = part.kind,
                 .state = state,
                 .allocation = allocation});
  }
}

Supply* StockLedger::SupplyOf(const Reservation& entry) {
  StockAccount& account = accounts_[entry.account];
  const absl::Span<Supply> supplies =
      entry.kind == SupplyKind::kLot ? absl::MakeSpan(account.lots) : absl::MakeSpan(account.receipts);
  // The account may have been stated again since: then it stands elsewhere.
  if (entry.supply < supplies.size() && supplies[entry.supply].id == entry.supply_id &&
      (entry.kind == SupplyKind::kLot || supplies[entry.supply].due == entry.day)) {
    return &supplies[entry.supply];
  }
  return &supplies[PlaceOf(supplies, entry.supply_id, entry.kind == SupplyKind::kLot ? 0 : entry.day)];
}

void StockLedger::GiveBack(const Reservation& entry) { SupplyOf(entry)->proposed -= entry.quantity; }

void StockLedger::MakeFirm(const Reservation& entry) {
  Supply* const supply = SupplyOf(entry);
  supply->proposed -= entry.quantity;
  supply->firm += entry.quantity;
}

void StockLedger::Undo(int64_t order) {
  log_.Erase(order, [this](const Reservation& entry) { GiveBack(entry); });
}

void StockLedger::Release(int64_t order) {
  log_.Withdraw(order, [this](const Reservation& entry) { GiveBack(entry); });
}

void StockLedger::Revoke(int64_t order) {
  Release(order);
  log_.Revoke(order, [this](const Reservation& entry) { SupplyOf(entry)->firm -= entry.quantity; });
}

void StockLedger::Suspend(int64_t order) {
  log_.Suspend(order, [this](const Reservation& entry) { GiveBack(entry); });
}

void StockLedger::Resume(int64_t order) {
  log_.Resume(order, [this](const Reservation& entry) { SupplyOf(entry)->proposed += entry.quantity; });
}

void StockLedger::WithdrawProposedAll() {
  log_.WithdrawAll([this](const Reservation& entry) { GiveBack(entry); });
}

void StockLedger::Commit() {
  log_.CommitAll([this](const Reservation& entry) { MakeFirm(entry); });
}

void StockLedger::Commit(absl::Span<const int64_t> orders) {
  for (const int64_t order : orders) {
    log_.Commit(order, [this](const Reservation& entry) { MakeFirm(entry); });
  }
}

}  // namespace assay
