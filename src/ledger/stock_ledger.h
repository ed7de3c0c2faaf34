// Stock shared by the rows of a run: lots on hand, receipts to come, commitments to others (domain.md, 3.5 and 3.6).
// Entry points: Open, Draw, Undo, Commit, Save. The rules of a draw stand at the head of stock_account.h. The ledger
// never reads a clock, orders nobody's lots, and takes back a firm draw only where its
// order gives it up.
#ifndef ASSAY_LEDGER_STOCK_LEDGER_H_
#define ASSAY_LEDGER_STOCK_LEDGER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/int128.h"
#include "ledger/account_keys.h"
#include "ledger/reservation_log.h"
#include "ledger/stock_account.h"

namespace assay {

// What one row asks for. Views are borrowed for the call.
struct StockRequest {
  int128 amount = 0;                                     // >= 0
  std::optional<int128> granted_at_most = std::nullopt;  // by the wanted day: the row's fair share; absent: any
  DrawOwner owner = {};
  // Lots this row may take, by id; absent: all. Quickest in the account's order. Ids of no lot match nothing.
  // A supply stated with its row is named by that.
  std::optional<absl::Span<const int64_t>> eligible_lots = std::nullopt;
  std::optional<absl::Span<const int64_t>> eligible_receipts = std::nullopt;  // likewise
  AccountId account = 0;
  int32_t run_date = 0;
  std::optional<int32_t> wanted = std::nullopt;           // absent: the run date; an earlier day counts as the run date
  std::optional<int32_t> backorder_until = std::nullopt;  // the last day a backordered part may come; absent: any
  bool is_backorder_allowed = false;
  bool all_or_nothing = false;  // unless granted in full, nothing is drawn, and nothing backordered
};

// A quantity of one supply, there on `day`: the run date for a lot, the due day for a receipt.
struct StockPart {
  int128 quantity = 0;
  int64_t supply_id = 0;
  uint32_t supply = 0;  // its place among the account's lots or receipts
  int32_t day = 0;
  SupplyKind kind = SupplyKind::kLot;
};

// requested = granted + backordered + short. Granted parts are there by the wanted day, backordered ones later; parts
// stand in the order of taking, so granted ones first and the last day last.
struct StockDraw {
  int128 requested = 0;
  int128 granted = 0;
  int128 backordered = 0;
  int128 short_by = 0;
  int128 available_before = 0;  // ATP at the wanted day, before this draw, all lots eligible
  absl::InlinedVector<StockPart, 4> parts;
};

// One thread at a time may change a ledger; const members may be used from any number of threads. A call that fails
// leaves the ledger as it was. InvalidArgument: the values are wrong. FailedPrecondition: the account is not (so)
// opened.
class StockLedger {
 public:
  // `name` stands in messages and saved bytes. Amounts are coefficients with `scale` fraction digits, 0..38.
  StockLedger(absl::string_view name, int scale);

  // The number of `key`; Open must follow before a draw.
  AccountId Intern(absl::string_view key) { return keys_.Intern(key); }
  const AccountKeys& keys() const { return keys_; }

  // The id of the supply called `name`, for a host whose data have no ids that stay: then all ids are such. They are
  // the ledger's own, and saved as names.
  int64_t InternSupply(absl::string_view name) { return names_.Intern(name); }
  // "" for an id that is not of a name.
  absl::string_view SupplyName(int64_t id) const;

  bool IsOpen(AccountId account) const { return HasAccount(account) && accounts_[account].round == round_; }

  // Whether it was opened ever: it is listed and saved, also where Reopen asks to state it again.
  bool HasAccount(AccountId account) const { return account < accounts_.size() && accounts_[account].opened; }

  // States the account's supply. Again with the same supply (receipts and commitments in any order) is fine; with
  // another one it is FailedPrecondition naming both.
  absl::Status Open(AccountId account, const StockSupply& supply);

  // A new round: every account is to be opened again before a draw, and may then state another supply. Draws stay; of a
  // supply that is stated no more, or with less than they took, they fall short. Forgets withdrawn entries.
  void Reopen();

  // The same of one account.
  void Reopen(AccountId account);

  // What Draw would answer. Changes nothing.
  absl::Status Simulate(const StockRequest& request, StockDraw* out) const;

  // Draws, proposed until committed. *out is written only on success.
  absl::Status Draw(const StockRequest& request, StockDraw* out);

  // The same, firm at once, with the actor and the reason kept in the log; neither may be empty.
  absl::Status Allocate(const StockRequest& request, absl::string_view actor, absl::string_view reason, StockDraw* out);

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
  const StockAccount& account(AccountId account) const { return accounts_[account]; }

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
  absl::Status CheckRequest(const StockRequest& request) const;
  absl::Status CheckDraw(const StockRequest& request) const;
  void Take(const StockRequest& request, const StockDraw& draw, ReservationState state, uint32_t allocation);
  Supply* SupplyOf(const Reservation& entry);
  void GiveBack(const Reservation& entry);
  void MakeFirm(const Reservation& entry);
  bool AreNamed() const;
  void SaveId(bool are_names, int64_t id, SavedWriter* out) const;
  int64_t LoadId(bool are_names, SavedReader* in);
  void SaveAccount(bool are_names, AccountId id, SavedWriter* out) const;
  void LoadAccount(bool are_names, SavedReader* in);
  void LoadReserved(bool are_names, SavedReader* in);

  std::string name_;
  int scale_;
  AccountKeys keys_;
  AccountKeys names_;  // of supplies
  std::vector<StockAccount> accounts_;
  ReservationLog log_;
  uint32_t round_ = 0;
};

}  // namespace assay

#endif  // ASSAY_LEDGER_STOCK_LEDGER_H_
