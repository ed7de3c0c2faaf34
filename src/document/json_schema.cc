// One definition for each message and enum of rulebook.proto. Entry point: RulebookJsonSchema.
#include "document/json_schema.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/json_text.h"
#include "base/status_macros.h"
#include "rulebook/enum_names.h"
#include "rulebook/proto_builder.h"
#include "schema/descriptor_set.h"
#include "schema/embedded_descriptors.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

constexpr char kText[] = R"("type": ["string", "number", "boolean", "null"])";
constexpr char kMapping[] = R"("type": ["string", "object"])";
constexpr char kMappings[] = R"("type": ["string", "array"], "items": {"type": "object"})";

std::string Quoted(absl::string_view text) {
  std::string json;
  AppendJsonString(text, &json);
  return json;
}

// `"description": "…", ` from the comment before something of the proto, "" if it has none.
template <typename Described>
std::string Description(const Described& thing) {
  google::protobuf::SourceLocation location;
  if (!thing.GetSourceLocation(&location)) return "";
  std::vector<absl::string_view> lines = absl::StrSplit(location.leading_comments, '\n', absl::SkipWhitespace());
  for (absl::string_view& line : lines) line = absl::StripAsciiWhitespace(line);
  return lines.empty() ? "" : absl::StrCat(R"("description": )", Quoted(absl::StrJoin(lines, " ")), ", ");
}

// The name of a message or enum among the definitions: Ledger.Kind.
template <typename Type>
std::string Name(const Type& type) {
  return std::string(absl::StripPrefix(type.full_name(), absl::StrCat(type.file()->package(), ".")));
}

template <typename Type>
std::string Reference(const Type& type) {
  return absl::StrCat(R"("$ref": )", Quoted(absl::StrCat("#/$defs/", Name(type))));
}

std::string StringForm(const FieldDescriptor& field) {
  switch (JsonFormOf(field)) {
    case YamlNode::Kind::kMapping:
      return kMapping;
    case YamlNode::Kind::kSequence:
      return kMappings;
    default:
      return kText;
  }
}

// What one value of the field may be, as members of a JSON object.
absl::StatusOr<std::string> ValueForm(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Reference(*field.message_type());
    case FieldDescriptor::CPPTYPE_ENUM:
      return Reference(*field.enum_type());
    case FieldDescriptor::CPPTYPE_STRING:
      return StringForm(field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return R"("type": "boolean")";
    case FieldDescriptor::CPPTYPE_UINT32:
      return R"("type": "integer", "minimum": 0, "maximum": 4294967295)";
    default:
      return absl::InternalError(absl::StrCat("no rulebook holds a value of this field: ", field.full_name()));
  }
}

absl::StatusOr<std::string> FieldForm(const FieldDescriptor& field) {
  ASSIGN_OR_RETURN(std::string value, ValueForm(field.is_map() ? *field.message_type()->map_value() : field));
  if (field.is_map()) return absl::StrCat(R"("type": ["object", "null"], "additionalProperties": {)", value, "}");
  if (field.is_repeated()) return absl::StrCat(R"("type": ["array", "null"], "items": {)", value, "}");
  if (field.message_type() == nullptr) return value;
  return absl::StrCat(R"("anyOf": [{)", value, R"(}, {"type": "null"}])");  // nothing behind the key: not given
}

absl::StatusOr<std::string> MessageDefinition(const Descriptor& type) {
  std::vector<std::string> properties;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    ASSIGN_OR_RETURN(const std::string form, FieldForm(field));
    properties.push_back(absl::StrCat("        ", Quoted(field.name()), ": {", Description(field), form, "}"));
  }
  return absl::StrCat("    ", Quoted(Name(type)), ": {\n      ", Description(type),
                      R"("type": "object", "additionalProperties": false, "properties": {)", "\n",
                      absl::StrJoin(properties, ",\n"), "\n      }\n    }");
}

// A value by its short name, and by its full one, which editors should not offer.
std::string EnumDefinition(const EnumDescriptor& type) {
  std::vector<std::string> values;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (value.number() == 0) continue;
    const std::string described = absl::StrCat("        {", Description(value), R"("const": )");
    values.push_back(absl::StrCat(described, Quoted(ShortName(value)), "}"));
    values.push_back(absl::StrCat(described, Quoted(value.name()), R"(, "deprecated": true})"));
  }
  return absl::StrCat("    ", Quoted(Name(type)), ": {\n      ", Description(type), R"("oneOf": [)", "\n",
                      absl::StrJoin(values, ",\n"), "\n      ]\n    }");
}

absl::Status AddDefinitions(const Descriptor& type, std::vector<std::string>* definitions) {
  if (type.options().map_entry()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::string definition, MessageDefinition(type));
  definitions->push_back(std::move(definition));
  for (int i = 0; i < type.enum_type_count(); ++i) definitions->push_back(EnumDefinition(*type.enum_type(i)));
  for (int i = 0; i < type.nested_type_count(); ++i) RETURN_IF_ERROR(AddDefinitions(*type.nested_type(i), definitions));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RulebookJsonSchema() {
  google::protobuf::DescriptorPool pool;
  ASSIGN_OR_RETURN(const std::vector<const FileDescriptor*> files,
                   BuildDescriptors({kRulebookDescriptors, kRulebookDescriptorsSize}, &pool));
  std::vector<std::string> definitions;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      RETURN_IF_ERROR(AddDefinitions(*file->message_type(i), &definitions));
    }
    for (int i = 0; i < file->enum_type_count(); ++i) definitions.push_back(EnumDefinition(*file->enum_type(i)));
  }
  return absl::StrCat("{\n", R"(  "$schema": "https://json-schema.org/draft/2020-12/schema",)", "\n",
                      R"(  "title": "Assay rulebook",)", "\n", R"(  "$ref": "#/$defs/Rulebook",)", "\n",
                      R"(  "$defs": {)", "\n", absl::StrJoin(definitions, ",\n"), "\n  }\n}\n");
}

}  // namespace assay
