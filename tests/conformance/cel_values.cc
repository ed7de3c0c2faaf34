// Conversions from the suite's messages. Entry points are those of the header.
#include "tests/conformance/cel_values.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "interp/field_reader.h"
#include "lang/environment.h"
#include "tests/conformance/cel_suite.h"

namespace assay {
namespace {

using google::protobuf::Message;

double GetDouble(const Message& message, const char* name) {
  return message.GetReflection()->GetDouble(message, &FieldNamed(message, name));
}

Value MapFromSuite(const Schema& schema, const Message& map) {
  ValueMap entries;
  for (const Message* entry : GetMessages(map, "entries")) {
    entries.push_back(
        {ValueFromSuite(schema, GetMessage(*entry, "key")), ValueFromSuite(schema, GetMessage(*entry, "value"))});
  }
  std::sort(entries.begin(), entries.end(), [](const MapEntry& a, const MapEntry& b) { return KeyLess(a.key, b.key); });
  return Value::Map(std::move(entries));
}

const std::map<std::string, TypeKind>& Primitives() {
  static const auto& kinds = *new std::map<std::string, TypeKind>{
      {"BOOL", TypeKind::kBool},     {"INT64", TypeKind::kInt},     {"UINT64", TypeKind::kUint},
      {"DOUBLE", TypeKind::kDouble}, {"STRING", TypeKind::kString}, {"BYTES", TypeKind::kBytes}};
  return kinds;
}

std::string EnumName(const Message& message, const char* field) {
  return message.GetReflection()->GetEnum(message, &FieldNamed(message, field))->name();
}

bool MatchesRow(const RowValue& actual, const RowValue& expected) {
  if (actual.message == nullptr || expected.message == nullptr) return false;
  if (actual.message->GetDescriptor() != expected.message->GetDescriptor()) return false;
  google::protobuf::util::MessageDifferencer differencer;
  google::protobuf::util::DefaultFieldComparator comparator;
  comparator.set_treat_nan_as_equal(true);
  differencer.set_field_comparator(&comparator);
  return differencer.Compare(*actual.message, *expected.message);
}

}  // namespace

Value ValueFromSuite(const Schema& schema, const Message& value) {
  const std::string kind = KindOf(value, "kind");
  const google::protobuf::Reflection& r = *value.GetReflection();
  if (kind == "bool_value") return Value::Bool(GetBool(value, "bool_value"));
  if (kind == "int64_value") return Value::Int(r.GetInt64(value, &FieldNamed(value, "int64_value")));
  if (kind == "uint64_value") return Value::Uint(r.GetUInt64(value, &FieldNamed(value, "uint64_value")));
  if (kind == "double_value") return Value::Double(GetDouble(value, "double_value"));
  if (kind == "string_value") return Value::String(GetString(value, "string_value"));
  if (kind == "bytes_value") return Value::Bytes(GetString(value, "bytes_value"));
  if (kind == "type_value") return Value::Type(GetString(value, "type_value"));
  if (kind == "map_value") return MapFromSuite(schema, GetMessage(value, "map_value"));
  if (kind == "object_value") return ReadMessage(schema, {&GetMessage(value, "object_value"), nullptr, -1});
  if (kind == "enum_value") {
    const Message& number = GetMessage(value, "enum_value");
    return Value::Int(number.GetReflection()->GetInt32(number, &FieldNamed(number, "value")));
  }
  if (kind == "list_value") {
    ValueList list;
    for (const Message* element : GetMessages(GetMessage(value, "list_value"), "values")) {
      list.push_back(ValueFromSuite(schema, *element));
    }
    return Value::List(std::move(list));
  }
  return Value::Null();
}

const Type* TypeFromSuite(const Schema& schema, const FunctionTable& functions, TypeTable* types, const Message& type) {
  const std::string kind = KindOf(type, "type_kind");
  if (kind == "primitive") return types->Simple(Primitives().at(EnumName(type, "primitive")));
  if (kind == "wrapper") return types->Nullable(types->Simple(Primitives().at(EnumName(type, "wrapper"))));
  if (kind == "null") return types->Simple(TypeKind::kNull);
  if (kind == "type") return types->Simple(TypeKind::kType);
  if (kind == "well_known") {
    const std::string name = EnumName(type, "well_known");
    if (name == "TIMESTAMP") return types->Simple(TypeKind::kTimestamp);
    if (name == "DURATION") return types->Simple(TypeKind::kDuration);
  }
  if (kind == "list_type") {
    return types->List(TypeFromSuite(schema, functions, types, GetMessage(GetMessage(type, "list_type"), "elem_type")));
  }
  if (kind == "map_type") {
    const Message& map = GetMessage(type, "map_type");
    return types->Map(TypeFromSuite(schema, functions, types, GetMessage(map, "key_type")),
                      TypeFromSuite(schema, functions, types, GetMessage(map, "value_type")));
  }
  if (kind == "message_type") {
    const auto message = schema.FindMessage(GetString(type, "message_type"));
    if (message.ok()) return MessageValueType(types, *message);
  }
  if (kind == "abstract_type") {
    const Message& abstract = GetMessage(type, "abstract_type");
    const std::vector<const Message*> parts = GetMessages(abstract, "parameter_types");
    if (GetString(abstract, "name") == "optional_type" && parts.size() == 1) {
      return types->Optional(TypeFromSuite(schema, functions, types, *parts[0]));
    }
    std::vector<const Type*> types_of_parts;
    for (const Message* part : parts) types_of_parts.push_back(TypeFromSuite(schema, functions, types, *part));
    return types->Opaque(GetString(abstract, "name"), std::move(types_of_parts));
  }
  if (kind == "type_param") return functions.param(GetString(type, "type_param")[0] - 'T');  // the suite has T, U and V
  return types->Simple(TypeKind::kDyn);
}

bool Matches(const Value& actual, const Value& expected) {
  if (actual.kind() != expected.kind()) return false;
  switch (expected.kind()) {
    case ValueKind::kDouble:
      if (std::isnan(expected.as_double())) return std::isnan(actual.as_double());
      return actual.as_double() == expected.as_double();
    case ValueKind::kList:
      return std::equal(actual.as_list().begin(), actual.as_list().end(), expected.as_list().begin(),
                        expected.as_list().end(), Matches);
    case ValueKind::kMap:
      return std::equal(
          actual.as_map().begin(), actual.as_map().end(), expected.as_map().begin(), expected.as_map().end(),
          [](const MapEntry& a, const MapEntry& b) { return Matches(a.key, b.key) && Matches(a.value, b.value); });
    case ValueKind::kRow:
      return MatchesRow(actual.as_row(), expected.as_row());
    case ValueKind::kError:
      return true;
    default:
      return Equal(actual, expected);
  }
}

std::string SuiteTypeName(const Type& type) {
  switch (type.kind) {
    case TypeKind::kOptional:
      return absl::StrCat("optional_type(", SuiteTypeName(*type.element), ")");
    case TypeKind::kNullable:
      return absl::StrCat("wrapper(", SuiteTypeName(*type.element), ")");
    case TypeKind::kList:
      return absl::StrCat("list(", SuiteTypeName(*type.element), ")");
    case TypeKind::kMap:
      return absl::StrCat("map(", SuiteTypeName(*type.key), ", ", SuiteTypeName(*type.element), ")");
    default:
      return TypeName(type);
  }
}

std::string SuiteTypeName(const Message& type) {
  static const auto& names =
      *new std::map<std::string, std::string>{{"BOOL", "bool"},           {"INT64", "int"},         {"UINT64", "uint"},
                                              {"DOUBLE", "double"},       {"STRING", "string"},     {"BYTES", "bytes"},
                                              {"TIMESTAMP", "timestamp"}, {"DURATION", "duration"}, {"ANY", "dyn"}};
  const std::string kind = KindOf(type, "type_kind");
  if (kind == "primitive") return names.at(EnumName(type, "primitive"));
  if (kind == "well_known") return names.at(EnumName(type, "well_known"));
  if (kind == "wrapper") return absl::StrCat("wrapper(", names.at(EnumName(type, "wrapper")), ")");
  if (kind == "null") return "null";
  if (kind == "dyn") return "dyn";
  if (kind == "type") return "type";
  if (kind == "message_type") return GetString(type, "message_type");
  if (kind == "list_type") {
    return absl::StrCat("list(", SuiteTypeName(GetMessage(GetMessage(type, "list_type"), "elem_type")), ")");
  }
  if (kind == "map_type") {
    const Message& map = GetMessage(type, "map_type");
    return absl::StrCat("map(", SuiteTypeName(GetMessage(map, "key_type")), ", ",
                        SuiteTypeName(GetMessage(map, "value_type")), ")");
  }
  if (kind != "abstract_type") return kind;
  const Message& abstract = GetMessage(type, "abstract_type");
  std::string parts;
  for (const Message* part : GetMessages(abstract, "parameter_types")) {
    absl::StrAppend(&parts, parts.empty() ? "" : ", ", SuiteTypeName(*part));
  }
  return absl::StrCat(GetString(abstract, "name"), "(", parts, ")");
}

}  // namespace assay
