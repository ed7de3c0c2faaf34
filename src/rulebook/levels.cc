// Entry point: FindLevel.
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

}  // namespace assay
