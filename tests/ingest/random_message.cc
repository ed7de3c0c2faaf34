// Random messages by reflection. Entry point: FillRandomly.
#include "tests/ingest/random_message.h"

#include <array>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/timestamp.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/text_format.h"

namespace assay {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string Digits(Random& random, int count) {
  std::string digits;
  for (int i = 0; i < count; ++i) digits.push_back(static_cast<char>('0' + Below(random, 10)));
  return digits;
}

std::string DecimalText(const FieldInfo& info, bool only_good, Random& random) {
  const auto scale = static_cast<int>(Below(random, info.scale + (only_good ? 1u : 2u)));
  const int whole_limit = info.precision - info.scale + (only_good ? 0 : 1);
  const int whole = whole_limit <= 0 ? 0 : static_cast<int>(Below(random, static_cast<uint64_t>(whole_limit) + 1));
  const std::string integer = whole == 0 ? "0" : Digits(random, whole);
  return absl::StrCat(OneIn(random, 3) ? "-" : "", integer, scale == 0 ? "" : ".", Digits(random, scale));
}

std::string TextFor(const FieldInfo& info, bool only_good, Random& random) {
  static constexpr std::array<const char*, 8> kBad = {"", "", "1e5", "+1", "2026-02-30", "12.", "x", "2026-1-01"};
  if (!info.is_annotated_text()) return AnyText(random);
  if (!only_good && OneIn(random, 6)) return kBad[Below(random, kBad.size())];
  if (info.kind == ScalarKind::kDecimal) return DecimalText(info, only_good, random);
  return FormatDate(kMinDay + static_cast<int32_t>(Below(random, kMaxDay - kMinDay + 1)));
}

// Without a negative zero if `only_good`: protobuf's JSON parser loses its sign.
double AnyDouble(bool only_good, Random& random) {
  switch (Below(random, 5)) {
    case 0:
      return 0;
    case 1:
      return only_good ? 1.0 : -0.0;
    case 2:
      return static_cast<double>(static_cast<int64_t>(AnyNumber(random)));
    default:
      return static_cast<double>(Below(random, 2000000)) / 1000.0 - 1000.0;
  }
}

// Whole and nanos of a Timestamp, Duration or Money, by the fields' numbers.
void FillWholeAndNanos(const FieldInfo& info, bool only_good, Random& random, Message* message) {
  const bool is_money = info.kind == ScalarKind::kDecimal;
  const FieldDescriptor* whole = message->GetDescriptor()->FindFieldByNumber(is_money ? 2 : 1);
  const FieldDescriptor* nanos = message->GetDescriptor()->FindFieldByNumber(is_money ? 3 : 2);
  const Reflection& reflection = *message->GetReflection();
  int64_t units = static_cast<int64_t>(Below(random, 4000000000)) - 2000000000;
  auto billionths = static_cast<int32_t>(Below(random, 1000) * 1000000);
  if (is_money || info.kind == ScalarKind::kDuration) billionths = units < 0 ? -billionths : billionths;
  if (is_money && only_good) billionths = billionths / 10000000 * 10000000;
  if (!only_good && OneIn(random, 8)) units = static_cast<int64_t>(AnyNumber(random));
  if (!only_good && OneIn(random, 8)) billionths = static_cast<int32_t>(AnyNumber(random));
  if (!OneIn(random, 6)) reflection.SetInt64(message, whole, units);
  if (!OneIn(random, 3)) reflection.SetInt32(message, nanos, billionths);
}

void FillMask(Random& random, Message* mask) {
  static constexpr std::array<const char*, 4> kPaths = {"a", "unit_price", "line.unit_price", "x.y.z_z"};
  const FieldDescriptor* paths = mask->GetDescriptor()->FindFieldByName("paths");
  for (uint64_t count = Below(random, 4); count > 0; --count) {
    mask->GetReflection()->AddString(mask, paths, kPaths[Below(random, kPaths.size())]);
  }
}

// Sets or, where repeated, adds one value.
class FieldFiller {
 public:
  FieldFiller(const Schema& schema, int depth, bool only_good, Random& random, Message* message)
      : schema_(schema),
        depth_(depth),
        only_good_(only_good),
        random_(random),
        message_(message),
        reflection_(*message->GetReflection()) {}

  void Fill(const FieldDescriptor* field) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return Put<bool>(field, OneIn(random_, 2), &Reflection::SetBool, &Reflection::AddBool);
      case FieldDescriptor::CPPTYPE_INT32:
        return Put<int32_t>(field, static_cast<int32_t>(Integer()), &Reflection::SetInt32, &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_INT64:
        return Put<int64_t>(field, static_cast<int64_t>(Integer()), &Reflection::SetInt64, &Reflection::AddInt64);
      case FieldDescriptor::CPPTYPE_UINT32:
        return Put<uint32_t>(field, static_cast<uint32_t>(Integer()), &Reflection::SetUInt32, &Reflection::AddUInt32);
      case FieldDescriptor::CPPTYPE_UINT64:
        return Put<uint64_t>(field, Integer(), &Reflection::SetUInt64, &Reflection::AddUInt64);
      case FieldDescriptor::CPPTYPE_FLOAT:
        return Put<float>(field, static_cast<float>(AnyDouble(only_good_, random_)), &Reflection::SetFloat,
                          &Reflection::AddFloat);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return Put<double>(field, AnyDouble(only_good_, random_), &Reflection::SetDouble, &Reflection::AddDouble);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Put<int>(field, EnumNumber(*field), &Reflection::SetEnumValue, &Reflection::AddEnumValue);
      case FieldDescriptor::CPPTYPE_STRING:
        return FillText(field);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return FillMessage(field);
    }
  }

