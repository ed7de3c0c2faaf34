// One walk over tree and descriptor together. Entry point: BuildMessage.
// A value that is wrong leaves its field unset, so that one mistake is one issue.
#include "rulebook/proto_builder.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/json_text.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "rulebook/enum_names.h"
#include "rulebook/source_map.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMaxNamesListed = 12;
constexpr size_t kMaxExcerpt = 40;  // code points

// "a reason code" for ReasonCode.
std::string Article(absl::string_view noun) {
  return absl::StrCat(absl::string_view("aeio").find(noun[0]) == absl::string_view::npos ? "a " : "an ", noun);
}

std::string Noun(absl::string_view type_name) {
  std::string words;
  for (char c : type_name) {
    if (absl::ascii_isupper(c) && !words.empty()) words += ' ';
    words += absl::ascii_tolower(c);
  }
  return words;
}

// What a message can quote of a text.
std::string Excerpt(absl::string_view text) {
  const absl::string_view line = text.substr(0, text.find('\n'));
  const size_t end = OffsetOfCodePoint(line, kMaxExcerpt);
  return absl::StrCat(line.substr(0, end), end < text.size() ? "…" : "");
}

std::vector<absl::string_view> FieldNames(const Descriptor& type) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < type.field_count(); ++i) names.emplace_back(type.field(i)->name());
  return names;
}

// The node as JSON: true, false and null without quotes are themselves, every other scalar is a text, as which JSON
// rows take numbers too.
void AppendJson(const YamlNode& node, std::string* out) {
  switch (node.kind) {
    case YamlNode::Kind::kMapping:
      out->push_back('{');
      for (const YamlMember& member : node.members) {
        if (&member != node.members.data()) out->push_back(',');
        AppendJsonString(member.key.text, out);
        out->push_back(':');
        AppendJson(member.value, out);
      }
      out->push_back('}');
      return;
    case YamlNode::Kind::kSequence:
      out->push_back('[');
      for (const YamlNode& item : node.items) {
        if (&item != node.items.data()) out->push_back(',');
        AppendJson(item, out);
      }
      out->push_back(']');
      return;
    case YamlNode::Kind::kScalar: {
      const bool is_word = node.style == ScalarStyle::kPlain && (node.text == "true" || node.text == "false");
      if (is_word) out->append(node.text);
      if (!is_word) AppendJsonString(node.text, out);
      return;
    }
    default:
      out->append("null");
  }
}

class Builder {
 public:
  Builder(const SourceText& source, IssueList* issues) : source_(source), issues_(issues) {}

  void BuildFields(const YamlNode& node, Message* message);

 private:
  // A field to be set or, if it is repeated, added to.
  struct Slot {
    Message* message;
    const FieldDescriptor* field;
  };

  void BuildField(const YamlMember& member, const Slot& slot);
  void BuildList(const YamlNode& node, const Slot& slot);
  void BuildMap(const YamlNode& node, const Slot& slot);
  void BuildValue(const YamlNode& node, const Slot& slot);
  void BuildSubmessage(const YamlNode& node, const Slot& slot);
  void BuildString(const YamlNode& node, const Slot& slot);
  void BuildBool(const YamlNode& node, const Slot& slot);
  void BuildUint32(const YamlNode& node, const Slot& slot);
  void BuildEnum(const YamlNode& node, const Slot& slot);
  void ReportUnknown(const YamlNode& key, const Descriptor& type);

  // Adds empty items where wrong ones were left out, so that an item's index is that of its node.
  static void FillUpTo(int size, const Slot& slot);

  // Says that the field takes `what`, and not what it got; `cure` may be "".
  void ReportKind(const YamlNode& node, const Slot& slot, absl::string_view what, absl::string_view cure);
  void AddError(const YamlNode& node, std::string message, std::string suggestion);

  const SourceText& source_;
  IssueList* issues_;
  std::string path_;
};

void Builder::BuildFields(const YamlNode& node, Message* message) {
  const Descriptor& type = *message->GetDescriptor();
  for (const YamlMember& member : node.members) {
    const FieldDescriptor* field = type.FindFieldByName(member.key.text);
    if (field == nullptr) {
      ReportUnknown(member.key, type);
      continue;
    }
    const size_t outer = path_.size();
    absl::StrAppend(&path_, outer == 0 ? "" : ".", member.key.text);
    BuildField(member, {message, field});
    path_.resize(outer);
  }
}

