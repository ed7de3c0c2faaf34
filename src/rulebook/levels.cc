// Entry points: FindLevel, FindDataset.
#include "rulebook/levels.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"

namespace assay {

int FindLevel(const v1::Rulebook& rulebook, const SourceMap& sources, absl::string_view name, absl::string_view path,
              IssueList* issues) {
  if (name.empty() || name == rulebook.input().name()) return 0;
  std::vector<absl::string_view> known = {rulebook.input().name()};
  for (int i = 0; i < rulebook.levels_size(); ++i) {
    if (rulebook.levels(i).name() == name) return i + 1;
    known.emplace_back(rulebook.levels(i).name());
  }
  Issue issue = sources.MakeIssue(Severity::kError, path, absl::StrCat("no such level: '", name, "'"));
  issue.suggestion = Nearest(name, known);
  issues->Add(std::move(issue));
  return -1;
}

int DatasetNamed(const PlanInputs& inputs, absl::string_view name) {
  for (size_t i = 0; i < inputs.datasets.size(); ++i) {
    if (inputs.datasets[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

int FindDataset(const PlanInputs& inputs, const SourceMap& sources, absl::string_view name, absl::string_view path,
                IssueList* issues) {
  const int found = DatasetNamed(inputs, name);
  if (found >= 0) return found;
  std::vector<absl::string_view> known;
  for (const PlanInputs::Dataset& dataset : inputs.datasets) known.emplace_back(dataset.name);
  Issue issue = sources.MakeIssue(Severity::kError, path, absl::StrCat("no such dataset: '", name, "'"));
  issue.suggestion = Nearest(name, known);
  issues->Add(std::move(issue));
  return -1;
}

}  // namespace assay
