// Descriptor sets written as text, for tests. Entry point: SetBytes. It aborts the test program on malformed text.
#ifndef ASSAY_TESTS_SCHEMA_DESCRIPTOR_TEXT_H_
#define ASSAY_TESTS_SCHEMA_DESCRIPTOR_TEXT_H_

#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "assay/v1/annotations.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/text_format.h"
#include "schema/embedded_descriptors.h"

namespace assay {

// The bytes of a FileDescriptorSet given in text format, which may use our annotations.
inline std::string SetBytes(absl::string_view text) {
  v1::Decimal::descriptor();  // the text parser finds the annotations in the generated pool
  google::protobuf::FileDescriptorSet set;
  if (!google::protobuf::TextFormat::ParseFromString(std::string(text), &set)) std::abort();
  return set.SerializeAsString();
}

// The same, after the library's own files: theirs may be imported.
inline std::string SetBytesWithEntities(absl::string_view text) {
  return std::string(reinterpret_cast<const char*>(kEntityDescriptors), kEntityDescriptorsSize) + SetBytes(text);
}

inline absl::Span<const unsigned char> AsBytes(const std::string& text) {
  return absl::MakeConstSpan(reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace assay

#endif  // ASSAY_TESTS_SCHEMA_DESCRIPTOR_TEXT_H_
