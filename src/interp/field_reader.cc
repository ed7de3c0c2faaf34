// Fields of messages as values. Entry points: ReadMessage, ReadField, HasField, ReadText. It reads what was parsed and
// decides what a field's bytes are worth; it never follows joins or virtual fields.
#include "interp/field_reader.h"

#include <algorithm>
#include <utility>

#include "base/civil.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// One value of a field: the singular one, or an element of a repeated one.
struct FieldSlot {
  const Message& message;
  const FieldDescriptor& field;
  int index;  // -1 of a singular field
  const std::shared_ptr<const Message>& owner;

  const Reflection& reflection() const { return *message.GetReflection(); }
  bool is_singular() const { return index < 0; }
};

Value FieldError(const FieldDescriptor& field, ErrorKind kind, absl::string_view detail) {
  return Value::OfError({kind, std::string(detail), field.full_name(), &field});
}

bool BoolIn(const FieldSlot& slot) {
  return slot.is_singular() ? slot.reflection().GetBool(slot.message, &slot.field)
                            : slot.reflection().GetRepeatedBool(slot.message, &slot.field, slot.index);
}

// Of every integer type, and the number of an enum.
int128 IntegerIn(const FieldSlot& slot) {
  const Reflection& r = slot.reflection();
  const Message& m = slot.message;
  const FieldDescriptor* f = &slot.field;
  const bool one = slot.is_singular();
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return one ? r.GetInt32(m, f) : r.GetRepeatedInt32(m, f, slot.index);
    case FieldDescriptor::CPPTYPE_INT64:
      return one ? r.GetInt64(m, f) : r.GetRepeatedInt64(m, f, slot.index);
    case FieldDescriptor::CPPTYPE_UINT32:
      return one ? r.GetUInt32(m, f) : r.GetRepeatedUInt32(m, f, slot.index);
    case FieldDescriptor::CPPTYPE_UINT64:
      return one ? r.GetUInt64(m, f) : r.GetRepeatedUInt64(m, f, slot.index);
    default:
      return one ? r.GetEnumValue(m, f) : r.GetRepeatedEnumValue(m, f, slot.index);
  }
}

double DoubleIn(const FieldSlot& slot) {
  const Reflection& r = slot.reflection();
  const Message& m = slot.message;
  const FieldDescriptor* f = &slot.field;
  if (f->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
    return slot.is_singular() ? r.GetFloat(m, f) : r.GetRepeatedFloat(m, f, slot.index);
  }
  return slot.is_singular() ? r.GetDouble(m, f) : r.GetRepeatedDouble(m, f, slot.index);
}

std::string StringIn(const FieldSlot& slot) {
  return slot.is_singular() ? slot.reflection().GetString(slot.message, &slot.field)
                            : slot.reflection().GetRepeatedString(slot.message, &slot.field, slot.index);
}

const Message& MessageIn(const FieldSlot& slot) {
  return slot.is_singular() ? slot.reflection().GetMessage(slot.message, &slot.field)
                            : slot.reflection().GetRepeatedMessage(slot.message, &slot.field, slot.index);
}

// A number in a well-known message: seconds and nanos, units and nanos.
int64_t PartIn(const Message& message, int number) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByNumber(number);
  return static_cast<int64_t>(IntegerIn({message, *field, -1, nullptr}));
}

Value SizedDecimal(const FieldSlot& slot, const FieldInfo& info, int128 coefficient) {
  const bool fits = coefficient < Pow10(info.precision) && coefficient > -Pow10(info.precision);
  if (fits) return Value::OfDecimal({coefficient, info.scale});
  return FieldError(slot.field, ErrorKind::kOverflow, DecimalParseReason(DecimalParse::kOverflow));
}

Value DecimalTextIn(const FieldSlot& slot, const FieldInfo& info) {
  const std::string text = StringIn(slot);
  int128 coefficient = 0;
  const DecimalParse parse = ParseDecimalAtScale(text.data(), text.size(), info.precision, info.scale, &coefficient);
  if (parse == DecimalParse::kOk) return Value::OfDecimal({coefficient, info.scale});
  const ErrorKind kind = parse == DecimalParse::kOverflow ? ErrorKind::kOverflow : ErrorKind::kMalformed;
  return FieldError(slot.field, kind, DecimalParseReason(parse));
}

