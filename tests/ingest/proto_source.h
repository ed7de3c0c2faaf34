// Descriptor sets from .proto files, for tests of ingestion.
// Entry point: DescriptorSetOf. Imports are looked for beside the file, in proto/ and among the generated classes.
#ifndef ASSAY_TESTS_INGEST_PROTO_SOURCE_H_
#define ASSAY_TESTS_INGEST_PROTO_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "schema/schema.h"

namespace assay {

// The serialized FileDescriptorSet of files of tests/ingest/protos, with all imports.
std::string DescriptorSetOf(const std::vector<std::string>& files);

// A schema of the two torture files.
std::shared_ptr<const Schema> TortureSchema();

}  // namespace assay

#endif  // ASSAY_TESTS_INGEST_PROTO_SOURCE_H_
