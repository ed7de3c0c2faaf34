// Reads the rulebook's lists by their descriptors. Entry point: ThingIndex.
#include "document/thing.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Names whose members are the things of a list.
constexpr const char* kOwners[][2] = {
    {"parameters", "parameters"}, {"variables", "variables"}, {"table", "tables"}, {"scorecard", "scorecards"}};

std::string StringField(const Message& message, absl::string_view name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

const v1::LocalizedText* TextField(const Message& message, absl::string_view name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  if (field == nullptr || !message.GetReflection()->HasField(message, field)) return nullptr;
  return google::protobuf::DynamicCastToGenerated<v1::LocalizedText>(
      &message.GetReflection()->GetMessage(message, field));
}

// For an id and the part of a link behind #: ASCII letters, digits and - _ . stay, other bytes are :XX.
std::string Slug(absl::string_view name) {
  std::string slug;
  for (const char c : name) {
    const bool stays = absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
    stays ? slug.append(1, c) : slug.append(absl::StrFormat(":%02X", static_cast<unsigned char>(c)));
  }
  return slug;
}

std::string FolderOf(const SourceMap& sources) {
  if (sources.files().empty()) return "";
  const std::string& file = sources.files()[0]->name();
  return file.substr(0, file.rfind('/') + 1);
}

}  // namespace

ThingIndex::ThingIndex(const LoadedRulebook& rulebook) : rulebook_(rulebook), folder_(FolderOf(rulebook.sources)) {
  levels_[rulebook.proto.input().name()] = "";
  for (const v1::Level& level : rulebook.proto.levels()) levels_[level.name()] = level.name();
  for (const Section& section : Sections()) AddAll(section);
}

void ThingIndex::AddAll(const Section& section) {
  const v1::Rulebook& book = rulebook_.proto;
  const FieldDescriptor* field = book.GetDescriptor()->FindFieldByName(section.list);
  const Reflection& reflection = *book.GetReflection();
  if (!field->is_repeated()) {
    if (reflection.HasField(book, field)) Add(section, reflection.GetMessage(book, field), section.list, section.list);
    return;
  }
  for (int i = 0; i < reflection.FieldSize(book, field); ++i) {
    const Message& message = reflection.GetRepeatedMessage(book, field, i);
    Add(section, message, absl::StrCat(section.list, "[", i, "]"),
        *section.name == '\0' ? absl::StrCat(i + 1) : StringField(message, section.name));
  }
}

void ThingIndex::Add(const Section& section, const Message& message, std::string path, std::string name) {
  Thing& thing = things_.emplace_back();
  thing.section = &section;
  thing.message = &message;
  thing.path = std::move(path);
  thing.name = std::move(name);
  const auto level = levels_.find(StringField(message, "each"));
  if (level != levels_.end()) thing.each = level->second;
  thing.text = TextField(message, section.text);
  thing.anchor = absl::StrCat(section.list, "-", Slug(thing.name));
  const int count = ++anchors_[thing.anchor];
  if (count > 1) absl::StrAppend(&thing.anchor, ":v", count);
  by_name_[{section.list, thing.name}].push_back(&thing);
  if (section.are_members) by_level_.try_emplace({thing.each, thing.name}, &thing);
}

std::vector<const Thing*> ThingIndex::InSection(const Section& section) const {
  std::vector<const Thing*> found;
  for (const Thing& thing : things_) {
    if (thing.section == &section) found.push_back(&thing);
  }
  return found;
}

const Thing* ThingIndex::Find(absl::string_view list, absl::string_view name) const {
  const absl::Span<const Thing* const> found = FindAll(list, name);
  return found.empty() ? nullptr : found.front();
}

absl::Span<const Thing* const> ThingIndex::FindAll(absl::string_view list, absl::string_view name) const {
  const auto found = by_name_.find({std::string(list), std::string(name)});
  if (found == by_name_.end()) return {};
  return found->second;
}

const Thing* ThingIndex::FindMember(absl::string_view owner, absl::string_view name) const {
  for (const auto& [word, list] : kOwners) {
    if (owner == word) return Find(list, name);
  }
  const auto level = levels_.find(std::string(owner));
  if (level == levels_.end()) return nullptr;
  const auto found = by_level_.find({level->second, std::string(name)});
  return found == by_level_.end() ? nullptr : found->second;
}

std::string ThingIndex::ShortName(absl::string_view file) const {
  return std::string(absl::StripPrefix(file, folder_));
}

std::string ThingIndex::FileOf(absl::string_view path) const {
  return rulebook_.sources.MakeIssue(Severity::kNote, path, "").file;
}

std::string ThingIndex::PlaceOf(absl::string_view path) const { return ShortName(rulebook_.sources.PlaceOf(path)); }

}  // namespace assay
