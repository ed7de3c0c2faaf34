// Short names of enum values, found by scanning the descriptor. Entry points: ShortName, FindEnumValue.
// No table is kept: the enums of a rulebook have at most eight values.
#include "rulebook/enum_names.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace assay {
namespace {

constexpr absl::string_view kUnspecified = "UNSPECIFIED";

absl::string_view Prefix(const google::protobuf::EnumDescriptor& type) {
  const google::protobuf::EnumValueDescriptor* zero = type.FindValueByNumber(0);
  absl::string_view name = zero == nullptr ? absl::string_view() : absl::string_view(zero->name());
  return absl::ConsumeSuffix(&name, kUnspecified) ? name : absl::string_view();
}

}  // namespace

absl::string_view ShortName(const google::protobuf::EnumValueDescriptor& value) {
  return absl::StripPrefix(value.name(), Prefix(*value.type()));
}

std::vector<absl::string_view> ShortNames(const google::protobuf::EnumDescriptor& type) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) names.push_back(ShortName(*type.value(i)));
  }
  return names;
}

const google::protobuf::EnumValueDescriptor* FindEnumValue(const google::protobuf::EnumDescriptor& type,
                                                           absl::string_view name) {
  for (int i = 0; i < type.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *type.value(i);
    if (value.number() != 0 && (name == ShortName(value) || name == value.name())) return &value;
  }
  return nullptr;
}

}  // namespace assay
