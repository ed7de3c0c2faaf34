// Decisions and tables as JSON objects. Entry point: JsonOf.
#ifndef ASSAY_REVIEW_JSON_H_
#define ASSAY_REVIEW_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace assay {

// One line in the proto3 JSON mapping, fields by their proto names.
std::string JsonOf(const google::protobuf::Message& message);

}  // namespace assay

#endif  // ASSAY_REVIEW_JSON_H_
