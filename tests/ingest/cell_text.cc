// Cells as texts. Entry points: ReflectedCell, ColumnCell. Neither shares code with the decoder but the parsers of
// base.
#include "tests/ingest/cell_text.h"

#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr char kAbsent[] = "absent";
constexpr char kBroken[] = "broken";  // malformed or overflowing

std::string BitsText(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return absl::StrCat(value, "/", absl::Hex(bits));
}

std::string DecimalCell(absl::StatusOr<Decimal> value, const FieldInfo& info) {
  if (!value.ok() || value->scale > info.scale) return kBroken;
  const auto scaled = Rescale(*value, info.scale);
  if (!scaled.has_value() || Magnitude(scaled->coefficient) >= static_cast<uint128>(Pow10(info.precision)))
    return kBroken;
  return ToString(scaled->coefficient);
}

std::string TextCell(const std::string& text, const FieldInfo& info) {
  if (info.kind == ScalarKind::kDecimal) return DecimalCell(ParseDecimal(text), info);
  if (info.kind != ScalarKind::kDate) return absl::CEscape(text);
  int32_t day = 0;
  return ParseDate(text.data(), text.size(), &day) == DateParse::kOk ? absl::StrCat(day) : kBroken;
}

// Timestamp, Duration and Money by the fields that hold whole units and nanos.
std::string WholeAndNanosCell(const Message& message, const FieldInfo& info) {
  const bool is_money = info.kind == ScalarKind::kDecimal;
  const Reflection& reflection = *message.GetReflection();
  const int64_t whole = reflection.GetInt64(message, message.GetDescriptor()->FindFieldByNumber(is_money ? 2 : 1));
  const int32_t nanos = reflection.GetInt32(message, message.GetDescriptor()->FindFieldByNumber(is_money ? 3 : 2));
  if (info.kind == ScalarKind::kTimestamp) {
    return IsValid(Timestamp{whole, nanos}) ? absl::StrCat(whole, ".", nanos) : kBroken;
  }
  if (info.kind == ScalarKind::kDuration) {
    return IsValid(Duration{whole, nanos}) ? absl::StrCat(whole, ".", nanos) : kBroken;
  }
  if (nanos >= kNanosPerSecond || nanos <= -kNanosPerSecond || (whole > 0 && nanos < 0) || (whole < 0 && nanos > 0)) {
    return kBroken;
  }
  // Through text, as another way to the same number: trailing zeros go, the rest must fit.
  return DecimalCell(ParseDecimal(FormatTrimmed({int128{whole} * kNanosPerSecond + nanos, 9})), info);
}

// The value of a singular field, or of element `index` (>= 0) of a repeated one.
class Reader {
 public:
  Reader(const Schema& schema, const Message& message, const FieldDescriptor* field, int index)
      : info_(schema.Describe(*field)),
        message_(message),
        field_(field),
        index_(index),
        reflection_(*message.GetReflection()) {}

