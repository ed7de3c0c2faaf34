// Makes messages of values, as `M{field: value}` asks: the reverse of reading them.
// Entry point: MakeMessage. Pure; the message lives as long as the value that holds it.
#ifndef ASSAY_INTERP_MESSAGE_BUILDER_H_
#define ASSAY_INTERP_MESSAGE_BUILDER_H_

#include <vector>

#include "google/protobuf/descriptor.h"
#include "interp/value.h"
#include "schema/schema.h"

namespace assay {

struct FieldValue {
  const google::protobuf::FieldDescriptor* field = nullptr;
  Value value;
};

// The value that CEL reads the message as: a row for most, what they stand for where it is well known (wrappers,
// Struct, Any …). Later fields win. An error if a value does not fit its field: kOverflow beyond the field's range,
// kInvalidArgument otherwise. Conversions are those of CEL and of the protobuf JSON mapping: null clears a message
// field and is left out of repeated ones and maps, but is a value in Any and Value; integers beyond 2^53 become strings
// there.
Value MakeMessage(const Schema& schema, const google::protobuf::Descriptor& type,
                  const std::vector<FieldValue>& fields);

}  // namespace assay

#endif  // ASSAY_INTERP_MESSAGE_BUILDER_H_
