// Entry points: ReadOrders, HoldUnknownQuantities, HoldDueFrom.
#include "review/read_orders.h"

#include "base/status_macros.h"

namespace assay {
namespace {

void ReadLines(const Chunk& chunk, int32_t row, OrderState* state) {
  const CompiledReview& review = chunk.context().book->review;
  const auto [begin, end] = chunk.RowsOf(review.lines, row);
  state->lines.reserve(static_cast<size_t>(end - begin));
  for (int32_t i = begin; i < end; ++i) {
    LineState line;
    line.id = chunk.Text(review.line_id, i);
    line.product = chunk.Text(review.product, i);
    line.product_line = chunk.Text(review.product_line, i);
    line.warehouse = chunk.Text(review.warehouse, i);
    line.known = chunk.Error(review.quantity, i) == 0;
    line.quantity = chunk.Number(review.quantity, i);
    line.cut.scale = line.quantity.scale;
    state->lines.push_back(std::move(line));
  }
}

// Whether the day lies in [from, until] of a row; a bound that cannot be read is none within which it lies.
bool IsInForce(const CompiledExemptions& own, const Chunk& chunk, int32_t i) {
  const int32_t day = chunk.context().run_day;
  const auto is_open = [&](const PlannedValue& bound) {
    const ErrorCode error = chunk.Error(bound, i);
    return error != 0 && chunk.KindOf(error) == ErrorKind::kAbsent;
  };
  const auto is_known = [&](const PlannedValue& bound) { return chunk.Error(bound, i) == 0; };
  return (is_open(own.valid_from) || (is_known(own.valid_from) && chunk.Day(own.valid_from, i) <= day)) &&
         (is_open(own.valid_until) || (is_known(own.valid_until) && day <= chunk.Day(own.valid_until, i)));
}

// A list that cannot be had exempts from nothing.
void ReadExemptions(const Chunk& chunk, int32_t row, OrderState* state) {
  const CompiledExemptions& own = chunk.context().book->review.own_exemptions;
  if (!own.exists) return;
  const LevelRows& rows = chunk.level(own.level);
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (!IsInForce(own, chunk, i)) continue;
    state->exemptions.push_back({chunk.Text(own.rule, i), chunk.Text(own.partner, i), chunk.Text(own.order, i),
                                 chunk.Text(own.line, i), chunk.Text(own.product, i), chunk.Text(own.product_line, i),
                                 chunk.Text(own.actor, i)});
  }
}

void ReadHoldDue(const Chunk& chunk, int32_t row, OrderState* state) {
  const PlannedValue& due = chunk.context().book->review.hold_due;
  if (!due.exists()) return;
  const ErrorCode error = chunk.Error(due, row);
  if (error != 0) return chunk.AddUnevaluable(error, "review.hold_due", v1::OUTCOME_NOTE, 0, row, state);
  state->hold_due = chunk.Time(due, row);
}

// What is unknown, or no outcome of this kind, holds.
void ReadOverFirm(const Chunk& chunk, int32_t row, OrderState* state) {
  const CompiledReview& review = chunk.context().book->review;
  const std::string outcome = chunk.Text(review.firm_outcome, row);
  if (outcome == "NOTE") state->firm_outcome = v1::OUTCOME_NOTE;
  if (outcome == "REJECT") state->firm_outcome = v1::OUTCOME_REJECT;
  state->firm_reason = chunk.Text(review.firm_reason_by, row);
}

void ReadOrder(const Chunk& chunk, int32_t row, OrderState* state) {
  const CompiledReview& review = chunk.context().book->review;
  state->id = chunk.Text(review.id, row);
  state->revision = chunk.Text(review.revision, row);
  state->partner = chunk.Text(review.partner, row);
  state->district = chunk.Text(review.district, row);
  state->currency = chunk.Text(review.currency, row);
  state->submitter = chunk.Text(review.submitter, row);
  state->amount = chunk.Text(review.amount, row);
  for (const PlannedValue& value : review.priority) state->priority.push_back(chunk.KeyAt(value, row));
  state->rising = chunk.KeyAt(review.revision, row);
  ReadOverFirm(chunk, row, state);
  if (review.lines >= 0) ReadLines(chunk, row, state);
  ReadExemptions(chunk, row, state);
  ReadHoldDue(chunk, row, state);
}

}  // namespace

std::vector<RowState*> RowsOf(absl::Span<OrderState> states) {
  std::vector<RowState*> rows;
  rows.reserve(states.size());
  for (OrderState& state : states) rows.push_back(&state);
  return rows;
}

void ReadOrders(const Chunk& chunk, absl::Span<OrderState> states) {
  chunk.ReadRows(RowsOf(states));
  for (size_t i = 0; i < states.size(); ++i) ReadOrder(chunk, static_cast<int32_t>(i), &states[i]);
}

void HoldUnknownQuantities(const Chunk& chunk, absl::Span<OrderState> states) {
  const CompiledReview& review = chunk.context().book->review;
  if (review.lines < 0) return;
  for (size_t order = 0; order < states.size(); ++order) {
    if (!states[order].row_error.empty()) continue;
    const auto [begin, end] = chunk.RowsOf(review.lines, static_cast<int32_t>(order));
    for (int32_t row = begin; row < end; ++row) {
      const ErrorCode error = chunk.Error(review.quantity, row);
      if (error == 0) continue;
      chunk.AddUnevaluable(error, "review.quantity", v1::OUTCOME_HOLD, review.lines, row, &states[order]);
    }
  }
}

void RestoreLines(OrderState* state) {
  std::vector<LineState> lines(state->lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    LineState& line = state->lines[i];
    lines[i].id = std::move(line.id);
    lines[i].product = std::move(line.product);
    lines[i].product_line = std::move(line.product_line);
    lines[i].warehouse = std::move(line.warehouse);
    lines[i].quantity = line.quantity;
    lines[i].known = line.known;
    lines[i].cut.scale = line.quantity.scale;
  }
  state->lines = std::move(lines);
}

void SetCuts(OrderState* state) {
  for (RawFinding& finding : state->findings) {
    if (finding.outcome != v1::OUTCOME_CUT) continue;
    const bool is_part = !finding.cut.empty();
    finding.cut.clear();
    if (finding.line < 0 || finding.observed) continue;
    const Decimal& whole = state->lines[static_cast<size_t>(finding.line)].quantity;
    if (!is_part || Compare(finding.cut_quantity, whole) > 0) finding.cut_quantity = whole;
    finding.cut = FormatTrimmed(finding.cut_quantity);
  }
}

absl::StatusOr<std::optional<Timestamp>> HoldDueFrom(absl::string_view order, const Timestamp& opened, Chunk* chunk) {
  const RunContext& context = chunk->context();
  const PlannedValue& due = context.book->review.hold_due;
  RETURN_IF_ERROR(chunk->Load(absl::MakeConstSpan(&order, 1)));
  const int now = context.book->now_input;
  if (now >= 0) chunk->frame().inputs[now] = {Physical::kTimestamp, &opened, nullptr, 1};
  chunk->Compute(context.needs->hold_due);
  if (!due.exists() || chunk->is_over_budget() || chunk->Error(due, 0) != 0) return std::nullopt;
  return chunk->Time(due, 0);
}

}  // namespace assay
