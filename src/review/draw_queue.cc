// The draws of a run: order by order in priority, or class by class where stock is shared fairly. Entry point:
// Session::DrawInOrder.
#include <algorithm>
#include <iterator>

#include "base/status_macros.h"
#include "evaluate/chunk_run.h"
#include "evaluate/explain.h"
#include "evaluate/findings.h"
#include "review/decide.h"
#include "review/draw_and_find.h"
#include "review/escalation.h"
#include "review/order_queue.h"
#include "review/prepared_orders.h"
#include "review/read_orders.h"
#include "review/session.h"

namespace assay {
namespace {

// A class is shared anew where some of it could not use its share; what is left over then goes by priority.
constexpr int kMaxRounds = 4;

}  // namespace

// True if anything stays drawn for the order, which the chunk holds, loaded, unless it is not judged.
absl::StatusOr<bool> Session::ReviewOne(Wave* wave, size_t place, Chunk* chunk) {
  const RunContext& context = *wave->context;
  const Order& order = orders_[wave->open[place]];
  OrderState* state = &wave->states[place];
  v1::Decision decision;
  const auto owner = static_cast<int64_t>(wave->open[place]);
  bool is_drawn = false;
  ledgers_->ForgetAsked();
  MakeFindings(context, wave->releases, *state, &decision);
  const bool stopped = WorstOf(decision) != v1::DISPOSITION_CONFIRMED;
  if (state->row_error.empty()) {
    bool are_settled = false;
    RETURN_IF_ERROR(
        DrawAndFind(context, wave->releases, order.bytes, owner, ledgers_.get(), chunk, state, &are_settled));
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
    decision.Clear();
    MakeFindings(context, wave->releases, *state, &decision);
    const v1::Disposition worst = WorstOf(decision);
    is_drawn = !stopped && worst == v1::DISPOSITION_CONFIRMED && options_.checkpoint != v1::CHECKPOINT_ENTRY;
    if (!is_drawn) is_drawn = KeepHeld(*wave, place, worst, *chunk);
  }
  FinishDecision(context, *state, &decision);
  if (is_drawn && decision.disposition() == v1::DISPOSITION_REJECTED) {  // nothing of it is left to go
    ledgers_->Undo(owner);
    is_drawn = false;
  }
  decision.set_priority(wave->ranks[place]);
  if (Follows(*wave)) wave->part.asked[place] = ledgers_->asked();
  if (decision.holds_size() > 0) {
    RETURN_IF_ERROR(CarryHolds(context, order.bytes, order.decision.Message(), &decision));
  }
  wave->decisions[place] = KeptDecision(std::move(decision), wave->provenance);
  RETURN_IF_ERROR(TellWhy(wave, place, chunk));
  return is_drawn;
}

// Gives back what an order drew that does not go, but for what is kept for it while it is held; true if anything is.
bool Session::KeepHeld(const Wave& wave, size_t place, v1::Disposition worst, const Chunk& chunk) {
  const Order& order = orders_[wave.open[place]];
  const auto owner = static_cast<int64_t>(wave.open[place]);
  const bool may_keep = worst == v1::DISPOSITION_HELD && options_.checkpoint != v1::CHECKPOINT_ENTRY &&
                        order.standing == Standing::kStands && wave.states[place].row_error.empty();
  // What an order has given up for a change stays its own while the change is held.
  if (may_keep && order.amends) return true;
  if (may_keep) return ledgers_->UndoHeld(owner, chunk);
  ledgers_->Undo(owner);
  return false;
}

// Who drew: an order that this wave decides has no decision of its own yet, or one of an earlier run.
OwnerName Session::NameOf(const Wave& wave, const DrawOwner& owner, bool of_lines) const {
  const auto index = static_cast<size_t>(owner.order);
  OwnerName name = {orders_[index].id, ""};
  const auto open = std::find(wave.open.begin(), wave.open.end(), index);
  const KeptDecision& kept =
      open == wave.open.end() ? orders_[index].decision : wave.decisions[static_cast<size_t>(open - wave.open.begin())];
  const auto row = static_cast<int>(owner.row);
  if (!of_lines) return name;
  const v1::Decision decision = kept.Message();
  if (row < decision.lines_size()) name.line = decision.lines(row).line_id();
  return name;
}

// Of several orders of the id asked for, the one that stands.
absl::Status Session::TellWhy(Wave* wave, size_t place, Chunk* chunk) const {
  const OrderState& state = wave->states[place];
  if (wave->explanation == nullptr || state.id != wave->explain_id) return absl::OkStatus();
  const bool stands = orders_[wave->open[place]].standing == Standing::kStands;
  if (wave->explanation->has_decision() && !stands) return absl::OkStatus();
  wave->explanation->Clear();
  if (state.row_error.empty()) {
    v1::Explanation* const out = wave->explanation;
    RETURN_IF_ERROR(Explain(state, chunk, out->mutable_verdicts(), out->mutable_variables()));
    const auto name_of = [&](const DrawOwner& owner, bool of_lines) { return NameOf(*wave, owner, of_lines); };
    ExplainLedgers(*ledgers_, state, *chunk, name_of, wave->explanation);
  }
  *wave->explanation->mutable_decision() = wave->decisions[place].Message();
  return absl::OkStatus();
}

absl::Status Session::DrawInOrder(Wave* wave) {
  const std::vector<size_t> queue = QueueOf(wave->states);
  wave->ranks.assign(queue.size(), 0);
  for (size_t i = 0; i < queue.size(); ++i) wave->ranks[queue[i]] = static_cast<int64_t>(i) + 1;
  ledgers_->shares().Clear();
  if (!wave->shares_fairly) {
    std::vector<size_t> reviewed;
    std::copy_if(queue.begin(), queue.end(), std::back_inserter(reviewed),
                 [wave](size_t place) { return wave->part.is_reviewed[place]; });
    return DrawInTurn(wave, reviewed);
  }
  Chunk chunk(wave->context.get());
  const auto keys = size_t{book_->proto.review().class_keys()};
  for (const absl::Span<const size_t> places : ClassesOf(queue, wave->states, keys)) {
    if (places.size() == 1) {
      RETURN_IF_ERROR(LoadInto(*wave, places[0], &chunk));
      RETURN_IF_ERROR(ReviewOne(wave, places[0], &chunk).status());
    } else {
      RETURN_IF_ERROR(DrawClass(wave, places, &chunk));
    }
    for (const size_t place : places) wave->states[place] = HeadOf(wave->states[place]);
    ledgers_->shares().Clear();
  }
  return absl::OkStatus();
}

// The order alone, as ReviewOne takes it; one that is not judged is not read again.
absl::Status Session::LoadInto(const Wave& wave, size_t place, Chunk* chunk) const {
  if (!wave.states[place].row_error.empty()) return absl::OkStatus();
  const absl::string_view bytes = orders_[wave.open[place]].bytes;
  return chunk->Load(absl::MakeConstSpan(&bytes, 1));
}

absl::Status Session::DrawInTurn(Wave* wave, absl::Span<const size_t> places) {
  std::vector<absl::string_view> orders;
  for (const size_t place : places) {
    if (wave->states[place].row_error.empty()) orders.emplace_back(orders_[wave->open[place]].bytes);
  }
  PreparedOrders prepared(wave->context.get(), std::move(orders), ThreadsOf(*wave));
  for (const size_t place : places) {
    Chunk* chunk = nullptr;
    if (wave->states[place].row_error.empty()) {
      ASSIGN_OR_RETURN(chunk, prepared.Next());
    }
    RETURN_IF_ERROR(ReviewOne(wave, place, chunk).status());
    wave->states[place] = HeadOf(wave->states[place]);  // what it drew is in its decision
  }
  return absl::OkStatus();
}

// First each order alone, for what it could use; then all in turn, within their shares of that. An order that does not
// go with its share is decided so, and the others share anew.
absl::Status Session::DrawClass(Wave* wave, absl::Span<const size_t> places, Chunk* chunk) {
  ClassShares& shares = ledgers_->shares();
  std::vector<OrderState> before;
  std::vector<size_t> open(places.begin(), places.end());
  for (const size_t place : places) {
    before.push_back(wave->states[place]);
    const auto owner = static_cast<int64_t>(wave->open[place]);
    RETURN_IF_ERROR(LoadInto(*wave, place, chunk));
    ASSIGN_OR_RETURN(const bool is_drawn, ReviewOne(wave, place, chunk));
    if (!is_drawn) shares.Drop(owner);
    ledgers_->Undo(owner);
    wave->states[place] = before.back();
  }
  for (int round = 1; !open.empty(); ++round) {
    std::vector<int64_t> queue;
    queue.reserve(open.size());
    for (const size_t place : open) queue.push_back(static_cast<int64_t>(wave->open[place]));
    RETURN_IF_ERROR(shares.Divide(queue));
    std::vector<size_t> left;
    std::vector<OrderState> left_before;
    bool is_unused = false;
    for (size_t i = 0; i < open.size(); ++i) {
      const size_t place = open[i];
      left_before.push_back(before[i]);
      shares.Begin(queue[i]);
      RETURN_IF_ERROR(LoadInto(*wave, place, chunk));
      ASSIGN_OR_RETURN(const bool is_drawn, ReviewOne(wave, place, chunk));
      if (shares.Settle(queue[i], is_drawn)) is_unused = true;
      if (!is_drawn) {
        left_before.pop_back();
      } else {
        left.push_back(place);
      }
    }
    if (!is_unused || round == kMaxRounds) return absl::OkStatus();
    for (size_t i = 0; i < left.size(); ++i) {
      ledgers_->Withdraw(static_cast<int64_t>(wave->open[left[i]]));
      wave->states[left[i]] = left_before[i];
    }
    open = std::move(left);
    before = std::move(left_before);
  }
  return absl::OkStatus();
}

}  // namespace assay
