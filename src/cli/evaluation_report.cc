// An evaluation as text: how many rows had which verdict, what rules found, and what is to be done first. Entry points:
// EvaluationReport, RowExplanationReport.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/report.h"
#include "evaluate/findings.h"
#include "evaluate/output_values.h"

namespace assay {
namespace {

using Counts = google::protobuf::RepeatedPtrField<v1::ResultCount>;

constexpr int kCountWidth = 8;

int WidthOf(const Counts& counts) {
  size_t width = 14;
  for (const v1::ResultCount& count : counts) width = std::max(width, count.name().size() + 2);
  return static_cast<int>(width);
}

void AddVerdicts(const v1::EvaluationResult& result, bool zh, std::string* out) {
  absl::StrAppend(out, zh ? "各结论的行数\n" : "Rows by verdict\n");
  const int width = WidthOf(result.verdict_counts());
  for (const v1::ResultCount& count : result.verdict_counts()) {
    absl::StrAppend(out, "  ", Padded(count.name(), width), count.count(), "\n");
  }
}

void AddFindings(const CompiledRulebook& book, const v1::EvaluationResult& result, bool zh, std::string* out) {
  if (result.finding_counts().empty()) return;
  absl::StrAppend(out, zh ? "各规则的审核结论数\n" : "Findings by rule\n");
  const int width = WidthOf(result.finding_counts());
  for (const v1::ResultCount& count : result.finding_counts()) {
    const v1::Rule* rule = FindRule(book, count.name());
    const std::string title = rule == nullptr ? "" : Pick(rule->title(), zh);
    const std::string number = absl::StrCat(count.count());
    absl::StrAppend(out, "  ", Padded(count.name(), width), title.empty() ? number : Padded(number, kCountWidth), title,
                    "\n");
  }
}

void AddTask(const CompiledRulebook& book, const v1::WorklistTask& task, bool zh, std::string* out) {
  absl::StrAppend(out, "  ", task.due().empty() ? zh ? "无期限" : "no day" : task.due(), "  ",
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
  for (int i = 0; i < shown; ++i) AddTask(book, result.worklist(i), zh, out);
}

void AddOutputs(const google::protobuf::RepeatedPtrField<v1::OutputValue>& outputs, const std::string& lead,
                std::string* out) {
  for (const v1::OutputValue& output : outputs) {
    absl::StrAppend(out, lead, output.name(), " = ", OutputText(output, "null"), "\n");
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
  AddVerdicts(result, zh, &out);
  AddFindings(book, result, zh, &out);
  AddWorklist(book, result, most_tasks, zh, &out);
  return out;
}

std::string RowExplanationReport(const CompiledRulebook& book, const v1::EvaluationExplanation& explanation,
                                 const std::string& language) {
  const bool zh = language == "zh";
  const v1::EvaluatedRow& row = explanation.row();
  std::string out = absl::StrCat(book.proto.input().name(), " ", row.id(), zh ? "：" : ": ", row.verdict(), "\n");
  AddFindingLines(book, row.findings(), zh, &out);
  if (!row.outputs().empty() || !row.level_rows().empty()) absl::StrAppend(&out, zh ? "输出\n" : "outputs\n");
  AddOutputs(row.outputs(), "  ", &out);
  for (const v1::LevelRow& below : row.level_rows()) {
    absl::StrAppend(&out, "  ", below.level(), " ", below.id(), "\n");
    AddOutputs(below.outputs(), "    ", &out);
  }
  if (!explanation.tasks().empty()) absl::StrAppend(&out, zh ? "待办\n" : "to be done\n");
  for (const v1::WorklistTask& task : explanation.tasks()) AddTask(book, task, zh, &out);
  AddVerdictLines(explanation.verdicts(), zh, &out);
  AddVariableLines(explanation.verdicts(), explanation.variables(), zh, &out);
  return out;
}

}  // namespace assay
