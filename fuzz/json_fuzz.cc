// Any text as an order in JSON: it is refused with one line, or its wire bytes are an order that protobuf can parse and
// that is the same when written as JSON and read again. The entry point is libFuzzer's.
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "ingest/json_transcoder.h"

namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto schema = *assay::Schema::CreateStandard();
  static const Descriptor* const type = *schema->FindMessage("assay.v1.Order");
  assay::JsonTranscoder transcoder(*schema);
  std::string wire;
  const absl::string_view json(reinterpret_cast<const char*>(data), size);
  const absl::Status status = transcoder.Transcode(json, *type, 1, &wire);
  if (!status.ok()) {
    Require(wire.empty() && !status.message().empty());
    return 0;
  }
  const std::unique_ptr<Message> message(schema->Prototype(*type).New()), again(message->New());
  Require(message->ParseFromString(wire));
  std::string printed;
  Require(google::protobuf::util::MessageToJsonString(*message, &printed).ok());
  wire.clear();
  Require(transcoder.Transcode(printed, *type, 1, &wire).ok());
  Require(again->ParseFromString(wire));
  Require(google::protobuf::util::MessageDifferencer::Equals(*message, *again));
  return 0;
}
