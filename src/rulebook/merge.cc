// Merging by the descriptor of Rulebook. Entry points: AppendRulebook, CheckDuplicates.
// Proto and tree are joined in the same order, so that a path of the merged rulebook finds its own file.
#include "rulebook/merge.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "rulebook/versions.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Lists whose things have a name, which is theirs alone on one level. Rules and tables may have versions: versions.h.
struct NamedList {
  const char* list;
  const char* noun;
  const char* name;
  const char* level;  // the field that says the level; "" if the whole rulebook is one
};

constexpr NamedList kNamedLists[] = {
    {"levels", "level", "name", ""},         {"fields", "field", "path", ""},
    {"parameters", "parameter", "name", ""}, {"datasets", "dataset", "name", ""},
    {"joins", "join", "name", "each"},       {"variables", "variable", "name", "each"},
    {"scorecards", "scorecard", "name", ""}, {"ledgers", "ledger", "name", ""},
    {"outputs", "output", "name", "each"},   {"reason_codes", "reason code", "code", ""},
    {"roles", "role", "name", ""},           {"calendars", "calendar", "id", ""},
    {"tests", "test", "name", ""},
};

constexpr char kImports[] = "imports";

std::string StringField(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return message.GetReflection()->GetString(message, field);
}

void AppendMember(YamlMember member, YamlNode* tree) {
  const FieldDescriptor* field = v1::Rulebook::descriptor()->FindFieldByName(member.key.text);
  YamlMember* merged = MutableMember(tree, member.key.text);
  if (merged == nullptr) {
    tree->members.push_back(std::move(member));
  } else if (field == nullptr || !field->is_repeated() || member.key.text == kImports) {
    *merged = std::move(member);
  } else {
    std::move(member.value.items.begin(), member.value.items.end(), std::back_inserter(merged->value.items));
  }
}

void CheckList(const NamedList& named, const v1::Rulebook& rulebook, const SourceMap& sources, IssueList* issues) {
  const FieldDescriptor* field = v1::Rulebook::descriptor()->FindFieldByName(named.list);
  absl::flat_hash_map<std::string, std::string> paths;  // by level and name
  for (int i = 0; i < rulebook.GetReflection()->FieldSize(rulebook, field); ++i) {
    const Message& thing = rulebook.GetReflection()->GetRepeatedMessage(rulebook, field, i);
    const std::string name = StringField(thing, named.name);
    if (name.empty()) continue;
    const std::string level = *named.level == '\0' ? "" : StringField(thing, named.level);
    const std::string path = absl::StrCat(named.list, "[", i, "].", named.name);
    const auto [first, is_new] = paths.try_emplace(absl::StrCat(level, ".", name), path);
    if (is_new) continue;
    issues->Add(sources.MakeIssue(
        Severity::kError, path,
        absl::StrCat("a ", named.noun, " of this ", named.name, " stands at ", sources.PlaceOf(first->second),
                     " already; give this one another: '", name, "'")));
  }
}

}  // namespace

YamlMember* MutableMember(YamlNode* tree, absl::string_view key) {
  const auto found = std::find_if(tree->members.begin(), tree->members.end(),
                                  [key](const YamlMember& member) { return member.key.text == key; });
  return found == tree->members.end() ? nullptr : &*found;
}

void AppendRulebook(RulebookPart part, RulebookPart* merged) {
  const v1::Rulebook& proto = part.proto;
  const Reflection& reflection = *proto.GetReflection();
  for (int i = 0; i < proto.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = proto.GetDescriptor()->field(i);
    // MergeFrom would join submessages field by field.
    if (!field->is_repeated() && reflection.HasField(proto, field)) {
      reflection.ClearField(&merged->proto, field);
    }
  }
  merged->proto.clear_imports();
  merged->proto.MergeFrom(proto);
  merged->tree.kind = YamlNode::Kind::kMapping;
  merged->tree.file = part.tree.file;
  merged->tree.range = part.tree.range;
  for (YamlMember& member : part.tree.members) AppendMember(std::move(member), &merged->tree);
}

YamlNode AbsentTree(const v1::Rulebook& rulebook, int32_t file) {
  YamlNode absent;
  absent.kind = YamlNode::Kind::kAbsent;
  absent.file = file;
  YamlNode tree = absent;
  for (int i = 0; i < rulebook.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = rulebook.GetDescriptor()->field(i);
    YamlMember member = {absent, absent};
    member.key.text = field->name();
    if (field->is_repeated()) {
      member.value.items.assign(rulebook.GetReflection()->FieldSize(rulebook, field), absent);
      if (member.value.items.empty()) continue;
    } else if (!rulebook.GetReflection()->HasField(rulebook, field)) {
      continue;
    }
    tree.members.push_back(std::move(member));
  }
  return tree;
}

void CheckDuplicates(const v1::Rulebook& rulebook, const SourceMap& sources, IssueList* issues) {
  for (const NamedList& named : kNamedLists) CheckList(named, rulebook, sources, issues);
  CheckVersions(rulebook, sources, issues);
}

}  // namespace assay
