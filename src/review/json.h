// Decisions, tables and explanations as JSON objects. Entry point: JsonOf.
#ifndef ASSAY_REVIEW_JSON_H_
#define ASSAY_REVIEW_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace assay {

// One line in the proto3 JSON mapping, fields by their proto names. For the messages of decision.proto: of fields it
// knows strings, enums, bools, int64, messages and lists of strings, enums and messages, and of the well-known types
// Timestamp.
std::string JsonOf(const google::protobuf::Message& message);

}  // namespace assay

#endif  // ASSAY_REVIEW_JSON_H_