Value MoneyIn(const FieldSlot& slot, const FieldInfo& info) {
  const Message& money = MessageIn(slot);
  const int64_t units = PartIn(money, 2);
  const int64_t nanos = PartIn(money, 3);
  const bool signs_agree = (units <= 0 || nanos >= 0) && (units >= 0 || nanos <= 0);
  if (!signs_agree || nanos >= kNanosPerSecond || nanos <= -kNanosPerSecond) {
    return FieldError(slot.field, ErrorKind::kMalformed, "is not an amount of money");
  }
  const int128 billionths = int128{units} * kNanosPerSecond + nanos;
  if (info.scale < 9) {
    const int128 step = Pow10(9 - info.scale);
    if (billionths % step == 0) return SizedDecimal(slot, info, billionths / step);
    return FieldError(slot.field, ErrorKind::kMalformed, DecimalParseReason(DecimalParse::kExcessScale));
  }
  int128 coefficient = 0;
  const bool fits = CheckedMul(billionths, Pow10(info.scale - 9), &coefficient);
  return SizedDecimal(slot, info, fits ? coefficient : kInt128Max);
}

Value DecimalIn(const FieldSlot& slot, const FieldInfo& info) {
  switch (info.decimal_form) {
    case DecimalForm::kText:
      return DecimalTextIn(slot, info);
    case DecimalForm::kMinorUnits:
      return SizedDecimal(slot, info, IntegerIn(slot));
    case DecimalForm::kMoney:
      break;
  }
  return MoneyIn(slot, info);
}

Value DateIn(const FieldSlot& slot) {
  const std::string text = StringIn(slot);
  int32_t days = 0;
  const DateParse parse = ParseDate(text.data(), text.size(), &days);
  if (parse == DateParse::kOk) return Value::Date(days);
  return FieldError(slot.field, ErrorKind::kMalformed, DateParseReason(parse));
}

Value TimestampOf(const Message& message, const std::string& origin) {
  const Timestamp time = {PartIn(message, 1), static_cast<int32_t>(PartIn(message, 2))};
  if (IsValid(time)) return Value::OfTimestamp(time);
  return Value::OfError({ErrorKind::kMalformed, "is not an instant of the years 1 to 9999", origin, nullptr});
}

Value DurationOf(const Message& message, const std::string& origin) {
  const Duration span = {PartIn(message, 1), static_cast<int32_t>(PartIn(message, 2))};
  if (IsValid(span)) return Value::OfDuration(span);
  return Value::OfError({ErrorKind::kMalformed, "is not a duration within 292 years", origin, nullptr});
}

// The value of a field, or its error with the field it came from.
Value FromField(Value value, const FieldDescriptor& field) {
  if (!value.is_error()) return value;
  return FieldError(field, value.as_error().kind, value.as_error().detail);
}

Value ReadPresent(const Schema& schema, const FieldSlot& slot, const FieldInfo& info, const Type* type) {
  switch (info.kind) {
    case ScalarKind::kBool:
      return Value::Bool(BoolIn(slot));
    case ScalarKind::kInt:
    case ScalarKind::kEnum:
      return Value::Int(static_cast<int64_t>(IntegerIn(slot)));
    case ScalarKind::kUint:
      return Value::Uint(static_cast<uint64_t>(IntegerIn(slot)));
    case ScalarKind::kDouble:
      return Value::Double(DoubleIn(slot));
    case ScalarKind::kString:
      return Value::String(StringIn(slot));
    case ScalarKind::kBytes:
      return Value::Bytes(StringIn(slot));
    case ScalarKind::kDecimal:
      return DecimalIn(slot, info);
    case ScalarKind::kDate:
      return DateIn(slot);
    case ScalarKind::kTimestamp:
      return FromField(TimestampOf(MessageIn(slot), ""), slot.field);
    case ScalarKind::kDuration:
      return FromField(DurationOf(MessageIn(slot), ""), slot.field);
    case ScalarKind::kMessage:
      break;
  }
  const bool is_row = type != nullptr && type->is(TypeKind::kRow);
  return ReadMessage(schema, {&MessageIn(slot), is_row ? type->row : nullptr, -1, slot.owner});
}

// A value inside a wrapper message is read as a field of it.
Value ReadWrapped(const Schema& schema, const FieldSlot& slot, FieldInfo info) {
  const Message& wrapper = MessageIn(slot);
  info.nullable = false;
  return ReadPresent(schema, {wrapper, *wrapper.GetDescriptor()->FindFieldByNumber(1), -1, slot.owner}, info, nullptr);
}

// Whether an absent value is an error: nothing is no amount and no day.
bool IsAbsent(const FieldSlot& slot, const FieldInfo& info) {
  if (!slot.is_singular()) return false;
  if (info.has_presence) {
    const bool demanded = info.is_annotated_text() || info.kind == ScalarKind::kDecimal;
    return demanded && !slot.reflection().HasField(slot.message, &slot.field);
  }
  return info.is_annotated_text() && StringIn(slot).empty();
}

