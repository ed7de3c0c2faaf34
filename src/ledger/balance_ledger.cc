// Draws on single amounts and their undoing. Entry points: BalanceLedger::Open, Draw. A draw is planned on constant
// accounts first (Simulate), so that a refused one has changed nothing.
#include "ledger/balance_ledger.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/decimal.h"
#include "base/status_macros.h"

namespace assay {
namespace {

std::string OpeningText(const std::optional<int128>& opening, int scale) {
  return opening.has_value() ? FormatDecimal({*opening, scale}) : "no limit";
}

void Plan(const BalanceAccount& account, const BalanceRequest& request, BalanceDraw* out) {
  out->requested = request.amount;
  out->available_before = account.Available();
  out->granted = std::min(request.amount, out->available_before.value_or(request.amount));
  if (request.all_or_nothing && out->granted < request.amount) out->granted = 0;
  out->short_by = request.amount - out->granted;
}

}  // namespace

std::optional<int128> BalanceAccount::Available() const {
  if (!opening.has_value()) return std::nullopt;
  return std::max(*opening - proposed - firm, int128{0});
}

BalanceLedger::BalanceLedger(absl::string_view name, int scale) : name_(name), scale_(scale) {}

absl::Status BalanceLedger::Open(AccountId account, std::optional<int128> opening) {
  if (account >= keys_.size()) {
    return absl::InvalidArgumentError(absl::StrCat(name_, ": intern an account before opening it: ", account));
  }
  if (IsOpen(account) && accounts_[account].opening == opening) return absl::OkStatus();
  const std::string where = absl::StrCat(name_, " '", absl::CHexEscape(keys_.key(account)), "': ");
  if (opening.has_value() && !FitsDecimal(*opening)) {
    return absl::InvalidArgumentError(absl::StrCat(where, "open with an amount of up to 38 digits"));
  }
  if (IsOpen(account)) {
    return absl::FailedPreconditionError(
        absl::StrCat(where, "opened twice, all rows of one account must agree: ", OpeningText(opening, scale_),
                     ", was opened with ", OpeningText(accounts_[account].opening, scale_)));
  }
  if (accounts_.size() < keys_.size()) accounts_.resize(keys_.size());
  accounts_[account].opening = opening;
  accounts_[account].opened = true;
  accounts_[account].round = round_;
  return absl::OkStatus();
}

void BalanceLedger::Reopen() {
  DropWithdrawn();
  ++round_;
}

void BalanceLedger::Reopen(AccountId account) {
  if (HasAccount(account)) accounts_[account].round = round_ - 1;
}

absl::Status BalanceLedger::CheckDraw(const BalanceRequest& request) const {
  if (!IsOpen(request.account)) {
    return absl::FailedPreconditionError(
        absl::StrCat(name_, ": open an account before drawing on it: ", request.account));
  }
  const BalanceAccount& account = accounts_[request.account];
  const auto where = [&] {
    return absl::StrCat(name_, " '", absl::CHexEscape(keys_.key(request.account)), "': order ", request.owner.order,
                        " row ", request.owner.row);
  };
  if (request.amount < 0 || !FitsDecimal(request.amount)) {
    return absl::InvalidArgumentError(absl::StrCat(where(), " draws other than 0 to 38 digits"));
  }
  const int128 room = Pow10(kMaxDecimalDigits) - 1 - account.proposed - account.firm;
  if (!account.opening.has_value() && request.amount > room) {
    return absl::OutOfRangeError(absl::StrCat(where(), " draws more than 38 digits together with those before"));
  }
  if (log_.HasRoomFor(1)) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(name_, ": the log is full, drop its withdrawn reservations"));
}

absl::Status BalanceLedger::Simulate(const BalanceRequest& request, BalanceDraw* out) const {
  RETURN_IF_ERROR(CheckDraw(request));
  Plan(accounts_[request.account], request, out);
  return absl::OkStatus();
}

absl::Status BalanceLedger::Draw(const BalanceRequest& request, BalanceDraw* out) {
  RETURN_IF_ERROR(CheckDraw(request));
  Plan(accounts_[request.account], request, out);
  if (out->granted > 0) Take(request, out->granted, ReservationState::kProposed, 0);
  return absl::OkStatus();
}

absl::Status BalanceLedger::Allocate(const BalanceRequest& request, absl::string_view actor, absl::string_view reason,
                                     BalanceDraw* out) {
  RETURN_IF_ERROR(CheckDraw(request));
  if (actor.empty() || reason.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(name_, ": an allocation by hand needs an actor and a reason: order ", request.owner.order));
  }
  Plan(accounts_[request.account], request, out);
  if (out->granted > 0) Take(request, out->granted, ReservationState::kFirm, log_.AddAllocation(actor, reason));
  return absl::OkStatus();
}

void BalanceLedger::Take(const BalanceRequest& request, int128 quantity, ReservationState state, uint32_t allocation) {
  BalanceAccount& account = accounts_[request.account];
  (state == ReservationState::kFirm ? account.firm : account.proposed) += quantity;
  log_.Append({.quantity = quantity,
               .owner = request.owner,
               .account = request.account,
               .kind = SupplyKind::kBalance,
               .state = state,
               .allocation = allocation});
}

void BalanceLedger::GiveBack(const Reservation& entry) { accounts_[entry.account].proposed -= entry.quantity; }

void BalanceLedger::MakeFirm(const Reservation& entry) {
  accounts_[entry.account].proposed -= entry.quantity;
  accounts_[entry.account].firm += entry.quantity;
}

void BalanceLedger::Undo(int64_t order) {
  log_.Erase(order, [this](const Reservation& entry) { GiveBack(entry); });
}

void BalanceLedger::Release(int64_t order) {
  log_.Withdraw(order, [this](const Reservation& entry) { GiveBack(entry); });
}

void BalanceLedger::Revoke(int64_t order) {
  Release(order);
  log_.Revoke(order, [this](const Reservation& entry) { accounts_[entry.account].firm -= entry.quantity; });
}

void BalanceLedger::Suspend(int64_t order) {
  log_.Suspend(order, [this](const Reservation& entry) { GiveBack(entry); });
}

void BalanceLedger::Resume(int64_t order) {
  log_.Resume(order, [this](const Reservation& entry) { accounts_[entry.account].proposed += entry.quantity; });
}

void BalanceLedger::WithdrawProposedAll() {
  log_.WithdrawAll([this](const Reservation& entry) { GiveBack(entry); });
}

void BalanceLedger::Commit() {
  log_.CommitAll([this](const Reservation& entry) { MakeFirm(entry); });
}

void BalanceLedger::Commit(absl::Span<const int64_t> orders) {
  for (const int64_t order : orders) {
    log_.Commit(order, [this](const Reservation& entry) { MakeFirm(entry); });
  }
}

}  // namespace assay
