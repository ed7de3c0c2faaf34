// Counts by names. Entry point: Coverage.
#include "review/test_coverage.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay {
Coverage::Coverage(const CompiledRulebook& book, TestReport* report) : report_(report) {
  for (const CompiledRule& rule : book.rules) {
    if ((book.review.exists || book.evaluation.exists) && rule.proto->mode() != v1::MODE_OFF)
      report->rules[rule.proto->id()];
  }
  for (const std::shared_ptr<const DecisionTable>& table : book.names->inputs.tables) {
    if (table->row_count() == 0) continue;  // a function
    TableCoverage& covered = report->tables[table->name];
    for (size_t row = 0; row < table->row_count(); ++row) {
      covered.row_names.push_back(table->RowName(static_cast<int32_t>(row)));
    }
    if (table->has_default) covered.row_names.emplace_back("default");
    covered.hits.assign(covered.row_names.size(), 0);
  }
  const Program& program = book.program();
  for (size_t id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    const bool is_computed = !program.is_static(static_cast<NodeId>(id)) && node.stage == 0;
    const TableCall* call = is_computed ? TableCallOf(program, node) : nullptr;
    if (call != nullptr && program.tables[static_cast<size_t>(call->table)]->row_count() > 0)
      calls_.push_back(static_cast<NodeId>(id));
  }
}

void Coverage::AddVerdicts(const google::protobuf::RepeatedPtrField<v1::RuleVerdict>& verdicts,
                           const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  for (const v1::RuleVerdict& verdict : verdicts) {
    const auto rule = report_->rules.find(verdict.rule());
    if (rule == report_->rules.end()) continue;
    if (verdict.verdict() == v1::RuleVerdict::VERDICT_FIRED) ++rule->second.fired;
    if (verdict.verdict() == v1::RuleVerdict::VERDICT_NOT_FIRED) ++rule->second.not_fired;
  }
  // The engine's own rules, of releases and of what cannot be had, have no condition.
  for (const v1::Finding& finding : findings) {
    const auto rule = report_->rules.find(finding.rule());
    if (rule != report_->rules.end() && rule->second.fired == 0) ++rule->second.fired;
  }
}

void Coverage::AddTables(Chunk* chunk) {
  const Program& program = chunk->context().book->program();
  for (NodeId id : calls_) {
    const Node& node = program.nodes[id];
    const bool lists = node.kind != NodeKind::kTableHit;
    TableCoverage& covered = report_->tables[program.tables[TableCallOf(program, node)->table]->name];
    const auto count = [&](int32_t row) {
      if (row >= 0 && static_cast<size_t>(row) < covered.hits.size()) ++covered.hits[row];
    };
    const Vector& column = chunk->column(id);
    if (lists) {
      const LevelRows& hits = chunk->level(node.index);
      std::for_each(hits.source, hits.source + hits.size, count);
      continue;
    }
    for (size_t i = 0; i < column.size; ++i) {
      if (column.error(i) == 0) count(column.values<int32_t>()[i]);
    }
  }
}

std::vector<std::string> TestReport::Uncovered() const {
  std::vector<std::string> lines;
  for (const auto& [id, rule] : rules) {
    if (rule.fired == 0) lines.push_back(absl::StrCat("rule ", id, " never fired"));
    if (rule.not_fired == 0) lines.push_back(absl::StrCat("rule ", id, " was never seen not to fire"));
  }
  for (const auto& [name, table] : tables) {
    for (size_t i = 0; i < table.hits.size(); ++i) {
      if (table.hits[i] == 0)
        lines.push_back(absl::StrCat("table ", name, ": row ", table.row_names[i], " never counted"));
    }
  }
  return lines;
}

bool TestReport::passed() const {
  return std::all_of(outcomes.begin(), outcomes.end(), [](const TestOutcome& o) { return o.failures.empty(); });
}

}  // namespace assay
