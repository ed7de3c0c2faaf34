// A session as bytes. Entry points: Session::Save, Restore.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "ledger/saved_bytes.h"
#include "review/session.h"

namespace assay {
namespace {

constexpr uint8_t kVersion = 3;

void SaveRevision(const Revision& revision, SavedWriter* out) {
  out->Unsigned(revision.key.missing ? 1 : 0);
  out->Amount(revision.key.number.coefficient);
  out->Unsigned(static_cast<uint64_t>(revision.key.number.scale));
  out->Bytes(revision.key.text);
  out->Bytes(revision.text);
}

bool LoadFlag(SavedReader* in) { return in->SignedIn(0, 1) != 0; }

Revision LoadRevision(SavedReader* in) {
  Revision revision;
  revision.key.missing = in->Unsigned() != 0;
  revision.key.number.coefficient = in->Amount();
  const uint64_t scale = in->Unsigned();
  if (scale > kMaxDecimalScale || !FitsDecimal(revision.key.number.coefficient)) in->Fail("a revision is no number");
  revision.key.number.scale = static_cast<int>(std::min<uint64_t>(scale, kMaxDecimalScale));
  revision.key.text = std::string(in->Bytes());
  revision.text = std::string(in->Bytes());
  return revision;
}

void SaveTexts(const std::set<std::string>& texts, SavedWriter* out) {
  out->Unsigned(texts.size());
  for (const std::string& text : texts) out->Bytes(text);
}

std::set<std::string> LoadTexts(SavedReader* in) {
  std::set<std::string> texts;
  for (size_t i = in->Count(); i > 0 && in->ok(); --i) texts.emplace(in->Bytes());
  return texts;
}

// The decision's provenance; most orders share that of the one before.
SharedProvenance Shared(const v1::Decision& decision, SharedProvenance* last) {
  if (!decision.has_provenance()) return nullptr;
  const bool is_same = *last != nullptr && (*last)->SerializeAsString() == decision.provenance().SerializeAsString();
  if (!is_same) *last = std::make_shared<const v1::Provenance>(decision.provenance());
  return *last;
}

// Where the session was saved; it can be restored nowhere else.
absl::Status CheckPlace(absl::string_view what, absl::string_view saved, absl::string_view here) {
  if (saved == here) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the session was saved under another ", what, ", open one under it to restore it: ", saved));
}

}  // namespace

std::vector<std::string> Ledgers::Save() const {
  std::vector<std::string> saved(stocks_.size());
  for (size_t i = 0; i < stocks_.size(); ++i) {
    if (stocks_[i] != nullptr) stocks_[i]->Save(&saved[i]);
    if (balances_[i] != nullptr) balances_[i]->Save(&saved[i]);
  }
  return saved;
}

absl::Status Ledgers::Restore(absl::Span<const absl::string_view> saved) {
  if (saved.size() != stocks_.size()) return absl::InvalidArgumentError("saved state refused: of other ledgers");
  for (size_t i = 0; i < stocks_.size(); ++i) {
    if (stocks_[i] != nullptr) RETURN_IF_ERROR(stocks_[i]->Restore(saved[i]));
    if (balances_[i] != nullptr) RETURN_IF_ERROR(balances_[i]->Restore(saved[i]));
  }
  return absl::OkStatus();
}

void Session::SaveOrder(const Order& order, SavedWriter* out) const {
  out->Bytes(order.bytes);
  for (bool flag : {order.is_message, order.committed, order.withdrawn, order.allocated, order.seen, order.amends})
    out->Signed(flag ? 1 : 0);
  out->Bytes(order.id);
  SaveRevision(order.revision, out);
  out->Signed(static_cast<int64_t>(order.standing));
  SaveRevision(order.over, out);
  out->Bytes(order.decision.Message().SerializeAsString());
}

Session::Order Session::LoadOrder(SharedProvenance* last, SavedReader* in) const {
  Order order;
  order.bytes = std::string(in->Bytes());
  order.digest = Sha256Of(order.bytes);
  for (bool* flag :
       {&order.is_message, &order.committed, &order.withdrawn, &order.allocated, &order.seen, &order.amends})
    *flag = LoadFlag(in);
  order.id = std::string(in->Bytes());
  order.revision = LoadRevision(in);
  order.standing = static_cast<Standing>(in->SignedIn(0, static_cast<int64_t>(Standing::kFirmBefore)));
  order.over = LoadRevision(in);
  const absl::string_view bytes = in->Bytes();
  v1::Decision decision;
  if (!decision.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) in->Fail("a decision cannot be decoded");
  order.decision = KeptDecision(std::move(decision), Shared(decision, last));
  return order;
}

std::string Session::Save() const {
  std::string bytes;
  SavedWriter out(SavedKind::kSession, kVersion, &bytes);
  out.Bytes(book_->fingerprint);
  out.Bytes(base_->id());
  out.Bytes(v1::Checkpoint_Name(options_.checkpoint));
  out.Signed(now_.seconds);
  out.Signed(now_.nanos);
  out.Signed(is_current_ ? 1 : 0);
  out.Unsigned(orders_.size());
  for (const Order& order : orders_) SaveOrder(order, &out);
  SaveTexts(releases_, &out);
  SaveTexts(allocations_, &out);
  out.Signed(logged_);
  // Entry by entry: together they may be more than a message may.
  out.Unsigned(static_cast<uint64_t>(log_.entries_size()));
  for (const v1::LogEntry& entry : log_.entries()) out.Bytes(entry.SerializeAsString());
  const std::vector<std::string> ledgers = ledgers_->Save();
  out.Unsigned(ledgers.size());
  for (const std::string& ledger : ledgers) out.Bytes(ledger);
  out.Finish();
  return bytes;
}

absl::Status Session::Restore(absl::string_view bytes) {
  SavedReader in(SavedKind::kSession, kVersion, bytes);
  const absl::string_view fingerprint = in.Bytes();
  const absl::string_view snapshot = in.Bytes();
  const absl::string_view checkpoint = in.Bytes();
  RETURN_IF_ERROR(in.status());
  RETURN_IF_ERROR(CheckPlace("rulebook", fingerprint, book_->fingerprint));
  RETURN_IF_ERROR(CheckPlace("set of reference data", snapshot, base_->id()));
  RETURN_IF_ERROR(CheckPlace("checkpoint", checkpoint, v1::Checkpoint_Name(options_.checkpoint)));
  // All of it before anything is replaced.
  Session loaded(book_, base_, options_);
  loaded.now_.seconds = in.Signed();
  loaded.now_.nanos = static_cast<int32_t>(in.SignedIn(0, kNanosPerSecond - 1));
  if (!IsValid(loaded.now_)) in.Fail("the clock is outside the years 1 to 9999");
  loaded.is_current_ = LoadFlag(&in);
  SharedProvenance last;
  for (size_t i = in.Count(); i > 0 && in.ok(); --i) {
    loaded.orders_.push_back(LoadOrder(&last, &in));
    const Order& order = loaded.orders_.back();
    if (!order.withdrawn && !loaded.known_.insert(order.digest).second) in.Fail("an order is there twice");
  }
  loaded.releases_ = LoadTexts(&in);
  loaded.allocations_ = LoadTexts(&in);
  loaded.logged_ = in.SignedIn(0, INT64_MAX);
  for (size_t i = in.Count(); i > 0 && in.ok(); --i) {
    const absl::string_view entry = in.Bytes();
    const bool is_read = loaded.log_.add_entries()->ParseFromArray(entry.data(), static_cast<int>(entry.size()));
    if (!is_read) in.Fail("the log cannot be decoded");
  }
  std::vector<absl::string_view> ledgers;
  for (size_t i = in.Count(); i > 0 && in.ok(); --i) ledgers.push_back(in.Bytes());
  RETURN_IF_ERROR(in.Finish());
  RETURN_IF_ERROR(loaded.ledgers_->Restore(ledgers));
  loaded.reads_ = reads_;
  *this = std::move(loaded);
  return absl::OkStatus();
}

}  // namespace assay
