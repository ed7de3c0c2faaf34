// The entities of proto/assay/v1 as a serialized google.protobuf.FileDescriptorSet with all imports,
// embedded when the library is built (cmake/protos.cmake). The core links no generated entity code:
// it builds these into a private pool, so a host's own copy of the same protos is never harmed.
#ifndef ASSAY_SCHEMA_EMBEDDED_DESCRIPTORS_H_
#define ASSAY_SCHEMA_EMBEDDED_DESCRIPTORS_H_

#include <cstddef>

namespace assay {

extern const unsigned char kEntityDescriptors[];
// In bytes; the array is one longer, for a closing zero.
extern const size_t kEntityDescriptorsSize;

}  // namespace assay

#endif  // ASSAY_SCHEMA_EMBEDDED_DESCRIPTORS_H_
