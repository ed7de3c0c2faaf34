// `assay evaluate`: rows through a rulebook without sessions, and the named runs of standard rulebooks. Entry points:
// EvaluateCommand, NamedEvaluationCommand.
#include "assay/evaluate.h"

#include <algorithm>
#include <climits>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/files.h"
#include "cli/open_evaluation.h"
#include "cli/report.h"
#include "evaluate/json.h"
#include "evaluate/table_csv.h"

namespace assay {
namespace {

absl::Status WriteResult(const v1::EvaluationResult& result, const std::string& directory) {
  std::vector<FileText> files = {{absl::StrCat(directory, "/run.json"), absl::StrCat(JsonOf(SummaryOf(result)), "\n")},
                                 {absl::StrCat(directory, "/rows.jsonl"), JsonLines(result.rows())},
                                 {absl::StrCat(directory, "/worklist.jsonl"), JsonLines(result.worklist())}};
  for (const v1::DayTable& table : ResultTables(result)) {
    files.push_back({absl::StrCat(directory, "/", table.name(), ".csv"), CsvOf(table)});
  }
  return ReplaceFiles(files);
}

int RunEvaluation(const std::string& command, const std::string& rulebook, const std::vector<std::string>& words,
                  const std::vector<std::string>& needed, int most_tasks) {
  EvaluationCall call;
  const int code = BeginEvaluation(command, rulebook, words, {"out"}, needed, &call);
  if (code != 0) return code;
  // Before the run, which may be a long one.
  const std::string out = call.arguments.Option("out", "");
  const absl::Status made = out.empty() ? absl::OkStatus() : MakeFolder(out);
  if (!made.ok()) return Fail(1, std::string(made.message()));
  absl::StatusOr<v1::EvaluationResult> result = Evaluate(call.book, call.snapshot, call.rows, call.options);
  ShowProgress("");
  if (!result.ok()) return Fail(1, std::string(result.status().message()));
  if (!out.empty()) {
    const absl::Status status = WriteResult(*result, out);
    if (!status.ok()) return Fail(1, std::string(status.message()));
  }
  std::cout << (call.json ? absl::StrCat(JsonOf(*result), "\n")
                          : EvaluationReport(*call.book, *result, most_tasks, call.language));
  return 0;
}

struct NamedRun {
  const char* command;
  const char* file;
  int most_tasks;  // that the report shows
};

constexpr int kFewTasks = 10;

constexpr NamedRun kNamedRuns[] = {
    {"grade", "partner_grading.yaml", kFewTasks},
    {"complaints", "complaints.yaml", kFewTasks},
    {"projects", "projects.yaml", kFewTasks},
    {"worklist", "worklists.yaml", INT_MAX},
};

}  // namespace

int EvaluateCommand(const std::vector<std::string>& words) {
  return RunEvaluation("evaluate", "", words, {"rulebook", "data"}, kFewTasks);
}

std::optional<int> NamedEvaluationCommand(const std::string& command, const std::vector<std::string>& words) {
  for (const NamedRun& run : kNamedRuns) {
    if (command != run.command) continue;
    const absl::StatusOr<std::string> standard = StandardRulebook(run.file);
    const bool is_named = std::any_of(words.begin(), words.end(), [](const std::string& word) {
      return word == "--rulebook" || absl::StartsWith(word, "--rulebook=");
    });
    if (!standard.ok() && !is_named) return Fail(1, std::string(standard.status().message()));
    return RunEvaluation(command, standard.value_or(""), words, {"data"}, run.most_tasks);
  }
  return std::nullopt;
}

}  // namespace assay
