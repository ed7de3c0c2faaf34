// Saving and restoring a balance ledger. Entry points: BalanceLedger::Save, Restore. What was drawn is not written: it
// is added up again from the log, so saved bytes cannot contradict themselves.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/decimal.h"
#include "ledger/balance_ledger.h"
#include "ledger/saved_bytes.h"

namespace assay {
namespace {

constexpr uint8_t kVersion = 1;

}  // namespace

void BalanceLedger::Save(std::string* out) const {
  SavedWriter writer(SavedKind::kBalance, kVersion, out);
  writer.Bytes(name_);
  writer.Unsigned(static_cast<uint64_t>(scale_));
  std::vector<AccountId> opened;
  std::vector<uint32_t> rank(keys_.size());
  for (const AccountId id : keys_.Ascending()) {
    if (!HasAccount(id)) continue;
    rank[id] = static_cast<uint32_t>(opened.size());
    opened.push_back(id);
  }
  writer.Unsigned(opened.size());
  for (const AccountId id : opened) {
    const std::optional<int128>& opening = accounts_[id].opening;
    writer.Bytes(keys_.key(id));
    writer.Unsigned(opening.has_value() ? 1 : 0);
    if (opening.has_value()) writer.Amount(*opening);
  }
  log_.Save(rank, [](const Reservation&) { return SupplyPlace{}; }, &writer);
  writer.Finish();
}

void BalanceLedger::LoadAccount(SavedReader* in) {
  const absl::string_view key = in->Bytes();
  const uint64_t limited = in->Unsigned();
  std::optional<int128> opening;
  if (limited == 1) opening = in->Amount();
  if (limited > 1) in->Fail("an account is neither limited nor unlimited");
  if (!in->ok()) return;
  if (keys_.size() > 0 && key <= keys_.key(static_cast<AccountId>(keys_.size() - 1))) {
    return in->Fail("accounts are not in the order of their keys");
  }
  if (const absl::Status status = Open(Intern(key), opening); !status.ok()) in->Fail(status.message());
}

// Adds up what the log's entries took.
void BalanceLedger::LoadReserved(SavedReader* in) {
  for (const Reservation& entry : log_.entries()) {
    if (entry.kind != SupplyKind::kBalance || entry.supply != 0 || entry.supply_id != 0 || entry.day != 0) {
      return in->Fail("a reservation names no balance");
    }
    BalanceAccount& account = accounts_[entry.account];
    if (entry.state == ReservationState::kWithdrawn) continue;
    const int128 room = Pow10(kMaxDecimalDigits) - 1 - account.proposed - account.firm;
    // An account stated again may have less than firm draws took before.
    const bool is_firm = entry.state == ReservationState::kFirm;
    const int128 limit = is_firm ? room : std::min(room, account.Available().value_or(room));
    if (entry.quantity > limit) return in->Fail("more is reserved than the account had");
    (entry.state == ReservationState::kFirm ? account.firm : account.proposed) += entry.quantity;
  }
}

absl::Status BalanceLedger::Restore(absl::string_view bytes) {
  SavedReader reader(SavedKind::kBalance, kVersion, bytes);
  BalanceLedger loaded(name_, scale_);
  const absl::string_view name = reader.Bytes();
  const uint64_t scale = reader.Unsigned();
  if (reader.ok() && (name != name_ || scale != static_cast<uint64_t>(scale_))) {
    reader.Fail(absl::StrCat("it is of another ledger than '", name_, "' with scale ", scale_));
  }
  const size_t accounts = reader.Count();
  for (size_t i = 0; i < accounts && reader.ok(); ++i) loaded.LoadAccount(&reader);
  loaded.log_.Load(&reader, loaded.accounts_.size());
  if (absl::Status status = reader.Finish(); !status.ok()) return status;
  loaded.LoadReserved(&reader);
  if (!reader.ok()) return reader.status();
  *this = std::move(loaded);
  return absl::OkStatus();
}

}  // namespace assay
