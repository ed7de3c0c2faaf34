// Values into fields, by reflection. Entry point: MakeMessage. The steps give the error that stopped them, or nothing.
#include "interp/message_builder.h"

#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/double_text.h"
#include "google/protobuf/util/json_util.h"
#include "interp/field_reader.h"
#include "interp/typed_field.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using MaybeError = std::optional<Value>;

constexpr int64_t kMaxJsonInteger = int64_t{1} << 53;

Value Misfit(const FieldDescriptor& field, const Value& value) {
  return Value::OfError(
      {ErrorKind::kInvalidArgument, absl::StrCat("takes no ", TypeNameOf(value)), field.full_name(), nullptr});
}

Value BeyondRange(const FieldDescriptor& field) {
  return Value::OfError({ErrorKind::kOverflow, "", field.full_name(), nullptr});
}

const FieldDescriptor& FieldAt(const Message& message, int number) {
  return *message.GetDescriptor()->FindFieldByNumber(number);
}

// One place for a value: the field of a message, or one more element of a repeated one.
struct Place {
  Message* message;
  const FieldDescriptor& field;

  bool add() const { return field.is_repeated(); }
  const Reflection& reflection() const { return *message->GetReflection(); }
  Message* MutableMessage() const {
    return add() ? reflection().AddMessage(message, &field) : reflection().MutableMessage(message, &field);
  }
};

class Builder {
 public:
  explicit Builder(const Schema& schema) : schema_(schema) {}

  MaybeError Set(Message* message, const FieldDescriptor& field, const Value& value) {
    if (field.is_map()) return SetMap(message, field, value);
    if (!field.is_repeated())
      return value.is(ValueKind::kNull) && IsDroppedNull(field) ? std::nullopt : Put({message, field}, value);
    if (!value.is(ValueKind::kList)) return Misfit(field, value);
    for (const Value& element : value.as_list()) {
      if (element.is(ValueKind::kNull) && IsDroppedNull(field)) continue;
      if (MaybeError error = Put({message, field}, element)) return error;
    }
    return std::nullopt;
  }

