// Entry point: Explain.
#include "review/explain.h"

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

// What was computed with the whole batch is computed again: the chunk holds this order alone.
std::vector<NodeId> NodesOf(const CompiledRule& rule) {
  std::vector<NodeId> nodes = {rule.condition.node};
  if (rule.when.exists()) nodes.push_back(rule.when.node);
  for (const RuleTest& test : rule.tests) {
    nodes.push_back(test.result.node);
    for (const auto& [text, value] : test.reads) nodes.push_back(value.node);
  }
  return nodes;
}

void AddRead(const Chunk& chunk, const std::string& text, const PlannedValue& value, int32_t row,
             v1::TestResult* result) {
  v1::ReadValue* read = result->add_reads();
  read->set_expression(text);
  const ErrorCode error = chunk.Error(value, row);
  read->set_is_error(error != 0);
  if (error == 0) return read->set_value(value.sensitive ? "***" : chunk.Text(value, row));
  const auto [en, zh] = chunk.Origin(error);
  read->set_value(en);
  read->set_error_zh(zh);
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
    for (const auto& [text, value] : test.reads) AddRead(chunk, text, value, row, result);
  }
}

v1::RuleVerdict* NewVerdict(const v1::Rule& rule, v1::Explanation* out) {
  v1::RuleVerdict* verdict = out->add_verdicts();
  verdict->set_rule(rule.id());
  *verdict->mutable_title() = rule.title();
  return verdict;
}

}  // namespace

void Explain(const RunContext& context, const OrderState& state, Chunk* chunk, v1::Explanation* out) {
  const CompiledRulebook& book = *context.book;
  for (size_t r = 0; r < book.rules.size(); ++r) {
    const CompiledRule& rule = book.rules[r];
    chunk->Compute(Needs(book.program(), NodesOf(rule), false));
    const int32_t rows = chunk->size(book.level_ids[rule.level]);
    if (rows == 0) NewVerdict(*rule.proto, out)->set_verdict(v1::RuleVerdict::VERDICT_NO_ROWS);
    for (int32_t row = 0; row < rows; ++row) {
      v1::RuleVerdict* verdict = NewVerdict(*rule.proto, out);
      if (rule.level == book.review.lines) verdict->set_line_id(state.lines[row].id);
      verdict->set_verdict(kVerdicts[static_cast<size_t>(chunk->VerdictOf(static_cast<int>(r), row, state))]);
      AddTests(*chunk, rule.tests, row, verdict);
    }
  }
}

}  // namespace assay
