// Entry point: Explain.
#include "evaluate/explain.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "evaluate/explain_tables.h"

namespace assay {
namespace {

constexpr v1::RuleVerdict::Verdict kVerdicts[] = {
    // By Chunk::Verdict.
    v1::RuleVerdict::VERDICT_FIRED,
    v1::RuleVerdict::VERDICT_NOT_FIRED,
    v1::RuleVerdict::VERDICT_NOT_CONSIDERED,
    v1::RuleVerdict::VERDICT_NOT_APPLICABLE,
    v1::RuleVerdict::VERDICT_NOT_IN_FORCE,
    v1::RuleVerdict::VERDICT_UNEVALUABLE,
    v1::RuleVerdict::VERDICT_OFF,
};

// What was computed with the whole batch is computed again: the chunk holds this row alone.
void AddNodes(const CompiledRule& rule, std::vector<NodeId>* nodes) {
  nodes->push_back(rule.condition.node);
  if (rule.when.exists()) nodes->push_back(rule.when.node);
  for (const RuleTest& test : rule.tests) {
    nodes->push_back(test.result.node);
    for (const auto& [text, value] : test.reads) nodes->push_back(value.node);
    if (test.limit.has_value()) nodes->push_back(test.limit->value.node);
    if (test.limit.has_value()) nodes->push_back(test.limit->limit.node);
  }
}

// Of a ReadValue or a VariableValue.
template <typename Told>
void SetValue(const Chunk& chunk, const PlannedValue& value, int32_t row, Told* told) {
  const ErrorCode error = chunk.Error(value, row);
  told->set_is_error(error != 0);
  if (error == 0) return told->set_value(value.sensitive ? "***" : chunk.Text(value, row));
  const auto [en, zh] = chunk.Origin(error);
  told->set_value(en);
  told->set_error_zh(zh);
}

// To a TestResult or a VariableValue.
template <typename Reader>
void AddReads(const Chunk& chunk, const PlannedReads& reads, int32_t row, Reader* out) {
  for (const auto& [text, value] : reads) {
    v1::ReadValue* read = out->add_reads();
    read->set_expression(text);
    SetValue(chunk, value, row, read);
  }
}

// By how much a value must change for its test, which is true, to be false.
void AddCure(const Chunk& chunk, const RuleTest::Limit& limit, int32_t row, v1::TestResult* result) {
  const bool is_known = chunk.Error(limit.value, row) == 0 && chunk.Error(limit.limit, row) == 0;
  if (!is_known || limit.value.sensitive || limit.limit.sensitive) return;
  const bool is_high = limit.op == Op::kGreater || limit.op == Op::kGreaterEqual;
  const bool is_strict = limit.op == Op::kGreater || limit.op == Op::kLess;
  const Decimal value = chunk.Number(limit.value, row);
  const Decimal bound = chunk.Number(limit.limit, row);
  const std::optional<Decimal> by = is_high ? Subtract(value, bound) : Subtract(bound, value);
  if (!by.has_value()) return;
  const std::string amount = FormatTrimmed(*by);
  const std::string en = absl::StrCat(limit.text, " ", FormatTrimmed(value),
                                      is_strict ? is_high ? " exceeds " : " is below "
                                      : is_high ? " reaches "
                                                : " does not exceed ",
                                      FormatTrimmed(bound), ": ", is_high ? "lower" : "raise", " by ",
                                      is_strict ? "" : "more than ", amount);
  const std::string zh =
      absl::StrCat(limit.text, " ", FormatTrimmed(value),
                   is_strict ? is_high ? " 高于 " : " 低于 "
                   : is_high ? " 不低于 "
                             : " 不高于 ",
                   FormatTrimmed(bound), "：", is_high ? "降低" : "提高", is_strict ? " " : "超过 ", amount);
  result->mutable_cure()->set_en(en);
  result->mutable_cure()->set_zh(zh);
}

void AddTests(const Chunk& chunk, const std::vector<RuleTest>& tests, int32_t row, v1::RuleVerdict* verdict) {
  for (const RuleTest& test : tests) {
    v1::TestResult* result = verdict->add_tests();
    result->set_expression(test.text);
    const ErrorCode error = chunk.Error(test.result, row);
    if (error == 0) result->set_result(chunk.Text(test.result, row));
    if (error != 0) {
      const auto [en, zh] = chunk.Origin(error);
      result->set_result(en);
      result->set_error_zh(zh);
    }
    AddReads(chunk, test.reads, row, result);
    const bool made_it_fire =
        verdict->verdict() == v1::RuleVerdict::VERDICT_FIRED && error == 0 && chunk.Flag(test.result, row, false);
    if (made_it_fire && test.limit.has_value()) AddCure(chunk, *test.limit, row, result);
  }
}

// `when` decides that a rule is not considered, and where it errs.
void MarkDeciding(const Chunk& chunk, const CompiledRule& rule, int32_t row, v1::RuleVerdict* verdict) {
  const v1::RuleVerdict::Verdict what = verdict->verdict();
  const bool errs = what == v1::RuleVerdict::VERDICT_UNEVALUABLE;
  const bool is_judged = errs || what == v1::RuleVerdict::VERDICT_FIRED || what == v1::RuleVerdict::VERDICT_NOT_FIRED;
  if (!is_judged && what != v1::RuleVerdict::VERDICT_NOT_CONSIDERED) return;
  std::vector<Truth> truths;
  for (const RuleTest& test : rule.tests) {
    const bool is_true = chunk.Error(test.result, row) == 0 && chunk.Flag(test.result, row, false);
    truths.push_back(chunk.Error(test.result, row) != 0 ? Truth::kErrs : is_true ? Truth::kTrue : Truth::kFalse);
  }
  const bool by_when = !is_judged || (errs && rule.when.exists() && chunk.Error(rule.when, row) != 0);
  for (int test : DecidingTests(by_when ? rule.when_join : rule.condition_join, truths))
    verdict->mutable_tests(test)->set_decides(true);
}

v1::RuleVerdict* NewVerdict(const v1::Rule& rule, RuleVerdicts* out) {
  v1::RuleVerdict* verdict = out->Add();
  verdict->set_rule(rule.id());
  *verdict->mutable_title() = rule.title();
  return verdict;
}

// The findings that were reported must be those explained.
absl::Status CheckVerdict(const RowState& state, int rule, int32_t line, const v1::RuleVerdict& verdict) {
  const auto found = std::find_if(state.findings.begin(), state.findings.end(), [&](const RawFinding& finding) {
    return finding.rule == rule && finding.line == line;
  });
  const bool is_found = found != state.findings.end();
  // A cut stays where the last draw calls for none.
  const bool is_kept = is_found && found->is_of_earlier_draw;
  const bool is_explained = verdict.verdict() == v1::RuleVerdict::VERDICT_FIRED;
  if (is_found == is_explained || is_kept) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(
      "an explanation differs from the decision: rule ", verdict.rule(), " ", is_explained ? "fired" : "did not fire",
      " explained, ", is_found ? "fired" : "did not fire", " decided, line '", verdict.line_id(), "'"));
}

absl::Status ExplainRules(const RowState& state, Chunk* chunk, RuleVerdicts* out) {
  const CompiledRulebook& book = *chunk->context().book;
  std::vector<NodeId> nodes;
  for (const CompiledRule& rule : book.rules) AddNodes(rule, &nodes);
  chunk->Compute(Needs(book.program(), nodes, false));
  if (chunk->is_over_budget()) return absl::OkStatus();
  for (size_t r = 0; r < book.rules.size(); ++r) {
    const CompiledRule& rule = book.rules[r];
    const std::vector<NodeId> tables = TableNodes(book, rule);
    const int32_t rows = chunk->size(book.level_ids[rule.level]);
    if (rows == 0) NewVerdict(*rule.proto, out)->set_verdict(v1::RuleVerdict::VERDICT_NO_ROWS);
    for (int32_t row = 0; row < rows; ++row) {
      v1::RuleVerdict* verdict = NewVerdict(*rule.proto, out);
      verdict->set_line_id(chunk->RowName(rule.level, row));
      verdict->set_verdict(kVerdicts[static_cast<size_t>(chunk->VerdictOf(static_cast<int>(r), row, state))]);
      AddTests(*chunk, rule.tests, row, verdict);
      MarkDeciding(*chunk, rule, row, verdict);
      for (NodeId table : tables) ExplainTable(*chunk, rule, table, row, verdict);
      // Of levels that do not name their rows several have findings of the input's row.
      const int32_t line = chunk->PlaceInRow(rule.level, row);
      if (line < 0 && rule.level != 0) continue;
      RETURN_IF_ERROR(CheckVerdict(state, static_cast<int>(r), line, *verdict));
    }
  }
  return absl::OkStatus();
}

void ExplainVariables(Chunk* chunk, VariableValues* out) {
  const CompiledRulebook& book = *chunk->context().book;
  std::vector<NodeId> nodes;
  for (const CompiledVariable& variable : book.variables) {
    nodes.push_back(variable.value.node);
    for (const auto& [text, value] : variable.reads) nodes.push_back(value.node);
  }
  chunk->Compute(Needs(book.program(), nodes, false));
  if (chunk->is_over_budget()) return;
  for (const CompiledVariable& variable : book.variables) {
    for (int32_t row = 0; row < chunk->size(book.level_ids[static_cast<size_t>(variable.level)]); ++row) {
      v1::VariableValue* told = out->Add();
      told->set_name(variable.name);
      told->set_line_id(chunk->RowName(variable.level, row));
      told->set_expression(variable.text);
      SetValue(*chunk, variable.value, row, told);
      AddReads(*chunk, variable.reads, row, told);
    }
  }
}

}  // namespace

absl::Status Explain(const RowState& state, Chunk* chunk, RuleVerdicts* verdicts, VariableValues* variables) {
  const int64_t budget = chunk->context().book->program().limits.max_row_cost;
  chunk->frame().cost_left = budget;
  RETURN_IF_ERROR(ExplainRules(state, chunk, verdicts));
  if (!chunk->is_over_budget()) ExplainVariables(chunk, variables);
  if (!chunk->is_over_budget()) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("to explain the ", chunk->context().row_noun.en,
                                                   " takes more values to compute than one row may: ", budget));
}

}  // namespace assay
