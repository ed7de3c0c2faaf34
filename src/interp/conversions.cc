// Conversions between types: int(x), string(x), decimal(x, scale) and so on. Entry point: ConversionFunctions.
// A text that is no value of the type is an invalid argument; a number that does not fit is an overflow. Doubles and
// decimals are cut towards zero where they become integers, as CEL says of doubles.
#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/double_text.h"
#include "base/utf8.h"
#include "calendar/time_of_day.h"
#include "interp/functions.h"

namespace assay {
namespace {

constexpr double kIntLimit = 0x1p63;
constexpr double kUintLimit = 0x1p64;

Value ToBool(const Call&, Arguments args) {
  if (args[0].is(ValueKind::kBool)) return args[0];
  if (!args[0].is(ValueKind::kString)) return NoOverload();
  const absl::string_view text = args[0].as_string();
  for (absl::string_view yes : {"true", "True", "TRUE", "t", "1"}) {
    if (text == yes) return Value::Bool(true);
  }
  for (absl::string_view no : {"false", "False", "FALSE", "f", "0"}) {
    if (text == no) return Value::Bool(false);
  }
  return Refused("is not a bool");
}

Value IntegerAsInt(int128 value) {
  const bool fits = value >= std::numeric_limits<int64_t>::min() && value <= std::numeric_limits<int64_t>::max();
  return fits ? Value::Int(static_cast<int64_t>(value)) : Overflow();
}

Value IntegerAsUint(int128 value) {
  const bool fits = value >= 0 && value <= std::numeric_limits<uint64_t>::max();
  return fits ? Value::Uint(static_cast<uint64_t>(value)) : Overflow();
}

int128 Truncated(const Decimal& value) { return value.coefficient / Pow10(value.scale); }

// An optional sign and digits. Too many of them to be counted is as much of an overflow as one too many.
Value IntegerText(absl::string_view text, Value (*make)(int128)) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  const bool digits = std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
  if (text.empty() || !digits) return Refused("is not an integer");
  int128 value = 0;
  for (char c : text) {
    value = value * 10 + (c - '0');
    if (value > Pow10(20)) return Overflow();
  }
  return make(negative ? -value : value);
}

// CEL leaves both ends out: neither 2^63 nor -2^63 is known to have been an int before it became a double.
Value DoubleAsInt(double value) {
  return value > -kIntLimit && value < kIntLimit ? Value::Int(static_cast<int64_t>(value)) : Overflow();
}

Value DoubleAsUint(double value) {
  return value >= 0 && value < kUintLimit ? Value::Uint(static_cast<uint64_t>(value)) : Overflow();
}

Value ToInt(const Call&, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kInt:
      return args[0];
    case ValueKind::kUint:
      return IntegerAsInt(static_cast<int128>(args[0].as_uint()));
    case ValueKind::kDouble:
      return DoubleAsInt(args[0].as_double());
    case ValueKind::kDecimal:
      return IntegerAsInt(Truncated(args[0].as_decimal()));
    case ValueKind::kString:
      return IntegerText(args[0].as_string(), IntegerAsInt);
    case ValueKind::kTimestamp:
      return Value::Int(args[0].as_timestamp().seconds);
    default:
      return NoOverload();
  }
}

Value ToUint(const Call&, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kUint:
      return args[0];
    case ValueKind::kInt:
      return IntegerAsUint(args[0].as_int());
    case ValueKind::kDouble:
      return DoubleAsUint(args[0].as_double());
    case ValueKind::kString:
      return IntegerText(args[0].as_string(), IntegerAsUint);
    default:
      return NoOverload();
  }
}

Value DoubleText(absl::string_view text) {
  double value = 0;
  switch (ParseDouble(text, &value)) {
    case DoubleParse::kOk:
      return Value::Double(value);
    case DoubleParse::kOverflow:
      return Overflow();
    case DoubleParse::kMalformed:
      break;
  }
  return Refused("is not a number");
}

Value ToDouble(const Call&, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kDouble:
      return args[0];
    case ValueKind::kInt:
      return Value::Double(static_cast<double>(args[0].as_int()));
    case ValueKind::kUint:
      return Value::Double(static_cast<double>(args[0].as_uint()));
    case ValueKind::kDecimal:
      return Value::Double(ToDouble(args[0].as_decimal()));
    case ValueKind::kString:
      return DoubleText(args[0].as_string());
    default:
      return NoOverload();
  }
}

Value BytesAsString(absl::string_view bytes) {
  return IsValidUtf8(bytes) ? Value::String(std::string(bytes)) : Refused("is not UTF-8");
}

Value ToString(const Call&, Arguments args) {
  const Value& value = args[0];
  switch (value.kind()) {
    case ValueKind::kString:
      return value;
    case ValueKind::kBool:
      return Value::String(value.as_bool() ? "true" : "false");
    case ValueKind::kInt:
      return Value::String(absl::StrCat(value.as_int()));
    case ValueKind::kUint:
      return Value::String(absl::StrCat(value.as_uint()));
    case ValueKind::kDouble:
      return Value::String(FormatDouble(value.as_double()));
    case ValueKind::kDecimal:
      return Value::String(FormatDecimal(value.as_decimal()));
    case ValueKind::kBytes:
      return BytesAsString(value.as_bytes());
    case ValueKind::kDate:
      return Value::String(FormatDate(value.as_date()));
    case ValueKind::kTimestamp:
      return Value::String(FormatTimestamp(value.as_timestamp()));
    case ValueKind::kDuration:
      return Value::String(FormatDuration(value.as_duration()));
    default:
      return NoOverload();
  }
}

