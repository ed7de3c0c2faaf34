// From protobuf types, annotations and overrides to FieldInfo. Entry points: InfoOfType, ApplyTyping, AnnotationReader.
// Options are read over the pool's own FieldOptions, because no class generated from annotations.proto is linked.
#include "schema/field_typing.h"

#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/decimal.h"
#include "base/status_macros.h"
#include "google/protobuf/descriptor.pb.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

struct WellKnownMessage {
  absl::string_view name;
  ScalarKind kind = {};
  bool nullable = false;
};

constexpr std::array<WellKnownMessage, 11> kWellKnownMessages = {{
    {"google.protobuf.Timestamp", ScalarKind::kTimestamp, false},
    {"google.protobuf.Duration", ScalarKind::kDuration, false},
    {"google.protobuf.BoolValue", ScalarKind::kBool, true},
    {"google.protobuf.Int32Value", ScalarKind::kInt, true},
    {"google.protobuf.Int64Value", ScalarKind::kInt, true},
    {"google.protobuf.UInt32Value", ScalarKind::kUint, true},
    {"google.protobuf.UInt64Value", ScalarKind::kUint, true},
    {"google.protobuf.FloatValue", ScalarKind::kDouble, true},
    {"google.protobuf.DoubleValue", ScalarKind::kDouble, true},
    {"google.protobuf.StringValue", ScalarKind::kString, true},
    {"google.protobuf.BytesValue", ScalarKind::kBytes, true},
}};

constexpr absl::string_view kMoneyName = "google.type.Money";

ScalarKind KindOfType(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return ScalarKind::kBool;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return ScalarKind::kInt;
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return ScalarKind::kUint;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ScalarKind::kDouble;
    case FieldDescriptor::CPPTYPE_ENUM:
      return ScalarKind::kEnum;
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? ScalarKind::kBytes : ScalarKind::kString;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ScalarKind::kMessage;
  }
  return ScalarKind::kMessage;
}

// How the field could hold a decimal, or nothing.
std::optional<DecimalForm> DecimalFormOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_STRING) return DecimalForm::kText;
      return std::nullopt;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return DecimalForm::kMinorUnits;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name() == kMoneyName) return DecimalForm::kMoney;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

absl::Status Misfit(const FieldDescriptor& field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("field '", field.full_name(), "': ", why));
}

// What a message-typed google.type.Money needs to have for its units and billionths to be read.
bool IsMoneyShaped(const Descriptor& money) {
  const FieldDescriptor* units = money.FindFieldByNumber(2);
  const FieldDescriptor* nanos = money.FindFieldByNumber(3);
  return units != nullptr && nanos != nullptr && units->type() == FieldDescriptor::TYPE_INT64 &&
         nanos->type() == FieldDescriptor::TYPE_INT32 && !units->is_repeated() && !nanos->is_repeated();
}

absl::Status ApplyDecimal(const FieldDescriptor& field, FieldOverride::Decimal size, FieldInfo* info) {
  const std::optional<DecimalForm> form = DecimalFormOf(field);
  if (!form.has_value() || (*form == DecimalForm::kMoney && !IsMoneyShaped(*field.message_type()))) {
    return Misfit(field, "decimal fits string, integer and google.type.Money fields only");
  }
  if (size.precision < 1 || size.precision > kMaxDecimalDigits || size.scale > size.precision) {
    return Misfit(field, absl::StrCat("a decimal has a precision of 1 to 38 and a scale of 0 to its precision, not ",
                                      size.precision, " and ", size.scale));
  }
  info->kind = ScalarKind::kDecimal;
  info->decimal_form = *form;
  info->precision = static_cast<uint8_t>(size.precision);
  info->scale = static_cast<uint8_t>(size.scale);
  return absl::OkStatus();
}

absl::Status ApplyToValue(const FieldDescriptor& field, const FieldTyping& typing, FieldInfo* info) {
  if (typing.decimal.has_value() && typing.date) return Misfit(field, "it cannot be a decimal and a date");
  if (typing.decimal.has_value()) RETURN_IF_ERROR(ApplyDecimal(field, *typing.decimal, info));
  if (typing.date) {
    if (field.type() != FieldDescriptor::TYPE_STRING) return Misfit(field, "date fits string fields only");
    info->kind = ScalarKind::kDate;
  }
  info->sensitive = info->sensitive || typing.sensitive;
  return absl::OkStatus();
}

