// A session that follows what changes: a run reviews anew only orders that came or read something else than before, and
// those that share a ledger's account with one of them. Entry points: Session::FollowChanges, Changes, Update.
#include <algorithm>
#include <tuple>

#include "base/status_macros.h"
#include "evaluate/chunk_run.h"
#include "review/run_diff.h"
#include "review/session.h"

namespace assay {
namespace {

bool HasSameRows(const Dataset& a, const Dataset& b) {
  if (&a == &b) return true;
  if (a.size() != b.size()) return false;
  for (int32_t i = 0; i < a.size(); ++i) {
    if (a.Counts(i) != b.Counts(i) || a.Row(i) != b.Row(i)) return false;
  }
  return true;
}

// Datasets that are read whole, not by key: what is in them may concern every order.
bool HasSameWholeDatasets(const CompiledReview& review, const Snapshot& a, const Snapshot& b) {
  const auto is_same = [&](int i) { return i < 0 || HasSameRows(a.dataset(i), b.dataset(i)); };
  return is_same(review.releases) && is_same(review.exemptions) && is_same(review.staff);
}

}  // namespace

absl::Status Session::FollowChanges() {
  if (reads_ != nullptr) return absl::OkStatus();
  auto reads = std::make_shared<const OrderReads>(*book_, *book_->needs);
  if (!reads->is_known()) {
    return absl::FailedPreconditionError("the rulebook looks up rows by what ledgers grant: every run reviews all");
  }
  reads_ = std::move(reads);
  return absl::OkStatus();
}

absl::Status Session::Update(std::shared_ptr<const Snapshot> snapshot) {
  if (snapshot->id() == base_->id()) return absl::OkStatus();
  base_ = std::move(snapshot);
  is_current_ = false;
  if (logged_ > 0) Log(v1::LogEntry::VERB_UPDATE)->set_snapshot_id(base_->id());
  return absl::OkStatus();
}

// Whether a run may leave orders as the run before decided them.
bool Session::CanKeep(const Wave& wave) const {
  return basis_.has_value() && basis_->now == wave.now && !wave.shares_fairly &&
         HasSameWholeDatasets(book_->review, *basis_->data, *base_);
}

// What each open order of the wave reads now. One that costs too much for it is not known, and always reviewed.
absl::Status Session::ReadDigests(Wave* wave) const {
  wave->part.reads.assign(wave->open.size(), std::nullopt);
  std::vector<absl::string_view> rows;
  rows.reserve(wave->open.size());
  for (const size_t i : wave->open) rows.emplace_back(orders_[i].bytes);
  ChunkWork work;
  work.read = [&](size_t begin, size_t count, Chunk* chunk) {
    chunk->Compute(reads_->needed());
    if (chunk->is_over_budget()) return;
    for (size_t k = 0; k < count; ++k) wave->part.reads[begin + k] = reads_->DigestOf(*chunk, static_cast<int32_t>(k));
  };
  work.over_budget = [&](size_t row) { wave->part.reads[row] = std::nullopt; };
  return RunChunks(*wave->context, rows, options_.threads, work);
}

// Why an order is to be reviewed, by itself: as far as this is known of the run before.
v1::OrderChange::Cause Session::CauseOf(const Wave& wave, size_t place) const {
  const Order& order = orders_[wave.open[place]];
  if (!order.seen) return v1::OrderChange::CAUSE_CAME;
  if (order.remembered == nullptr) return v1::OrderChange::CAUSE_UNSPECIFIED;
  const RememberedOrder& before = *order.remembered;
  if (before.standing != order.standing || before.amends != order.amends) return v1::OrderChange::CAUSE_REVISION;
  if (order.is_answered) return v1::OrderChange::CAUSE_RELEASE;
  if (!wave.part.reads[place].has_value() || *wave.part.reads[place] != before.reads)
    return v1::OrderChange::CAUSE_ROWS;
  if (basis_.has_value() && basis_->now != wave.now) return v1::OrderChange::CAUSE_CLOCK;
  return v1::OrderChange::CAUSE_LEDGERS;
}

// Tells apart who is reviewed by itself; the others keep what they are known by.
absl::Status Session::ChooseReviewed(Wave* wave) const {
  wave->part.is_reviewed.assign(wave->open.size(), true);
  wave->part.is_partial = false;
  if (!Follows(*wave)) return absl::OkStatus();
  wave->part.causes.assign(wave->open.size(), v1::OrderChange::CAUSE_UNSPECIFIED);
  wave->part.by_ledgers.assign(wave->open.size(), {});
  wave->part.asked.assign(wave->open.size(), {});
  wave->part.heads.assign(wave->open.size(), OrderState());
  RETURN_IF_ERROR(ReadDigests(wave));
  const bool can_keep = CanKeep(*wave);
  for (size_t place = 0; place < wave->open.size(); ++place) {
    wave->part.causes[place] = CauseOf(*wave, place);
    if (!can_keep || wave->part.causes[place] != v1::OrderChange::CAUSE_LEDGERS) continue;
    wave->part.is_reviewed[place] = false;
    wave->states[place] = orders_[wave->open[place]].remembered->head;
  }
  wave->part.is_partial = can_keep;
  return absl::OkStatus();
}

// A run over all after all.
absl::Status Session::ReviewAll(Wave* wave) const {
  std::vector<size_t> places;
  for (size_t place = 0; place < wave->open.size(); ++place) {
    if (!wave->part.is_reviewed[place]) places.push_back(place);
  }
  wave->part.is_reviewed.assign(wave->open.size(), true);
  wave->part.is_partial = false;
  return EvaluateAt(places, wave);
}

std::vector<size_t> Session::Reviewed(const Wave& wave) {
  std::vector<size_t> places;
  for (size_t place = 0; place < wave.open.size(); ++place) {
    if (wave.part.is_reviewed[place]) places.push_back(place);
  }
  return places;
}

// From where rivals are looked for: what was asked for by the orders that are reviewed, gone, or superseded since, and
// what is promised to orders that came under review or left it.
std::set<LedgerAccount> Session::ChangedAccounts(const Wave& wave, const absl::flat_hash_set<std::string>& ids) const {
  std::set<LedgerAccount> accounts(given_up_.begin(), given_up_.end());
  const auto add = [&](const Order& order) {
    if (order.remembered != nullptr) accounts.insert(order.remembered->asked.begin(), order.remembered->asked.end());
  };
  for (const size_t place : Reviewed(wave)) add(orders_[wave.open[place]]);
  for (const Order& order : orders_) {
    if (order.standing == Standing::kSuperseded) add(order);
  }
  const auto add_promised = [&](const absl::flat_hash_set<std::string>& some,
                                const absl::flat_hash_set<std::string>& others) {
    for (const std::string& id : some) {
      if (others.contains(id)) continue;
      const std::vector<LedgerAccount> promised = ledgers_->PromisedTo(id);
      accounts.insert(promised.begin(), promised.end());
    }
  };
  add_promised(ids, basis_->under_review);
  add_promised(basis_->under_review, ids);
  return accounts;
}

// Draws for the orders that are reviewed and all who share an account with them, as far as that reaches; where a draw
// asks for an account that only orders left alone had asked for, these are reviewed too, and it is done again.
absl::Status Session::DrawForSome(Wave* wave) {
  const absl::flat_hash_set<std::string> ids = UnderReview(*wave);
  std::set<LedgerAccount> begin = ChangedAccounts(*wave, ids);
  std::vector<absl::Span<const LedgerAccount>> asked;
  asked.reserve(wave->open.size());
  for (const size_t i : wave->open) {
    const auto& remembered = orders_[i].remembered;
    asked.push_back(remembered == nullptr ? absl::Span<const LedgerAccount>() : remembered->asked);
  }
  for (bool is_first = true;; is_first = false) {
    Rivals rivals = FindRivals(asked, begin);
    std::vector<size_t> places;
    std::set<LedgerAccount> kept;
    for (size_t place = 0; place < wave->open.size(); ++place) {
      const bool is_new = !wave->part.is_reviewed[place] && !rivals.ledgers[place].empty();
      if (is_new) {
        wave->part.is_reviewed[place] = true;
        wave->part.by_ledgers[place] = rivals.ledgers[place];
      }
      if (!wave->part.is_reviewed[place]) {
        kept.insert(asked[place].begin(), asked[place].end());
      } else if (is_new || !is_first) {
        places.push_back(place);  // not evaluated yet, or drawn for already
      }
    }
    RETURN_IF_ERROR(EvaluateAt(places, wave));
    AddRevisionFindings(Reviewed(*wave), wave);
    for (size_t i = 0; i < orders_.size(); ++i) {
      if (orders_[i].withdrawn || orders_[i].standing == Standing::kSuperseded) {
        ledgers_->Withdraw(static_cast<int64_t>(i));
      }
    }
    for (const size_t place : Reviewed(*wave)) ledgers_->Withdraw(static_cast<int64_t>(wave->open[place]));
    ledgers_->BeginPart(ids, rivals.accounts, std::move(kept));
    RETURN_IF_ERROR(DrawInOrder(wave));
    const std::set<LedgerAccount>& contested = ledgers_->contested();
    if (contested.empty()) return absl::OkStatus();
    begin.insert(contested.begin(), contested.end());
  }
}

// What the next run may keep of this one, and what this one changed.
void Session::Remember(Wave* wave) {
  if (!Follows(*wave)) return;
  changes_.Clear();
  changes_.Swap(&left_);
  changes_.set_reviewed(0);
  for (size_t place = 0; place < wave->open.size(); ++place) {
    Order& order = orders_[wave->open[place]];
    if (!wave->part.is_reviewed[place]) {
      changes_.set_kept(changes_.kept() + 1);
      continue;
    }
    changes_.set_reviewed(changes_.reviewed() + 1);
    TellChange(*wave, place);
    order.is_answered = false;
    order.remembered = nullptr;
    if (!wave->part.reads[place].has_value()) continue;
    auto now = std::make_shared<RememberedOrder>();
    now->reads = *wave->part.reads[place];
    now->head = std::move(wave->part.heads[place]);
    now->standing = order.standing;
    now->amends = order.amends;
    now->asked = std::move(wave->part.asked[place]);
    std::sort(now->asked.begin(), now->asked.end());
    now->asked.erase(std::unique(now->asked.begin(), now->asked.end()), now->asked.end());
    order.remembered = std::move(now);
  }
  for (Order& order : orders_) {
    if (order.standing != Standing::kSuperseded || order.remembered == nullptr) continue;
    order.remembered = nullptr;
    TellLeft(order, v1::OrderChange::CAUSE_REVISION, &changes_);
  }
  given_up_.clear();
  basis_ = RunBasis{wave->now, base_, UnderReview(*wave)};
  std::sort(changes_.mutable_orders()->pointer_begin(), changes_.mutable_orders()->pointer_end(),
            [](const v1::OrderChange* a, const v1::OrderChange* b) {
              return std::tie(a->order().order_id(), a->order().revision()) <
                     std::tie(b->order().order_id(), b->order().revision());
            });
}

void Session::TellChange(const Wave& wave, size_t place) {
  const KeptDecision& before = orders_[wave.open[place]].decision;
  const KeptDecision& after = wave.decisions[place];
  if (before.content() == after.content()) return;
  std::optional<v1::ChangedOrder> changed = CompareDecisions(before.Message(), after.Message());
  if (!changed.has_value()) return;
  v1::OrderChange* change = changes_.add_orders();
  *change->mutable_order() = *std::move(changed);
  change->set_cause(wave.part.causes[place]);
  for (const size_t ledger : wave.part.by_ledgers[place]) change->add_ledgers(book_->ledgers[ledger].proto->name());
}

// Of an order that is reviewed no more.
void Session::TellLeft(const Order& order, v1::OrderChange::Cause cause, v1::RunChanges* changes) {
  v1::OrderChange* change = changes->add_orders();
  change->mutable_order()->set_order_id(order.id);
  change->mutable_order()->set_revision(order.revision.text);
  change->mutable_order()->set_before(order.decision.disposition());
  change->set_cause(cause);
}

}  // namespace assay
