// Many messages in one file: JSON lines, and length-delimited protobuf messages.
// Entry points: SplitJsonLines, SplitDelimited. They find the borders and look at nothing within; views borrow the
// data.
#ifndef ASSAY_INGEST_FRAMING_H_
#define ASSAY_INGEST_FRAMING_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace assay {

struct FramingLimits {
  size_t max_message_bytes = size_t{64} << 20;
  size_t max_messages = 50'000'000;
};

struct JsonLine {
  absl::string_view text;
  int line = 0;  // from 1
};

// The lines of a file that are not blank; lines end with "\n" or "\r\n", the last one may lack it. A byte order mark at
// the beginning is left out. ResourceExhausted names the first line that is too long, or the limit of lines.
absl::StatusOr<std::vector<JsonLine>> SplitJsonLines(absl::string_view data, const FramingLimits& limits);

// Messages one after the other, each behind its length as a varint (.binpb). InvalidArgument names the message, from 1,
// and the byte where one is cut off or its length is malformed; ResourceExhausted where a limit is passed.
absl::StatusOr<std::vector<absl::string_view>> SplitDelimited(absl::string_view data, const FramingLimits& limits);

}  // namespace assay

#endif  // ASSAY_INGEST_FRAMING_H_
