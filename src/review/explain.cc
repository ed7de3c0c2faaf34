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

// False where the value could not be had; then *text says why.
bool TextOf(const Chunk& chunk, const PlannedValue& value, int32_t row, std::string* text) {
  const ErrorCode error = chunk.Error(value, row);
  *text = error != 0 ? chunk.Origin(error).first : chunk.Text(value, row);
  if (error == 0 && value.sensitive) *text = "***";
  return error == 0;
}

void AddTests(const Chunk& chunk, const std::vector<RuleTest>& tests, int32_t row, v1::RuleVerdict* verdict) {
  for (const RuleTest& test : tests) {
    v1::TestResult* result = verdict->add_tests();
    result->set_expression(test.text);
    const ErrorCode error = chunk.Error(test.result, row);
    result->set_result(error != 0 ? chunk.Origin(error).first : chunk.Text(test.result, row));
    for (const auto& [text, value] : test.reads) {
      v1::ReadValue* read = result->add_reads();
      read->set_expression(text);
      read->set_is_error(!TextOf(chunk, value, row, read->mutable_value()));
    }
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
