// Fields of releases, staff and the like by name: their rows may be of a host's own schema. Entry points: TextField,
// FlagField, TimeField, CanonicalBytes. What the type does not have is as good as absent.
#ifndef ASSAY_EVALUATE_MESSAGE_FIELDS_H_
#define ASSAY_EVALUATE_MESSAGE_FIELDS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "google/protobuf/message.h"

namespace assay {

// "" if there is no such string.
std::string TextField(const google::protobuf::Message& row, const char* name);

bool FlagField(const google::protobuf::Message& row, const char* name);

// 0 if there is no such int64.
int64_t NumberField(const google::protobuf::Message& row, const char* name);

// False if the row has no such time.
bool TimeField(const google::protobuf::Message& row, const char* name, Timestamp* time);

// Reads `bytes` into *row and writes them to *out with the fields in order, so that equal messages are equal bytes.
// False if they are no such message: then they are copied as they stand.
bool CanonicalBytes(absl::string_view bytes, google::protobuf::Message* row, std::string* out);

}  // namespace assay

#endif  // ASSAY_EVALUATE_MESSAGE_FIELDS_H_
