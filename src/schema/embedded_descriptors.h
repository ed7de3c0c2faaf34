// Protos of proto/assay/v1 as serialized google.protobuf.FileDescriptorSets, embedded when the library is built
// (cmake/protos.cmake). The core links no generated entity code: it builds these into a private pool, so a host's own
// copy of the same protos is never harmed.
#ifndef ASSAY_SCHEMA_EMBEDDED_DESCRIPTORS_H_
#define ASSAY_SCHEMA_EMBEDDED_DESCRIPTORS_H_

#include <cstddef>

namespace assay {

// The entities with all imports. Sizes are in bytes; the arrays are one longer, for a closing zero.
extern const unsigned char kEntityDescriptors[];
extern const size_t kEntityDescriptorsSize;

// rulebook.proto with its comments, which generated code has not.
extern const unsigned char kRulebookDescriptors[];
extern const size_t kRulebookDescriptorsSize;

}  // namespace assay

#endif  // ASSAY_SCHEMA_EMBEDDED_DESCRIPTORS_H_
