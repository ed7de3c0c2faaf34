// A run: what needs no ledger in columns and threads, then order by order in priority through the ledgers. Entry
// points: Session::RunWave, Redistribute.
#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "evaluate/chunk_run.h"
#include "evaluate/explain.h"
#include "review/decide.h"
#include "review/draw_and_find.h"
#include "review/escalation.h"
#include "review/read_orders.h"
#include "review/session.h"

namespace assay {
namespace {

// Ascending by the rulebook's keys, missing ones last, then by id; bytes decide between orders of one id.
bool IsBefore(const OrderState& a, const OrderState& b) {
  for (size_t i = 0; i < std::min(a.priority.size(), b.priority.size()); ++i) {
    const SortKey& x = a.priority[i];
    const SortKey& y = b.priority[i];
    if (x.missing != y.missing) return y.missing;
    if (const int order = CompareKeys(x, y); order != 0) return order < 0;
  }
  if (a.priority.size() != b.priority.size()) return a.priority.size() > b.priority.size();
  return std::tie(a.id, a.bytes_digest) < std::tie(b.id, b.bytes_digest);
}

// Places in `states` by priority.
std::vector<size_t> QueueOf(const std::vector<OrderState>& states) {
  std::vector<size_t> queue(states.size());
  for (size_t i = 0; i < queue.size(); ++i) queue[i] = i;
  std::sort(queue.begin(), queue.end(), [&](size_t a, size_t b) { return IsBefore(states[a], states[b]); });
  return queue;
}

// As they were read: neither cut nor drawn.
void RestoreLines(OrderState* state) {
  std::vector<LineState> lines(state->lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    LineState& line = state->lines[i];
    lines[i].id = std::move(line.id);
    lines[i].product = std::move(line.product);
    lines[i].warehouse = std::move(line.warehouse);
    lines[i].quantity = line.quantity;
    lines[i].known = line.known;
    lines[i].cut.scale = line.quantity.scale;
  }
  state->lines = std::move(lines);
}

// The least revision that rises over this one.
std::string Risen(const Revision& over) {
  if (over.key.missing || !over.key.text.empty()) return over.text;
  const std::optional<Decimal> next = Add(over.key.number, DecimalFromInt64(1));
  return next.has_value() ? FormatTrimmed(*next) : "";
}

}  // namespace

absl::StatusOr<v1::RunResult> Session::RunWave(const std::optional<Timestamp>& now) {
  Wave wave;
  wave.now = now.value_or(now_);
  return Run(&wave);
}

absl::StatusOr<v1::RunResult> Session::Redistribute(const std::optional<Timestamp>& now) {
  Wave wave;
  wave.now = now.value_or(now_);
  wave.only_seen = true;
  return Run(&wave);
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
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> snapshot, WithBatch(*book_, *base_, batch));
  return NewRunContext(book_, needs_, snapshot, options_.checkpoint, wave->now);
}

// Everything before the draws.
absl::Status Session::Prepare(Wave* wave) const {
  ASSIGN_OR_RETURN(wave->context, NewContext(wave));
  ASSIGN_OR_RETURN(wave->releases,
                   ReleaseBook::Create(*wave->context, std::vector<std::string>(releases_.begin(), releases_.end())));
  wave->states.assign(wave->open.size(), OrderState());
  wave->decisions.assign(wave->open.size(), v1::Decision());
  return Evaluate(*wave->context, wave->open, &wave->states);
}

absl::Status Session::Evaluate(const RunContext& context, absl::Span<const size_t> open,
                               std::vector<OrderState>* states) const {
  std::vector<absl::string_view> rows;
  rows.reserve(open.size());
  for (size_t i : open) rows.emplace_back(orders_[i].bytes);
  ChunkWork work;
  work.read = [&](size_t begin, size_t count, Chunk* chunk) {
    const absl::Span<OrderState> part = absl::MakeSpan(*states).subspan(begin, count);
    for (OrderState& state : part) state = OrderState();
    chunk->Compute(context.needs->own);
    ReadOrders(*chunk, absl::MakeConstSpan(rows).subspan(begin, count), part);
    chunk->Compute(context.needs->early);
    if (!chunk->is_over_budget()) chunk->Findings(false, RowsOf(part));
    if (chunk->is_over_budget()) return;
    for (OrderState& state : part) SetCuts(&state);
    HoldUnknownQuantities(*chunk, part);
  };
  work.over_budget = [&](size_t row) { SetOverBudget(context, &(*states)[row]); };
  RETURN_IF_ERROR(RunChunks(context, rows, options_.threads, work));
  for (OrderState& state : *states) {
    if (state.row_error.empty()) continue;
    HoldRow(&state);
    RestoreLines(&state);
  }
  return absl::OkStatus();
}

// Keeps what orders are called, and settles which of one id stands. True if any stands otherwise than before.
bool Session::Settle(const Wave& wave) {
  for (size_t place = 0; place < wave.open.size(); ++place) {
    Order& order = orders_[wave.open[place]];
    order.id = wave.states[place].id;
    order.revision = {wave.states[place].rising, wave.states[place].revision};
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
          {order.revision, order.committed || order.allocated, order.seen, ranks[i], order.standing, order.over});
    }
    SettleRevisions(absl::MakeSpan(entries));
    for (size_t k = 0; k < places.size(); ++k) {
      Order& order = orders_[places[k]];
      is_changed = is_changed || order.standing != entries[k].standing;
      order.standing = entries[k].standing;
      order.over = entries[k].over;
    }
  }
  return is_changed;
}

