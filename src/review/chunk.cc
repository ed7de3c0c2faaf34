// Orders in columns: reading their own values and making findings. Entry points:
// Chunk::Load, ReadOrder, Findings.
#include "review/chunk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "calendar/zone.h"
#include "exec/value_text.h"
#include "review/fault_words.h"

namespace assay {

Chunk::Chunk(const RunContext* context)
    : context_(context),
      decoder_(context->book->program().batch.projection),
      columns_(context->book->program().batch.projection->NewColumns()),
      arena_(size_t{1} << 16) {}

absl::Status Chunk::Load(absl::Span<const absl::string_view> orders) {
  arena_.Reset();
  orders_.assign(orders.begin(), orders.end());
  const Limits& limits = context_->book->program().limits;
  RETURN_IF_ERROR(decoder_.Decode(orders, limits, &columns_));
  BeginRun(*context_->book->executable, &columns_, context_->reference.get(), &arena_, &columns_.errors(), &frame_);
  // No more than one of them alone may: so none of them is over its own budget where all together are not.
  if (orders.size() > 1) frame_.cost_left = std::min(limits.max_chunk_cost, limits.max_row_cost);
  std::copy(context_->inputs.begin(), context_->inputs.end(), frame_.inputs.begin());
  return absl::OkStatus();
}

ErrorCode Chunk::Error(const PlannedValue& value, int32_t row) const {
  return value.exists() ? column(value.node).error(Place(value.node, row)) : 0;
}

bool Chunk::Flag(const PlannedValue& value, int32_t row, bool absent) const {
  if (!value.exists()) return absent;
  const size_t at = Place(value.node, row);
  return column(value.node).error(at) == 0 && static_cast<const uint8_t*>(column(value.node).data)[at] != 0;
}

std::string Chunk::Text(const PlannedValue& value, int32_t row) const {
  if (!value.exists() || Error(value, row) != 0) return "";
  const size_t at = Place(value.node, row);
  if (value.type->is(TypeKind::kInt) && value.type->enum_type != nullptr) {
    return EnumShortName(*value.type->enum_type, static_cast<const int64_t*>(column(value.node).data)[at]);
  }
  return ValueText(column(value.node), at, context_->book->program().nodes[value.node].scale);
}

Decimal Chunk::Number(const PlannedValue& value, int32_t row) const {
  if (!value.exists() || Error(value, row) != 0) return {};
  const Vector& values = column(value.node);
  const size_t at = Place(value.node, row);
  const int scale = context_->book->program().nodes[value.node].scale;
  switch (values.type) {
    case Physical::kDecimal128:
      return {static_cast<const int128*>(values.data)[at], scale};
    case Physical::kUint64:
      return DecimalFromUint64(static_cast<const uint64_t*>(values.data)[at]);
    case Physical::kTimestamp: {
      const Timestamp& time = static_cast<const Timestamp*>(values.data)[at];
      return {static_cast<int128>(time.seconds) * kNanosPerSecond + time.nanos, 9};
    }
    case Physical::kDate:
      return DecimalFromInt64(static_cast<const int32_t*>(values.data)[at]);
    case Physical::kBool:
      return DecimalFromInt64(static_cast<const uint8_t*>(values.data)[at]);
    default:
      return {static_cast<const int64_t*>(values.data)[at], scale};
  }
}

SortKey Chunk::KeyAt(const PlannedValue& value, int32_t row) const {
  SortKey key;
  key.missing = !value.exists() || Error(value, row) != 0;
  if (key.missing) return key;
  const bool is_text = value.type->is(TypeKind::kString) || value.type->is(TypeKind::kBytes);
  if (is_text) key.text = Text(value, row);
  if (!is_text) key.number = Number(value, row);
  return key;
}

int32_t Chunk::Day(const PlannedValue& value, int32_t row) const {
  return static_cast<const int32_t*>(column(value.node).data)[Place(value.node, row)];
}

void Chunk::ReadOrders(absl::Span<OrderState> states) {
  for (const RowError& error : columns_.row_errors()) {
    // Its id cannot be read: the sender finds it by the digest of its bytes.
    const std::string digest = Sha256Hex(orders_[static_cast<size_t>(error.row)]).substr(0, 12);
    states[error.row].row_error =
        absl::StrCat("the order's bytes (SHA-256 ", digest, "…) cannot be decoded: ", error.reason);
    states[error.row].row_error_zh =
        absl::StrCat("订单数据（SHA-256 ", digest, "…）无法解码：", FaultInChinese(error.reason));
  }
  for (size_t i = 0; i < states.size(); ++i) {
    states[i].bytes_digest = Sha256Hex(orders_[i]);
    ReadOrder(static_cast<int32_t>(i), &states[i]);
  }
}

int32_t Chunk::AsOfDay(int32_t row) const {
  const PlannedValue& as_of = context_->book->as_of;
  if (!as_of.exists() || Error(as_of, row) != 0) return context_->run_day;
  if (as_of.type->is(TypeKind::kDate)) return Day(as_of, row);
  if (!as_of.type->is(TypeKind::kTimestamp)) return context_->run_day;
  return context_->zone.Local(static_cast<const Timestamp*>(column(as_of.node).data)[Place(as_of.node, row)]).day;
}

void Chunk::ReadOrder(int32_t row, OrderState* state) {
  const CompiledRulebook& book = *context_->book;
  const CompiledReview& review = book.review;
  state->id = Text(review.id, row);
  state->revision = Text(review.revision, row);
  state->partner = Text(review.partner, row);
  state->district = Text(review.district, row);
  state->currency = Text(review.currency, row);
  state->submitter = Text(review.submitter, row);
  state->amount = Text(review.amount, row);
  for (const PlannedValue& value : review.priority) state->priority.push_back(KeyAt(value, row));
  state->rising = KeyAt(review.revision, row);
  state->as_of_day = AsOfDay(row);
  state->applicable.assign(book.rules.size(), true);
  state->instead.assign(book.rules.size(), v1::OUTCOME_UNSPECIFIED);
  for (const CompiledApplicability& entry : book.applicability) {
    const bool holds = Flag(entry.when, row, true);
    for (size_t r = 0; r < book.rules.size(); ++r) {
      if (!entry.rules[r]) continue;
      if (entry.outcome == v1::OUTCOME_UNSPECIFIED) state->applicable[r] = state->applicable[r] && holds;
      if (entry.outcome != v1::OUTCOME_UNSPECIFIED && holds) state->instead[r] = entry.outcome;
    }
  }
  if (review.lines >= 0) ReadLines(row, state);
  ReadHoldDue(row, state);
}

void Chunk::ReadHoldDue(int32_t row, OrderState* state) {
  const PlannedValue& due = context_->book->review.hold_due;
  if (!due.exists()) return;
  const ErrorCode error = Error(due, row);
  if (error != 0) return AddUnevaluable(error, "review.hold_due", v1::OUTCOME_NOTE, -1, state);
  state->hold_due = static_cast<const Timestamp*>(column(due.node).data)[Place(due.node, row)];
}

absl::StatusOr<std::optional<Timestamp>> Chunk::HoldDueFrom(absl::string_view order, const Timestamp& opened) {
  const PlannedValue& due = context_->book->review.hold_due;
  RETURN_IF_ERROR(Load(absl::MakeConstSpan(&order, 1)));
  const int now = context_->book->now_input;
  if (now >= 0) frame_.inputs[now] = {Physical::kTimestamp, &opened, nullptr, 1};
  Compute(context_->needs->hold_due);
  if (!due.exists() || is_over_budget() || Error(due, 0) != 0) return std::nullopt;
  return static_cast<const Timestamp*>(column(due.node).data)[0];
}

void Chunk::ReadLines(int32_t row, OrderState* state) {
  const CompiledRulebook& book = *context_->book;
  const CompiledReview& review = book.review;
  const LevelRows& lines = frame_.levels[book.level_ids[review.lines]];
  for (int32_t i = lines.begin[row]; i < lines.begin[row + 1]; ++i) {
    LineState line;
    line.id = Text(review.line_id, i);
    line.product = Text(review.product, i);
    line.warehouse = Text(review.warehouse, i);
    line.known = Error(review.quantity, i) == 0;
    line.quantity = Number(review.quantity, i);
    line.cut.scale = line.quantity.scale;
    state->lines.push_back(std::move(line));
  }
}

void Chunk::HoldUnknownQuantities(absl::Span<OrderState> states) {
  const CompiledReview& review = context_->book->review;
  if (review.lines < 0) return;
  const LevelRows& lines = frame_.levels[context_->book->level_ids[review.lines]];
  for (size_t row = 0; row < states.size(); ++row) {
    OrderState& state = states[row];
    for (size_t i = 0; i < state.lines.size() && state.row_error.empty(); ++i) {
      const ErrorCode error = Error(review.quantity, lines.begin[row] + static_cast<int32_t>(i));
      if (error == 0) continue;
      AddUnevaluable(error, "review.quantity", v1::OUTCOME_HOLD, static_cast<int32_t>(i), &state);
    }
  }
}

int32_t Chunk::OrderOf(int level, int32_t row) const {
  const Program& program = context_->book->program();
  for (LevelId at = context_->book->level_ids[level]; program.levels[at].parent != kConstantLevel;
       at = program.levels[at].parent) {
    row = frame_.levels[at].parent[row];
  }
  return row;
}

int32_t Chunk::LineOf(int level, int32_t row, int32_t order) const {
  if (level != context_->book->review.lines) return -1;
  return row - frame_.levels[context_->book->level_ids[level]].begin[order];
}

void Chunk::Findings(bool late, absl::Span<OrderState> states) {
  for (size_t r = 0; r < context_->book->rules.size(); ++r) {
    if (is_over_budget()) return;
    const CompiledRule& rule = context_->book->rules[r];
    if ((rule.stage > 0) == late && !rule.is_indexed) RuleFindings(static_cast<int>(r), states);
  }
  for (const RuleIndex& index : context_->book->rule_indexes) {
    if (!late && !is_over_budget()) IndexedFindings(index, states);
  }
}

// What keeps the rule from being judged; 0 where nothing does.
ErrorCode Chunk::RuleError(const CompiledRule& rule, int32_t row) const {
  const ErrorCode when_error = Error(rule.when, row);
  if (when_error != 0) return when_error;
  return Flag(rule.when, row, true) ? Error(rule.condition, row) : 0;
}

bool Chunk::IsAsked(int rule, const OrderState& state) const {
  const CompiledRule& compiled = context_->book->rules[static_cast<size_t>(rule)];
  const bool is_in_force = compiled.effective_from <= state.as_of_day && state.as_of_day <= compiled.effective_to;
  return !context_->off[static_cast<size_t>(rule)] && is_in_force && state.applicable[static_cast<size_t>(rule)];
}

Chunk::Verdict Chunk::VerdictOf(int rule, int32_t row, const OrderState& state) const {
  const CompiledRule& compiled = context_->book->rules[rule];
  if (context_->off[rule]) return Verdict::kOff;
  if (state.as_of_day < compiled.effective_from || compiled.effective_to < state.as_of_day) return Verdict::kNotInForce;
  if (!state.applicable[rule]) return Verdict::kNotApplicable;
  if (RuleError(compiled, row) != 0) return Verdict::kUnevaluable;
  if (!Flag(compiled.when, row, true)) return Verdict::kNotConsidered;
  return Flag(compiled.condition, row, true) ? Verdict::kFired : Verdict::kNotFired;
}

void Chunk::RuleFindings(int rule, absl::Span<OrderState> states) {
  const CompiledRule& compiled = context_->book->rules[rule];
  if (context_->off[rule]) return;
  const int32_t rows = size(context_->book->level_ids[compiled.level]);
  for (int32_t row = 0; row < rows; ++row) {
    const ErrorCode error = RuleError(compiled, row);
    // Most rows end here, before anything is asked of their order.
    if (error == 0 && !(Flag(compiled.when, row, true) && Flag(compiled.condition, row, true))) continue;
    const int32_t order = OrderOf(compiled.level, row);
    OrderState& state = states[order];
    if (!state.row_error.empty()) continue;
    const Verdict verdict = VerdictOf(rule, row, state);
    if (verdict == Verdict::kFired) RowFinding(rule, row, order, &state);
    if (is_over_budget()) return;  // its rows are gone
    if (verdict == Verdict::kUnevaluable) {
      const v1::Outcome outcome = OutcomeOnError(rule, row, state);
      AddUnevaluable(error, compiled.proto->id(), outcome, LineOf(compiled.level, row, order), &state);
    }
  }
}

v1::Outcome Chunk::OutcomeFor(int rule, int32_t row, const OrderState& state) const {
  const CompiledRule& compiled = context_->book->rules[rule];
  if (state.instead[rule] != v1::OUTCOME_UNSPECIFIED) return state.instead[rule];
  v1::Outcome outcome = context_->outcomes[rule];
  const bool by_row = compiled.outcome_by.exists() && !compiled.proto->at().contains(context_->checkpoint_name);
  if (by_row && !v1::Outcome_Parse("OUTCOME_" + Text(compiled.outcome_by, row), &outcome)) return v1::OUTCOME_HOLD;
  return outcome;
}

// Where a value cannot be had: what only notes stays a note.
v1::Outcome Chunk::OutcomeOnError(int rule, int32_t row, const OrderState& state) const {
  const v1::Rule& proto = *context_->book->rules[rule].proto;
  if (proto.mode() == v1::MODE_OBSERVE || state.instead[rule] == v1::OUTCOME_NOTE) return v1::OUTCOME_NOTE;
  if (proto.on_error() != v1::OUTCOME_UNSPECIFIED) return proto.on_error();
  return OutcomeFor(rule, row, state) == v1::OUTCOME_NOTE ? v1::OUTCOME_NOTE : v1::OUTCOME_HOLD;
}

void Chunk::RowFinding(int rule, int32_t row, int32_t order, OrderState* state) {
  const CompiledRule& compiled = context_->book->rules[rule];
  Compute(context_->needs->details[rule]);
  if (is_over_budget()) return;
  RawFinding finding;
  finding.rule = rule;
  finding.outcome = OutcomeFor(rule, row, *state);
  finding.line = LineOf(compiled.level, row, order);
  if (finding.line >= 0) finding.line_id = state->lines[finding.line].id;
  finding.reason = compiled.reason_by.exists() ? Text(compiled.reason_by, row) : compiled.proto->reason();
  finding.observed = compiled.proto->mode() == v1::MODE_OBSERVE;
  finding.expected = Text(compiled.expected, row);
  finding.actual = Text(compiled.actual, row);
  finding.difference = Text(compiled.difference, row);
  finding.masked = compiled.expected.sensitive || compiled.actual.sensitive;
  for (const auto& [name, value] : compiled.values) {
    finding.values[name] = value.sensitive ? "***" : Text(value, row);
  }
  if (finding.outcome == v1::OUTCOME_CUT && finding.line >= 0 && !finding.observed) {
    const LineState& line = state->lines[finding.line];
    const bool part = compiled.cut.exists() && Error(compiled.cut, row) == 0;
    finding.cut_quantity = part ? Number(compiled.cut, row) : line.quantity;
    if (Compare(finding.cut_quantity, line.quantity) > 0) finding.cut_quantity = line.quantity;
    finding.cut = FormatTrimmed(finding.cut_quantity);
  }
  state->findings.push_back(std::move(finding));
}

}  // namespace assay
