// Waves: what needs no ledger in columns and threads, then order by order in
// priority through the ledgers. Entry points: Session's verbs.
#include "review/session.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "review/chunk.h"
#include "review/decide.h"
#include "review/explain.h"

namespace assay {
namespace {

constexpr size_t kChunkOrders = 512;

// Ascending by the rulebook's keys, missing ones last, then by id; bytes decide between orders of one id.
bool IsBefore(const OrderState& a, const OrderState& b) {
  for (size_t i = 0; i < std::min(a.priority.size(), b.priority.size()); ++i) {
    const PriorityKey& x = a.priority[i];
    const PriorityKey& y = b.priority[i];
    if (x.missing != y.missing) return y.missing;
    if (const int order = Compare(x.number, y.number); order != 0) return order < 0;
    if (x.text != y.text) return x.text < y.text;
  }
  if (a.priority.size() != b.priority.size()) return a.priority.size() > b.priority.size();
  return std::tie(a.id, a.bytes_digest) < std::tie(b.id, b.bytes_digest);
}

// The finding of an order whose bytes are no message.
void HoldUndecodable(OrderState* state) {
  RawFinding finding;
  finding.outcome = v1::OUTCOME_HOLD;
  finding.origin = absl::StrCat("the order's bytes cannot be decoded: ", state->undecodable);
  finding.origin_zh = absl::StrCat("订单数据无法解码：", state->undecodable);
  state->findings.push_back(std::move(finding));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Session>> Session::Open(std::shared_ptr<const CompiledRulebook> book,
                                                       std::shared_ptr<const Snapshot> snapshot,
                                                       const SessionOptions& options) {
  if (!book->review.exists)
    return absl::FailedPreconditionError("the rulebook has no review section: it reviews no orders");
  if (options.threads < 1 || options.threads > 64) {
    return absl::InvalidArgumentError(absl::StrCat("threads must be 1 to 64: ", options.threads));
  }
  return std::unique_ptr<Session>(new Session(std::move(book), std::move(snapshot), options));
}

absl::Status Session::Add(absl::Span<const absl::string_view> orders) {
  for (absl::string_view bytes : orders) {
    if (!known_.emplace(bytes).second) continue;
    orders_.push_back({std::string(bytes), false, false, {}});
    is_current_ = false;
  }
  return absl::OkStatus();
}

absl::Status Session::Release(absl::string_view release) {
  releases_.emplace_back(release);
  is_current_ = false;
  return absl::OkStatus();
}

absl::Status Session::Withdraw(absl::string_view order_id) {
  for (size_t i = 0; i < orders_.size(); ++i) {
    if (orders_[i].decision.order_id() != order_id) continue;
    if (orders_[i].committed) {
      return absl::FailedPreconditionError(absl::StrCat("the order's draws are firm: '", order_id, "'"));
    }
    ledgers_.Undo(static_cast<int64_t>(i));
    known_.erase(orders_[i].bytes);
    orders_[i].bytes.clear();
    orders_[i].decision.Clear();
    orders_[i].withdrawn = true;
    is_current_ = false;
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("the session has reviewed no order '", order_id, "'"));
}

absl::Status Session::Evaluate(const RunContext& context, absl::Span<const size_t> open,
                               std::vector<OrderState>* states) const {
  const size_t chunks = (open.size() + kChunkOrders - 1) / kChunkOrders;
  const size_t workers = std::min<size_t>(static_cast<size_t>(options_.threads), std::max<size_t>(chunks, 1));
  std::vector<absl::Status> failures(workers);
  auto work = [&](size_t worker) {
    Chunk chunk(&context);
    std::vector<absl::string_view> rows;
    for (size_t c = worker; c < chunks && failures[worker].ok(); c += workers) {
      const size_t begin = c * kChunkOrders;
      const size_t end = std::min(open.size(), begin + kChunkOrders);
      rows.clear();
      for (size_t i = begin; i < end; ++i) rows.emplace_back(orders_[open[i]].bytes);
      failures[worker] = chunk.Load(rows);
      if (!failures[worker].ok()) return;
      chunk.Compute(context.early);
      const absl::Span<OrderState> part = absl::MakeSpan(*states).subspan(begin, end - begin);
      chunk.ReadOrders(part);
      chunk.Findings(false, part);
    }
  };
  std::vector<std::thread> threads;
  // What leaves a thread ends the process: memory that runs out must not.
  auto guarded = [&](size_t worker) {
    try {
      work(worker);
    } catch (const std::exception& e) {
      failures[worker] = absl::ResourceExhaustedError(absl::StrCat("a thread of the run failed: ", e.what()));
    }
  };
  for (size_t w = 1; w < workers; ++w) threads.emplace_back(guarded, w);
  guarded(0);
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : failures) RETURN_IF_ERROR(status);
  for (OrderState& state : *states) {
    if (!state.undecodable.empty()) HoldUndecodable(&state);
  }
  return absl::OkStatus();
}

absl::Status Session::ReviewOne(Wave* wave, size_t place, Chunk* chunk) {
  const RunContext& context = *wave->context;
  const size_t order = wave->open[place];
  OrderState* state = &wave->states[place];
  v1::Decision* decision = &wave->decisions[place];
  MakeFindings(context, wave->releases, *state, decision);
  const bool stopped = WorstOf(*decision) != v1::DISPOSITION_CONFIRMED;
  if (state->undecodable.empty()) {
    const int64_t owner = static_cast<int64_t>(order);
    const absl::string_view bytes = orders_[order].bytes;
    RETURN_IF_ERROR(chunk->Load(absl::MakeConstSpan(&bytes, 1)));
    ledgers_.DrawOrder(context, owner, chunk, state);
    chunk->Compute(context.late);
    chunk->Findings(true, absl::MakeSpan(state, 1));
    state->confirmed_amount = chunk->Text(book_->review.confirmed_amount, 0);
    decision->Clear();
    MakeFindings(context, wave->releases, *state, decision);
    const bool keeps =
        !stopped && WorstOf(*decision) == v1::DISPOSITION_CONFIRMED && options_.checkpoint != v1::CHECKPOINT_ENTRY;
    if (!keeps) ledgers_.Undo(owner);
  }
  FinishDecision(context, *state, decision);
  return absl::OkStatus();
}

absl::Status Session::DrawInOrder(Wave* wave) {
  const std::vector<OrderState>& states = wave->states;
  std::vector<size_t> queue(states.size());
  for (size_t i = 0; i < queue.size(); ++i) queue[i] = i;
  std::sort(queue.begin(), queue.end(), [&](size_t a, size_t b) { return IsBefore(states[a], states[b]); });
  Chunk chunk(wave->context.get());
  int64_t place = 0;
  for (size_t i : queue) {
    RETURN_IF_ERROR(ReviewOne(wave, i, &chunk));
    v1::Decision* decision = &wave->decisions[i];
    decision->set_priority(++place);
    const OrderState& state = states[i];
    if (wave->explanation == nullptr || state.id != wave->explain_id) continue;
    wave->explanation->Clear();
    if (state.undecodable.empty()) Explain(*wave->context, state, &chunk, wave->explanation);
    *wave->explanation->mutable_decision() = *decision;
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RunResult> Session::RunWave() { return Run("", nullptr); }

absl::StatusOr<v1::Explanation> Session::ExplainOrder(absl::string_view order_id) {
  v1::Explanation explanation;
  absl::StatusOr<v1::RunResult> result = Run(order_id, &explanation);
  if (!result.ok()) return result.status();
  if (!explanation.has_decision()) {
    return absl::NotFoundError(absl::StrCat("no order under review has this id: '", order_id, "'"));
  }
  return explanation;
}

absl::StatusOr<v1::RunResult> Session::Run(absl::string_view explain_id, v1::Explanation* explanation) {
  auto batch = std::make_shared<RowBytes>();
  std::vector<size_t> all;
  for (size_t i = 0; i < orders_.size(); ++i) {
    if (!orders_[i].withdrawn) all.push_back(i);
  }
  // The order in which rows were added must leave no trace.
  std::sort(all.begin(), all.end(), [&](size_t a, size_t b) { return orders_[a].bytes < orders_[b].bytes; });
  Wave wave;
  wave.explain_id = explain_id;
  wave.explanation = explanation;
  std::copy_if(all.begin(), all.end(), std::back_inserter(wave.open), [&](size_t i) { return !orders_[i].committed; });
  std::unique_ptr<google::protobuf::Message> probe(book_->schema->Prototype(*book_->program().batch.message).New());
  for (size_t i : all) {
    const std::string& bytes = orders_[i].bytes;
    if (book_->batch_dataset >= 0 && probe->ParseFromString(bytes)) batch->Add(bytes);
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> snapshot, WithBatch(*book_, *base_, batch));
  ASSIGN_OR_RETURN(wave.context, NewRunContext(book_, snapshot, options_.checkpoint, options_.now));
  ASSIGN_OR_RETURN(wave.releases, ReleaseBook::Create(*wave.context, releases_));
  wave.states.resize(wave.open.size());
  wave.decisions.resize(wave.open.size());
  RETURN_IF_ERROR(Evaluate(*wave.context, wave.open, &wave.states));
  ledgers_.WithdrawProposed();
  is_current_ = false;
  absl::Status drawn = DrawInOrder(&wave);
  if (!drawn.ok()) {
    ledgers_.WithdrawProposed();
    return drawn;
  }
  for (size_t i = 0; i < wave.open.size(); ++i) orders_[wave.open[i]].decision = std::move(wave.decisions[i]);
  is_current_ = true;
  return ResultOf(wave, all);
}

v1::RunResult Session::ResultOf(const Wave& wave, absl::Span<const size_t> reported) const {
  std::vector<size_t> order(reported.begin(), reported.end());
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
  AddDayTables(*wave.context, ledgers_, &result);
  return result;
}

absl::Status Session::Commit() {
  if (!is_current_) return absl::FailedPreconditionError("orders or releases came since the last run: run first");
  std::vector<int64_t> orders;
  for (size_t i = 0; i < orders_.size(); ++i) {
    const v1::Disposition disposition = orders_[i].decision.disposition();
    const bool decided = disposition == v1::DISPOSITION_CONFIRMED || disposition == v1::DISPOSITION_PARTIAL;
    if (orders_[i].committed || !decided) continue;
    orders_[i].committed = true;
    orders.push_back(static_cast<int64_t>(i));
  }
  ledgers_.Commit(orders);
  return absl::OkStatus();
}

}  // namespace assay
