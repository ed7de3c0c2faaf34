// Entry point: JsonOf.
#include "review/json.h"

#include "google/protobuf/util/json_util.h"

namespace assay {

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  // It fails for messages of Any and the like only; the run's own have none.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

}  // namespace assay
