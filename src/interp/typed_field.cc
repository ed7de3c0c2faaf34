// Decimals and dates as fields hold them. Entry point: HeldValue. It puts nothing into messages: message_builder.cc
// does.
#include "interp/typed_field.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;

constexpr int kMoneyScale = 9;  // of its nanos

Value Unfit(const FieldDescriptor& field, ErrorKind kind, absl::string_view reason) {
  return Value::OfError({kind, std::string(reason), field.full_name(), &field});
}

Value Unfit(const FieldDescriptor& field, DecimalParse parse) {
  const ErrorKind kind = parse == DecimalParse::kOverflow ? ErrorKind::kOverflow : ErrorKind::kMalformed;
  return Unfit(field, kind, DecimalParseReason(parse));
}

Value Units(const FieldDescriptor& field, int128 units) {
  const FieldDescriptor::CppType type = field.cpp_type();
  if (type == FieldDescriptor::CPPTYPE_UINT32 || type == FieldDescriptor::CPPTYPE_UINT64) {
    const auto natural = static_cast<uint64_t>(units);
    return units == int128{natural} ? Value::Uint(natural) : Unfit(field, DecimalParse::kOverflow);
  }
  const auto whole = static_cast<int64_t>(units);
  return units == int128{whole} ? Value::Int(whole) : Unfit(field, DecimalParse::kOverflow);
}

Value Amount(const FieldDescriptor& field, const Decimal& value) {
  const std::optional<Decimal> sized = Round(value, kMoneyScale, Rounding::kDown);
  const bool fits = sized.has_value() && Units(field, sized->coefficient / Pow10(kMoneyScale)).is(ValueKind::kInt);
  if (!fits) return Unfit(field, DecimalParse::kOverflow);
  return Compare(*sized, value) == 0 ? Value::OfDecimal(*sized) : Unfit(field, DecimalParse::kExcessScale);
}

Value HeldDecimal(const FieldDescriptor& field, const FieldInfo& info, const Decimal& value) {
  const std::optional<Decimal> sized = Round(value, info.scale, Rounding::kDown);
  if (!sized.has_value() || sized->coefficient >= Pow10(info.precision) ||
      sized->coefficient <= -Pow10(info.precision)) {
    return Unfit(field, DecimalParse::kOverflow);
  }
  if (Compare(*sized, value) != 0) return Unfit(field, DecimalParse::kExcessScale);
  switch (info.decimal_form) {
    case DecimalForm::kText:
      return Value::String(FormatDecimal(*sized));
    case DecimalForm::kMinorUnits:
      return Units(field, sized->coefficient);
    case DecimalForm::kMoney:
      break;
  }
  return Amount(field, *sized);
}

// A text is read as any row's is; "" is absent, or malformed for its reader.
Value HeldText(const FieldDescriptor& field, const FieldInfo& info, absl::string_view text) {
  if (text.empty()) return Value::String("");
  if (info.kind == ScalarKind::kDate) {
    int32_t days = 0;
    const DateParse parse = ParseDate(text.data(), text.size(), &days);
    return parse == DateParse::kOk ? Value::String(std::string(text))
                                   : Unfit(field, ErrorKind::kMalformed, DateParseReason(parse));
  }
  int128 coefficient = 0;
  const DecimalParse parse = ParseDecimalAtScale(text.data(), text.size(), info.precision, info.scale, &coefficient);
  return parse == DecimalParse::kOk ? HeldDecimal(field, info, {coefficient, info.scale}) : Unfit(field, parse);
}

}  // namespace

Value HeldValue(const FieldDescriptor& field, const FieldInfo& info, const Value& value) {
  const bool is_date = info.kind == ScalarKind::kDate;
  if (value.is(ValueKind::kDecimal) && !is_date) return HeldDecimal(field, info, value.as_decimal());
  if (value.is(ValueKind::kDate) && is_date) return Value::String(FormatDate(value.as_date()));
  if (value.is(ValueKind::kString) && info.is_annotated_text()) return HeldText(field, info, value.as_string());
  return Unfit(field, ErrorKind::kInvalidArgument, absl::StrCat("takes no ", TypeNameOf(value)));
}

}  // namespace assay