Value ReadOne(const Schema& schema, const FieldSlot& slot, const FieldInfo& info, const Type* type) {
  if (IsAbsent(slot, info)) return FieldError(slot.field, ErrorKind::kAbsent, "");
  if (!info.nullable) return ReadPresent(schema, slot, info, type);
  const bool present = !slot.is_singular() || slot.reflection().HasField(slot.message, &slot.field);
  return present ? ReadWrapped(schema, slot, info) : Value::Null();
}

// The last of equal keys counts.
Value ReadMap(const Schema& schema, const RowValue& row, const FieldDescriptor& field, const Type* element) {
  const Message& message = *row.message;
  const FieldDescriptor& key_field = *field.message_type()->map_key();
  const FieldDescriptor& value_field = *field.message_type()->map_value();
  const FieldInfo key_info = schema.Describe(key_field);
  const FieldInfo value_info = schema.Describe(value_field);
  ValueMap entries;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    const Message& entry = message.GetReflection()->GetRepeatedMessage(message, &field, i);
    entries.push_back({ReadOne(schema, {entry, key_field, -1, row.owner}, key_info, nullptr),
                       ReadOne(schema, {entry, value_field, -1, row.owner}, value_info, element)});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const MapEntry& a, const MapEntry& b) { return KeyLess(a.key, b.key); });
  ValueMap map;
  for (MapEntry& entry : entries) {
    if (!map.empty() && Equal(map.back().key, entry.key)) map.pop_back();
    map.push_back(std::move(entry));
  }
  for (const MapEntry& entry : map) {
    if (entry.value.is_error()) return entry.value;
  }
  return Value::Map(std::move(map));
}

Value ReadList(const Schema& schema, const RowValue& row, const FieldDescriptor& field, const Type* element) {
  const FieldInfo info = schema.Describe(field);
  ValueList list;
  for (int i = 0; i < row.message->GetReflection()->FieldSize(*row.message, &field); ++i) {
    list.push_back(ReadOne(schema, {*row.message, field, i, row.owner}, info, element));
    if (list.back().is_error()) return list.back();
  }
  return Value::List(std::move(list));
}

// Any: what it holds, made anew.
Value ReadAny(const Schema& schema, const Message& any) {
  const std::string url = any.GetReflection()->GetString(any, any.GetDescriptor()->FindFieldByNumber(1));
  if (url.empty()) return Value::Error(ErrorKind::kInvalidArgument, "an Any that holds nothing");
  const auto* descriptor = schema.MessageOrNull(absl::string_view(url).substr(url.rfind('/') + 1));
  if (descriptor == nullptr)
    return Value::Error(ErrorKind::kMalformed, "an Any of a type that the schema does not have");
  std::shared_ptr<Message> held(schema.Prototype(*descriptor).New());
  const std::string bytes = any.GetReflection()->GetString(any, any.GetDescriptor()->FindFieldByNumber(2));
  if (!held->ParsePartialFromString(bytes)) return Value::Error(ErrorKind::kMalformed, "an Any whose bytes are broken");
  return ReadMessage(schema, {held.get(), nullptr, -1, held});
}

// google.protobuf.Value: the member that is set; null where none is.
Value ReadDynamic(const Schema& schema, const RowValue& row) {
  const google::protobuf::OneofDescriptor* kind = row.message->GetDescriptor()->oneof_decl(0);
  const FieldDescriptor* field = row.message->GetReflection()->GetOneofFieldDescriptor(*row.message, kind);
  if (field == nullptr || field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) return Value::Null();
  return ReadField(schema, row, *field, nullptr);
}

}  // namespace

Value ReadMessage(const Schema& schema, const RowValue& row) {
  const Descriptor& type = *row.message->GetDescriptor();
  switch (type.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_ANY:
      return ReadAny(schema, *row.message);
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return ReadDynamic(schema, row);
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return TimestampOf(*row.message, type.full_name());
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return DurationOf(*row.message, type.full_name());
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
      return Value::Row(row);
    default:
      return ReadField(schema, row, *type.FindFieldByNumber(1), nullptr);  // wrappers, Struct, ListValue: all they have
  }
}

Value ReadField(const Schema& schema, const RowValue& row, const FieldDescriptor& field, const Type* type) {
  const FieldInfo info = schema.Describe(field);
  if (!info.repeated) return ReadOne(schema, {*row.message, field, -1, row.owner}, info, type);
  const Type* element = type == nullptr || type->is(TypeKind::kDyn) ? nullptr : type->element;
  return info.is_map ? ReadMap(schema, row, field, element) : ReadList(schema, row, field, element);
}

bool HasField(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0 : reflection.HasField(message, &field);
}

Value ReadText(const Message& message, const FieldDescriptor& field) {
  if (!HasField(message, field)) return Value::String("");
  return Value::String(StringIn({message, field, -1, nullptr}));
}

}  // namespace assay
