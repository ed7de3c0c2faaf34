// Rows of files: JSON lines and length-delimited binary, as wire bytes.
// Entry points: JsonToWire, ReadRows. Functions over their arguments, safe from any thread.
#ifndef ASSAY_INGEST_JSON_ROWS_H_
#define ASSAY_INGEST_JSON_ROWS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "schema/schema.h"

namespace assay {

// One JSON object (the proto3 JSON mapping, original or lowerCamel field names) as wire bytes of the message, appended
// to *out. InvalidArgument as JsonTranscoder::Transcode.
absl::Status JsonToWire(const Schema& schema, const google::protobuf::Descriptor& message, absl::string_view json,
                        std::string* out);

// Calls `row` with the wire bytes of every row of a file's content: JSON lines, or with `is_binary` messages that each
// follow their length as a varint. Before anything is called, broken framing fails with a status of framing.h; the
// first line that is no such message ends the calls with InvalidArgument, "LINE:COLUMN: PATH: what is wrong".
absl::Status ReadRows(const Schema& schema, const google::protobuf::Descriptor& message, absl::string_view content,
                      bool is_binary, const std::function<void(absl::string_view)>& row);

}  // namespace assay

#endif  // ASSAY_INGEST_JSON_ROWS_H_
