// All keys of a message, as terms or as rows of a table. Entry points: ValueWriter::Fields, Grid.
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "document/value_writer.h"
#include "rulebook/source_map.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsSet(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0 : reflection.HasField(message, &field);
}

// Whether a message has lists of messages, which no row of a table can hold.
bool HasParts(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool is_list = field.is_repeated() && !field.is_map() && field.message_type() != nullptr;
    if (is_list && IsSet(message, field)) return true;
  }
  return false;
}

size_t LinesOf(absl::string_view text) {
  const auto breaks = static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

}  // namespace

void ValueWriter::Label(const FieldDescriptor& field) {
  const FieldLabel* label = FindLabel(field);
  if (label != nullptr) return html_->Say(label->words);
  html_->Put("<code>%</code>", {field.name()});
}

void ValueWriter::Fields(const Message& message, const std::string& path, absl::Span<const absl::string_view> skipped) {
  html_->Put("<dl>");
  for (const FieldDescriptor* field : FieldsInReadingOrder(*message.GetDescriptor())) {
    const bool is_skipped = std::find(skipped.begin(), skipped.end(), field->name()) != skipped.end();
    if (is_skipped || !IsSet(message, *field)) continue;
    html_->Put("<div><dt>");
    Label(*field);
    html_->Put("</dt><dd>");
    Field(message, *field, path);
    html_->Put("</dd></div>");
  }
  html_->Put("</dl>");
}

void ValueWriter::Field(const Message& message, const FieldDescriptor& field, const std::string& path) {
  const std::string field_path = absl::StrCat(path, path.empty() ? "" : ".", field.name());
  if (field.is_map()) {
    Map(message, field);
  } else if (field.is_repeated() && field.message_type() != nullptr) {
    Messages(message, field, field_path);
  } else if (field.is_repeated()) {
    List(message, field);
  } else {
    One(message, field, field_path);
  }
  PlaceIfElsewhere(path, field_path);
}

void ValueWriter::List(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const FieldLabel* label = FindLabel(field);
  const bool are_expressions = label != nullptr && label->form == ValueForm::kExpression;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    if (i > 0 && !are_expressions) html_->Put(", ");
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      String(reflection.GetRepeatedString(message, &field, i), label);
    } else {
      html_->Text(absl::StrCat(reflection.GetRepeatedUInt32(message, &field, i)));
    }
  }
}

// Entries by their keys, which protobuf gives in no order.
void ValueWriter::Map(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* key = field.message_type()->map_key();
  std::map<std::string, const Message*> entries;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    entries[entry.GetReflection()->GetString(entry, key)] = &entry;
  }
  for (const auto& [name, entry] : entries) Entry(name, *entry, field);
}

void ValueWriter::Entry(const std::string& name, const Message& entry, const FieldDescriptor& map) {
  const FieldDescriptor* value = map.message_type()->map_value();
  const FieldLabel* label = FindLabel(map);
  if (label != nullptr && label->form == ValueForm::kJson) {
    const std::string rows = entry.GetReflection()->GetString(entry, value);
    html_->Put("<details><summary>");
    Reference(label->list, name);
    html_->Put(" (%)</summary><pre class=\"json\"><code>%</code></pre></details>", {absl::StrCat(LinesOf(rows)), rows});
    return;
  }
  const EnumLabel* word = FindEnumLabel(absl::StrCat("CHECKPOINT_", name));
  html_->Put("<div class=\"entry\"><span class=\"name\">");
  html_->SayWord(name, word == nullptr ? "" : word->zh);
  html_->Put("</span> ");
  if (value->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    String(entry.GetReflection()->GetString(entry, value), label);
  } else {
    One(entry, *value, "");
  }
  html_->Put("</div>");
}

void ValueWriter::Messages(const Message& message, const FieldDescriptor& field, const std::string& path) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<Row> rows;
  bool have_parts = false;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    rows.push_back({&reflection.GetRepeatedMessage(message, &field, i), absl::StrCat(path, "[", i, "]")});
    have_parts = have_parts || HasParts(*rows.back().message);
  }
  if (!have_parts) return Grid(rows);
  for (const Row& row : rows) Submessage(*row.message, row.path);
}

void ValueWriter::One(const Message& message, const FieldDescriptor& field, const std::string& path) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Submessage(reflection.GetMessage(message, &field), path);
    case FieldDescriptor::CPPTYPE_ENUM:
      return Enum(*reflection.GetEnum(message, &field), true);
    case FieldDescriptor::CPPTYPE_BOOL:
      return html_->Say(reflection.GetBool(message, &field) ? Words{"yes", "是"} : Words{"no", "否"});
    case FieldDescriptor::CPPTYPE_UINT32:
      return html_->Text(absl::StrCat(reflection.GetUInt32(message, &field)));
    default:
      return String(reflection.GetString(message, &field), FindLabel(field));
  }
}

void ValueWriter::Submessage(const Message& message, const std::string& path) {
  using google::protobuf::DynamicCastToGenerated;
  if (const auto* text = DynamicCastToGenerated<v1::LocalizedText>(&message)) return html_->Say(*text);
  if (const auto* days = DynamicCastToGenerated<v1::Effective>(&message)) return Effective(*days);
  if (const auto* size = DynamicCastToGenerated<v1::DecimalType>(&message)) return Decimal(*size);
  if (const auto* input = DynamicCastToGenerated<v1::Input>(&message)) {
    return html_->Put("<code>%: %</code>", {input->name(), input->type()});
  }
  html_->Put("<div class=\"part\">");
  Fields(message, path, {});
  html_->Put("</div>");
}

void ValueWriter::Grid(const std::vector<Row>& rows) {
  std::vector<const FieldDescriptor*> columns = FieldsInReadingOrder(*rows.front().message->GetDescriptor());
  std::erase_if(columns, [&rows](const FieldDescriptor* field) {
    return std::none_of(rows.begin(), rows.end(), [field](const Row& row) { return IsSet(*row.message, *field); });
  });
  const bool are_things = rows.front().thing != nullptr;
  html_->Put("<div class=\"scroll\"><table><thead><tr>");
  const bool are_numbered = are_things && *rows.front().thing->section->name == '\0';
  if (are_numbered) html_->Put("<th>#</th>");
  for (const FieldDescriptor* column : columns) {
    html_->Put("<th>");
    Label(*column);
    html_->Put("</th>");
  }
  if (are_things) {
    html_->Put("<th>");
    html_->Say(Words{"Written at, mentioned in", "位置与引用"});
    html_->Put("</th>");
  }
  html_->Put("</tr></thead><tbody>\n");
  for (const Row& row : rows) GridRow(row, columns);
  html_->Put("</tbody></table></div>\n");
}

void ValueWriter::GridRow(const Row& row, const std::vector<const FieldDescriptor*>& columns) {
  row.thing == nullptr ? html_->Put("<tr>") : html_->Put("<tr id=\"%\">", {row.thing->anchor});
  if (row.thing != nullptr && *row.thing->section->name == '\0') {
    html_->Put("<td>");
    Link(*row.thing);
    html_->Put("</td>");
  }
  for (const FieldDescriptor* column : columns) {
    html_->Put("<td>");
    const bool is_name = row.thing != nullptr && column->name() == row.thing->section->name;
    if (is_name) {
      Link(*row.thing);
    } else if (IsSet(*row.message, *column) || column->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      Field(*row.message, *column, row.path);
    }
    html_->Put("</td>");
  }
  if (row.thing != nullptr) {
    html_->Put("<td>");
    PlaceAndUsers(*row.thing);
    html_->Put("</td>");
  }
  html_->Put("</tr>\n");
}

}  // namespace assay
