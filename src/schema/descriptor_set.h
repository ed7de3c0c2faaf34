// A serialized FileDescriptorSet into a descriptor pool, with one clear line for each way it can be wrong.
// Entry point: BuildDescriptors. It reads no file and never changes the generated pool.
#ifndef ASSAY_SCHEMA_DESCRIPTOR_SET_H_
#define ASSAY_SCHEMA_DESCRIPTOR_SET_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"

namespace assay {

// Builds every file of the set into the empty `pool` and returns them in the order of the set. The messages that CEL
// knows everywhere (Any, Struct, wrappers, Timestamp, Duration) are in the pool also where the set has none of them.
// InvalidArgument for bytes that are no set, editions files, files given twice, imports that are missing or go in a
// circle, and definitions that protobuf refuses.
absl::StatusOr<std::vector<const google::protobuf::FileDescriptor*>> BuildDescriptors(
    absl::Span<const unsigned char> file_descriptor_set, google::protobuf::DescriptorPool* pool);

}  // namespace assay

#endif  // ASSAY_SCHEMA_DESCRIPTOR_SET_H_
