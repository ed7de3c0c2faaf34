// Entry points: CompareEvaluation, IsSame, Matches.
#include "review/evaluation_case.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/decimal.h"
#include "evaluate/output_values.h"

namespace assay {
namespace {

using Outputs = google::protobuf::RepeatedPtrField<v1::OutputValue>;

const v1::OutputValue* Find(const Outputs& outputs, const std::string& name) {
  const auto found =
      std::find_if(outputs.begin(), outputs.end(), [&](const v1::OutputValue& value) { return value.name() == name; });
  return found == outputs.end() ? nullptr : &*found;
}

// Of the input's row, else of the first row below that is called so; nullptr if there is none.
const v1::OutputValue* Find(const v1::EvaluatedRow& row, const v1::ExpectedOutput& expected) {
  const v1::OutputValue* value = expected.line().empty() ? Find(row.outputs(), expected.name()) : nullptr;
  for (int i = 0; value == nullptr && i < row.level_rows_size(); ++i) {
    const v1::LevelRow& below = row.level_rows(i);
    if (expected.line().empty() || expected.line() == below.id()) value = Find(below.outputs(), expected.name());
  }
  return value;
}

// "T-1 on line 2: owner A, due 2026-11-20, priority 1".
std::string Described(const v1::WorklistTask& task) {
  std::string text = task.rule();
  if (!task.line_id().empty()) absl::StrAppend(&text, " on line ", task.line_id());
  absl::StrAppend(&text, ": owner ", task.owner());
  if (!task.due().empty()) absl::StrAppend(&text, ", due ", task.due());
  if (!task.priority().empty()) absl::StrAppend(&text, ", priority ", task.priority());
  if (!task.subject().empty()) absl::StrAppend(&text, ", subject ", task.subject());
  return text;
}

bool Meets(const v1::WorklistTask& task, const v1::ExpectedTask& expected) {
  return task.rule() == expected.rule() && Matches(expected.line(), task.line_id()) &&
         Matches(expected.owner(), task.owner()) && Matches(expected.due(), task.due()) &&
         Matches(expected.priority(), task.priority()) && Matches(expected.subject(), task.subject());
}

std::string WhyNoTask(const v1::EvaluationExplanation& explanation, const std::string& rule) {
  std::vector<std::string> like;
  for (const v1::WorklistTask& task : explanation.tasks()) {
    if (task.rule() == rule) like.push_back(Described(task));
  }
  if (like.empty()) return absl::StrCat("no task of ", rule);
  return absl::StrCat("no task is as expected; there is ", absl::StrJoin(like, "; "));
}

}  // namespace

bool IsSame(const std::string& wanted, const std::string& got) {
  if (wanted == got) return true;
  const absl::StatusOr<Decimal> a = ParseDecimal(wanted);
  const absl::StatusOr<Decimal> b = ParseDecimal(got);
  return a.ok() && b.ok() && Compare(*a, *b) == 0;
}

bool Matches(const std::string& wanted, const std::string& got) { return wanted.empty() || IsSame(wanted, got); }

std::vector<TestFailure> CompareEvaluation(const v1::TestCase& test, const std::string& path,
                                           const v1::EvaluationExplanation& explanation) {
  std::vector<TestFailure> failures;
  const std::string& verdict = explanation.row().verdict();
  if (!test.verdict().empty() && test.verdict() != verdict)
    failures.push_back({path + ".verdict", absl::StrCat("expected ", test.verdict(), ", got ", verdict)});
  for (int i = 0; i < test.outputs_size(); ++i) {
    const v1::ExpectedOutput& expected = test.outputs(i);
    const v1::OutputValue* value = Find(explanation.row(), expected);
    const std::string got = value == nullptr ? "no such output" : OutputText(*value, "null");
    if (value != nullptr && IsSame(expected.value(), got)) continue;
    failures.push_back({absl::StrCat(path, ".outputs[", i, "]"),
                        absl::StrCat(expected.name(), ": expected ", expected.value(), ", got ", got)});
  }
  std::vector<const v1::WorklistTask*> left;
  for (const v1::WorklistTask& task : explanation.tasks()) left.push_back(&task);
  for (int i = 0; i < test.tasks_size(); ++i) {
    const auto met = std::find_if(left.begin(), left.end(),
                                  [&](const v1::WorklistTask* task) { return Meets(*task, test.tasks(i)); });
    if (met != left.end()) {
      left.erase(met);
    } else {
      failures.push_back({absl::StrCat(path, ".tasks[", i, "]"), WhyNoTask(explanation, test.tasks(i).rule())});
    }
  }
  return failures;
}

}  // namespace assay
