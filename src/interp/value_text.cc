// Values as text: JSON for results, and the notation of the language for messages. Entry points: ToJson, DebugString.
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/double_text.h"
#include "base/json_text.h"
#include "google/protobuf/util/json_util.h"
#include "interp/value.h"

namespace assay {
namespace {

// JSON readers keep numbers as doubles: larger integers would change.
constexpr int64_t kMaxJsonInteger = int64_t{1} << 53;

void AppendJson(const Value& value, std::string* out);

void AppendQuoted(absl::string_view text, std::string* out) { absl::StrAppend(out, "\"", text, "\""); }

void AppendJsonInt(int64_t value, std::string* out) {
  if (value > kMaxJsonInteger || value < -kMaxJsonInteger) return AppendQuoted(absl::StrCat(value), out);
  absl::StrAppend(out, value);
}

void AppendJsonUint(uint64_t value, std::string* out) {
  if (value > static_cast<uint64_t>(kMaxJsonInteger)) return AppendQuoted(absl::StrCat(value), out);
  absl::StrAppend(out, value);
}

void AppendJsonDouble(double value, std::string* out) {
  const std::string text = FormatDouble(value);
  const bool is_number = text.find_first_of("NI") == std::string::npos;
  if (!is_number) return AppendQuoted(text, out);
  out->append(text);
}

void AppendJsonList(const ValueList& list, std::string* out) {
  out->push_back('[');
  for (const Value& element : list) {
    if (&element != list.data()) out->push_back(',');
    AppendJson(element, out);
  }
  out->push_back(']');
}

void AppendJsonMap(const ValueMap& map, std::string* out) {
  out->push_back('{');
  for (const MapEntry& entry : map) {
    if (&entry != map.data()) out->push_back(',');
    AppendJsonString(entry.key.is(ValueKind::kString) ? std::string(entry.key.as_string()) : ToJson(entry.key), out);
    out->push_back(':');
    AppendJson(entry.value, out);
  }
  out->push_back('}');
}

void AppendJsonRow(const RowValue& row, std::string* out) {
  std::string text;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  if (row.message == nullptr || !google::protobuf::util::MessageToJsonString(*row.message, &text, options).ok()) {
    text = absl::StrCat("{\"row\":", row.id, "}");
  }
  out->append(text);
}

void AppendJsonError(const ErrorValue& error, std::string* out) {
  absl::StrAppend(out, "{\"error\":{\"kind\":\"", ErrorKindName(error.kind), "\"");
  if (!error.detail.empty()) {
    out->append(",\"detail\":");
    AppendJsonString(error.detail, out);
  }
  if (!error.origin.empty()) {
    out->append(",\"origin\":");
    AppendJsonString(error.origin, out);
  }
  out->append("}}");
}

void AppendJson(const Value& value, std::string* out) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return void(out->append("null"));
    case ValueKind::kBool:
      return void(out->append(value.as_bool() ? "true" : "false"));
    case ValueKind::kInt:
      return AppendJsonInt(value.as_int(), out);
    case ValueKind::kUint:
      return AppendJsonUint(value.as_uint(), out);
    case ValueKind::kDouble:
      return AppendJsonDouble(value.as_double(), out);
    case ValueKind::kString:
      return AppendJsonString(value.as_string(), out);
    case ValueKind::kBytes:
      return AppendQuoted(absl::Base64Escape(value.as_bytes()), out);
    case ValueKind::kDecimal:
      return AppendQuoted(FormatDecimal(value.as_decimal()), out);
    case ValueKind::kDate:
      return AppendQuoted(FormatDate(value.as_date()), out);
    case ValueKind::kTimestamp:
      return AppendQuoted(FormatTimestamp(value.as_timestamp()), out);
    case ValueKind::kDuration:
      return AppendQuoted(FormatDuration(value.as_duration()), out);
    case ValueKind::kList:
      return AppendJsonList(value.as_list(), out);
    case ValueKind::kMap:
      return AppendJsonMap(value.as_map(), out);
    case ValueKind::kRow:
      return AppendJsonRow(value.as_row(), out);
    case ValueKind::kType:
      return AppendJsonString(value.as_type(), out);
    case ValueKind::kOptional:
      return value.as_optional() == nullptr ? void(out->append("null")) : AppendJson(*value.as_optional(), out);
    case ValueKind::kError:
      return AppendJsonError(value.as_error(), out);
  }
}