void Session::AddRevisionFindings(Wave* wave) const {
  for (size_t place = 0; place < wave->open.size(); ++place) {
    const Order& order = orders_[wave->open[place]];
    if (order.standing == Standing::kStands) continue;
    RawFinding finding;
    finding.rule = RawFinding::kRevision;
    finding.outcome = order.standing == Standing::kFirmBefore ? v1::OUTCOME_HOLD : v1::OUTCOME_REJECT;
    finding.expected = Risen(order.over);
    finding.actual = order.revision.text;
    wave->states[place].findings.push_back(std::move(finding));
  }
}

absl::Status Session::ReviewOne(Wave* wave, size_t place, Chunk* chunk) {
  const RunContext& context = *wave->context;
  const size_t order = wave->open[place];
  OrderState* state = &wave->states[place];
  v1::Decision* decision = &wave->decisions[place];
  MakeFindings(context, wave->releases, *state, decision);
  const bool stopped = WorstOf(*decision) != v1::DISPOSITION_CONFIRMED;
  if (state->row_error.empty()) {
    const int64_t owner = static_cast<int64_t>(order);
    bool are_settled = false;
    RETURN_IF_ERROR(
        DrawAndFind(context, wave->releases, orders_[order].bytes, owner, ledgers_.get(), chunk, state, &are_settled));
    state->confirmed_amount = chunk->Text(book_->review.confirmed_amount, 0);
    if (!are_settled) {
      state->row_error = "rules cut more of the order at each draw";
      state->row_error_zh = "规则在每次分配后继续转出";
    }
    if (chunk->is_over_budget()) SetOverBudget(context, state);
    if (!state->row_error.empty()) {
      HoldRow(state);
      RestoreLines(state);
    }
    decision->Clear();
    MakeFindings(context, wave->releases, *state, decision);
    const bool keeps =
        !stopped && WorstOf(*decision) == v1::DISPOSITION_CONFIRMED && options_.checkpoint != v1::CHECKPOINT_ENTRY;
    if (!keeps) ledgers_->Undo(owner);
  }
  FinishDecision(context, *state, decision);
  return CarryHolds(context, orders_[order].bytes, orders_[order].decision, decision);
}

absl::Status Session::DrawInOrder(Wave* wave) {
  Chunk chunk(wave->context.get());
  int64_t place = 0;
  for (size_t i : QueueOf(wave->states)) {
    RETURN_IF_ERROR(ReviewOne(wave, i, &chunk));
    v1::Decision* decision = &wave->decisions[i];
    decision->set_priority(++place);
    const OrderState& state = wave->states[i];
    if (wave->explanation == nullptr || state.id != wave->explain_id) continue;
    // Of several orders of the id, the one that stands.
    const bool stands = orders_[wave->open[i]].standing == Standing::kStands;
    if (wave->explanation->has_decision() && !stands) continue;
    wave->explanation->Clear();
    if (state.row_error.empty())
      RETURN_IF_ERROR(Explain(*wave->context, state, &chunk, wave->explanation->mutable_verdicts()));
    *wave->explanation->mutable_decision() = *decision;
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RunResult> Session::Run(Wave* wave) {
  RETURN_IF_ERROR(Prepare(wave));
  // Orders that turn out not to stand leave the review, and the sight of the others.
  if (Settle(*wave)) RETURN_IF_ERROR(Prepare(wave));
  AddRevisionFindings(wave);
  is_current_ = false;
  ledgers_->BeginRun();
  absl::Status drawn = DrawInOrder(wave);
  if (!drawn.ok()) {
    ledgers_->WithdrawProposed();
    return drawn;
  }
  Keep(wave);
  return ResultOf(*wave);
}

// The run is done: what it decided, and what is superseded since.
void Session::Keep(Wave* wave) {
  now_ = wave->now;
  for (size_t i = 0; i < wave->open.size(); ++i) {
    orders_[wave->open[i]].decision = std::move(wave->decisions[i]);
  }
  is_current_ = true;
  for (Order& order : orders_) {
    if (order.withdrawn) continue;
    if (wave->only_seen && !order.seen) {
      is_current_ = false;
      continue;
    }
    order.seen = true;
    if (order.standing != Standing::kSuperseded || !order.decision.superseded_by().empty()) continue;
    order.decision.set_order_id(order.id);
    order.decision.set_revision(order.revision.text);
    order.decision.set_superseded_by(order.over.text);
    for (v1::OpenHold& hold : *order.decision.mutable_holds()) hold.set_status(v1::OpenHold::STATUS_SUPERSEDED);
  }
}

v1::RunResult Session::ResultOf(const Wave& wave) const {
  std::vector<size_t> order = wave.reported;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const Order& x = orders_[a];
    const Order& y = orders_[b];
    // Orders decided for good come first, by id; then the queue of this run.
    if (x.committed != y.committed) return x.committed;
    if (x.committed) return x.decision.order_id() < y.decision.order_id();
    return x.decision.priority() < y.decision.priority();
  });
  v1::RunResult result;
  for (size_t i : order) *result.add_decisions() = orders_[i].decision;
  AddDayTables(*wave.context, *ledgers_, &result);
  std::vector<const Order*> superseded;
  for (const Order& each : orders_) {
    if (each.seen && !each.withdrawn && each.standing == Standing::kSuperseded) superseded.push_back(&each);
  }
  std::sort(superseded.begin(), superseded.end(), [](const Order* a, const Order* b) {
    if (a->id != b->id) return a->id < b->id;
    const int revision = CompareKeys(a->revision.key, b->revision.key);
    return revision != 0 ? revision < 0 : a->bytes < b->bytes;
  });
  for (const Order* each : superseded) *result.add_superseded() = each->decision;
  return result;
}

}  // namespace assay
