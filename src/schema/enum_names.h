// Names of enum values, with and without the prefix that protobuf style gives them.
// Entry points: EnumNumber, EnumShortName. Pure functions, safe from any thread.
#ifndef ASSAY_SCHEMA_ENUM_NAMES_H_
#define ASSAY_SCHEMA_ENUM_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace assay {

// The number of an enum value named in full or without the enum's UPPER_SNAKE
// prefix ("STANDARD" for ORDER_KIND_STANDARD); nothing if there is none.
std::optional<int> EnumNumber(const google::protobuf::EnumDescriptor& type, absl::string_view name);

// The name of an enum value without its prefix; the number for an unknown one.
std::string EnumShortName(const google::protobuf::EnumDescriptor& type, int64_t number);

}  // namespace assay

#endif  // ASSAY_SCHEMA_ENUM_NAMES_H_
