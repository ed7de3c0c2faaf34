// Rows as a host hands them in, as wire bytes of the message they must be. Internal to
// api.
#ifndef ASSAY_API_ROW_BYTES_H_
#define ASSAY_API_ROW_BYTES_H_

#include <string>

#include "absl/status/statusor.h"
#include "assay/review.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// A view of `row` itself, or of its transcription in *scratch.
absl::StatusOr<absl::string_view> WireOf(const Schema& schema, const google::protobuf::Descriptor& type,
                                         RowFormat format, absl::string_view row, std::string* scratch);

// InvalidArgument for a message of another type.
absl::StatusOr<std::string> WireOf(const google::protobuf::Descriptor& type, const google::protobuf::Message& row);

}  // namespace assay

#endif  // ASSAY_API_ROW_BYTES_H_
