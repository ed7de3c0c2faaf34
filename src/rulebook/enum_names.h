// Enum values by the names people write: HOLD for OUTCOME_HOLD.
// Entry points: ShortName, FindEnumValue. Pure functions over descriptors, safe from any thread.
#ifndef ASSAY_RULEBOOK_ENUM_NAMES_H_
#define ASSAY_RULEBOOK_ENUM_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <vector>

#include "absl/strings/string_view.h"

namespace assay {

// The name without the enum's prefix, which is what stands before UNSPECIFIED in the name of value 0.
absl::string_view ShortName(const google::protobuf::EnumValueDescriptor& value);

// All short names but UNSPECIFIED, in the order of the proto.
std::vector<absl::string_view> ShortNames(const google::protobuf::EnumDescriptor& type);

// By short name, or by full name as protobuf's own JSON has it; nullptr if there is none, and for UNSPECIFIED, which is
// said by saying nothing.
const google::protobuf::EnumValueDescriptor* FindEnumValue(const google::protobuf::EnumDescriptor& type,
                                                           absl::string_view name);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_ENUM_NAMES_H_