FieldInfo& InfoIn(FieldInfos* infos, const FieldDescriptor& field) {
  return infos->try_emplace(&field, InfoOfType(field)).first->second;
}

}  // namespace

FieldInfo InfoOfType(const FieldDescriptor& field) {
  FieldInfo info;
  info.kind = KindOfType(field);
  info.has_presence = field.has_presence();
  info.repeated = field.is_repeated();
  info.is_map = field.is_map();
  if (info.kind != ScalarKind::kMessage) return info;
  for (const WellKnownMessage& known : kWellKnownMessages) {
    if (known.name != field.message_type()->full_name()) continue;
    info.kind = known.kind;
    info.nullable = known.nullable;
  }
  return info;
}

absl::Status ApplyTyping(const FieldDescriptor& field, const FieldTyping& typing, FieldInfos* infos) {
  if (typing.max_items != 0) {
    if (!field.is_repeated()) return Misfit(field, "max_items fits repeated fields only");
    InfoIn(infos, field).max_items = typing.max_items;
  }
  if (!field.is_map()) return ApplyToValue(field, typing, &InfoIn(infos, field));
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  if (typing.sensitive) InfoIn(infos, field).sensitive = InfoIn(infos, key).sensitive = true;
  return ApplyToValue(value, typing, &InfoIn(infos, value));
}

absl::StatusOr<AnnotationReader> AnnotationReader::Create(const DescriptorPool& pool, DynamicMessageFactory* factory) {
  AnnotationReader reader;
  const Descriptor* options = pool.FindMessageTypeByName("google.protobuf.FieldOptions");
  if (options == nullptr) return reader;  // then no option is used either
  reader.options_ = factory->GetPrototype(options);
  const std::array<std::pair<const FieldDescriptor**, FieldDescriptor::Type>, 4> wanted = {{
      {&reader.decimal_, FieldDescriptor::TYPE_MESSAGE},
      {&reader.date_, FieldDescriptor::TYPE_BOOL},
      {&reader.sensitive_, FieldDescriptor::TYPE_BOOL},
      {&reader.max_items_, FieldDescriptor::TYPE_UINT32},
  }};
  const std::array<const char*, 4> names = {"assay.v1.decimal", "assay.v1.date", "assay.v1.sensitive",
                                            "assay.v1.max_items"};
  for (size_t i = 0; i < wanted.size(); ++i) {
    const FieldDescriptor* extension = pool.FindExtensionByName(names[i]);
    if (extension == nullptr) continue;
    if (extension->containing_type() != options || extension->type() != wanted[i].second || extension->is_repeated()) {
      return Misfit(*extension, "it has the name of an option of assay/v1/annotations.proto, but another type");
    }
    *wanted[i].first = extension;
  }
  if (reader.decimal_ == nullptr) return reader;
  reader.precision_ = reader.decimal_->message_type()->FindFieldByName("precision");
  reader.scale_ = reader.decimal_->message_type()->FindFieldByName("scale");
  for (const FieldDescriptor* part : {reader.precision_, reader.scale_}) {
    if (part != nullptr && part->type() == FieldDescriptor::TYPE_UINT32 && !part->is_repeated()) continue;
    return Misfit(*reader.decimal_, "its message needs the fields uint32 precision and uint32 scale");
  }
  return reader;
}

absl::StatusOr<FieldTyping> AnnotationReader::Read(const FieldDescriptor& field) const {
  FieldTyping typing;
  if (options_ == nullptr || field.options().ByteSizeLong() == 0) return typing;
  const std::unique_ptr<Message> options(options_->New());
  if (!options->ParsePartialFromString(field.options().SerializePartialAsString())) {
    return Misfit(field, "its options are malformed");
  }
  const Reflection& reflection = *options->GetReflection();
  if (decimal_ != nullptr && reflection.HasField(*options, decimal_)) {
    const Message& size = reflection.GetMessage(*options, decimal_);
    typing.decimal = {size.GetReflection()->GetUInt32(size, precision_), size.GetReflection()->GetUInt32(size, scale_)};
  }
  typing.date = date_ != nullptr && reflection.GetBool(*options, date_);
  typing.sensitive = sensitive_ != nullptr && reflection.GetBool(*options, sensitive_);
  typing.max_items = max_items_ == nullptr ? 0 : reflection.GetUInt32(*options, max_items_);
  return typing;
}

}  // namespace assay
