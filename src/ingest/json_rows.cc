// Files to wire bytes: framing first, then JSON line by line. Entry points: JsonToWire, ReadRows.
#include "ingest/json_rows.h"

#include "base/status_macros.h"
#include "ingest/framing.h"
#include "ingest/json_transcoder.h"

namespace assay {
namespace {

constexpr FramingLimits kLimits;

}  // namespace

absl::Status JsonToWire(const Schema& schema, const google::protobuf::Descriptor& message, absl::string_view json,
                        std::string* out) {
  return JsonTranscoder(schema).Transcode(json, message, 1, out);
}

absl::Status ReadRows(const Schema& schema, const google::protobuf::Descriptor& message, absl::string_view content,
                      bool is_binary, const std::function<void(absl::string_view)>& row) {
  if (is_binary) {
    ASSIGN_OR_RETURN(const std::vector<absl::string_view> messages, SplitDelimited(content, kLimits));
    for (absl::string_view bytes : messages) row(bytes);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::vector<JsonLine> lines, SplitJsonLines(content, kLimits));
  JsonTranscoder transcoder(schema);
  std::string wire;
  for (const JsonLine& line : lines) {
    wire.clear();
    RETURN_IF_ERROR(transcoder.Transcode(line.text, message, line.line, &wire));
    row(wire);
  }
  return absl::OkStatus();
}

}  // namespace assay