 private:
  template <typename T, typename Set, typename Add>
  void Put(const FieldDescriptor* field, T value, Set set, Add add) {
    if (field->is_repeated()) {
      (reflection_.*add)(message_, field, value);
    } else {
      (reflection_.*set)(message_, field, value);
    }
  }

  uint64_t Integer() { return OneIn(random_, 3) ? Below(random_, 100) : AnyNumber(random_); }

  int EnumNumber(const FieldDescriptor& field) {
    const EnumDescriptor& type = *field.enum_type();
    if (field.file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO3 && OneIn(random_, 6)) {
      return static_cast<int>(AnyNumber(random_));
    }
    return type.value(static_cast<int>(Below(random_, static_cast<uint64_t>(type.value_count()))))->number();
  }

  void FillText(const FieldDescriptor* field) {
    const std::string text = TextFor(schema_.Describe(*field), only_good_, random_);
    if (field->is_repeated()) {
      reflection_.AddString(message_, field, text);
    } else {
      reflection_.SetString(message_, field, text);
    }
  }

  void FillMessage(const FieldDescriptor* field) {
    const FieldInfo info = schema_.Describe(*field);
    const bool is_scalar = info.kind != ScalarKind::kMessage;
    if (depth_ <= 0 && !is_scalar) return;
    Message* child =
        field->is_repeated() ? reflection_.AddMessage(message_, field) : reflection_.MutableMessage(message_, field);
    if (field->message_type()->full_name() == "google.protobuf.FieldMask") {
      FillMask(random_, child);
    } else if (is_scalar && !info.nullable) {
      FillWholeAndNanos(info, only_good_, random_, child);
    } else {
      FillRandomly(schema_, depth_ - 1, only_good_, random_, child);
      SettleValue(child);
      if (only_good_ && field->is_map()) DropRepeatedKey(field);
    }
  }

  void DropRepeatedKey(const FieldDescriptor* map) {
    const FieldDescriptor* key = map->message_type()->map_key();
    const auto text = [&](int index) {
      std::string printed;
      google::protobuf::TextFormat::PrintFieldValueToString(reflection_.GetRepeatedMessage(*message_, map, index), key,
                                                            -1, &printed);
      return printed;
    };
    const int last = reflection_.FieldSize(*message_, map) - 1;
    for (int i = 0; i < last; ++i) {
      if (text(i) == text(last)) return reflection_.RemoveLast(message_, map);
    }
  }

  // A google.protobuf.Value must be something to be printed as JSON.
  static void SettleValue(Message* message) {
    if (message->GetDescriptor()->full_name() != "google.protobuf.Value") return;
    const Reflection& reflection = *message->GetReflection();
    if (reflection.HasOneof(*message, message->GetDescriptor()->oneof_decl(0))) return;
    reflection.SetBool(message, message->GetDescriptor()->FindFieldByName("bool_value"), true);
  }

  const Schema& schema_;
  const int depth_;
  const bool only_good_;
  Random& random_;
  Message* message_;
  const Reflection& reflection_;
};

}  // namespace

uint64_t AnyNumber(Random& random) {
  const uint64_t number = random() >> Below(random, 64);
  return OneIn(random, 2) ? number : ~number;
}

std::string AnyText(Random& random) {
  static constexpr std::array<const char*, 5> kWide = {"订单", "é", "\xf0\x9f\x98\x80", "\x7f", "\xe2\x82\xac"};
  std::string text;
  const uint64_t length = Below(random, OneIn(random, 10) ? 300 : 14);
  while (text.size() < length) {
    if (OneIn(random, 12)) {
      text += kWide[Below(random, kWide.size())];
    } else {
      text.push_back(static_cast<char>(' ' + Below(random, 95)));
    }
  }
  return text;
}

void FillRandomly(const Schema& schema, int depth, bool only_good, Random& random, Message* message) {
  FieldFiller filler(schema, depth, only_good, random, message);
  const uint64_t density = 1 + Below(random, 4);
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    const bool is_entry = message->GetDescriptor()->options().map_entry();
    if (!is_entry && !OneIn(random, density)) continue;
    const uint64_t count = field->is_repeated() ? Below(random, 4) : 1;
    for (uint64_t k = 0; k < count; ++k) filler.Fill(field);
  }
}

}  // namespace assay