  std::string Value() const {
    if (info_.kind == ScalarKind::kDecimal && info_.decimal_form == DecimalForm::kMinorUnits) {
      if (IsUnset()) return kAbsent;
      return DecimalCell(ParseDecimal(Plain()), {info_.kind, info_.decimal_form, 38, 0}) == kBroken ? kBroken
                                                                                                    : MinorUnits();
    }
    if (field_->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return Plain();
    if (info_.kind == ScalarKind::kDecimal && IsUnset()) return kAbsent;
    const Message& message = index_ < 0 ? reflection_.GetMessage(message_, field_)
                                        : reflection_.GetRepeatedMessage(message_, field_, index_);
    if (!info_.nullable) return WholeAndNanosCell(message, info_);
    return Reader(message, message.GetDescriptor()->FindFieldByNumber(1)).Plain();
  }

  std::string Text() const { return absl::CEscape(reflection_.GetString(message_, field_)); }

  bool IsPresent() const {
    const bool has = reflection_.HasField(message_, field_);
    return has;
  }

 private:
  Reader(const Message& message, const FieldDescriptor* field)
      : message_(message), field_(field), index_(-1), reflection_(*message.GetReflection()) {}

  bool IsUnset() const { return index_ < 0 && field_->has_presence() && !reflection_.HasField(message_, field_); }

  std::string MinorUnits() const {
    return DecimalCell(ParseDecimal(Plain()), {info_.kind, info_.decimal_form, info_.precision, 0});
  }

  template <typename Get, typename GetRepeated>
  auto Read(Get get, GetRepeated get_repeated) const {
    return index_ < 0 ? (reflection_.*get)(message_, field_) : (reflection_.*get_repeated)(message_, field_, index_);
  }

  std::string Plain() const {
    switch (field_->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return absl::StrCat(Read(&Reflection::GetBool, &Reflection::GetRepeatedBool));
      case FieldDescriptor::CPPTYPE_INT32:
        return absl::StrCat(Read(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
      case FieldDescriptor::CPPTYPE_INT64:
        return absl::StrCat(Read(&Reflection::GetInt64, &Reflection::GetRepeatedInt64));
      case FieldDescriptor::CPPTYPE_UINT32:
        return absl::StrCat(Read(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
      case FieldDescriptor::CPPTYPE_UINT64:
        return absl::StrCat(Read(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return BitsText(Read(&Reflection::GetFloat, &Reflection::GetRepeatedFloat));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return BitsText(Read(&Reflection::GetDouble, &Reflection::GetRepeatedDouble));
      case FieldDescriptor::CPPTYPE_ENUM:
        return absl::StrCat(Read(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue));
      case FieldDescriptor::CPPTYPE_STRING:
        return String(Read(&Reflection::GetString, &Reflection::GetRepeatedString));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
    }
    return "";
  }

  std::string String(const std::string& text) const {
    const bool is_annotated = info_.is_annotated_text();
    if (is_annotated && index_ < 0 && (field_->has_presence() ? IsUnset() : text.empty())) return kAbsent;
    return TextCell(text, info_);
  }

  FieldInfo info_;
  const Message& message_;
  const FieldDescriptor* field_;
  int index_;
  const Reflection& reflection_;
};

}  // namespace

std::string ReflectedCell(const Schema& schema, const Message& message, const FieldDescriptor* field, int index,
                          ColumnRole role) {
  const Reader reader(schema, message, field, index);
  switch (role) {
    case ColumnRole::kValue:
      return reader.Value();
    case ColumnRole::kText:
      return reader.Text();
    case ColumnRole::kPresence:
      return absl::StrCat(reader.IsPresent());
  }
  return "";
}

std::string ColumnCell(const ColumnSet& columns, int slot, size_t row) {
  const Vector vector = columns.column(slot);
  if (const ErrorCode code = vector.error(row); code != 0) {
    const CellError error = columns.errors().Get(code);
    if (error.row != static_cast<int32_t>(row) || error.source != -1) return "an error of another row";
    switch (error.kind) {
      case ErrorKind::kAbsent:
        return kAbsent;
      case ErrorKind::kMalformed:
      case ErrorKind::kOverflow:
        return error.detail.empty() ? "no detail" : kBroken;
      case ErrorKind::kUndecodable:
        return "undecodable";
      default:
        return "an error of another kind";
    }
  }
  switch (vector.type) {
    case Physical::kBool:
      return absl::StrCat(vector.values<uint8_t>()[row]);
    case Physical::kInt64:
    case Physical::kDecimal64:
      return absl::StrCat(vector.values<int64_t>()[row]);
    case Physical::kUint64:
      return absl::StrCat(vector.values<uint64_t>()[row]);
    case Physical::kDouble:
      return BitsText(vector.values<double>()[row]);
    case Physical::kString:
      return absl::CEscape(vector.values<absl::string_view>()[row]);
    case Physical::kDecimal128:
      return ToString(vector.values<int128>()[row]);
    case Physical::kDate:
      return absl::StrCat(vector.values<int32_t>()[row]);
    case Physical::kTimestamp:
      return absl::StrCat(vector.values<Timestamp>()[row].seconds, ".", vector.values<Timestamp>()[row].nanos);
    case Physical::kRow:
      break;
    case Physical::kDuration:
      return absl::StrCat(vector.values<Duration>()[row].seconds, ".", vector.values<Duration>()[row].nanos);
  }
  return "?";
}

}  // namespace assay
