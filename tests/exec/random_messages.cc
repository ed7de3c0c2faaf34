// Fills messages by reflection, field by field, from small pools: values must meet each other and the literals of
// random expressions, and stand at the borders of their types. Entry point: RandomMessage.
#include "tests/exec/random_messages.h"

#include <cmath>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kMaxDepth = 3;
constexpr size_t kMaxElements = 3;

constexpr const char* kStrings[] = {"",
                                    "A",
                                    "B",
                                    "CNY",
                                    "JPY",
                                    "USD",
                                    "XAU",
                                    "P-001",
                                    "a.b",
                                    "10",
                                    "-7",
                                    "3.25",
                                    "true",
                                    "f",
                                    "90s",
                                    "-1.5h",
                                    "Asia/Shanghai",
                                    "America/New_York",
                                    "a+",
                                    "[",
                                    "北京市",
                                    "straße",
                                    "ééé",
                                    "😀x😀",
                                    " \t\n t ",
                                    "\u3000北\u00a0",
                                    "2026-02-28",
                                    "A,B,,C",
                                    "aaaa",
                                    "\"q\\",
                                    "99999999999",
                                    "1e3",
                                    "NaN",
                                    "2026-11-22T08:30:00.5+08:00",
                                    "+08:00"};
constexpr const char* kDates[] = {"2026-11-22", "2026-11-23", "2026-02-28", "2024-02-29", "1970-01-01",
                                  "0001-01-01", "9999-12-31", "2025-12-31", "2026-01-31"};
constexpr const char* kBadDates[] = {"2026-13-01", "2026-02-29", "22.11.2026", "2026-1-1"};
constexpr const char* kBadDecimals[] = {
    "1,5", "+1", "1.", ".5", "1e3", " 1", "abc", "0.12345678901", "--1", "123456789012345678901234567890"};
