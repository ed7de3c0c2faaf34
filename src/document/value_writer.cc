// One form for each kind of value. Entry points: ValueWriter::Expression, Reference, Enum, String.
#include "document/value_writer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "document/expression_links.h"
#include "document/json_layout.h"
#include "rulebook/enum_names.h"

namespace assay {
namespace {

constexpr size_t kUsersShown = 6;  // more of one section are folded

}  // namespace

void ValueWriter::Expression(absl::string_view text) {
  const bool is_block = text.find('\n') != absl::string_view::npos;
  if (is_block) html_->Put("<pre>");
  html_->Put("<code class=\"cel\">");
  const absl::string_view shown = absl::StripTrailingAsciiWhitespace(text);
  size_t at = 0;
  for (const ExpressionPart& part : PartsOf(shown, *things_)) {
    const auto begin = static_cast<size_t>(part.range.begin);
    const absl::string_view words = shown.substr(begin, static_cast<size_t>(part.range.end) - begin);
    html_->Text(shown.substr(at, begin - at));
    if (part.thing == nullptr) html_->Put("<span class=\"text\">%</span>", {words});
    if (part.thing != nullptr) html_->Put("<a href=\"#%\">%</a>", {part.thing->anchor, words});
    at = static_cast<size_t>(part.range.end);
  }
  html_->Put("%</code>", {shown.substr(at)});
  if (is_block) html_->Put("</pre>");
}

void ValueWriter::Link(const Thing& thing) {
  const bool is_number = absl::EndsWith(thing.path, "]") && *thing.section->name == '\0';
  html_->Put("<a href=\"#%\"><code>%", {thing.anchor, is_number ? "#" : ""});
  for (const absl::string_view word : absl::StrSplit(thing.name, '_')) {  // lines break behind _
    if (word.data() != thing.name.data()) html_->Put("_<wbr>");
    html_->Text(word);
  }
  html_->Put("</code></a>");
}

void ValueWriter::Reference(absl::string_view list, absl::string_view name) {
  const Thing* thing = things_->Find(list, name);
  if (thing == nullptr) return html_->Put("<code>%</code>", {name});
  Link(*thing);
  if (thing->text == nullptr) return;
  html_->Put(" <span class=\"meaning\">");
  html_->Say(*thing->text);
  html_->Put("</span>");
}

void ValueWriter::Enum(const google::protobuf::EnumValueDescriptor& value, bool explains) {
  const absl::string_view name = ShortName(value);
  const EnumLabel* label = FindEnumLabel(value.name());
  html_->Put("<span class=\"badge %\">", {absl::AsciiStrToLower(name)});
  html_->SayWord(name, label == nullptr ? "" : label->zh);
  html_->Put("</span>");
  if (label == nullptr || !explains) return;
  html_->Put(" <span class=\"meaning\">");
  html_->Say(label->meaning);
  html_->Put("</span>");
}

void ValueWriter::EnumOf(const google::protobuf::Message& message, absl::string_view key) {
  const google::protobuf::FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(key));
  const google::protobuf::EnumValueDescriptor* value = message.GetReflection()->GetEnum(message, field);
  if (value->number() != 0) Enum(*value, false);
}

void ValueWriter::Effective(const v1::Effective& effective) {
  if (!effective.from().empty()) {
    html_->Say(Words{"from ", "自 "});
    html_->Put("<code>%</code> ", {effective.from()});
  }
  if (!effective.to().empty()) {
    html_->Say(Words{"to ", "至 "});
    html_->Put("<code>%</code>", {effective.to()});
  }
}

void ValueWriter::Decimal(const v1::DecimalType& decimal) {
  html_->Say(absl::StrCat(decimal.precision(), " digits, ", decimal.scale(), " after the point"),
             absl::StrCat("共 ", decimal.precision(), " 位，小数 ", decimal.scale(), " 位"));
}

void ValueWriter::Json(absl::string_view text) {
  html_->Put("<pre class=\"json\"><code>%</code></pre>", {LaidOutJson(text)});
}

void ValueWriter::String(absl::string_view text, const FieldLabel* label) {
  const ValueForm form = label == nullptr ? ValueForm::kText : label->form;
  switch (form) {
    case ValueForm::kExpression:
      return Expression(text);
    case ValueForm::kReference:
      return Reference(label->list, text);
    case ValueForm::kJson:
      return Json(text);
    case ValueForm::kText:
      return html_->Put("<bdi>%</bdi>", {text});
  }
}

void ValueWriter::PlaceIfElsewhere(const std::string& path, const std::string& part) {
  if (things_->FileOf(path) == things_->FileOf(part)) return;
  html_->Put(" <span class=\"place\">%</span>", {things_->PlaceOf(part)});
}

void ValueWriter::PlaceAndUsers(const Thing& thing) {
  html_->Put("<span class=\"place\">%</span>", {things_->PlaceOf(thing.path)});
  const auto found = uses_->find(&thing);
  if (found == uses_->end()) return;
  html_->Put("<div class=\"users\">");
  html_->Say(Words{"Mentioned in", "见于"});
  for (const Section& section : Sections()) {
    std::vector<const Thing*> users;
    for (const Thing* user : found->second) {
      if (user->section == &section) users.push_back(user);
    }
    if (!users.empty()) Users(section, users);
  }
  html_->Put("</div>");
}

void ValueWriter::Users(const Section& section, const std::vector<const Thing*>& users) {
  const bool is_long = users.size() > kUsersShown;
  is_long ? html_->Put(" <details><summary>") : html_->Put(" <span>");
  html_->Say(section.title);
  if (is_long) html_->Put(" (%)</summary>", {absl::StrCat(users.size())});
  for (const Thing* user : users) {
    html_->Put(" ");
    Link(*user);
  }
  is_long ? html_->Put("</details>") : html_->Put("</span>");
}

}  // namespace assay
