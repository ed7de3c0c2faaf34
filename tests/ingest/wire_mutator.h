// Wire bytes that mean a message in unusual ways: fields split, reordered, repeated, packed anew, strangers among them.
// Entry points: MutateWire and the writing of single fields. What the bytes mean is for protobuf's own parser to say.
#ifndef ASSAY_TESTS_INGEST_WIRE_MUTATOR_H_
#define ASSAY_TESTS_INGEST_WIRE_MUTATOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "tests/ingest/random_message.h"

namespace assay {

// Field by field, in the order of the calls.
class WireText {
 public:
  WireText& Tag(uint32_t number, int wire_type);
  WireText& Raw(absl::string_view bytes);
  WireText& Number(uint64_t value);  // a varint without a tag
  WireText& Varint(uint32_t number, uint64_t value);
  WireText& Bytes(uint32_t number, absl::string_view bytes);
  WireText& Fixed32(uint32_t number, uint32_t value);
  WireText& Fixed64(uint32_t number, uint64_t value);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// `bytes` must be a well-formed message of the type. Unknown numbers of closed enums are never put into maps, where
// protobuf's own classes differ from one another.
std::string MutateWire(absl::string_view bytes, const google::protobuf::Descriptor& type, Random& random);

}  // namespace assay

#endif  // ASSAY_TESTS_INGEST_WIRE_MUTATOR_H_
