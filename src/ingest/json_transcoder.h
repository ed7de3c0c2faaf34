// JSON to protobuf wire bytes, after the protobuf JSON mapping, so that one decoder reads both.
// Entry point: JsonTranscoder::Transcode. It is strict: unknown and repeated names, values of another type, numbers
// that do not fit and anything after the value are refused. It builds no message and keeps no number as binary floating
// point but those of float and double fields.
#ifndef ASSAY_INGEST_JSON_TRANSCODER_H_
#define ASSAY_INGEST_JSON_TRANSCODER_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "schema/schema.h"

namespace assay {

// A message type by the names its fields have in JSON.
struct JsonMessage {
  struct Field {
    const google::protobuf::FieldDescriptor* field = nullptr;
    FieldInfo info;
  };
  const google::protobuf::Descriptor* type = nullptr;
  absl::flat_hash_map<std::string, Field> fields;  // by lowerCamel name and by proto name
};

// Remembers the names of the types it has met. One thread at a time.
class JsonTranscoder {
 public:
  // The schema is borrowed.
  explicit JsonTranscoder(const Schema& schema) : schema_(schema) {}

  // Appends the wire bytes of a message of `type` (of the schema) to *out. InvalidArgument, with *out unchanged, says
  // in one line "LINE:COLUMN: PATH: what is wrong"; lines count from `first_line`, columns are code points from 1.
  //
  // Beyond the JSON mapping: an annotated decimal may be a JSON number, taken as it is written, without an exponent; an
  // enum value may lack its enum's prefix ("STANDARD"). Less than it: google.protobuf.Any is refused.
  absl::Status Transcode(absl::string_view json, const google::protobuf::Descriptor& type, int first_line,
                         std::string* out);

  // The names of a type; valid as long as the transcoder.
  const JsonMessage& NamesOf(const google::protobuf::Descriptor& type);

 private:
  const Schema& schema_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<JsonMessage>> messages_;
};

}  // namespace assay

#endif  // ASSAY_INGEST_JSON_TRANSCODER_H_
