// Results, decisions, tables and explanations as JSON objects. Entry points: JsonOf, JsonLines.
#ifndef ASSAY_EVALUATE_JSON_H_
#define ASSAY_EVALUATE_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace assay {

// One line in the proto3 JSON mapping, fields by their proto names. For the messages of decision.proto,
// evaluation.proto and diff.proto: of fields it knows strings, bytes, enums, bools, doubles, int32, int64, uint64,
// messages and lists of strings, enums, int32 and messages, and of the well-known types Timestamp and Duration.
std::string JsonOf(const google::protobuf::Message& message);

// Of a list of messages, each a line.
template <typename Messages>
std::string JsonLines(const Messages& messages) {
  std::string lines;
  for (const auto& message : messages) lines.append(JsonOf(message)).append("\n");
  return lines;
}

}  // namespace assay

#endif  // ASSAY_EVALUATE_JSON_H_