void Builder::BuildField(const YamlMember& member, const Slot& slot) {
  const YamlNode& node = member.value;
  if (node.kind == YamlNode::Kind::kRefused) return;
  if (slot.field->is_map()) return BuildMap(node, slot);
  if (slot.field->is_repeated()) return BuildList(node, slot);
  if (node.kind == YamlNode::Kind::kNull && slot.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return;
  BuildValue(node, slot);
}

void Builder::BuildList(const YamlNode& node, const Slot& slot) {
  if (node.kind == YamlNode::Kind::kNull) return;
  if (node.kind != YamlNode::Kind::kSequence) {
    return ReportKind(node, slot, "a list", "write each item behind '- ', or all in [ ]");
  }
  const size_t outer = path_.size();
  for (size_t i = 0; i < node.items.size(); ++i) {
    absl::StrAppend(&path_, "[", i, "]");
    if (node.items[i].kind != YamlNode::Kind::kRefused) BuildValue(node.items[i], slot);
    FillUpTo(static_cast<int>(i) + 1, slot);
    path_.resize(outer);
  }
}

void Builder::FillUpTo(int size, const Slot& slot) {
  const Reflection& reflection = *slot.message->GetReflection();
  if (reflection.FieldSize(*slot.message, slot.field) >= size) return;
  if (slot.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) reflection.AddMessage(slot.message, slot.field);
  if (slot.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) reflection.AddString(slot.message, slot.field, "");
}

void Builder::BuildMap(const YamlNode& node, const Slot& slot) {
  if (node.kind == YamlNode::Kind::kNull) return;
  if (node.kind != YamlNode::Kind::kMapping) return ReportKind(node, slot, "a mapping from names to values", "");
  const FieldDescriptor* key_field = slot.field->message_type()->map_key();
  const FieldDescriptor* value_field = slot.field->message_type()->map_value();
  const size_t outer = path_.size();
  for (const YamlMember& member : node.members) {
    if (member.value.kind == YamlNode::Kind::kRefused) continue;
    absl::StrAppend(&path_, MapKeyPath(member.key.text));
    Message* entry = slot.message->GetReflection()->AddMessage(slot.message, slot.field);
    entry->GetReflection()->SetString(entry, key_field, member.key.text);
    BuildValue(member.value, {entry, value_field});
    path_.resize(outer);
  }
}

void Builder::BuildValue(const YamlNode& node, const Slot& slot) {
  switch (slot.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return BuildSubmessage(node, slot);
    case FieldDescriptor::CPPTYPE_STRING:
      return BuildString(node, slot);
    case FieldDescriptor::CPPTYPE_BOOL:
      return BuildBool(node, slot);
    case FieldDescriptor::CPPTYPE_UINT32:
      return BuildUint32(node, slot);
    case FieldDescriptor::CPPTYPE_ENUM:
      return BuildEnum(node, slot);
    default:
      return AddError(node, absl::StrCat("a field of a kind no text can give: ", slot.field->cpp_type_name()), "");
  }
}

void Builder::BuildSubmessage(const YamlNode& node, const Slot& slot) {
  const Descriptor& type = *slot.field->message_type();
  if (node.kind != YamlNode::Kind::kMapping) {
    const std::string names = absl::StrJoin(FieldNames(type), ", ");
    const bool is_short = static_cast<size_t>(type.field_count()) <= kMaxNamesListed;
    return ReportKind(node, slot, "a mapping", is_short ? absl::StrCat("its keys are ", names) : "");
  }
  const Reflection& reflection = *slot.message->GetReflection();
  BuildFields(node, slot.field->is_repeated() ? reflection.AddMessage(slot.message, slot.field)
                                              : reflection.MutableMessage(slot.message, slot.field));
}

void Builder::BuildString(const YamlNode& node, const Slot& slot) {
  if (node.kind != YamlNode::Kind::kScalar && node.kind == JsonFormOf(*slot.field)) {
    std::string json;
    if (node.kind == YamlNode::Kind::kMapping) AppendJson(node, &json);
    for (const YamlNode& item : node.items) {
      AppendJson(item, &json);
      json.push_back('\n');
    }
    return slot.message->GetReflection()->SetString(slot.message, slot.field, json);
  }
  if (node.kind != YamlNode::Kind::kScalar && node.kind != YamlNode::Kind::kNull) {
    const char first = source_.text()[node.range.begin];
    const bool is_flow = first == '[' || first == '{';
    return ReportKind(node, slot, "a text",
                      is_flow ? absl::StrCat("quote a text that begins with ", std::string(1, first)) : "");
  }
  const Reflection& reflection = *slot.message->GetReflection();
  if (slot.field->is_repeated()) {
    reflection.AddString(slot.message, slot.field, node.text);
  } else {
    reflection.SetString(slot.message, slot.field, node.text);
  }
}

void Builder::BuildBool(const YamlNode& node, const Slot& slot) {
  const bool is_true = node.text == "true";
  const bool is_plain = node.kind == YamlNode::Kind::kScalar && node.style == ScalarStyle::kPlain;
  const bool is_word = is_true || node.text == "false";
  if (!is_plain || !is_word) {
    return ReportKind(node, slot, "true or false", is_word ? "leave out the quotes" : "");
  }
  const Reflection& reflection = *slot.message->GetReflection();
  if (slot.field->is_repeated()) {
    reflection.AddBool(slot.message, slot.field, is_true);
  } else {
    reflection.SetBool(slot.message, slot.field, is_true);
  }
}

void Builder::BuildUint32(const YamlNode& node, const Slot& slot) {
  uint32_t number = 0;
  const bool is_plain = node.kind == YamlNode::Kind::kScalar && node.style == ScalarStyle::kPlain;
  const bool is_digits = node.text.find_first_not_of("0123456789") == std::string::npos;
  const bool is_number = is_digits && absl::SimpleAtoi(node.text, &number);
  if (!is_plain || !is_number) {
    return ReportKind(node, slot, "a whole number from 0 to 4294967295", is_number ? "leave out the quotes" : "");
  }
  const Reflection& reflection = *slot.message->GetReflection();
  if (slot.field->is_repeated()) {
    reflection.AddUInt32(slot.message, slot.field, number);
  } else {
    reflection.SetUInt32(slot.message, slot.field, number);
  }
}

void Builder::BuildEnum(const YamlNode& node, const Slot& slot) {
  const google::protobuf::EnumDescriptor& type = *slot.field->enum_type();
  const std::vector<absl::string_view> names = ShortNames(type);
  if (node.kind != YamlNode::Kind::kScalar) {
    return ReportKind(node, slot, absl::StrCat("one of ", absl::StrJoin(names, ", ")), "");
  }
  const google::protobuf::EnumValueDescriptor* value = FindEnumValue(type, node.text);
  if (value == nullptr) {
    return AddError(node, absl::StrCat("'", Excerpt(node.text), "' is not one of ", absl::StrJoin(names, ", ")),
                    Nearest(node.text, names));
  }
  const Reflection& reflection = *slot.message->GetReflection();
  if (slot.field->is_repeated()) {
    reflection.AddEnum(slot.message, slot.field, value);
  } else {
    reflection.SetEnum(slot.message, slot.field, value);
  }
}

void Builder::ReportUnknown(const YamlNode& key, const Descriptor& type) {
  if (issues_->error_count() >= IssueList::kMaxKept) return AddError(key, "", "");  // it is only counted
  const std::vector<absl::string_view> names = FieldNames(type);
  std::string suggestion = Nearest(key.text, names);
  std::string message = absl::StrCat("'", key.text, "' is not a key of ", Article(Noun(type.name())));
  if (suggestion.empty() && names.size() <= kMaxNamesListed) {
    absl::StrAppend(&message, "; its keys are ", absl::StrJoin(names, ", "));
  }
  AddError(key, std::move(message), std::move(suggestion));
}

void Builder::ReportKind(const YamlNode& node, const Slot& slot, absl::string_view what, absl::string_view cure) {
  // Items and entries have no name of their own, the end of the path calls them.
  const bool is_named = !slot.field->is_repeated() && !slot.message->GetDescriptor()->options().map_entry();
  std::string got;
  if (node.kind == YamlNode::Kind::kNull) {
    got = "; nothing is given";
  } else if (node.kind == YamlNode::Kind::kScalar) {
    got = absl::StrCat(", not '", Excerpt(node.text), "'");
  } else {
    got = node.kind == YamlNode::Kind::kSequence ? ", not a list" : ", not a mapping";
  }
  AddError(
      node,
      absl::StrCat("'", is_named ? slot.field->name() : path_, "' takes ", what, got, cure.empty() ? "" : "; ", cure),
      "");
}

void Builder::AddError(const YamlNode& node, std::string message, std::string suggestion) {
  AddTextError(source_, TextRange(node), path_, std::move(message), std::move(suggestion), issues_);
}

}  // namespace

YamlNode::Kind JsonFormOf(const FieldDescriptor& field) {
  const absl::string_view name = field.full_name();
  if (name == "assay.v1.TestCase.input") return YamlNode::Kind::kMapping;
  const bool is_rows = name == "assay.v1.TestCase.others" || name == "assay.v1.TestCase.DatasetsEntry.value";
  return is_rows ? YamlNode::Kind::kSequence : YamlNode::Kind::kScalar;
}

void BuildMessage(const YamlNode& node, const SourceText& source, google::protobuf::Message* message,
                  IssueList* issues) {
  Builder(source, issues).BuildFields(node, message);
}

}  // namespace assay