constexpr int64_t kInts[] = {0,
                             1,
                             -1,
                             2,
                             3,
                             7,
                             10,
                             100,
                             365,
                             std::numeric_limits<int64_t>::max(),
                             std::numeric_limits<int64_t>::min(),
                             int64_t{1} << 53,
                             1'790'000'000};
constexpr double kDoubles[] = {0.0,
                               -0.0,
                               1.0,
                               0.1,
                               0.5,
                               -2.5,
                               3.0,
                               1e300,
                               -1e-300,
                               9.2e18,
                               1.8e19,
                               123456.789,
                               std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()};
constexpr int64_t kSeconds[] = {0,           1'790'000'000,        1'790'000'001,        1'782'864'000, -1,
                                951'782'400, kMinTimestampSeconds, kMaxTimestampSeconds, 1'772'323'199};
constexpr int64_t kSpans[] = {0, 1, -1, 60, 3600, 86'400, -90'061, kMaxDurationSeconds, -kMaxDurationSeconds};
constexpr int32_t kNanos[] = {0, 0, 0, 1, 500'000'000, 999'999'999, 123'456'000};

template <typename T, size_t n>
const T& PickFrom(RandomEngine* random, const T (&pool)[n]) {
  return pool[Pick(random, n)];
}

std::string RandomDecimal(const FieldInfo& info, RandomEngine* random) {
  if (Chance(random, 0.04)) return PickFrom(random, kBadDecimals);
  const int scale = static_cast<int>(Pick(random, info.scale + 1u));
  int128 coefficient = static_cast<int128>(Pick(random, 12));
  if (Chance(random, 0.5)) coefficient = static_cast<int128>(Pick(random, 100'000));
  if (Chance(random, 0.1)) coefficient = Pow10(info.precision - info.scale + scale) - 1;
  coefficient %= Pow10(info.precision - info.scale + scale);
  return FormatDecimal({Chance(random, 0.25) ? -coefficient : coefficient, scale});
}

std::string RandomText(const FieldInfo& info, RandomEngine* random) {
  const bool annotated = info.is_annotated_text();
  if (annotated && Chance(random, 0.03)) return "";
  if (info.kind == ScalarKind::kDecimal) return RandomDecimal(info, random);
  if (info.kind == ScalarKind::kDate)
    return Chance(random, 0.04) ? PickFrom(random, kBadDates) : PickFrom(random, kDates);
  if (info.kind == ScalarKind::kBytes && Chance(random, 0.3)) return std::string("\xff\0z", 3);
  return PickFrom(random, kStrings);
}

// Of a Timestamp or Duration, now and then one that is none.
void FillTime(ScalarKind kind, Message* message, RandomEngine* random) {
  const bool span = kind == ScalarKind::kDuration;
  const int64_t seconds = span ? PickFrom(random, kSpans) : PickFrom(random, kSeconds);
  int32_t nanos = PickFrom(random, kNanos);
  if (span && seconds < 0) nanos = -nanos;
  if (Chance(random, 0.03)) nanos = -5;
  const google::protobuf::Descriptor& type = *message->GetDescriptor();
  message->GetReflection()->SetInt64(message, type.FindFieldByNumber(1), seconds);
  message->GetReflection()->SetInt32(message, type.FindFieldByNumber(2), nanos);
}

int RandomEnum(const FieldDescriptor& field, RandomEngine* random) {
  const google::protobuf::EnumDescriptor& type = *field.enum_type();
  const bool open = field.file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO3;
  if (open && Chance(random, 0.05)) return 99;
  return type.value(static_cast<int>(Pick(random, static_cast<size_t>(type.value_count()))))->number();
}

class Filler {
 public:
  Filler(const Schema& schema, RandomEngine* random) : schema_(schema), random_(random) {}

  void Fill(Message* message, int depth) {
    const google::protobuf::Descriptor& type = *message->GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (Chance(random_, 0.15)) continue;
      const size_t count = field.is_repeated() ? Pick(random_, kMaxElements + 1) : 1;
      for (size_t k = 0; k < count; ++k) SetField(message, field, depth);
    }
  }

 private:
  void SetField(Message* message, const FieldDescriptor& field, int depth) {
    const google::protobuf::Reflection& r = *message->GetReflection();
    const bool repeated = field.is_repeated();
    const int64_t integer = PickFrom(random_, kInts);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return SetMessage(message, field, depth);
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text = RandomText(schema_.Describe(field), random_);
        return repeated ? r.AddString(message, &field, text) : r.SetString(message, &field, text);
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = RandomEnum(field, random_);
        return repeated ? r.AddEnumValue(message, &field, number) : r.SetEnumValue(message, &field, number);
      }
      case FieldDescriptor::CPPTYPE_BOOL: {
        const bool value = Chance(random_, 0.5);
        return repeated ? r.AddBool(message, &field, value) : r.SetBool(message, &field, value);
      }
      case FieldDescriptor::CPPTYPE_DOUBLE: {
        const double value = PickFrom(random_, kDoubles);
        return repeated ? r.AddDouble(message, &field, value) : r.SetDouble(message, &field, value);
      }
      case FieldDescriptor::CPPTYPE_FLOAT: {
        const float value = static_cast<float>(PickFrom(random_, kDoubles));
        return repeated ? r.AddFloat(message, &field, value) : r.SetFloat(message, &field, value);
      }
      default:
        return SetInteger(message, field, integer);
    }
  }

  void SetInteger(Message* message, const FieldDescriptor& field, int64_t value) {
    const google::protobuf::Reflection& r = *message->GetReflection();
    const bool repeated = field.is_repeated();
    const int32_t narrow = static_cast<int32_t>(value);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return repeated ? r.AddInt32(message, &field, narrow) : r.SetInt32(message, &field, narrow);
      case FieldDescriptor::CPPTYPE_UINT32: {
        const uint32_t bits = static_cast<uint32_t>(narrow);
        return repeated ? r.AddUInt32(message, &field, bits) : r.SetUInt32(message, &field, bits);
      }
      case FieldDescriptor::CPPTYPE_UINT64: {
        const uint64_t bits = static_cast<uint64_t>(value);
        return repeated ? r.AddUInt64(message, &field, bits) : r.SetUInt64(message, &field, bits);
      }
      default:
        return repeated ? r.AddInt64(message, &field, value) : r.SetInt64(message, &field, value);
    }
  }

  void SetMessage(Message* message, const FieldDescriptor& field, int depth) {
    const google::protobuf::Reflection& r = *message->GetReflection();
    const ScalarKind kind = schema_.Describe(field).kind;
    const bool time = kind == ScalarKind::kTimestamp || kind == ScalarKind::kDuration;
    if (depth == kMaxDepth && !time) return;
    Message* value = field.is_repeated() ? r.AddMessage(message, &field) : r.MutableMessage(message, &field);
    if (time) return FillTime(kind, value, random_);
    Fill(value, depth + 1);
  }

  const Schema& schema_;
  RandomEngine* random_;
};

}  // namespace

size_t Pick(RandomEngine* random, size_t size) { return (*random)() % size; }

bool Chance(RandomEngine* random, double probability) {
  return static_cast<double>((*random)() >> 11) * 0x1p-53 < probability;
}

std::unique_ptr<Message> RandomMessage(const Schema& schema, const google::protobuf::Descriptor& type,
                                       RandomEngine* random) {
  std::unique_ptr<Message> message(schema.Prototype(type).New());
  Filler(schema, random).Fill(message.get(), 0);
  return message;
}

}  // namespace assay
