// Enum values by name and number. Entry points: EnumNumber, EnumShortName. The prefix of an enum is its name in
// UPPER_SNAKE; nothing else is stripped.
#include "schema/enum_names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace assay {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

// "ORDER_KIND_" for OrderKind.
std::string EnumPrefix(const EnumDescriptor& type) {
  std::string prefix;
  for (char c : type.name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return prefix + "_";
}

}  // namespace

std::optional<int> EnumNumber(const EnumDescriptor& type, absl::string_view name) {
  const EnumValueDescriptor* value = type.FindValueByName(std::string(name));
  if (value == nullptr) value = type.FindValueByName(absl::StrCat(EnumPrefix(type), name));
  if (value == nullptr) return std::nullopt;
  return value->number();
}

std::string EnumShortName(const EnumDescriptor& type, int64_t number) {
  const EnumValueDescriptor* value = type.FindValueByNumber(static_cast<int>(number));
  if (value == nullptr || value->number() != number) return absl::StrCat(number);
  return std::string(absl::StripPrefix(value->name(), EnumPrefix(type)));
}

}  // namespace assay
