// Entry point: JsonOf. Written by reflection straight into the text: protobuf's own printer serializes and reads the
// message again, at ten times the price.
#include "evaluate/json.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/double_text.h"
#include "base/json_text.h"
#include "base/timestamp.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void AppendEnum(const FieldDescriptor& field, int number, std::string* out) {
  const google::protobuf::EnumValueDescriptor* value = field.enum_type()->FindValueByNumber(number);
  if (value == nullptr) return absl::StrAppend(out, number);
  absl::StrAppend(out, "\"", value->name(), "\"");
}

void AppendText(const FieldDescriptor& field, const std::string& text, std::string* out) {
  if (field.type() != FieldDescriptor::TYPE_BYTES) return AppendJsonString(text, out);
  absl::StrAppend(out, "\"", absl::Base64Escape(text), "\"");
}

// What is no number in JSON is a text.
void AppendDouble(double value, std::string* out) {
  const std::string text = FormatDouble(value);
  if (text.find_first_of("NI") == std::string::npos) return void(out->append(text));
  absl::StrAppend(out, "\"", text, "\"");
}

void AppendMessage(const Message& message, std::string* out);

// The field's value, or the one at `index` of a repeated field.
void AppendValue(const Message& message, const FieldDescriptor& field, int index, std::string* out) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return AppendText(field,
                        repeated ? reflection.GetRepeatedStringReference(message, &field, index, &scratch)
                                 : reflection.GetStringReference(message, &field, &scratch),
                        out);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return AppendMessage(
          repeated ? reflection.GetRepeatedMessage(message, &field, index) : reflection.GetMessage(message, &field),
          out);
    case FieldDescriptor::CPPTYPE_ENUM:
      return AppendEnum(
          field,
          repeated ? reflection.GetRepeatedEnumValue(message, &field, index) : reflection.GetEnumValue(message, &field),
          out);
    case FieldDescriptor::CPPTYPE_BOOL:
      return out->append(reflection.GetBool(message, &field) ? "true" : "false"), void();
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return AppendDouble(reflection.GetDouble(message, &field), out);
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrAppend(
          out, repeated ? reflection.GetRepeatedInt32(message, &field, index) : reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrAppend(out, "\"", reflection.GetUInt64(message, &field), "\"");
    default:
      return absl::StrAppend(out, "\"", reflection.GetInt64(message, &field), "\"");
  }
}

void AppendList(const Message& message, const FieldDescriptor& field, std::string* out) {
  const int size = message.GetReflection()->FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    out->push_back(i == 0 ? '[' : ',');
    AppendValue(message, field, i, out);
  }
  out->push_back(']');
}

void AppendMessage(const Message& message, std::string* out) {
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
    return absl::StrAppend(out, "\"", FormatTimestamp({time.seconds(), time.nanos()}), "\"");
  }
  if (message.GetDescriptor() == google::protobuf::Duration::descriptor()) {
    const auto& span = static_cast<const google::protobuf::Duration&>(message);
    return absl::StrAppend(out, "\"", FormatDuration({span.seconds(), span.nanos()}), "\"");
  }
  std::vector<const FieldDescriptor*> fields;  // that are set, by number
  message.GetReflection()->ListFields(message, &fields);
  out->push_back('{');
  for (const FieldDescriptor* field : fields) {
    absl::StrAppend(out, field == fields.front() ? "\"" : ",\"", field->name(), "\":");
    field->is_repeated() ? AppendList(message, *field, out) : AppendValue(message, *field, 0, out);
  }
  out->push_back('}');
}

}  // namespace

std::string JsonOf(const Message& message) {
  std::string json;
  AppendMessage(message, &json);
  return json;
}

}  // namespace assay
