// Reservations in the order they were made, each order's entries linked backwards. Entry points: the verbs of
// ReservationLog. Nothing here knows how much an account has.
#include "ledger/reservation_log.h"

#include <algorithm>

#include "base/civil.h"
#include "base/decimal.h"

namespace assay {

void ReservationLog::Append(const Reservation& entry) {
  entries_.push_back(entry);
  entries_.back().sequence = next_sequence_++;
  LinkBack();
}

uint32_t ReservationLog::AddAllocation(absl::string_view actor, absl::string_view reason) {
  allocations_.push_back({std::string(actor), std::string(reason)});
  return static_cast<uint32_t>(allocations_.size());
}

void ReservationLog::LinkBack() {
  const auto index = static_cast<uint32_t>(entries_.size() - 1);
  const auto [last, is_new] = last_of_order_.try_emplace(entries_.back().owner.order, index);
  entries_.back().previous = is_new ? kNone : last->second;
  last->second = index;
}

void ReservationLog::PopBack() {
  const int64_t order = entries_.back().owner.order;
  if (entries_.back().previous == kNone) {
    last_of_order_.erase(order);
  } else {
    last_of_order_[order] = entries_.back().previous;
  }
  next_sequence_ = entries_.back().sequence;
  entries_.pop_back();
}

void ReservationLog::Relink() {
  std::deque<Reservation> entries;
  entries.swap(entries_);
  last_of_order_.clear();
  for (const Reservation& entry : entries) {
    entries_.push_back(entry);
    LinkBack();
  }
}

void ReservationLog::Erase(int64_t order, Visitor visit) {
  const auto is_erased = [order](const Reservation& entry) {
    return entry.owner.order == order && entry.state == ReservationState::kProposed;
  };
  const auto last = last_of_order_.find(order);
  if (last == last_of_order_.end()) return;
  size_t left = 0;
  for (uint32_t i = last->second; i != kNone; i = entries_[i].previous) {
    if (!is_erased(entries_[i])) continue;
    visit(entries_[i]);
    ++left;
  }
  for (; left > 0 && is_erased(entries_.back()); --left) PopBack();
  if (left == 0) return;
  entries_.erase(std::remove_if(entries_.begin(), entries_.end(), is_erased), entries_.end());
  Relink();
}

void ReservationLog::SetState(int64_t order, ReservationState before, ReservationState state, Visitor visit) {
  const auto last = last_of_order_.find(order);
  if (last == last_of_order_.end()) return;
  for (uint32_t i = last->second; i != kNone; i = entries_[i].previous) {
    if (entries_[i].state != before) continue;
    visit(entries_[i]);
    entries_[i].state = state;
  }
}

void ReservationLog::SetStateOfAll(ReservationState state, Visitor visit) {
  for (Reservation& entry : entries_) {
    if (entry.state == ReservationState::kProposed) visit(entry);
    if (entry.state == ReservationState::kProposed || entry.state == ReservationState::kSuspended) entry.state = state;
  }
}

void ReservationLog::Withdraw(int64_t order, Visitor visit) {
  SetState(order, ReservationState::kProposed, ReservationState::kWithdrawn, visit);
  SetState(order, ReservationState::kSuspended, ReservationState::kWithdrawn, [](const Reservation&) {});
}

void ReservationLog::WithdrawAll(Visitor visit) { SetStateOfAll(ReservationState::kWithdrawn, visit); }

void ReservationLog::Suspend(int64_t order, Visitor visit) {
  SetState(order, ReservationState::kProposed, ReservationState::kSuspended, visit);
}

void ReservationLog::Resume(int64_t order, Visitor visit) {
  SetState(order, ReservationState::kSuspended, ReservationState::kProposed, visit);
}

void ReservationLog::Commit(int64_t order, Visitor visit) {
  SetState(order, ReservationState::kProposed, ReservationState::kFirm, visit);
}

void ReservationLog::Revoke(int64_t order, Visitor visit) {
  SetState(order, ReservationState::kFirm, ReservationState::kWithdrawn, visit);
}

void ReservationLog::CommitAll(Visitor visit) { SetStateOfAll(ReservationState::kFirm, visit); }

void ReservationLog::DropWithdrawn() {
  const auto is_withdrawn = [](const Reservation& entry) { return entry.state == ReservationState::kWithdrawn; };
  entries_.erase(std::remove_if(entries_.begin(), entries_.end(), is_withdrawn), entries_.end());
  Relink();
}

std::vector<Reservation> ReservationLog::EntriesOf(int64_t order, ReservationState state) const {
  std::vector<Reservation> found;
  const auto last = last_of_order_.find(order);
  if (last == last_of_order_.end()) return found;
  for (uint32_t i = last->second; i != kNone; i = entries_[i].previous) {
    if (entries_[i].state == state) found.push_back(entries_[i]);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

void ReservationLog::Identify(absl::FunctionRef<int64_t(const Reservation&)> id_of) {
  for (Reservation& entry : entries_) entry.supply_id = id_of(entry);
}

void ReservationLog::Save(absl::Span<const uint32_t> rank, absl::FunctionRef<SupplyPlace(const Reservation&)> place,
                          SavedWriter* out) const {
  out->Unsigned(allocations_.size());
  for (const ManualAllocation& allocation : allocations_) {
    out->Bytes(allocation.actor);
    out->Bytes(allocation.reason);
  }
  out->Signed(next_sequence_);
  out->Unsigned(entries_.size());
  for (const Reservation& entry : entries_) {
    out->Signed(entry.sequence);
    out->Signed(entry.owner.order);
    out->Signed(entry.owner.row);
    out->Unsigned(rank[entry.account]);
    out->Unsigned(static_cast<uint64_t>(entry.kind));
    const SupplyPlace at = place(entry);
    out->Unsigned(at.place);
    out->Signed(at.id);
    out->Signed(entry.day);
    out->Amount(entry.quantity);
    out->Unsigned(static_cast<uint64_t>(entry.state));
    out->Unsigned(entry.allocation);
  }
}

Reservation ReservationLog::LoadEntry(SavedReader* in, size_t accounts) const {
  Reservation entry;
  entry.sequence = in->Signed();
  entry.owner.order = in->Signed();
  entry.owner.row = in->Signed();
  const uint64_t account = in->Unsigned();
  const uint64_t kind = in->Unsigned();
  const uint64_t supply = in->Unsigned();
  entry.supply_id = in->Signed();
  entry.day = static_cast<int32_t>(in->SignedIn(kMinDay, kMaxDay));
  entry.quantity = in->Amount();
  const uint64_t state = in->Unsigned();
  const uint64_t allocation = in->Unsigned();
  const int64_t after = entries_.empty() ? 0 : entries_.back().sequence;
  const bool is_firm = state == static_cast<uint64_t>(ReservationState::kFirm);
  if (entry.sequence <= after || entry.sequence >= next_sequence_) in->Fail("reservations are out of sequence");
  if (account >= accounts) in->Fail("a reservation names no account");
  if (kind > static_cast<uint64_t>(SupplyKind::kReceipt) || supply >= kNone) in->Fail("a reservation names no supply");
  if (state > static_cast<uint64_t>(ReservationState::kWithdrawn)) in->Fail("a reservation has no known state");
  if (allocation > (is_firm ? allocations_.size() : 0)) in->Fail("a reservation names no allocation");
  if (entry.quantity <= 0 || !FitsDecimal(entry.quantity)) in->Fail("a reserved quantity is out of range");
  entry.account = static_cast<AccountId>(account);
  entry.kind = static_cast<SupplyKind>(kind);
  entry.supply = static_cast<uint32_t>(supply);
  entry.state = static_cast<ReservationState>(state);
  entry.allocation = static_cast<uint32_t>(allocation);
  return entry;
}

void ReservationLog::Load(SavedReader* in, size_t accounts) {
  const size_t allocations = in->Count();
  for (size_t i = 0; i < allocations && in->ok(); ++i) {
    const absl::string_view actor = in->Bytes();
    AddAllocation(actor, in->Bytes());
  }
  next_sequence_ = in->SignedIn(1, INT64_MAX / 2);
  const size_t count = in->Count();
  for (size_t i = 0; i < count && in->ok(); ++i) {
    const Reservation entry = LoadEntry(in, accounts);
    if (!in->ok() || !HasRoomFor(1)) return;
    entries_.push_back(entry);
    LinkBack();
  }
}

}  // namespace assay
