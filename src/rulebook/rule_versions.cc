// Sorts each rule's versions by their first day and looks for one that begins before another ends. Entry point:
// CheckRuleVersions.
#include "rulebook/rule_versions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/civil.h"

namespace assay {
namespace {

struct Version {
  int32_t from = kMinDay;
  int32_t to = kMaxDay;
  int rule = 0;
};

bool ReadDay(const std::string& text, int32_t* day) {
  return text.empty() || ParseDate(text.data(), text.size(), day) == DateParse::kOk;
}

std::optional<Version> VersionOf(const v1::Rule& rule, int index) {
  Version version;
  version.rule = index;
  const bool is_good = ReadDay(rule.effective().from(), &version.from) && ReadDay(rule.effective().to(), &version.to);
  return is_good ? std::optional<Version>(version) : std::nullopt;
}

void AddOverlap(const Version& a, const Version& b, const v1::Rulebook& rulebook, const SourceMap& sources,
                IssueList* issues) {
  const int later = std::max(a.rule, b.rule);
  const std::string other = sources.PlaceOf(absl::StrCat("rules[", std::min(a.rule, b.rule), "].id"));
  const std::string& id = rulebook.rules(later).id();
  const bool are_dated = rulebook.rules(a.rule).has_effective() || rulebook.rules(b.rule).has_effective();
  const int32_t from = std::max(a.from, b.from);
  const int32_t to = std::min(a.to, b.to);
  const std::string message =
      are_dated ? absl::StrCat("another version of this rule, at ", other, ", is in force at the same time",
                               from == kMinDay ? "" : absl::StrCat(", from ", FormatDate(from)),
                               to == kMaxDay ? "" : absl::StrCat(from == kMinDay ? ", to " : " to ", FormatDate(to)),
                               "; let one end before the other begins: '", id, "'")
                : absl::StrCat("a rule of this id stands at ", other, " already; give this one another: '", id, "'");
  issues->Add(sources.MakeIssue(Severity::kError, absl::StrCat("rules[", later, "].id"), message));
}

}  // namespace

void CheckRuleVersions(const v1::Rulebook& rulebook, const SourceMap& sources, IssueList* issues) {
  std::map<std::string, std::vector<Version>> by_id;
  for (int i = 0; i < rulebook.rules_size(); ++i) {
    const v1::Rule& rule = rulebook.rules(i);
    const std::optional<Version> version = rule.id().empty() ? std::nullopt : VersionOf(rule, i);
    if (version.has_value()) by_id[rule.id()].push_back(*version);
  }
  for (auto& [id, versions] : by_id) {
    std::stable_sort(versions.begin(), versions.end(),
                     [](const Version& a, const Version& b) { return a.from < b.from; });
    const Version* last = &versions.front();  // of those seen, the one that ends last
    for (size_t i = 1; i < versions.size(); ++i) {
      if (versions[i].from <= last->to) AddOverlap(*last, versions[i], rulebook, sources, issues);
      if (versions[i].to > last->to) last = &versions[i];
    }
  }
}

}  // namespace assay
