// Sorts the versions of each thing by their first day and looks for one that begins before another ends. Entry point:
// CheckVersions.
#include "rulebook/versions.h"

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
  int index = 0;  // in its list
  bool is_dated = false;
};

// What has versions, and how it is called.
struct Kind {
  const char* list;
  const char* noun;
  const char* name;
};

bool ReadDay(const std::string& text, int32_t* day) {
  return text.empty() || ParseDate(text.data(), text.size(), day) == DateParse::kOk;
}

template <typename Thing>
std::optional<Version> VersionOf(const Thing& thing, int index) {
  Version version;
  version.index = index;
  version.is_dated = thing.has_effective();
  const bool is_good = ReadDay(thing.effective().from(), &version.from) && ReadDay(thing.effective().to(), &version.to);
  return is_good ? std::optional<Version>(version) : std::nullopt;
}

void AddOverlap(const Kind& kind, const std::string& name, const Version& a, const Version& b, const SourceMap& sources,
                IssueList* issues) {
  const auto path = [&kind](int index) { return absl::StrCat(kind.list, "[", index, "].", kind.name); };
  const std::string other = sources.PlaceOf(path(std::min(a.index, b.index)));
  const int32_t from = std::max(a.from, b.from);
  const int32_t to = std::min(a.to, b.to);
  const std::string message =
      a.is_dated || b.is_dated
          ? absl::StrCat("another version of this ", kind.noun, ", at ", other, ", is in force at the same time",
                         from == kMinDay ? "" : absl::StrCat(", from ", FormatDate(from)),
                         to == kMaxDay ? "" : absl::StrCat(from == kMinDay ? ", to " : " to ", FormatDate(to)),
                         "; let one end before the other begins: '", name, "'")
          : absl::StrCat("a ", kind.noun, " of this ", kind.name, " stands at ", other,
                         " already; give this one another: '", name, "'");
  issues->Add(sources.MakeIssue(Severity::kError, path(std::max(a.index, b.index)), message));
}

void CheckOne(const Kind& kind, const std::string& name, std::vector<Version> versions, const SourceMap& sources,
              IssueList* issues) {
  std::stable_sort(versions.begin(), versions.end(),
                   [](const Version& a, const Version& b) { return a.from < b.from; });
  const Version* last = &versions.front();  // of those seen, the one that ends last
  for (size_t i = 1; i < versions.size(); ++i) {
    if (versions[i].from <= last->to) AddOverlap(kind, name, *last, versions[i], sources, issues);
    if (versions[i].to > last->to) last = &versions[i];
  }
}

template <typename Things, typename NameOf>
void CheckAll(const Kind& kind, const Things& things, const NameOf& name_of, const SourceMap& sources,
              IssueList* issues) {
  std::map<std::string, std::vector<Version>> by_name;
  for (int i = 0; i < things.size(); ++i) {
    const std::optional<Version> version = VersionOf(things[i], i);
    if (version.has_value() && !name_of(things[i]).empty()) by_name[name_of(things[i])].push_back(*version);
  }
  for (auto& [name, versions] : by_name) CheckOne(kind, name, std::move(versions), sources, issues);
}

}  // namespace

void CheckVersions(const v1::Rulebook& rulebook, const SourceMap& sources, IssueList* issues) {
  CheckAll({"rules", "rule", "id"}, rulebook.rules(), [](const v1::Rule& rule) { return rule.id(); }, sources, issues);
  CheckAll(
      {"tables", "table", "name"}, rulebook.tables(), [](const v1::Table& table) { return table.name(); }, sources,
      issues);
}

}  // namespace assay
