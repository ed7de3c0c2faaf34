// Single JSON values into wire bytes: numbers, texts, enums, and the messages that JSON writes as something else.
// Entry points: JsonMessageWriter's WriteValue and WriteWellKnown. Numbers are taken from their source text.
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/double_text.h"
#include "base/suggest.h"
#include "base/timestamp.h"
#include "ingest/json_message_writer.h"
#include "ingest/json_scalars.h"
#include "ingest/wire_writer.h"
#include "schema/enum_names.h"

namespace assay {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

namespace {

constexpr absl::string_view kWellKnownPackage = "google.protobuf.";

uint64_t ZigZag(int64_t value) { return static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63); }

struct IntegerRange {
  int128 min = 0;
  int128 max = 0;
  absl::string_view name;
};

IntegerRange RangeOf(FieldDescriptor::CppType type) {
  switch (type) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_ENUM:
      return {std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max(), "int32"};
    case FieldDescriptor::CPPTYPE_UINT32:
      return {0, std::numeric_limits<uint32_t>::max(), "uint32"};
    case FieldDescriptor::CPPTYPE_UINT64:
      return {0, std::numeric_limits<uint64_t>::max(), "uint64"};
    default:
      return {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), "int64"};
  }
}

// The names authors may write, with and without the enum's prefix.
std::string NearestEnumName(const EnumDescriptor& type, absl::string_view name) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    names.emplace_back(type.value(i)->name());
    names.push_back(EnumShortName(type, type.value(i)->number()));
  }
  return Nearest(name, std::vector<absl::string_view>(names.begin(), names.end()));
}

}  // namespace

bool JsonMessageWriter::WriteValue(const Field& field) {
  switch (field.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return WriteBool();
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return WriteFloating(*field.field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return WriteEnum(*field.field);
    case FieldDescriptor::CPPTYPE_STRING:
      return field.field->type() == FieldDescriptor::TYPE_BYTES ? WriteBytes() : WriteText(field);
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      if (field.field->type() == FieldDescriptor::TYPE_GROUP) return WriteMessage(*field.field->message_type());
      const size_t begin = BeginLength(out_);
      if (!WriteMessage(*field.field->message_type())) return false;
      EndLength(begin, out_);
      return true;
    }
    default:
      return WriteInteger(*field.field);
  }
}

bool JsonMessageWriter::WriteBool() {
  bool value = false;
  if (!reader_.ReadBool(&value)) return false;
  AppendVarint(value, out_);
  return true;
}

bool JsonMessageWriter::WriteInteger(const FieldDescriptor& field) {
  absl::string_view text;
  const JsonKind kind = reader_.Peek();
  if (kind != JsonKind::kNumber && kind != JsonKind::kString) return reader_.Fail("expects a whole number");
  const bool is_read = kind == JsonKind::kNumber ? reader_.ReadNumber(&text) : reader_.ReadString(&text);
  return is_read && AppendInteger(field, text);
}

bool JsonMessageWriter::AppendInteger(const FieldDescriptor& field, absl::string_view text) {
  const std::optional<int128> value = ParseJsonInteger(text);
  if (!value.has_value()) return reader_.Fail(absl::StrCat("is not a whole number: ", text));
  const IntegerRange range = RangeOf(field.cpp_type());
  if (*value < range.min || *value > range.max) {
    return reader_.Fail(absl::StrCat("is beyond the range of ", range.name, ": ", text));
  }
  const auto bits = static_cast<uint64_t>(*value);
  switch (field.type()) {
    case FieldDescriptor::TYPE_SINT32:
    case FieldDescriptor::TYPE_SINT64:
      AppendVarint(ZigZag(static_cast<int64_t>(bits)), out_);
      return true;
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      AppendFixed(static_cast<uint32_t>(bits), out_);
      return true;
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      AppendFixed(bits, out_);
      return true;
    default:
      AppendVarint(bits, out_);
      return true;
  }
}

