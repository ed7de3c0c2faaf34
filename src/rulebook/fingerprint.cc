// The canonical writer: one walk over a message by reflection. Entry points: CanonicalJson, Fingerprint.
// It writes only what rulebook.proto has: messages, maps with string keys, strings, bools, uint32 and enums.
#include "rulebook/fingerprint.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "base/sha256.h"
#include "rulebook/enum_names.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void WriteMessage(const Message& message, std::string* out);

void WriteString(absl::string_view text, std::string* out) {
  out->push_back('"');
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out->append({'\\', c});
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      absl::StrAppendFormat(out, "\\u%04x", c);
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

// Element `index` of a repeated field; the value of a singular one if `index` is -1.
void WriteValue(const Message& message, const FieldDescriptor* field, int index, std::string* out) {
  const Reflection& reflection = *message.GetReflection();
  const bool is_element = index >= 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return WriteMessage(
          is_element ? reflection.GetRepeatedMessage(message, field, index) : reflection.GetMessage(message, field),
          out);
    case FieldDescriptor::CPPTYPE_STRING:
      return WriteString(
          is_element ? reflection.GetRepeatedString(message, field, index) : reflection.GetString(message, field), out);
    case FieldDescriptor::CPPTYPE_ENUM:
      return WriteString(ShortName(is_element ? *reflection.GetRepeatedEnum(message, field, index)
                                              : *reflection.GetEnum(message, field)),
                         out);
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool value =
          is_element ? reflection.GetRepeatedBool(message, field, index) : reflection.GetBool(message, field);
      return absl::StrAppend(out, value ? "true" : "false");
    }
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrAppend(
          out, is_element ? reflection.GetRepeatedUInt32(message, field, index) : reflection.GetUInt32(message, field));
    default:
      break;
  }
}

void WriteMap(const Message& message, const FieldDescriptor* field, std::string* out) {
  const Reflection& reflection = *message.GetReflection();
  absl::btree_map<std::string, const Message*> entries;
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, field, i);
    entries[entry.GetReflection()->GetString(entry, field->message_type()->map_key())] = &entry;
  }
  const char* separator = "{";
  for (const auto& [key, entry] : entries) {
    absl::StrAppend(out, separator);
    WriteString(key, out);
    out->push_back(':');
    WriteValue(*entry, field->message_type()->map_value(), -1, out);
    separator = ",";
  }
  out->push_back('}');
}

void WriteList(const Message& message, const FieldDescriptor* field, std::string* out) {
  const int size = message.GetReflection()->FieldSize(message, field);
  for (int i = 0; i < size; ++i) {
    out->push_back(i == 0 ? '[' : ',');
    WriteValue(message, field, i, out);
  }
  out->push_back(']');
}

void WriteField(const Message& message, const FieldDescriptor* field, std::string* out) {
  if (field->is_map()) return WriteMap(message, field, out);
  field->is_repeated() ? WriteList(message, field, out) : WriteValue(message, field, -1, out);
}

void WriteMessage(const Message& message, std::string* out) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::sort(fields.begin(), fields.end(),
            [](const FieldDescriptor* a, const FieldDescriptor* b) { return a->name() < b->name(); });
  out->push_back('{');
  for (const FieldDescriptor* field : fields) {
    if (out->back() != '{') out->push_back(',');
    absl::StrAppend(out, "\"", field->name(), "\":");
    WriteField(message, field, out);
  }
  out->push_back('}');
}

}  // namespace

std::string CanonicalJson(const v1::Rulebook& rulebook) {
  v1::Rulebook counted = rulebook;
  counted.clear_tests();
  counted.clear_imports();
  counted.clear_overrides();  // what they say is done
  std::string json;
  WriteMessage(counted, &json);
  return json;
}

std::string CanonicalField(const Message& part, const FieldDescriptor* field) {
  std::string json;
  WriteField(part, field, &json);
  return json;
}

std::string Fingerprint(const v1::Rulebook& rulebook) { return Sha256Hex(CanonicalJson(rulebook)); }

}  // namespace assay
