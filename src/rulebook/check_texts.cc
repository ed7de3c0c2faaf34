// Walks every LocalizedText of the rulebook by reflection, so that no new field is forgotten. Entry point: CheckTexts.
#include "rulebook/check_texts.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "rulebook/source_map.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The values that {name} stands for in a text.
std::set<std::string> Placeholders(const std::string& text) {
  std::set<std::string> names;
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", open + 1);
    if (end != std::string::npos && text[end] == '}') names.insert(text.substr(open + 1, end - open - 1));
  }
  return names;
}

class TextCheck {
 public:
  TextCheck(const LoadedRulebook& loaded, CheckReport* report) : loaded_(loaded), report_(report) {}

  void Walk(const Message& message, const std::string& path) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      const std::string place = absl::StrCat(path, path.empty() ? "" : ".", field->name());
      if (field->is_map()) {
        VisitMap(message, *field, place);
        continue;
      }
      if (!field->is_repeated()) Visit(reflection.GetMessage(message, field), place);
      for (int i = 0; field->is_repeated() && i < reflection.FieldSize(message, field); ++i) {
        Visit(reflection.GetRepeatedMessage(message, field, i), absl::StrCat(place, "[", i, "]"));
      }
    }
  }

  // What people read of findings and roles; all other texts may be left out.
  void FindMissing() {
    std::set<std::string> worded;  // reason codes
    for (int i = 0; i < loaded_.proto.reason_codes_size(); ++i) {
      const v1::ReasonCode& code = loaded_.proto.reason_codes(i);
      if (IsEmpty(code.text()))
        Missing(absl::StrCat("reason_codes[", i, "].code"), "a reason code has no text", code.code());
      if (!IsEmpty(code.text())) worded.insert(code.code());
    }
    for (int i = 0; i < loaded_.proto.rules_size(); ++i) {
      const v1::Rule& rule = loaded_.proto.rules(i);
      const bool says = !IsEmpty(rule.message()) || !rule.reason_by().empty() || worded.contains(rule.reason());
      if (!says)
        Missing(absl::StrCat("rules[", i, "].id"), "a rule has neither a message nor a reason with a text", rule.id());
    }
    for (int i = 0; i < loaded_.proto.roles_size(); ++i) {
      const v1::Role& role = loaded_.proto.roles(i);
      if (IsEmpty(role.title())) Missing(absl::StrCat("roles[", i, "].name"), "a role has no title", role.name());
    }
    const auto& words = loaded_.proto.evaluation().words();
    for (const auto& [word, text] : std::map<std::string, v1::LocalizedText>(words.begin(), words.end())) {
      if (IsEmpty(text)) Missing(absl::StrCat("evaluation.words", MapKeyPath(word)), "a word has no text", word);
    }
  }

 private:
  static bool IsEmpty(const v1::LocalizedText& text) { return text.en().empty() && text.zh().empty(); }

  void Add(absl::string_view code, const std::string& path, std::string message) {
    report_->Add(code, loaded_.sources.MakeIssue(Severity::kNote, path, std::move(message)));
  }

  void Missing(const std::string& path, const char* what, const std::string& name) {
    Add("text-missing", path, absl::StrCat(what, ": '", name, "'"));
  }

  // Entries by their keys, which protobuf gives in no order.
  void VisitMap(const Message& message, const FieldDescriptor& field, const std::string& path) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    const FieldDescriptor* value = field.message_type()->map_value();
    if (value->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return;
    std::map<std::string, const Message*> values;
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      const google::protobuf::Reflection& of_entry = *entry.GetReflection();
      values[of_entry.GetString(entry, field.message_type()->map_key())] = &of_entry.GetMessage(entry, value);
    }
    for (const auto& [key, text] : values) Visit(*text, absl::StrCat(path, MapKeyPath(key)));
  }

  void Visit(const Message& message, const std::string& path) {
    if (message.GetDescriptor() != v1::LocalizedText::descriptor()) return Walk(message, path);
    const auto& text = static_cast<const v1::LocalizedText&>(message);
    if (text.en().empty() != text.zh().empty()) {
      return Add("translation-missing", path,
                 absl::StrCat("this has no ", text.en().empty() ? "English (en)" : "Chinese (zh)", " text"));
    }
    if (Values(text.en(), "_en") == Values(text.zh(), "_zh")) return;
    Add("translation-differs", path,
        absl::StrCat("the texts show different values: in English ", Shown(text.en()), ", in Chinese ",
                     Shown(text.zh())));
  }

  // The values that a text shows; one that ends in the text's language is told apart from its like by that alone.
  static std::set<std::string> Values(const std::string& text, absl::string_view language) {
    std::set<std::string> values;
    for (const std::string& name : Placeholders(text)) values.emplace(absl::StripSuffix(name, language));
    return values;
  }

  static std::string Shown(const std::string& text) {
    const std::set<std::string> names = Placeholders(text);
    return names.empty() ? "none" : absl::StrCat("{", absl::StrJoin(names, "} {"), "}");
  }

  const LoadedRulebook& loaded_;
  CheckReport* report_;
};

}  // namespace

void CheckTexts(const LoadedRulebook& loaded, CheckReport* report) {
  TextCheck check(loaded, report);
  check.Walk(loaded.proto, "");
  check.FindMissing();
}

}  // namespace assay
