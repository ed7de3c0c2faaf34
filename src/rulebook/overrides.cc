// Entry point: ApplyOverrides.
#include "rulebook/overrides.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"

namespace assay {
namespace {

// The places of things by name; a rule's versions share one.
using Places = std::map<std::string, std::vector<int>>;

// Where the named thing stands; nullptr after an issue if there is none.
const std::vector<int>* Find(const char* kind, const std::string& name, const Places& places, const std::string& path,
                             const SourceMap& sources, IssueList* issues) {
  const auto found = places.find(name);
  if (found != places.end()) return &found->second;
  std::vector<absl::string_view> known;
  for (const auto& [other, indexes] : places) known.emplace_back(other);
  Issue issue = sources.MakeIssue(Severity::kError, absl::StrCat(path, ".", kind),
                                  absl::StrCat("no such ", kind, ": '", name, "'"));
  issue.suggestion = Nearest(name, known);
  issues->Add(std::move(issue));
  return nullptr;
}

// Why the override of one rule or one parameter does nothing, or less than it says; nullptr if it is good.
const char* RefusalOf(const v1::Override& change) {
  const bool changes_rule = change.mode() != v1::MODE_UNSPECIFIED || change.has_message();
  const bool changes_parameter = !change.default_().empty();
  if (change.parameter().empty()) {
    if (changes_parameter) return "a rule has no default; state mode, message or both";
    return changes_rule ? nullptr : "this override changes nothing; state mode, message or both";
  }
  if (changes_rule) return "a parameter has neither mode nor message; state its default";
  return changes_parameter ? nullptr : "this override changes nothing; state the parameter's default";
}

void ChangeRule(const v1::Override& change, const std::string& from, int index, v1::Rulebook* rulebook,
                SourceMap* sources) {
  v1::Rule& rule = *rulebook->mutable_rules(index);
  const std::string path = absl::StrCat("rules[", index, "]");
  if (change.mode() != v1::MODE_UNSPECIFIED) {
    rule.set_mode(change.mode());
    sources->TakeMember(path, from, "mode");
  }
  if (change.has_message()) {
    *rule.mutable_message() = change.message();
    sources->TakeMember(path, from, "message");
  }
}

void ChangeParameter(const v1::Override& change, const std::string& from, int index, v1::Rulebook* rulebook,
                     SourceMap* sources) {
  rulebook->mutable_parameters(index)->set_default_(change.default_());
  sources->TakeMember(absl::StrCat("parameters[", index, "]"), from, "default");
}

}  // namespace

void ApplyOverrides(v1::Rulebook* rulebook, SourceMap* sources, IssueList* issues) {
  Places rules;
  Places parameters;
  for (int i = 0; i < rulebook->rules_size(); ++i) rules[rulebook->rules(i).id()].push_back(i);
  for (int i = 0; i < rulebook->parameters_size(); ++i) parameters[rulebook->parameters(i).name()].push_back(i);
  for (int i = 0; i < rulebook->overrides_size(); ++i) {
    const v1::Override& change = rulebook->overrides(i);
    const std::string path = absl::StrCat("overrides[", i, "]");
    const bool is_rule = !change.rule().empty();
    if (is_rule != change.parameter().empty()) {
      issues->Add(sources->MakeIssue(Severity::kError, path, "an override changes one rule or one parameter"));
      continue;
    }
    const char* refusal = RefusalOf(change);
    if (refusal != nullptr) {
      issues->Add(sources->MakeIssue(Severity::kError, path,
                                     absl::StrCat(refusal, ": '", change.rule(), change.parameter(), "'")));
      continue;
    }
    const std::vector<int>* indexes = is_rule
                                          ? Find("rule", change.rule(), rules, path, *sources, issues)
                                          : Find("parameter", change.parameter(), parameters, path, *sources, issues);
    if (indexes == nullptr) continue;
    for (int index : *indexes) {
      is_rule ? ChangeRule(change, path, index, rulebook, sources)
              : ChangeParameter(change, path, index, rulebook, sources);
    }
  }
}

}  // namespace assay