std::string DebugParts(const Value& value) {
  std::string out;
  if (value.is(ValueKind::kList)) {
    for (const Value& element : value.as_list()) absl::StrAppend(&out, out.empty() ? "" : ", ", DebugString(element));
    return absl::StrCat("[", out, "]");
  }
  for (const MapEntry& entry : value.as_map()) {
    absl::StrAppend(&out, out.empty() ? "" : ", ", DebugString(entry.key), ": ", DebugString(entry.value));
  }
  return absl::StrCat("{", out, "}");
}

std::string DebugRow(const RowValue& row) {
  if (row.message == nullptr) return absl::StrCat(TypeNameOf(Value::Row(row)), " #", row.id);
  return absl::StrCat(TypeNameOf(Value::Row(row)), " {", row.message->ShortDebugString(), "}");
}

std::string DebugError(const ErrorValue& error) {
  return absl::StrCat("error: ", ErrorKindName(error.kind), error.detail.empty() ? "" : ": ", error.detail,
                      error.origin.empty() ? "" : ": ", error.origin);
}

}  // namespace

std::string ToJson(const Value& value) {
  std::string out;
  AppendJson(value, &out);
  return out;
}

std::string DebugString(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kUint:
      return absl::StrCat(value.as_uint(), "u");
    case ValueKind::kInt:
      return absl::StrCat(value.as_int());
    case ValueKind::kBytes:
      return absl::StrCat("b'", absl::CHexEscape(value.as_bytes()), "'");
    case ValueKind::kDecimal:
      return FormatDecimal(value.as_decimal());
    case ValueKind::kDate:
      return FormatDate(value.as_date());
    case ValueKind::kTimestamp:
      return FormatTimestamp(value.as_timestamp());
    case ValueKind::kDuration:
      return FormatDuration(value.as_duration());
    case ValueKind::kList:
    case ValueKind::kMap:
      return DebugParts(value);
    case ValueKind::kRow:
      return DebugRow(value.as_row());
    case ValueKind::kType:
      return std::string(value.as_type());
    case ValueKind::kOptional:
      if (value.as_optional() == nullptr) return "optional.none()";
      return absl::StrCat("optional.of(", DebugString(*value.as_optional()), ")");
    case ValueKind::kError:
      return DebugError(value.as_error());
    default:
      return ToJson(value);
  }
}

std::string TypeNameOf(const Value& value) {
  static constexpr const char* kNames[] = {"null_type",
                                           "bool",
                                           "int",
                                           "uint",
                                           "double",
                                           "string",
                                           "bytes",
                                           "decimal",
                                           "date",
                                           "google.protobuf.Timestamp",
                                           "google.protobuf.Duration",
                                           "list",
                                           "map"};
  if (value.is(ValueKind::kType)) return "type";
  if (value.is(ValueKind::kOptional)) return "optional_type";
  if (value.is(ValueKind::kError)) return "error";
  if (!value.is(ValueKind::kRow)) return kNames[static_cast<int>(value.kind())];
  const RowValue& row = value.as_row();
  if (row.message != nullptr) return row.message->GetDescriptor()->full_name();
  return row.type == nullptr ? "row" : row.type->name;
}

absl::string_view ErrorKindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kAbsent:
      return "absent";
    case ErrorKind::kMalformed:
      return "malformed";
    case ErrorKind::kOverflow:
      return "overflow";
    case ErrorKind::kUndecodable:
      return "undecodable";
    case ErrorKind::kDivisionByZero:
      return "division by zero";
    case ErrorKind::kMissingRow:
      return "missing row";
    case ErrorKind::kAmbiguousRow:
      return "ambiguous row";
    case ErrorKind::kNoSuchKey:
      return "no such key";
    case ErrorKind::kOutOfRange:
      return "out of range";
    case ErrorKind::kEmptyList:
      return "empty list";
    case ErrorKind::kNull:
      return "null";
    case ErrorKind::kInvalidArgument:
      return "invalid argument";
    case ErrorKind::kNoHit:
      return "no hit";
    case ErrorKind::kManyHits:
      return "many hits";
    case ErrorKind::kUnlikeHits:
      return "unlike hits";
    case ErrorKind::kBudget:
      return "budget";
  }
  return "";
}

}  // namespace assay
