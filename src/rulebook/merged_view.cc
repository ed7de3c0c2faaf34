// Walks the rulebook's lists by their descriptors. Entry point: DescribeMerged.
#include "rulebook/merged_view.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "rulebook/enum_names.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Section {
  const char* list;
  const char* name;  // the field that names a thing
};

constexpr Section kSections[] = {
    {"levels", "name"},    {"fields", "path"},       {"parameters", "name"}, {"datasets", "name"}, {"joins", "name"},
    {"variables", "name"}, {"tables", "name"},       {"scorecards", "name"}, {"ledgers", "name"},  {"outputs", "name"},
    {"rules", "id"},       {"reason_codes", "code"}, {"roles", "name"},      {"calendars", "id"},
};

struct Line {
  std::string name, value, place;
};

// "; mode by site.yaml:7" for each override of a thing, by the thing's name.
std::map<std::string, std::string> ChangesOf(bool are_rules, const LoadedRulebook& rulebook) {
  std::map<std::string, std::string> changes;
  for (int i = 0; i < rulebook.proto.overrides_size(); ++i) {
    const v1::Override& change = rulebook.proto.overrides(i);
    const std::string& name = are_rules ? change.rule() : change.parameter();
    if (name.empty()) continue;
    const std::string by = absl::StrCat(" by ", rulebook.sources.PlaceOf(absl::StrCat("overrides[", i, "]")));
    if (!are_rules) absl::StrAppend(&changes[name], "; default", by);
    if (change.mode() != v1::MODE_UNSPECIFIED) absl::StrAppend(&changes[name], "; mode", by);
    if (change.has_message()) absl::StrAppend(&changes[name], "; message", by);
  }
  return changes;
}

// "HOLD OBSERVE 2026-01-01..".
std::string RuleValue(const v1::Rule& rule) {
  std::vector<std::string> words;
  if (rule.outcome() != v1::OUTCOME_UNSPECIFIED)
    words.emplace_back(ShortName(*v1::Outcome_descriptor()->FindValueByNumber(rule.outcome())));
  if (rule.mode() != v1::MODE_UNSPECIFIED)
    words.emplace_back(ShortName(*v1::Mode_descriptor()->FindValueByNumber(rule.mode())));
  if (rule.has_effective()) words.push_back(absl::StrCat(rule.effective().from(), "..", rule.effective().to()));
  return absl::StrJoin(words, " ");
}

std::vector<Line> LinesOf(const Section& section, const LoadedRulebook& rulebook) {
  const v1::Rulebook& proto = rulebook.proto;
  const FieldDescriptor* list = proto.GetDescriptor()->FindFieldByName(section.list);
  const FieldDescriptor* name = list->message_type()->FindFieldByName(section.name);
  const bool are_rules = list->number() == v1::Rulebook::kRulesFieldNumber;
  const bool are_parameters = list->number() == v1::Rulebook::kParametersFieldNumber;
  std::map<std::string, std::string> changes;
  if (are_rules || are_parameters) changes = ChangesOf(are_rules, rulebook);
  std::vector<Line> lines;
  for (int i = 0; i < proto.GetReflection()->FieldSize(proto, list); ++i) {
    const Message& thing = proto.GetReflection()->GetRepeatedMessage(proto, list, i);
    Line line;
    line.name = thing.GetReflection()->GetString(thing, name);
    if (are_rules) line.value = RuleValue(proto.rules(i));
    if (are_parameters) line.value = absl::StrReplaceAll(proto.parameters(i).default_(), {{"\n", " "}});
    line.place = rulebook.sources.PlaceOf(absl::StrCat(section.list, "[", i, "].", section.name));
    const auto change = changes.find(line.name);
    if (change != changes.end()) line.place += change->second;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string Padded(const std::string& text, size_t width) {
  return text + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

}  // namespace

std::string DescribeMerged(const LoadedRulebook& rulebook) {
  std::string text;
  for (const Section& section : kSections) {
    const std::vector<Line> lines = LinesOf(section, rulebook);
    size_t name_width = 0;
    size_t value_width = 0;
    for (const Line& line : lines) {
      name_width = std::max(name_width, line.name.size());
      value_width = std::max(value_width, line.value.size());
    }
    if (!lines.empty()) absl::StrAppend(&text, section.list, "\n");
    for (const Line& line : lines) {
      absl::StrAppend(&text, "  ", Padded(line.name, name_width), "  ");
      if (value_width > 0) absl::StrAppend(&text, Padded(line.value, value_width), "  ");
      absl::StrAppend(&text, line.place, "\n");
    }
  }
  return text;
}

}  // namespace assay