bool JsonMessageWriter::WriteFloating(const FieldDescriptor& field) {
  absl::string_view text;
  const JsonKind kind = reader_.Peek();
  const bool is_text = kind == JsonKind::kString;
  if (kind != JsonKind::kNumber && !is_text) return reader_.Fail("expects a number");
  if (!(is_text ? reader_.ReadString(&text) : reader_.ReadNumber(&text))) return false;
  double value = 0;
  if (text == "NaN") {
    value = std::numeric_limits<double>::quiet_NaN();
  } else if (text == "Infinity" || text == "-Infinity") {
    value = text.front() == '-' ? -HUGE_VAL : HUGE_VAL;
  } else if (is_text && !IsJsonNumber(text)) {
    return reader_.Fail(absl::StrCat("is not a number: ", text));
  } else if (ParseDouble(text, &value) != DoubleParse::kOk) {
    return reader_.Fail(absl::StrCat("is beyond the range of double: ", text));
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    AppendFixed(value, out_);
    return true;
  }
  const auto narrow = static_cast<float>(value);
  if (std::isinf(narrow) && !std::isinf(value)) {
    return reader_.Fail(absl::StrCat("is beyond the range of float: ", text));
  }
  AppendFixed(narrow, out_);
  return true;
}

bool JsonMessageWriter::WriteText(const Field& field) {
  absl::string_view text;
  const bool is_decimal = field.info.kind == ScalarKind::kDecimal;
  if (is_decimal && reader_.Peek() == JsonKind::kNumber) {
    if (!reader_.ReadNumber(&text)) return false;
    if (text.find_first_of("eE") != absl::string_view::npos) {
      return reader_.Fail(absl::StrCat("a decimal has no exponent; write the number in full: ", text));
    }
  } else if (is_decimal && reader_.Peek() != JsonKind::kString) {
    return reader_.Fail("expects a decimal number");
  } else if (!reader_.ReadString(&text)) {
    return false;
  }
  AppendBytes(text, out_);
  return true;
}

bool JsonMessageWriter::WriteBytes() {
  absl::string_view text;
  if (!reader_.ReadString(&text)) return false;
  const size_t begin = BeginLength(out_);
  if (!DecodeBase64(text, out_)) return reader_.Fail("is not base64");
  EndLength(begin, out_);
  return true;
}

bool JsonMessageWriter::WriteEnum(const FieldDescriptor& field) {
  const EnumDescriptor& type = *field.enum_type();
  absl::string_view text;
  if (reader_.Peek() == JsonKind::kNull) {  // only of NullValue
    AppendVarint(0, out_);
    return reader_.ReadNull();
  }
  if (reader_.Peek() == JsonKind::kString) {
    if (!reader_.ReadString(&text)) return false;
    if (const std::optional<int> number = EnumNumber(type, text); number.has_value()) {
      AppendVarint(static_cast<uint64_t>(int64_t{*number}), out_);
      return true;
    }
    const std::string nearest = NearestEnumName(type, text);
    return reader_.Fail(absl::StrCat("'", type.full_name(), "' has no value named '", text, "'",
                                     nearest.empty() ? "" : absl::StrCat("; did you mean '", nearest, "'?")));
  }
  if (reader_.Peek() != JsonKind::kNumber) return reader_.Fail("expects the name of a value, or its number");
  if (!reader_.ReadNumber(&text)) return false;
  const bool is_closed = field.file()->syntax() == FileDescriptor::SYNTAX_PROTO2;
  const std::optional<int128> number = ParseJsonInteger(text);
  const bool is_known = number.has_value() && *number == static_cast<int>(*number) &&
                        type.FindValueByNumber(static_cast<int>(*number)) != nullptr;
  if (is_closed && !is_known) {
    return reader_.Fail(absl::StrCat("'", type.full_name(), "' has no value with the number ", text));
  }
  return AppendInteger(field, text);
}

