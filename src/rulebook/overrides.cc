// Entry point: ApplyOverrides.
#include "rulebook/overrides.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"

namespace assay {
namespace {

void Unknown(const char* kind, const std::string& name, const std::vector<absl::string_view>& known,
             const std::string& path, const SourceMap& sources, IssueList* issues) {
  Issue issue = sources.MakeIssue(Severity::kError, path, absl::StrCat("no such ", kind, ": '", name, "'"));
  issue.suggestion = Nearest(name, known);
  issues->Add(std::move(issue));
}

void ChangeRule(const v1::Override& change, const std::string& path, const SourceMap& sources, v1::Rulebook* rulebook,
                IssueList* issues) {
  std::vector<absl::string_view> known;
  for (v1::Rule& rule : *rulebook->mutable_rules()) {
    known.emplace_back(rule.id());
    if (rule.id() != change.rule()) continue;
    if (change.mode() != v1::MODE_UNSPECIFIED) rule.set_mode(change.mode());
    if (change.has_message()) *rule.mutable_message() = change.message();
    return;
  }
  Unknown("rule", change.rule(), known, path + ".rule", sources, issues);
}

void ChangeParameter(const v1::Override& change, const std::string& path, const SourceMap& sources,
                     v1::Rulebook* rulebook, IssueList* issues) {
  std::vector<absl::string_view> known;
  for (v1::Parameter& parameter : *rulebook->mutable_parameters()) {
    known.emplace_back(parameter.name());
    if (parameter.name() != change.parameter()) continue;
    parameter.set_default_(change.default_());
    return;
  }
  Unknown("parameter", change.parameter(), known, path + ".parameter", sources, issues);
}

}  // namespace

void ApplyOverrides(v1::Rulebook* rulebook, const SourceMap& sources, IssueList* issues) {
  for (int i = 0; i < rulebook->overrides_size(); ++i) {
    const v1::Override& change = rulebook->overrides(i);
    const std::string path = absl::StrCat("overrides[", i, "]");
    if (change.rule().empty() == change.parameter().empty()) {
      issues->Add(sources.MakeIssue(Severity::kError, path, "an override changes one rule or one parameter"));
    } else if (!change.rule().empty()) {
      ChangeRule(change, path, sources, rulebook, issues);
    } else {
      ChangeParameter(change, path, sources, rulebook, issues);
    }
  }
}

}  // namespace assay
