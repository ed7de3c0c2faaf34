// One amount per account, shared by the rows of a run: a quota, a credit line, a prepayment (domain.md, 3.4 and 3.6).
// Entry points: Open, Draw, Undo, Commit, Save. available = max(0, opening - proposed - firm). The ledger never decides
// what an account is worth, and takes back a firm draw only where its order gives it up.
#ifndef ASSAY_LEDGER_BALANCE_LEDGER_H_
#define ASSAY_LEDGER_BALANCE_LEDGER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/int128.h"
#include "ledger/account_keys.h"
#include "ledger/reservation_log.h"

namespace assay {

// What one row asks for.
struct BalanceRequest {
  AccountId account = 0;
  DrawOwner owner = {};
  int128 amount = 0;            // >= 0
  bool all_or_nothing = false;  // unless granted in full, nothing is drawn
};

// requested = granted + short.
struct BalanceDraw {
  int128 requested = 0;
  int128 granted = 0;
  int128 short_by = 0;
  std::optional<int128> available_before;  // absent: unlimited
};

struct BalanceAccount {
  std::optional<int128> opening;  // absent: unlimited; may be negative, then nothing is available
  int128 proposed = 0;
  int128 firm = 0;
  bool opened = false;
  uint32_t round = 0;  // the ledger's own: when it was stated last

  // Absent: unlimited.
  std::optional<int128> Available() const;
};

// One thread at a time may change a ledger; const members may be used from any number of threads. A call that fails
// leaves the ledger as it was. InvalidArgument: the values are wrong. FailedPrecondition: the account is not (so)
// opened. OutOfRange: an unlimited account would have given more than 38 digits.
class BalanceLedger {
 public:
  // `name` stands in messages and saved bytes. Amounts are coefficients with `scale` fraction digits, 0..38.
  BalanceLedger(absl::string_view name, int scale);

  // The number of `key`; Open must follow before a draw.
  AccountId Intern(absl::string_view key) { return keys_.Intern(key); }
  const AccountKeys& keys() const { return keys_; }

  bool IsOpen(AccountId account) const { return HasAccount(account) && accounts_[account].round == round_; }

  // Whether it was opened ever: it is saved, also where Reopen asks to state it again.
  bool HasAccount(AccountId account) const { return account < accounts_.size() && accounts_[account].opened; }

  // States the account's amount; absent: unlimited. Again with the same is fine; with another it is FailedPrecondition
  // naming both.
  absl::Status Open(AccountId account, std::optional<int128> opening);

  // A new round: every account is to be opened again before a draw, and may then state another amount. Firm draws stay,
  // also where they took more than that. Forgets withdrawn entries.
  void Reopen();

  // The same of one account.
  void Reopen(AccountId account);

  // What Draw would answer. Changes nothing.
  absl::Status Simulate(const BalanceRequest& request, BalanceDraw* out) const;

  // Draws, proposed until committed; exactly the amount available is granted in full. *out is written only on success.
  absl::Status Draw(const BalanceRequest& request, BalanceDraw* out);

  // The same, firm at once, with the actor and the reason kept in the log; neither may be empty.
  absl::Status Allocate(const BalanceRequest& request, absl::string_view actor, absl::string_view reason,
                        BalanceDraw* out);

  // Gives back the order's proposed draws as if they had not been made (ReservationLog::Erase).
  void Undo(int64_t order);

  // Gives back proposed draws, keeping them in the log as withdrawn.
  void Release(int64_t order);
  void WithdrawProposedAll();

  // Lays an order's proposed draws aside, so that they count for nothing, until they are resumed.
  void Suspend(int64_t order);
  void Resume(int64_t order);

  // Makes proposed draws firm: all, or those of some orders.
  void Commit();
  void Commit(absl::Span<const int64_t> orders);

  // The order gives up what it drew, firm draws and allocations too; the log keeps them as withdrawn.
  void Revoke(int64_t order);

  // Forgets the log's withdrawn entries.
  void DropWithdrawn() { log_.DropWithdrawn(); }

  // Requires HasAccount.
  const BalanceAccount& account(AccountId account) const { return accounts_[account]; }

  const ReservationLog& log() const { return log_; }
  const std::string& name() const { return name_; }
  int scale() const { return scale_; }

  // The whole state: equal states give equal bytes, whatever the order in which accounts were interned. Accounts never
  // opened are left out.
  void Save(std::string* out) const;

  // Replaces the whole state by what Save wrote, of the same name and scale; InvalidArgument otherwise. Every AccountId
  // obtained before is void: ask keys() again.
  absl::Status Restore(absl::string_view bytes);

 private:
  absl::Status CheckDraw(const BalanceRequest& request) const;
  void Take(const BalanceRequest& request, int128 quantity, ReservationState state, uint32_t allocation);
  void GiveBack(const Reservation& entry);
  void MakeFirm(const Reservation& entry);
  void LoadAccount(SavedReader* in);
  void LoadReserved(SavedReader* in);

  std::string name_;
  int scale_;
  AccountKeys keys_;
  std::vector<BalanceAccount> accounts_;
  ReservationLog log_;
  uint32_t round_ = 0;
};

}  // namespace assay

#endif  // ASSAY_LEDGER_BALANCE_LEDGER_H_