bool JsonMessageWriter::WriteWellKnown(const Descriptor& type, bool* is_known) {
  struct Row {
    absl::string_view name;
    bool (JsonMessageWriter::*write)(const Descriptor& type) = nullptr;
  };
  static constexpr Row kRows[] = {
      {"Timestamp", &JsonMessageWriter::WriteTimestamp}, {"Duration", &JsonMessageWriter::WriteDuration},
      {"BoolValue", &JsonMessageWriter::WriteWrapped},   {"Int32Value", &JsonMessageWriter::WriteWrapped},
      {"Int64Value", &JsonMessageWriter::WriteWrapped},  {"UInt32Value", &JsonMessageWriter::WriteWrapped},
      {"UInt64Value", &JsonMessageWriter::WriteWrapped}, {"FloatValue", &JsonMessageWriter::WriteWrapped},
      {"DoubleValue", &JsonMessageWriter::WriteWrapped}, {"StringValue", &JsonMessageWriter::WriteWrapped},
      {"BytesValue", &JsonMessageWriter::WriteWrapped},  {"FieldMask", &JsonMessageWriter::WriteFieldMask},
      {"Struct", &JsonMessageWriter::WriteStruct},       {"Value", &JsonMessageWriter::WriteAnyValue},
      {"ListValue", &JsonMessageWriter::WriteListValue}, {"Any", &JsonMessageWriter::RefuseAny},
  };
  absl::string_view name = type.full_name();
  *is_known = false;
  if (name.substr(0, kWellKnownPackage.size()) != kWellKnownPackage) return true;
  name.remove_prefix(kWellKnownPackage.size());
  for (const Row& row : kRows) {
    if (row.name != name) continue;
    *is_known = true;
    return (this->*row.write)(type);
  }
  return true;
}

bool JsonMessageWriter::WriteWrapped(const Descriptor& type) {
  return WriteTagged(transcoder_.NamesOf(type).fields.at("value"));
}

bool JsonMessageWriter::WriteTimestamp(const Descriptor& /*type*/) {
  absl::string_view text;
  if (!reader_.ReadString(&text)) return false;
  const absl::StatusOr<Timestamp> time = ParseTimestamp(text);
  if (!time.ok()) return reader_.Fail(time.status().message());
  return WriteWholeAndNanos(time->seconds, time->nanos);
}

bool JsonMessageWriter::WriteDuration(const Descriptor& /*type*/) {
  absl::string_view text;
  if (!reader_.ReadString(&text)) return false;
  const std::optional<Duration> span = ParseJsonDuration(text);
  if (!span.has_value()) return reader_.Fail(absl::StrCat("is not a duration in seconds like 1.5s: ", text));
  return WriteWholeAndNanos(span->seconds, span->nanos);
}

bool JsonMessageWriter::WriteWholeAndNanos(int64_t whole, int32_t nanos) {
  AppendTag(1, WireType::kVarint, out_);
  AppendVarint(static_cast<uint64_t>(whole), out_);
  AppendTag(2, WireType::kVarint, out_);
  AppendVarint(static_cast<uint64_t>(int64_t{nanos}), out_);
  return true;
}

bool JsonMessageWriter::WriteFieldMask(const Descriptor& /*type*/) {
  absl::string_view text;
  if (!reader_.ReadString(&text)) return false;
  if (text.empty()) return true;
  for (absl::string_view path : absl::StrSplit(text, ',')) {
    AppendTag(1, WireType::kLength, out_);
    const size_t begin = BeginLength(out_);
    if (!AppendFieldMaskPath(path, out_)) {
      return reader_.Fail(absl::StrCat("a field mask has lowerCamel paths between commas, not: ", text));
    }
    EndLength(begin, out_);
  }
  return true;
}

bool JsonMessageWriter::WriteStruct(const Descriptor& type) {
  path_.push_back({nullptr});
  if (!WriteMap(transcoder_.NamesOf(type).fields.at("fields"))) return false;
  path_.pop_back();
  return true;
}

bool JsonMessageWriter::WriteListValue(const Descriptor& type) {
  path_.push_back({nullptr});
  if (!WriteRepeated(transcoder_.NamesOf(type).fields.at("values"))) return false;
  path_.pop_back();
  return true;
}

bool JsonMessageWriter::WriteAnyValue(const Descriptor& type) {
  static constexpr absl::string_view kNames[] = {"structValue", "listValue", "stringValue", "numberValue",
                                                 "boolValue",   "boolValue", "nullValue"};
  const JsonKind kind = reader_.Peek();
  if (kind == JsonKind::kNothing) return reader_.FailNoValue();
  return WriteTagged(transcoder_.NamesOf(type).fields.at(kNames[static_cast<int>(kind)]));
}

bool JsonMessageWriter::RefuseAny(const Descriptor& /*type*/) {
  return reader_.Fail("google.protobuf.Any cannot be read from JSON; give the message as protobuf bytes");
}

}  // namespace assay