Value ToBytes(const Call&, Arguments args) {
  if (args[0].is(ValueKind::kBytes)) return args[0];
  return args[0].is(ValueKind::kString) ? Value::Bytes(std::string(args[0].as_string())) : NoOverload();
}

// The checker knows the scale: it was written, or is that of a text that was.
Value DecimalText(absl::string_view text, int scale) {
  int128 coefficient = 0;
  const DecimalParse parse = ParseDecimalAtScale(text.data(), text.size(), kMaxDecimalDigits, scale, &coefficient);
  if (parse == DecimalParse::kOk) return Value::OfDecimal({coefficient, scale});
  return parse == DecimalParse::kOverflow ? Overflow() : Refused(DecimalParseReason(parse));
}

Value ToDecimal(const Call& call, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kDecimal:
      return args[0];
    case ValueKind::kInt:
      return Value::OfDecimal(DecimalFromInt64(args[0].as_int()));
    case ValueKind::kUint:
      return Value::OfDecimal(DecimalFromUint64(args[0].as_uint()));
    case ValueKind::kString:
      return DecimalText(args[0].as_string(), call.expr.type->decimal.scale);
    default:
      return NoOverload();
  }
}

Value DateText(absl::string_view text) {
  int32_t days = 0;
  const DateParse parse = ParseDate(text.data(), text.size(), &days);
  return parse == DateParse::kOk ? Value::Date(days) : Refused(DateParseReason(parse));
}

Value ToDate(const Call&, Arguments args) {
  if (args[0].is(ValueKind::kDate)) return args[0];
  if (args[0].is(ValueKind::kString)) return DateText(args[0].as_string());
  if (!args[0].is(ValueKind::kTimestamp) || args.size() != 2 || !args[1].is(ValueKind::kString)) return NoOverload();
  const std::optional<Zone> zone = Zone::Find(args[1].as_string());
  if (!zone) return Refused("is not a time zone");
  const int32_t days = zone->Local(args[0].as_timestamp()).day;
  return IsValidDay(days) ? Value::Date(days) : Overflow();
}

// A day, a time of day and a zone.
Value CivilTimestamp(Arguments args) {
  if (args.size() != 3 || !args[1].is(ValueKind::kString) || !args[2].is(ValueKind::kString)) return NoOverload();
  const std::optional<int32_t> second = TimeOfDay(args[1].as_string());
  if (!second) return Refused(kNoTimeOfDay);
  const std::optional<Zone> zone = Zone::Find(args[2].as_string());
  if (!zone) return Refused("is not a time zone");
  const Timestamp time = InstantOf(*zone, args[0].as_date(), *second);
  return IsValid(time) ? Value::OfTimestamp(time) : Overflow();
}

Value ToTimestamp(const Call&, Arguments args) {
  if (args[0].is(ValueKind::kDate)) return CivilTimestamp(args);
  if (args[0].is(ValueKind::kTimestamp)) return args[0];
  if (args[0].is(ValueKind::kInt)) {
    const Timestamp time = {args[0].as_int(), 0};
    return IsValid(time) ? Value::OfTimestamp(time) : Overflow();
  }
  if (!args[0].is(ValueKind::kString)) return NoOverload();
  const absl::StatusOr<Timestamp> time = ParseTimestamp(args[0].as_string());
  return time.ok() ? Value::OfTimestamp(*time) : Refused("is not a timestamp");
}

Value ToDuration(const Call&, Arguments args) {
  if (args[0].is(ValueKind::kDuration)) return args[0];
  if (!args[0].is(ValueKind::kString)) return NoOverload();
  const absl::StatusOr<Duration> span = ParseDuration(args[0].as_string());
  return span.ok() ? Value::OfDuration(*span) : Refused("is not a duration");
}

Value ToDyn(const Call&, Arguments args) { return args[0]; }

Value TypeOf(const Call&, Arguments args) { return Value::Type(TypeNameOf(args[0])); }

constexpr FunctionEntry kFunctions[] = {
    {Op::kToBool, ToBool},         {Op::kToInt, ToInt},       {Op::kToUint, ToUint},
    {Op::kToDouble, ToDouble},     {Op::kToString, ToString}, {Op::kToBytes, ToBytes},
    {Op::kToDecimal, ToDecimal},   {Op::kToDate, ToDate},     {Op::kToTimestamp, ToTimestamp},
    {Op::kToDuration, ToDuration}, {Op::kToDyn, ToDyn, true}, {Op::kType, TypeOf, true},
};

}  // namespace

absl::Span<const FunctionEntry> ConversionFunctions() { return kFunctions; }

}  // namespace assay
