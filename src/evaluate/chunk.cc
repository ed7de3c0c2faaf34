// Rows in columns: which rules are asked of them, and what these find. Entry points: Chunk::Load, ReadRows, Findings.
#include "evaluate/chunk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "calendar/moment_text.h"
#include "evaluate/fault_words.h"
#include "exec/value_text.h"

namespace assay {

Chunk::Chunk(const RunContext* context)
    : context_(context),
      decoder_(context->book->program().batch.projection),
      columns_(context->book->program().batch.projection->NewColumns()),
      arena_(kArenaBlock) {}

absl::Status Chunk::Load(absl::Span<const absl::string_view> rows) {
  arena_.Reset();
  rows_.assign(rows.begin(), rows.end());
  const Limits& limits = context_->book->program().limits;
  RETURN_IF_ERROR(decoder_.Decode(rows, limits, &columns_));
  BeginRun(*context_->book->executable, &columns_, context_->reference.get(), &arena_, &columns_.errors(), &frame_);
  frame_.missing = context_->missing;
  // No more than one of them alone may: so none of them is over its own budget where all together are not.
  if (rows.size() > 1) frame_.cost_left = std::min(limits.max_chunk_cost, limits.max_row_cost);
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

void Chunk::ReadRows(absl::Span<RowState* const> states) const {
  for (const RowError& error : columns_.row_errors()) {
    // Its id cannot be read: the sender finds it by the digest of its bytes.
    const std::string digest = Sha256Hex(rows_[static_cast<size_t>(error.row)]).substr(0, 12);
    RowState* state = states[static_cast<size_t>(error.row)];
    state->row_error = absl::StrCat("the ", context_->row_noun.en, "'s bytes (SHA-256 ", digest,
                                    "…) cannot be decoded: ", error.reason);
    state->row_error_zh =
        absl::StrCat(context_->row_noun.zh, "数据（SHA-256 ", digest, "…）无法解码：", FaultInChinese(error.reason));
  }
  for (size_t i = 0; i < states.size(); ++i) ReadRow(static_cast<int32_t>(i), states[i]);
}

Timestamp Chunk::Time(const PlannedValue& value, int32_t row) const {
  return static_cast<const Timestamp*>(column(value.node).data)[Place(value.node, row)];
}

int32_t Chunk::AsOfDay(int32_t row) const {
  const PlannedValue& as_of = context_->book->as_of;
  if (!as_of.exists() || Error(as_of, row) != 0) return context_->run_day;
  if (as_of.type->is(TypeKind::kDate)) return Day(as_of, row);
  if (!as_of.type->is(TypeKind::kTimestamp)) return context_->run_day;
  return context_->book->zone.Local(Time(as_of, row)).day;
}

void Chunk::ReadRow(int32_t row, RowState* state) const {
  const CompiledRulebook& book = *context_->book;
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
}

int32_t Chunk::InputRowOf(int level, int32_t row) const {
  const Program& program = context_->book->program();
  for (LevelId at = context_->book->level_ids[level]; program.levels[at].parent != kConstantLevel;
       at = program.levels[at].parent) {
    row = frame_.levels[at].parent[row];
  }
  return row;
}

int32_t Chunk::FirstRow(LevelId level, int32_t input_row) const {
  const LevelId parent = context_->book->program().levels[level].parent;
  return parent == kConstantLevel ? input_row : frame_.levels[level].begin[FirstRow(parent, input_row)];
}

std::pair<int32_t, int32_t> Chunk::RowsOf(int level, int32_t input_row) const {
  const LevelId id = context_->book->level_ids[level];
  return {FirstRow(id, input_row), FirstRow(id, input_row + 1)};
}

int32_t Chunk::PlaceInRow(int level, int32_t row) const {
  if (!context_->book->row_names[level].exists) return -1;
  return row - FirstRow(context_->book->level_ids[level], InputRowOf(level, row));
}

std::string Chunk::RowName(int level, int32_t row) const {
  const RowNames& names = context_->book->row_names[level];
  if (!names.exists) return "";
  return names.id.exists() ? Text(names.id, row) : absl::StrCat(PlaceInRow(level, row) + 1);
}

void Chunk::Findings(bool late, absl::Span<RowState* const> states) {
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

bool Chunk::IsAsked(int rule, const RowState& state) const {
  const CompiledRule& compiled = context_->book->rules[static_cast<size_t>(rule)];
  const bool is_in_force = compiled.effective_from <= state.as_of_day && state.as_of_day <= compiled.effective_to;
  return !context_->off[static_cast<size_t>(rule)] && is_in_force && state.applicable[static_cast<size_t>(rule)];
}

Chunk::Verdict Chunk::VerdictOf(int rule, int32_t row, const RowState& state) const {
  const CompiledRule& compiled = context_->book->rules[rule];
  if (context_->off[rule]) return Verdict::kOff;
  if (state.as_of_day < compiled.effective_from || compiled.effective_to < state.as_of_day) return Verdict::kNotInForce;
  if (!state.applicable[rule]) return Verdict::kNotApplicable;
  if (RuleError(compiled, row) != 0) return Verdict::kUnevaluable;
  if (!Flag(compiled.when, row, true)) return Verdict::kNotConsidered;
  return Flag(compiled.condition, row, true) ? Verdict::kFired : Verdict::kNotFired;
}

void Chunk::RuleFindings(int rule, absl::Span<RowState* const> states) {
  const CompiledRule& compiled = context_->book->rules[rule];
  if (context_->off[rule]) return;
  const int32_t rows = size(context_->book->level_ids[compiled.level]);
  for (int32_t row = 0; row < rows; ++row) {
    const ErrorCode error = RuleError(compiled, row);
    // Most rows end here, before anything is asked of the input's row.
    if (error == 0 && !(Flag(compiled.when, row, true) && Flag(compiled.condition, row, true))) continue;
    RowState* state = states[static_cast<size_t>(InputRowOf(compiled.level, row))];
    if (!state->row_error.empty()) continue;
    const Verdict verdict = VerdictOf(rule, row, *state);
    if (verdict == Verdict::kFired) RowFinding(rule, row, state);
    if (is_over_budget()) return;  // its rows are gone
    if (verdict == Verdict::kUnevaluable) {
      AddUnevaluable(error, compiled.proto->id(), OutcomeOnError(rule, row, *state), compiled.level, row, state);
    }
  }
}

v1::Outcome Chunk::OutcomeFor(int rule, int32_t row, const RowState& state) const {
  const CompiledRule& compiled = context_->book->rules[rule];
  if (state.instead[rule] != v1::OUTCOME_UNSPECIFIED) return state.instead[rule];
  v1::Outcome outcome = context_->outcomes[rule];
  const bool by_row = compiled.outcome_by.exists() && !compiled.proto->at().contains(context_->checkpoint_name);
  if (by_row && !v1::Outcome_Parse("OUTCOME_" + Text(compiled.outcome_by, row), &outcome)) return v1::OUTCOME_HOLD;
  return outcome;
}

// Where a value cannot be had: what only notes stays a note.
v1::Outcome Chunk::OutcomeOnError(int rule, int32_t row, const RowState& state) const {
  const v1::Rule& proto = *context_->book->rules[rule].proto;
  if (proto.mode() == v1::MODE_OBSERVE || state.instead[rule] == v1::OUTCOME_NOTE) return v1::OUTCOME_NOTE;
  if (proto.on_error() != v1::OUTCOME_UNSPECIFIED) return proto.on_error();
  return OutcomeFor(rule, row, state) == v1::OUTCOME_NOTE ? v1::OUTCOME_NOTE : v1::OUTCOME_HOLD;
}

// Messages show moments on the clock of the rulebook's zone, and "-" where there is none.
void Chunk::ShowMoment(const std::string& name, const PlannedValue& value, int32_t row, RawFinding* finding) const {
  if (!value.exists() || value.sensitive || !value.type->is(TypeKind::kTimestamp)) return;
  finding->shown[name] = Error(value, row) != 0 ? "-" : MomentText(Time(value, row), context_->book->zone);
}

void Chunk::RowFinding(int rule, int32_t row, RowState* state) {
  const CompiledRule& compiled = context_->book->rules[rule];
  Compute(context_->needs->details[rule]);
  if (is_over_budget()) return;
  RawFinding finding;
  finding.rule = rule;
  finding.outcome = OutcomeFor(rule, row, *state);
  finding.line = PlaceInRow(compiled.level, row);
  finding.line_id = RowName(compiled.level, row);
  finding.reason = compiled.reason_by.exists() ? Text(compiled.reason_by, row) : compiled.proto->reason();
  finding.observed = compiled.proto->mode() == v1::MODE_OBSERVE;
  finding.expected = Text(compiled.expected, row);
  finding.actual = Text(compiled.actual, row);
  finding.difference = Text(compiled.difference, row);
  finding.masked = compiled.expected.sensitive || compiled.actual.sensitive;
  for (const auto& [name, value] : compiled.values) {
    finding.values[name] = value.sensitive ? "***" : Text(value, row);
    ShowMoment(name, value, row, &finding);
  }
  ShowMoment("expected", compiled.expected, row, &finding);
  ShowMoment("actual", compiled.actual, row, &finding);
  if (finding.outcome == v1::OUTCOME_CUT && compiled.cut.exists() && Error(compiled.cut, row) == 0) {
    finding.cut_quantity = Number(compiled.cut, row);
    finding.cut = FormatTrimmed(finding.cut_quantity);
  }
  if (compiled.task.exists && !finding.observed) finding.task = TaskOf(rule, row, state);
  state->findings.push_back(std::move(finding));
}

}  // namespace assay
