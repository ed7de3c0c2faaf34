// Entry points: SetOutput, OutputText.
#include "evaluate/output_values.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/double_text.h"
#include "base/json_text.h"
#include "base/timestamp.h"
#include "schema/enum_names.h"

namespace assay {
namespace {

const google::protobuf::EnumDescriptor* EnumOf(const ResultColumns& columns) {
  if (columns.type == nullptr) return nullptr;
  const Type& type = columns.type->is(TypeKind::kNullable) ? *columns.type->element : *columns.type;
  return type.enum_type;
}

template <typename Time>
void SetTime(const Time& from, auto* to) {
  to->set_seconds(from.seconds);
  to->set_nanos(from.nanos);
}

void SetInt(int64_t number, const ResultColumns& columns, v1::OutputValue* out) {
  const google::protobuf::EnumDescriptor* names = EnumOf(columns);
  if (names == nullptr) return out->set_int_value(number);
  out->set_string_value(EnumShortName(*names, number));
}

void AppendText(const v1::OutputValue& value, bool is_within, absl::string_view null, std::string* out);

void AppendList(const v1::OutputList& list, std::string* out) {
  out->push_back('[');
  for (int i = 0; i < list.values_size(); ++i) {
    if (i > 0) out->push_back(',');
    AppendText(list.values(i), true, "null", out);
  }
  out->push_back(']');
}

void AppendMap(const v1::OutputMap& map, std::string* out) {
  out->push_back('{');
  for (int i = 0; i < map.entries_size(); ++i) {
    if (i > 0) out->push_back(',');
    AppendJsonString(OutputText(map.entries(i).key(), "null"), out);
    out->push_back(':');
    AppendText(map.entries(i).value(), true, "null", out);
  }
  out->push_back('}');
}

// Within lists and maps texts are quoted.
void AppendWord(absl::string_view text, bool is_within, std::string* out) {
  if (!is_within) return void(out->append(text.data(), text.size()));
  AppendJsonString(text, out);
}

void AppendText(const v1::OutputValue& value, bool is_within, absl::string_view null, std::string* out) {
  if (value.masked()) return AppendWord("***", is_within, out);
  switch (value.kind_case()) {
    case v1::OutputValue::kBoolValue:
      return void(out->append(value.bool_value() ? "true" : "false"));
    case v1::OutputValue::kIntValue:
      return absl::StrAppend(out, value.int_value());
    case v1::OutputValue::kUintValue:
      return absl::StrAppend(out, value.uint_value());
    case v1::OutputValue::kDoubleValue:
      return void(out->append(FormatDouble(value.double_value())));
    case v1::OutputValue::kStringValue:
      return AppendWord(value.string_value(), is_within, out);
    case v1::OutputValue::kBytesValue:
      return AppendWord(absl::Base64Escape(value.bytes_value()), is_within, out);
    case v1::OutputValue::kDecimalValue:
      return AppendWord(value.decimal_value(), is_within, out);
    case v1::OutputValue::kDateValue:
      return AppendWord(value.date_value(), is_within, out);
    case v1::OutputValue::kTimestampValue:
      return AppendWord(FormatTimestamp({value.timestamp_value().seconds(), value.timestamp_value().nanos()}),
                        is_within, out);
    case v1::OutputValue::kDurationValue:
      return AppendWord(FormatDuration({value.duration_value().seconds(), value.duration_value().nanos()}), is_within,
                        out);
    case v1::OutputValue::kListValue:
      return AppendList(value.list_value(), out);
    case v1::OutputValue::kMapValue:
      return AppendMap(value.map_value(), out);
    case v1::OutputValue::KIND_NOT_SET:
      return void(out->append(null.data(), null.size()));
  }
}

}  // namespace

void SetOutput(const Value& value, const ResultColumns& columns, v1::OutputValue* out) {
  switch (value.kind()) {
    case ValueKind::kBool:
      return out->set_bool_value(value.as_bool());
    case ValueKind::kInt:
      return SetInt(value.as_int(), columns, out);
    case ValueKind::kUint:
      return out->set_uint_value(value.as_uint());
    case ValueKind::kDouble:
      return out->set_double_value(value.as_double());
    case ValueKind::kString:
      return out->set_string_value(std::string(value.as_string()));
    case ValueKind::kType:
      return out->set_string_value(std::string(value.as_type()));
    case ValueKind::kBytes:
      return out->set_bytes_value(std::string(value.as_bytes()));
    case ValueKind::kDecimal:
      return out->set_decimal_value(FormatDecimal(value.as_decimal()));
    case ValueKind::kDate:
      return out->set_date_value(FormatDate(value.as_date()));
    case ValueKind::kTimestamp:
      return SetTime(value.as_timestamp(), out->mutable_timestamp_value());
    case ValueKind::kDuration:
      return SetTime(value.as_duration(), out->mutable_duration_value());
    case ValueKind::kList: {
      v1::OutputList* list = out->mutable_list_value();
      for (const Value& element : value.as_list()) SetOutput(element, *columns.element, list->add_values());
      return;
    }
    case ValueKind::kMap: {
      v1::OutputMap* map = out->mutable_map_value();
      for (const MapEntry& entry : value.as_map()) {
        v1::OutputEntry* made = map->add_entries();
        SetOutput(entry.key, *columns.key, made->mutable_key());
        SetOutput(entry.value, *columns.element, made->mutable_value());
      }
      return;
    }
    case ValueKind::kOptional:
      if (value.as_optional() != nullptr) SetOutput(*value.as_optional(), *columns.element, out);
      return;
    case ValueKind::kNull:
    case ValueKind::kRow:
    case ValueKind::kError:
      return;
  }
}

std::string OutputText(const v1::OutputValue& value, absl::string_view null) {
  std::string text;
  AppendText(value, false, null, &text);
  return text;
}

}  // namespace assay
