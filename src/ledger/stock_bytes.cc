// Saving and restoring a stock ledger. Entry points: StockLedger::Save, Restore. What was drawn is not written: it is
// added up again from the log, so saved bytes cannot contradict themselves.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "ledger/saved_bytes.h"
#include "ledger/stock_ledger.h"
#include "ledger/supply_difference.h"

namespace assay {
namespace {

constexpr uint8_t kVersion = 3;

int32_t LoadDay(SavedReader* in) { return static_cast<int32_t>(in->SignedIn(kMinDay, kMaxDay)); }

int32_t LoadRow(SavedReader* in) { return static_cast<int32_t>(in->SignedIn(kStatedNoMore, INT32_MAX)); }

}  // namespace

// Ids of names hang on the order in which these came up: the names are saved.
bool StockLedger::AreNamed() const {
  return names_.size() > 0 && std::any_of(accounts_.begin(), accounts_.end(), [](const StockAccount& account) {
           return !account.lots.empty() || !account.receipts.empty();
         });
}

void StockLedger::SaveId(bool are_names, int64_t id, SavedWriter* out) const {
  if (are_names) {
    out->Bytes(SupplyName(id));
  } else {
    out->Signed(id);
  }
}

int64_t StockLedger::LoadId(bool are_names, SavedReader* in) {
  return are_names ? InternSupply(in->Bytes()) : in->Signed();
}

void StockLedger::SaveAccount(bool are_names, AccountId id, SavedWriter* out) const {
  const StockAccount& account = accounts_[id];
  out->Bytes(keys_.key(id));
  out->Unsigned(account.lots.size());
  for (const Supply& lot : account.lots) {
    SaveId(are_names, lot.id, out);
    out->Signed(lot.row);
    out->Amount(lot.opening);
    out->Amount(lot.kept);
  }
  out->Unsigned(account.receipts.size());
  for (const Supply& receipt : account.receipts) {
    SaveId(are_names, receipt.id, out);
    out->Signed(receipt.row);
    out->Amount(receipt.opening);
    out->Signed(receipt.due);
  }
  out->Unsigned(account.commitments.size());
  for (const StockCommitment& commitment : account.commitments) {
    out->Amount(commitment.quantity);
    out->Signed(commitment.due);
  }
  out->Amount(account.reserve);
}

void StockLedger::Save(std::string* out) const {
  SavedWriter writer(SavedKind::kStock, kVersion, out);
  writer.Bytes(name_);
  writer.Unsigned(static_cast<uint64_t>(scale_));
  std::vector<AccountId> opened;
  std::vector<uint32_t> rank(keys_.size());
  for (const AccountId id : keys_.Ascending()) {
    if (!HasAccount(id)) continue;
    rank[id] = static_cast<uint32_t>(opened.size());
    opened.push_back(id);
  }
  const bool are_names = AreNamed();
  writer.Unsigned(are_names ? 1 : 0);
  writer.Unsigned(opened.size());
  for (const AccountId id : opened) SaveAccount(are_names, id, &writer);
  // Of a firm draw the account may have been stated again since: its place is looked up.
  const auto place = [this, are_names](const Reservation& entry) {
    const StockAccount& account = accounts_[entry.account];
    const uint32_t at = entry.kind == SupplyKind::kLot ? PlaceOf(account.lots, entry.supply_id, 0)
                                                       : PlaceOf(account.receipts, entry.supply_id, entry.day);
    return SupplyPlace{at, are_names ? 0 : entry.supply_id};
  };
  log_.Save(rank, place, &writer);
  writer.Finish();
}

// Lots and receipts must be stated in the form NormalizeSupply gives them, else equal states would have two forms.
void StockLedger::LoadAccount(bool are_names, SavedReader* in) {
  const absl::string_view key = in->Bytes();
  std::vector<StockLot> lots(in->Count());
  for (StockLot& lot : lots) {
    lot.id = LoadId(are_names, in);
    lot.row = LoadRow(in);
    lot.quantity = in->Amount();
    lot.kept = in->Amount();
    if (lot.row == kStatedNoMore && lot.quantity != 0) in->Fail("a lot that is stated no more has something");
  }
  std::vector<StockReceipt> receipts(in->Count());
  for (StockReceipt& receipt : receipts) {
    receipt.id = LoadId(are_names, in);
    receipt.row = LoadRow(in);
    receipt.quantity = in->Amount();
    receipt.due = LoadDay(in);
    if (receipt.row == kStatedNoMore && receipt.quantity != 0) in->Fail("a receipt stated no more has something");
  }
  std::vector<StockCommitment> commitments(in->Count());
  for (StockCommitment& commitment : commitments) {
    commitment.quantity = in->Amount();
    commitment.due = LoadDay(in);
  }
  const int128 reserve = in->Amount();
  if (!in->ok()) return;
  if (keys_.size() > 0 && key <= keys_.key(static_cast<AccountId>(keys_.size() - 1))) {
    return in->Fail("accounts are not in the order of their keys");
  }
  const StockSupply supply = {lots, receipts, commitments, reserve};
  const AccountId id = Intern(key);
  if (const absl::Status status = Open(id, supply); !status.ok()) return in->Fail(status.message());
  if (!IsSameSupply(accounts_[id], supply)) in->Fail("receipts or commitments are not in order");
}

// Completes the log's entries by their supplies, and adds up what they took: of one stated again firm draws may have
// taken more than it has.
void StockLedger::LoadReserved(bool are_names, SavedReader* in) {
  for (const Reservation& entry : log_.entries()) {
    StockAccount& account = accounts_[entry.account];
    const bool is_lot = entry.kind == SupplyKind::kLot;
    const absl::Span<Supply> supplies = is_lot ? absl::MakeSpan(account.lots) : absl::MakeSpan(account.receipts);
    if (entry.kind == SupplyKind::kBalance || entry.supply >= supplies.size()) {
      return in->Fail("a reservation names no supply");
    }
    Supply& supply = supplies[entry.supply];
    const bool is_firm = entry.state == ReservationState::kFirm;
    if (entry.supply_id != (are_names ? 0 : supply.id) || (!is_lot && !is_firm && entry.day != supply.due)) {
      return in->Fail("a reservation does not fit its supply");
    }
    if (entry.state == ReservationState::kWithdrawn) continue;
    if (!is_firm && entry.quantity > supply.left()) return in->Fail("more is reserved than the supply had");
    int128& sum = is_firm ? supply.firm : supply.proposed;
    if (!CheckedAdd(sum, entry.quantity, &sum) || !FitsDecimal(sum)) return in->Fail("more is reserved than 38 digits");
  }
  for (const StockAccount& account : accounts_) {
    if (const absl::Status status = CheckDrawn(account); !status.ok()) return in->Fail(status.message());
  }
  log_.Identify([this](const Reservation& entry) {
    const StockAccount& account = accounts_[entry.account];
    return entry.kind == SupplyKind::kLot ? account.lots[entry.supply].id : account.receipts[entry.supply].id;
  });
}

absl::Status StockLedger::Restore(absl::string_view bytes) {
  SavedReader reader(SavedKind::kStock, kVersion, bytes);
  StockLedger loaded(name_, scale_);
  const absl::string_view name = reader.Bytes();
  const uint64_t scale = reader.Unsigned();
  if (reader.ok() && (name != name_ || scale != static_cast<uint64_t>(scale_))) {
    reader.Fail(absl::StrCat("it is of another ledger than '", name_, "' with scale ", scale_));
  }
  const uint64_t are_names = reader.Unsigned();
  if (are_names > 1) reader.Fail("supplies have neither ids nor names");
  const size_t accounts = reader.Count();
  for (size_t i = 0; i < accounts && reader.ok(); ++i) loaded.LoadAccount(are_names == 1, &reader);
  loaded.log_.Load(&reader, loaded.accounts_.size());
  if (absl::Status status = reader.Finish(); !status.ok()) return status;
  loaded.LoadReserved(are_names == 1, &reader);
  if (!reader.ok()) return reader.status();
  *this = std::move(loaded);
  return absl::OkStatus();
}

}  // namespace assay
