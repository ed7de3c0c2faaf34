// A run: what needs no ledger in columns and threads, then the draws (draw_queue.cc), then what is kept of both. Entry
// points: Session::RunWave, Redistribute.
#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "evaluate/chunk_run.h"
#include "evaluate/provenance.h"
#include "review/order_queue.h"
#include "review/read_orders.h"
#include "review/session.h"

namespace assay {
namespace {

// The least revision that rises over this one.
std::string Risen(const Revision& over) {
  if (over.key.missing || !over.key.text.empty()) return over.text;
  const std::optional<Decimal> next = Add(over.key.number, DecimalFromInt64(1));
  return next.has_value() ? FormatTrimmed(*next) : "";
}

// What is known of the chunk's orders before the draws; where it is over its budget, what they are called.
std::vector<OrderState> EvaluateChunk(size_t count, Chunk* chunk) {
  std::vector<OrderState> states(count);
  const absl::Span<OrderState> all = absl::MakeSpan(states);
  chunk->Compute(chunk->context().needs->own);
  ReadOrders(*chunk, all);
  chunk->Compute(chunk->context().needs->early);
  if (!chunk->is_over_budget()) chunk->Findings(false, RowsOf(all));
  if (chunk->is_over_budget()) return states;
  for (OrderState& state : states) SetCuts(&state);
  HoldUnknownQuantities(*chunk, all);
  return states;
}

}  // namespace

absl::StatusOr<v1::RunResult> Session::RunWave(const std::optional<Timestamp>& now) {
  Wave wave;
  wave.now = now.value_or(now_);
  return RunAndLog(&wave);
}

absl::StatusOr<v1::RunResult> Session::Redistribute(const std::optional<Timestamp>& now) {
  Wave wave;
  wave.now = now.value_or(now_);
  wave.only_seen = true;
  return RunAndLog(&wave);
}

// The orders of the run, as far as their revisions are settled.
void Session::Collect(Wave* wave) const {
  wave->reported.clear();
  wave->open.clear();
  for (size_t i = 0; i < orders_.size(); ++i) {
    const Order& order = orders_[i];
    if (order.withdrawn || order.standing == Standing::kSuperseded || (wave->only_seen && !order.seen)) continue;
    wave->reported.push_back(i);
  }
  // The order in which rows were added must leave no trace.
  std::sort(wave->reported.begin(), wave->reported.end(),
            [&](size_t a, size_t b) { return orders_[a].bytes < orders_[b].bytes; });
  std::copy_if(wave->reported.begin(), wave->reported.end(), std::back_inserter(wave->open),
               [&](size_t i) { return !orders_[i].committed; });
}

// What the orders of the run share; the wave's orders are collected.
absl::StatusOr<std::unique_ptr<RunContext>> Session::NewContext(Wave* wave) const {
  Collect(wave);
  auto batch = std::make_shared<RowBytes>();
  for (size_t i : wave->reported) {
    const Order& order = orders_[i];
    // Orders see each other, but for revisions that do not stand.
    if (book_->batch_dataset >= 0 && order.is_message && order.standing == Standing::kStands) batch->Add(order.bytes);
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> snapshot, WithBatch(*book_, base_, batch));
  return NewRunContext(book_, snapshot, options_.checkpoint, wave->now);
}

// Everything before the draws.
absl::Status Session::Prepare(Wave* wave) const {
  ASSIGN_OR_RETURN(wave->context, NewContext(wave));
  wave->context->missing = wave->missing;
  wave->shares_fairly = ledgers_->HasFairShares(*wave->context);
  ASSIGN_OR_RETURN(wave->releases,
                   ReleaseBook::Create(*wave->context, std::vector<std::string>(releases_.begin(), releases_.end())));
  wave->states.assign(wave->open.size(), OrderState());
  wave->decisions.assign(wave->open.size(), KeptDecision());
  wave->provenance = std::make_shared<const v1::Provenance>(ProvenanceOf(*wave->context));
  RETURN_IF_ERROR(ChooseReviewed(wave));
  return EvaluateAt(Reviewed(*wave), wave);
}

absl::Status Session::EvaluateAt(absl::Span<const size_t> places, Wave* wave) const {
  const RunContext& context = *wave->context;
  std::vector<absl::string_view> rows;
  rows.reserve(places.size());
  for (const size_t place : places) rows.emplace_back(orders_[wave->open[place]].bytes);
  ChunkWork work;
  work.read = [&](size_t begin, size_t count, Chunk* chunk) {
    std::vector<OrderState> states = EvaluateChunk(count, chunk);
    for (size_t i = 0; i < count; ++i) wave->states[places[begin + i]] = std::move(states[i]);
  };
  work.over_budget = [&](size_t row) { SetOverBudget(context, &wave->states[places[row]]); };
  RETURN_IF_ERROR(RunChunks(context, rows, ThreadsOf(*wave), work));
  for (const size_t place : places) {
    OrderState& state = wave->states[place];
    state.digest = orders_[wave->open[place]].digest;
    if (!state.row_error.empty()) {
      HoldRow(&state);
      RestoreLines(&state);
    }
    if (Follows(*wave)) wave->part.heads[place] = HeadOf(state);
  }
  return absl::OkStatus();
}

// Keeps what orders are called, and settles which of one id stands. True if any stands otherwise than before.
bool Session::Settle(const Wave& wave) {
  for (size_t place = 0; place < wave.open.size(); ++place) {
    Order& order = orders_[wave.open[place]];
    order.id = wave.states[place].id;
    order.revision = {wave.states[place].rising, wave.states[place].revision};
    order.takes_firm = wave.states[place].firm_outcome == v1::OUTCOME_NOTE;
  }
  absl::flat_hash_map<absl::string_view, std::vector<size_t>> several;
  for (size_t i = 0; i < orders_.size(); ++i) {
    const Order& order = orders_[i];
    if (!order.withdrawn && !order.id.empty() && (order.seen || !wave.only_seen)) several[order.id].push_back(i);
  }
  std::vector<size_t> ranks(orders_.size());
  if (several.size() < wave.reported.size()) {
    const std::vector<size_t> queue = QueueOf(wave.states);
    for (size_t rank = 0; rank < queue.size(); ++rank) ranks[wave.open[queue[rank]]] = rank;
  }
  bool is_changed = false;
  for (const auto& [id, places] : several) {
    if (places.size() == 1) continue;
    std::vector<RevisionEntry> entries;
    for (size_t i : places) {
      const Order& order = orders_[i];
      entries.push_back(
          {order.revision, order.is_firm(), order.takes_firm, order.seen, ranks[i], order.standing, order.over});
    }
    SettleRevisions(absl::MakeSpan(entries));
    for (size_t k = 0; k < places.size(); ++k) {
      Order& order = orders_[places[k]];
      is_changed = is_changed || order.standing != entries[k].standing;
      order.standing = entries[k].standing;
      order.over = entries[k].over;
    }
    PassOnAmendment(places);
  }
  return is_changed;
}

// An order that takes the place of a firm one amends it, and so do all that take its place.
void Session::PassOnAmendment(absl::Span<const size_t> places) {
  const bool amends = std::any_of(places.begin(), places.end(), [this](size_t i) {
    return orders_[i].standing == Standing::kSuperseded && (orders_[i].is_firm() || orders_[i].amends);
  });
  const auto next =
      std::find_if(places.begin(), places.end(), [this](size_t i) { return orders_[i].standing == Standing::kStands; });
  if (!amends || next == places.end()) return;
  for (const size_t i : places) orders_[i].amends = i == *next;
}

void Session::AddRevisionFindings(absl::Span<const size_t> places, Wave* wave) const {
  for (size_t place = 0; place < wave->open.size(); ++place) {
    wave->states[place].amends = orders_[wave->open[place]].amends;
  }
  for (const size_t place : places) {
    const Order& order = orders_[wave->open[place]];
    if (order.standing == Standing::kStands) continue;
    RawFinding finding;
    finding.rule = RawFinding::kRevision;
    finding.is_over_firm = order.standing == Standing::kFirmBefore;
    finding.outcome = finding.is_over_firm ? wave->states[place].firm_outcome : v1::OUTCOME_REJECT;
    if (finding.is_over_firm) finding.reason = wave->states[place].firm_reason;
    finding.expected = Risen(order.over);
    finding.actual = order.revision.text;
    wave->states[place].findings.push_back(std::move(finding));
  }
}

absl::StatusOr<v1::RunResult> Session::Run(Wave* wave) {
  RETURN_IF_ERROR(Decide(wave));
  const int32_t day = wave->context->run_day;
  // What the run knew of its orders is let go before the result is made, which takes as much.
  wave->context = nullptr;
  wave->states = std::vector<OrderState>();
  wave->decisions = std::vector<KeptDecision>();
  wave->part = RunPart();
  return ResultOf(std::move(wave->reported), day);
}

absl::Status Session::Decide(Wave* wave) {
  RETURN_IF_ERROR(Prepare(wave));
  // Orders that turn out not to stand leave the review, and the sight of the others.
  if (Settle(*wave)) RETURN_IF_ERROR(Prepare(wave));
  const std::vector<int64_t> amended = Amended();
  if (!amended.empty()) RETURN_IF_ERROR(ReviewAll(wave));
  is_current_ = false;
  const std::vector<std::string> saved = amended.empty() ? std::vector<std::string>() : ledgers_->Save();
  absl::Status drawn = wave->part.is_partial ? DrawForSome(wave) : DrawForAll(amended, wave);
  if (drawn.ok() && !wave->is_aside && options_.day_tables) drawn = ledgers_->StateUnasked(*wave->context);
  if (!drawn.ok()) {
    ledgers_->WithdrawProposed();
    if (!wave->is_aside) basis_.reset();
    if (!saved.empty()) {
      RETURN_IF_ERROR(ledgers_->Restore(std::vector<absl::string_view>(saved.begin(), saved.end())));
    }
    return drawn;
  }
  if (!amended.empty() || wave->shares_fairly) ledgers_->DropWithdrawn();
  GiveUp(amended);
  Remember(wave);
  Keep(wave);
  return absl::OkStatus();
}

absl::Status Session::DrawForAll(absl::Span<const int64_t> amended, Wave* wave) {
  AddRevisionFindings(Reviewed(*wave), wave);
  ledgers_->Revoke(amended);
  ledgers_->BeginRun(UnderReview(*wave));
  return DrawInOrder(wave);
}

// Ids of the orders that the run sees, committed ones too: what reference data say is reserved for them is not others'.
absl::flat_hash_set<std::string> Session::UnderReview(const Wave& wave) const {
  absl::flat_hash_set<std::string> ids;
  for (const size_t i : wave.reported) ids.insert(orders_[i].id);
  ids.erase("");
  return ids;
}

// Orders with firm draws whose place a higher revision takes.
std::vector<int64_t> Session::Amended() const {
  std::vector<int64_t> amended;
  for (size_t i = 0; i < orders_.size(); ++i) {
    const bool is_amended = orders_[i].standing == Standing::kSuperseded && orders_[i].is_firm();
    if (is_amended) amended.push_back(static_cast<int64_t>(i));
  }
  return amended;
}

// They have no firm draws any more; an allocation given up can be made again.
void Session::GiveUp(absl::Span<const int64_t> amended) {
  for (const int64_t i : amended) {
    Order& order = orders_[static_cast<size_t>(i)];
    if (order.allocated) ForgetAllocations(order.id);
    order.committed = false;
    order.allocated = false;
  }
}

// Says of an order's decision which revision took its place.
void Session::Supersede(Order* order) {
  v1::Decision decision = order->decision.Message();
  if (!decision.superseded_by().empty()) return;
  decision.set_order_id(order->id);
  decision.set_revision(order->revision.text);
  decision.set_superseded_by(order->over.text);
  for (v1::OpenHold& hold : *decision.mutable_holds()) hold.set_status(v1::OpenHold::STATUS_SUPERSEDED);
  order->decision = KeptDecision(std::move(decision), order->decision.provenance());
}

// The run is done: what it decided, and what is superseded since.
void Session::Keep(Wave* wave) {
  now_ = wave->now;
  for (size_t i = 0; i < wave->open.size(); ++i) {
    KeptDecision& decision = orders_[wave->open[i]].decision;
    if (wave->part.is_reviewed[i]) {
      decision = std::move(wave->decisions[i]);
    } else {
      decision.KeepFor(wave->ranks[i], wave->provenance);
    }
  }
  is_current_ = true;
  for (Order& order : orders_) {
    if (order.withdrawn) continue;
    if (wave->only_seen && !order.seen) {
      is_current_ = false;
      continue;
    }
    order.seen = true;
    if (order.standing == Standing::kSuperseded) Supersede(&order);
  }
}

v1::RunResult Session::ResultOf(std::vector<size_t> reported, int32_t day) const {
  std::stable_sort(reported.begin(), reported.end(), [&](size_t a, size_t b) {
    const Order& x = orders_[a];
    const Order& y = orders_[b];
    // Orders decided for good come first, by id; then the queue of this run.
    if (x.committed != y.committed) return x.committed;
    if (x.committed) return x.id < y.id;
    return x.decision.priority() < y.decision.priority();
  });
  v1::RunResult result;
  for (size_t i : reported) *result.add_decisions() = orders_[i].decision.Message();
  if (options_.day_tables) AddDayTables(*book_, day, *ledgers_, &result);
  std::vector<const Order*> superseded;
  for (const Order& each : orders_) {
    if (each.seen && !each.withdrawn && each.standing == Standing::kSuperseded) superseded.push_back(&each);
  }
  std::sort(superseded.begin(), superseded.end(), [](const Order* a, const Order* b) {
    if (a->id != b->id) return a->id < b->id;
    const int revision = CompareKeys(a->revision.key, b->revision.key);
    return revision != 0 ? revision < 0 : a->bytes < b->bytes;
  });
  for (const Order* each : superseded) *result.add_superseded() = each->decision.Message();
  return result;
}

}  // namespace assay
