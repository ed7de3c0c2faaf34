// An evaluation as text: how many rows had which verdict, what rules found, and what is to be done first. Entry points:
// EvaluationReport, RowExplanationReport.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/report.h"
#include "evaluate/findings.h"

namespace assay {
namespace {

constexpr int kCountWidth = 8;

int WidthOf(const std::vector<std::string>& names) {
  int width = 12;
  for (const std::string& name : names) width = std::max(width, WidthInColumns(name));
  return width + 2;
}

void AddVerdicts(const CompiledRulebook& book, const v1::EvaluationResult& result, bool zh, std::string* out) {
  absl::StrAppend(out, zh ? "各结论的行数\n" : "Rows by verdict\n");
  std::vector<std::string> words;
  for (const v1::ResultCount& count : result.verdict_counts()) words.push_back(WordFor(book, count.name(), zh));
  const int width = WidthOf(words);
  for (size_t i = 0; i < words.size(); ++i) {
    absl::StrAppend(out, "  ", Padded(words[i], width), result.verdict_counts(static_cast<int>(i)).count(), "\n");
  }
}

void AddFindings(const CompiledRulebook& book, const v1::EvaluationResult& result, bool zh, std::string* out) {
  if (result.finding_counts().empty()) return;
  absl::StrAppend(out, zh ? "各规则的审核结论数\n" : "Findings by rule\n");
  std::vector<std::string> rules;
  for (const v1::ResultCount& count : result.finding_counts()) rules.push_back(count.name());
  const int width = WidthOf(rules);
  for (const v1::ResultCount& count : result.finding_counts()) {
    const v1::Rule* rule = FindRule(book, count.name());
    const std::string title = rule == nullptr ? "" : Pick(rule->title(), zh);
    const std::string number = absl::StrCat(count.count());
    absl::StrAppend(out, "  ", Padded(count.name(), width), title.empty() ? number : Padded(number, kCountWidth), title,
                    "\n");
  }
}

void AddTask(const CompiledRulebook& book, const Zone& zone, const v1::WorklistTask& task, bool zh, std::string* out) {
  absl::StrAppend(out, "  ", task.due().empty() ? zh ? "无期限" : "no day" : ShownMoment(task.due(), zone), "  ",
                  task.owner().empty() ? "-" : RoleName(book, task.owner(), zh), zh ? "：" : ": ",
                  Pick(task.what(), zh), " [", task.row_id());
  if (!task.line_id().empty()) absl::StrAppend(out, " ", task.line_id());
  if (!task.subject().empty()) absl::StrAppend(out, ", ", task.subject());
  absl::StrAppend(out, "] ", Pick(task.why(), zh), "\n");
}

void AddWorklist(const CompiledRulebook& book, const v1::EvaluationResult& result, int most, bool zh,
                 std::string* out) {
  if (result.worklist().empty()) return;
  const int shown = std::min(most, result.worklist_size());
  absl::StrAppend(out, zh ? "待办 " : "To be done: ", result.worklist_size());
  if (shown < result.worklist_size()) absl::StrAppend(out, zh ? "，最先 " : ", first ", shown);
  absl::StrAppend(out, "\n");
  const Zone zone = ZoneOf(book);
  for (int i = 0; i < shown; ++i) AddTask(book, zone, result.worklist(i), zh, out);
}

void AddOutputs(const CompiledRulebook& book, const google::protobuf::RepeatedPtrField<v1::OutputValue>& outputs,
                bool zh, const std::string& lead, std::string* out) {
  const Zone zone = ZoneOf(book);
  for (const v1::OutputValue& output : outputs) {
    absl::StrAppend(out, lead, output.name(), " = ", ShownValue(book, zone, output, zh), "\n");
  }
}

}  // namespace

std::string EvaluationReport(const CompiledRulebook& book, const v1::EvaluationResult& result, int most_tasks,
                             const std::string& language) {
  const bool zh = language == "zh";
  std::string out = absl::StrCat(book.proto.name(), book.proto.version().empty() ? "" : " ", book.proto.version(),
                                 zh ? "，行数 " : ", rows: ", result.rows_size(), "\n");
  if (result.repeated_rows() > 0) {
    absl::StrAppend(&out, zh ? "重复给出的行 " : "Rows given once more: ", result.repeated_rows(), "\n");
  }
  AddVerdicts(book, result, zh, &out);
  AddFindings(book, result, zh, &out);
  AddBoard(book, result, zh, &out);
  AddWorklist(book, result, most_tasks, zh, &out);
  return out;
}

std::string RowExplanationReport(const CompiledRulebook& book, const v1::EvaluationExplanation& explanation,
                                 const std::string& language) {
  const bool zh = language == "zh";
  const v1::EvaluatedRow& row = explanation.row();
  std::string out =
      absl::StrCat(book.proto.input().name(), " ", row.id(), zh ? "：" : ": ", WordFor(book, row.verdict(), zh), "\n");
  AddFindingLines(book, row.findings(), zh, &out);
  if (!row.outputs().empty() || !row.level_rows().empty()) absl::StrAppend(&out, zh ? "输出\n" : "outputs\n");
  AddOutputs(book, row.outputs(), zh, "  ", &out);
  for (const v1::LevelRow& below : row.level_rows()) {
    absl::StrAppend(&out, "  ", below.level(), " ", below.id(), "\n");
    AddOutputs(book, below.outputs(), zh, "    ", &out);
  }
  if (!explanation.tasks().empty()) absl::StrAppend(&out, zh ? "待办\n" : "to be done\n");
  for (const v1::WorklistTask& task : explanation.tasks()) AddTask(book, ZoneOf(book), task, zh, &out);
  AddVerdictLines(explanation.verdicts(), ZoneOf(book), zh, &out);
  AddVariableLines(explanation.verdicts(), explanation.variables(), ZoneOf(book), zh, &out);
  return out;
}

}  // namespace assay