 private:
  // Whether null means that there is no such message.
  static bool IsDroppedNull(const FieldDescriptor& field) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return false;
    switch (field.message_type()->well_known_type()) {
      case Descriptor::WELLKNOWNTYPE_ANY:
      case Descriptor::WELLKNOWNTYPE_VALUE:
      case Descriptor::WELLKNOWNTYPE_STRUCT:
      case Descriptor::WELLKNOWNTYPE_LISTVALUE:
        return false;
      default:
        return true;
    }
  }

  MaybeError SetMap(Message* message, const FieldDescriptor& field, const Value& value) {
    if (!value.is(ValueKind::kMap)) return Misfit(field, value);
    const FieldDescriptor& key = *field.message_type()->map_key();
    const FieldDescriptor& element = *field.message_type()->map_value();
    for (const MapEntry& entry : value.as_map()) {
      if (entry.value.is(ValueKind::kNull) && IsDroppedNull(element)) continue;
      Message* added = message->GetReflection()->AddMessage(message, &field);
      if (MaybeError error = Put({added, key}, entry.key)) return error;
      if (MaybeError error = Put({added, element}, entry.value)) return error;
    }
    return std::nullopt;
  }

  MaybeError Put(const Place& place, const Value& value) {
    const FieldInfo info = schema_.Describe(place.field);
    const bool is_message = value.is(ValueKind::kRow);  // of a Money, as it is
    if (info.kind == ScalarKind::kDate || (info.kind == ScalarKind::kDecimal && !is_message)) {
      return PutTyped(place, info, value);
    }
    if (value.is(ValueKind::kDecimal) || value.is(ValueKind::kDate)) return PutAsText(place, value);
    switch (place.field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Assign(place.MutableMessage(), place.field, value);
      case FieldDescriptor::CPPTYPE_STRING:
        return PutText(place, value);
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!value.is(ValueKind::kBool)) return Misfit(place.field, value);
        place.add() ? place.reflection().AddBool(place.message, &place.field, value.as_bool())
                    : place.reflection().SetBool(place.message, &place.field, value.as_bool());
        return std::nullopt;
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return PutFloating(place, value);
      default:
        return PutInteger(place, value);
    }
  }

  // Into a field of decimals or dates.
  MaybeError PutTyped(const Place& place, const FieldInfo& info, const Value& value) {
    const Value held = HeldValue(place.field, info, value);
    switch (held.kind()) {
      case ValueKind::kError:
        return held;
      case ValueKind::kString:
        return PutText(place, held);
      case ValueKind::kDecimal:
        break;
      default:
        return PutInteger(place, held);
    }
    Message* money = place.MutableMessage();
    const int128 nanos = held.as_decimal().coefficient;
    money->GetReflection()->SetInt64(money, &FieldAt(*money, 2), static_cast<int64_t>(nanos / kNanosPerSecond));
    money->GetReflection()->SetInt32(money, &FieldAt(*money, 3), static_cast<int32_t>(nanos % kNanosPerSecond));
    return std::nullopt;
  }

  // A decimal or date into a dynamic field.
  MaybeError PutAsText(const Place& place, const Value& value) {
    if (place.field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return Misfit(place.field, value);
    const bool is_date = value.is(ValueKind::kDate);
    return Assign(place.MutableMessage(), place.field,
                  Value::String(is_date ? FormatDate(value.as_date()) : FormatDecimal(value.as_decimal())));
  }

  static MaybeError PutText(const Place& place, const Value& value) {
    const bool is_bytes = place.field.type() == FieldDescriptor::TYPE_BYTES;
    if (!value.is(is_bytes ? ValueKind::kBytes : ValueKind::kString)) return Misfit(place.field, value);
    std::string text(is_bytes ? value.as_bytes() : value.as_string());
    place.add() ? place.reflection().AddString(place.message, &place.field, std::move(text))
                : place.reflection().SetString(place.message, &place.field, std::move(text));
    return std::nullopt;
  }

  static MaybeError PutFloating(const Place& place, const Value& value) {
    if (!value.is(ValueKind::kDouble)) return Misfit(place.field, value);
    const double number = value.as_double();
    const auto narrow = static_cast<float>(number);  // rounds to zero and to infinity, as CEL says
    const Reflection& r = place.reflection();
    if (place.field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
      place.add() ? r.AddFloat(place.message, &place.field, narrow) : r.SetFloat(place.message, &place.field, narrow);
    } else {
      place.add() ? r.AddDouble(place.message, &place.field, number) : r.SetDouble(place.message, &place.field, number);
    }
    return std::nullopt;
  }

  static MaybeError PutInteger(const Place& place, const Value& value) {
    const FieldDescriptor* f = &place.field;
    Message* m = place.message;
    const Reflection& r = place.reflection();
    const bool is_unsigned =
        f->cpp_type() == FieldDescriptor::CPPTYPE_UINT32 || f->cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
    const bool is_enum = f->cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
    if (is_enum && value.is(ValueKind::kNull) && f->enum_type()->full_name() == "google.protobuf.NullValue") {
      return PutInteger(place, Value::Int(0));
    }
    if (!value.is(is_unsigned ? ValueKind::kUint : ValueKind::kInt)) return Misfit(place.field, value);
    if (is_unsigned) {
      const uint64_t number = value.as_uint();
      if (f->cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
        place.add() ? r.AddUInt64(m, f, number) : r.SetUInt64(m, f, number);
        return std::nullopt;
      }
      if (number > std::numeric_limits<uint32_t>::max()) return BeyondRange(place.field);
      const auto narrow = static_cast<uint32_t>(number);
      place.add() ? r.AddUInt32(m, f, narrow) : r.SetUInt32(m, f, narrow);
      return std::nullopt;
    }
    const int64_t number = value.as_int();
    if (f->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
      place.add() ? r.AddInt64(m, f, number) : r.SetInt64(m, f, number);
      return std::nullopt;
    }
    const auto narrow = static_cast<int32_t>(number);
    if (narrow != number) return BeyondRange(place.field);
    if (is_enum) {
      place.add() ? r.AddEnumValue(m, f, narrow) : r.SetEnumValue(m, f, narrow);
    } else {
      place.add() ? r.AddInt32(m, f, narrow) : r.SetInt32(m, f, narrow);
    }
    return std::nullopt;
  }

  // The whole message of a field.
  MaybeError Assign(Message* target, const FieldDescriptor& field, const Value& value) {
    switch (target->GetDescriptor()->well_known_type()) {
      case Descriptor::WELLKNOWNTYPE_ANY:
        return Pack(target, field, value);
      case Descriptor::WELLKNOWNTYPE_VALUE:
        return AssignDynamic(target, field, value);
      case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
        if (!value.is(ValueKind::kTimestamp)) return Misfit(field, value);
        return AssignTime(target, value.as_timestamp().seconds, value.as_timestamp().nanos);
      case Descriptor::WELLKNOWNTYPE_DURATION:
        if (!value.is(ValueKind::kDuration)) return Misfit(field, value);
        return AssignTime(target, value.as_duration().seconds, value.as_duration().nanos);
      case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
        break;
      case Descriptor::WELLKNOWNTYPE_STRUCT:
        if (!value.is(ValueKind::kMap)) return Misfit(field, value);
        return Set(target, FieldAt(*target, 1), value);
      case Descriptor::WELLKNOWNTYPE_LISTVALUE:
        if (!value.is(ValueKind::kList)) return Misfit(field, value);
        return Set(target, FieldAt(*target, 1), value);
      default:
        return Set(target, FieldAt(*target, 1), value);
    }
    const bool same = value.is(ValueKind::kRow) && value.as_row().message != nullptr &&
                      value.as_row().message->GetDescriptor() == target->GetDescriptor();
    if (!same) return Misfit(field, value);
    target->CopyFrom(*value.as_row().message);
    return std::nullopt;
  }

  static MaybeError AssignTime(Message* target, int64_t seconds, int32_t nanos) {
    target->GetReflection()->SetInt64(target, &FieldAt(*target, 1), seconds);
    target->GetReflection()->SetInt32(target, &FieldAt(*target, 2), nanos);
    return std::nullopt;
  }

  // google.protobuf.Value, by the JSON mapping of what the value is.
  MaybeError AssignDynamic(Message* target, const FieldDescriptor& field, const Value& value) {
    switch (value.kind()) {
      case ValueKind::kNull:
        return Set(target, FieldAt(*target, 1), Value::Int(0));
      case ValueKind::kDouble:
        return Set(target, FieldAt(*target, 2), value);
      case ValueKind::kInt: {
        const bool exact = value.as_int() <= kMaxJsonInteger && value.as_int() >= -kMaxJsonInteger;
        if (exact) return Set(target, FieldAt(*target, 2), Value::Double(static_cast<double>(value.as_int())));
        return Set(target, FieldAt(*target, 3), Value::String(absl::StrCat(value.as_int())));
      }
      case ValueKind::kUint: {
        const bool exact = value.as_uint() <= static_cast<uint64_t>(kMaxJsonInteger);
        if (exact) return Set(target, FieldAt(*target, 2), Value::Double(static_cast<double>(value.as_uint())));
        return Set(target, FieldAt(*target, 3), Value::String(absl::StrCat(value.as_uint())));
      }
      case ValueKind::kString:
        return Set(target, FieldAt(*target, 3), value);
      case ValueKind::kBool:
        return Set(target, FieldAt(*target, 4), value);
      case ValueKind::kMap:
        return Set(target, FieldAt(*target, 5), value);
      case ValueKind::kList:
        return Set(target, FieldAt(*target, 6), value);
      case ValueKind::kBytes:
        return Set(target, FieldAt(*target, 3), Value::String(absl::Base64Escape(value.as_bytes())));
      case ValueKind::kTimestamp:
        return Set(target, FieldAt(*target, 3), Value::String(FormatTimestamp(value.as_timestamp())));
      case ValueKind::kDuration:
        return Set(target, FieldAt(*target, 3), Value::String(FormatDuration(value.as_duration())));
      case ValueKind::kRow:
        return AssignJson(target, field, value);
      default:
        return Misfit(field, value);
    }
  }

  static MaybeError AssignJson(Message* target, const FieldDescriptor& field, const Value& value) {
    std::string json;
    const Message* message = value.as_row().message;
    const bool fits = message != nullptr && google::protobuf::util::MessageToJsonString(*message, &json).ok() &&
                      google::protobuf::util::JsonStringToMessage(json, target).ok();
    return fits ? std::nullopt : MaybeError(Misfit(field, value));
  }

  // The message that Any holds for a value which is none itself.
  static absl::string_view PackedType(const Value& value) {
    switch (value.kind()) {
      case ValueKind::kBool:
        return "google.protobuf.BoolValue";
      case ValueKind::kInt:
        return "google.protobuf.Int64Value";
      case ValueKind::kUint:
        return "google.protobuf.UInt64Value";
      case ValueKind::kDouble:
        return "google.protobuf.DoubleValue";
      case ValueKind::kString:
        return "google.protobuf.StringValue";
      case ValueKind::kBytes:
        return "google.protobuf.BytesValue";
      case ValueKind::kTimestamp:
        return "google.protobuf.Timestamp";
      case ValueKind::kDuration:
        return "google.protobuf.Duration";
      case ValueKind::kList:
        return "google.protobuf.ListValue";
      case ValueKind::kMap:
        return "google.protobuf.Struct";
      case ValueKind::kNull:
        return "google.protobuf.Value";
      default:
        return "";
    }
  }

  MaybeError Pack(Message* any, const FieldDescriptor& field, const Value& value) {
    std::unique_ptr<Message> made;
    const Message* held = value.is(ValueKind::kRow) ? value.as_row().message : nullptr;
    if (held == nullptr) {
      const google::protobuf::Descriptor* type = schema_.MessageOrNull(PackedType(value));
      if (type == nullptr) return Misfit(field, value);
      made.reset(schema_.Prototype(*type).New());
      if (MaybeError error = Assign(made.get(), field, value)) return error;
      held = made.get();
    }
    const std::string url = absl::StrCat("type.googleapis.com/", held->GetDescriptor()->full_name());
    any->GetReflection()->SetString(any, &FieldAt(*any, 1), url);
    any->GetReflection()->SetString(any, &FieldAt(*any, 2), held->SerializePartialAsString());
    return std::nullopt;
  }

  const Schema& schema_;
};

}  // namespace

Value MakeMessage(const Schema& schema, const Descriptor& type, const std::vector<FieldValue>& fields) {
  std::shared_ptr<Message> message(schema.Prototype(type).New());
  Builder builder(schema);
  for (const FieldValue& entry : fields) {
    message->GetReflection()->ClearField(message.get(), entry.field);
    if (MaybeError error = builder.Set(message.get(), *entry.field, entry.value)) return *error;
  }
  return ReadMessage(schema, {message.get(), nullptr, -1, message});
}

}  // namespace assay
