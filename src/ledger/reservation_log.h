// The reservations of one ledger in the order they were made: who took what from which supply, and how firm it is.
// Entry points: Append, and the verbs that change reservations already made (Erase, Withdraw, Commit). The log never
// touches an account: each verb hands the reservations it changes to its caller, who keeps the accounts' sums.
#ifndef ASSAY_LEDGER_RESERVATION_LOG_H_
#define ASSAY_LEDGER_RESERVATION_LOG_H_

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/int128.h"
#include "ledger/account_keys.h"
#include "ledger/saved_bytes.h"

namespace assay {

// Who draws: the order's number within the session and the row of it. All draws of one order are undone together.
struct DrawOwner {
  int64_t order = 0;
  int64_t row = 0;
};

// kProposed may be undone or withdrawn. kFirm stays until the order itself gives it up. kWithdrawn counts for nothing
// and stays as a record. kSuspended was proposed and will be again, or is withdrawn: within a run, never saved.
enum class ReservationState : uint8_t { kProposed, kFirm, kWithdrawn, kSuspended };

enum class SupplyKind : uint8_t { kBalance, kLot, kReceipt };

struct Reservation {
  int128 quantity = 0;   // over 0, at the ledger's scale
  int64_t sequence = 0;  // ascending along the log; gaps where an undone order left some
  DrawOwner owner = {};
  int64_t supply_id = 0;  // the lot's or receipt's id; 0 for a balance
  AccountId account = 0;
  uint32_t supply = 0;  // its place among the account's lots or receipts; 0 for a balance
  int32_t day = 0;      // when the quantity is there (civil.h); 0 for a balance
  SupplyKind kind = SupplyKind::kBalance;
  ReservationState state = ReservationState::kProposed;
  uint32_t allocation = 0;  // 0, or 1 + its place in allocations()
  uint32_t previous = 0;    // the log's own: where the order's entry before this one stands
};

// How an entry's supply is saved: its place, and an id that is the same in every session.
struct SupplyPlace {
  uint32_t place = 0;
  int64_t id = 0;
};

// Who allocated by hand, and why.
struct ManualAllocation {
  std::string actor;
  std::string reason;
};

// One thread at a time may change a log; const members may be used from any number of threads.
class ReservationLog {
 public:
  using Visitor = absl::FunctionRef<void(const Reservation&)>;

  const std::deque<Reservation>& entries() const { return entries_; }
  absl::Span<const ManualAllocation> allocations() const { return allocations_; }

  // Room for 2^32 - 1 entries, withdrawn ones included.
  bool HasRoomFor(size_t count) const { return count < kNone - entries_.size(); }

  // Sets sequence and previous; everything else is the caller's. Requires HasRoomFor(1).
  void Append(const Reservation& entry);

  // The value for Reservation::allocation.
  uint32_t AddAllocation(absl::string_view actor, absl::string_view reason);

  // Each verb calls `visit` for every entry it changes, as the entry was before.

  // Forgets the order's proposed entries as if they had never been made. Quick for the order that drew last: then the
  // log, sequence numbers included, is what it was before that order. Otherwise O(log).
  void Erase(int64_t order, Visitor visit);

  // Proposed entries become withdrawn: O(entries of the order), O(log). Suspended ones too, which change no account.
  void Withdraw(int64_t order, Visitor visit);
  void WithdrawAll(Visitor visit);

  // Proposed entries are suspended, and proposed again: O(entries of the order).
  void Suspend(int64_t order, Visitor visit);
  void Resume(int64_t order, Visitor visit);

  // Proposed entries become firm: O(entries of the order), O(log).
  void Commit(int64_t order, Visitor visit);
  void CommitAll(Visitor visit);

  // The order's firm entries become withdrawn: O(entries of the order).
  void Revoke(int64_t order, Visitor visit);

  // Forgets the withdrawn entries of all orders; numbers stay as they are.
  void DropWithdrawn();

  // The order's entries of a state, in the order they were made.
  std::vector<Reservation> EntriesOf(int64_t order, ReservationState state) const;
  std::vector<Reservation> FirmOf(int64_t order) const { return EntriesOf(order, ReservationState::kFirm); }

  // Accounts are written as rank[account], supplies as place(entry), and read as they stand. Load fills an empty log,
  // Identify then gives each entry the id of its supply. Nothing may be suspended.
  // It checks what a log can know (order of sequences, states, allocations, accounts below `accounts`) and leaves
  // supplies to the ledger.
  void Save(absl::Span<const uint32_t> rank, absl::FunctionRef<SupplyPlace(const Reservation&)> place,
            SavedWriter* out) const;
  void Identify(absl::FunctionRef<int64_t(const Reservation&)> id_of);
  void Load(SavedReader* in, size_t accounts);

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  void SetState(int64_t order, ReservationState before, ReservationState state, Visitor visit);
  void SetStateOfAll(ReservationState state, Visitor visit);
  void PopBack();
  void LinkBack();
  void Relink();
  Reservation LoadEntry(SavedReader* in, size_t accounts) const;

  std::deque<Reservation>
      entries_;  // no vector: it grows by ten thousands in a run, and copying it costs more than a draw
  absl::flat_hash_map<int64_t, uint32_t> last_of_order_;
  std::vector<ManualAllocation> allocations_;
  int64_t next_sequence_ = 1;
};

}  // namespace assay

#endif  // ASSAY_LEDGER_RESERVATION_LOG_H_
