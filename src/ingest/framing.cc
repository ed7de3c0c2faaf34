// Borders of messages in a file. Entry points: SplitJsonLines, SplitDelimited.
#include "ingest/framing.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "ingest/wire_reader.h"

namespace assay {
namespace {

absl::Status CheckLimits(absl::string_view what, size_t number, size_t bytes, const FramingLimits& limits) {
  if (number > limits.max_messages) {
    return absl::ResourceExhaustedError(
        absl::StrCat("there are more ", what, "s than the limit of ", limits.max_messages));
  }
  if (bytes > limits.max_message_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat(what, " ", number, " is longer than the limit of ", limits.max_message_bytes, " bytes: ", bytes));
  }
  return absl::OkStatus();
}

bool IsBlank(absl::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

}  // namespace

absl::StatusOr<std::vector<JsonLine>> SplitJsonLines(absl::string_view data, const FramingLimits& limits) {
  if (absl::StartsWith(data, "\xef\xbb\xbf")) data.remove_prefix(3);
  std::vector<JsonLine> lines;
  int number = 0;
  while (!data.empty()) {
    const size_t end = std::min(data.find('\n'), data.size());
    const absl::string_view line = data.substr(0, end);
    data.remove_prefix(std::min(end + 1, data.size()));
    ++number;
    if (IsBlank(line)) continue;
    RETURN_IF_ERROR(CheckLimits("line", static_cast<size_t>(number), line.size(), limits));
    lines.push_back({line, number});
  }
  return lines;
}

absl::StatusOr<std::vector<absl::string_view>> SplitDelimited(absl::string_view data, const FramingLimits& limits) {
  std::vector<absl::string_view> messages;
  const auto* const begin = reinterpret_cast<const uint8_t*>(data.data());
  const uint8_t* const end = begin + data.size();
  for (const uint8_t* p = begin; p != end;) {
    const size_t number = messages.size() + 1;
    const auto offset = static_cast<size_t>(p - begin);
    WireError error = WireError::kNone;
    uint64_t length = 0;
    p = ReadVarint(p, end, &length, &error);
    if (p == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("the length of message ", number, " is malformed or cut off, at byte ", offset));
    }
    RETURN_IF_ERROR(CheckLimits("message", number, length, limits));
    if (length > static_cast<uint64_t>(end - p)) {
      return absl::InvalidArgumentError(absl::StrCat("message ", number, " is cut off: it begins at byte ", offset,
                                                     " and needs ", length, " bytes, of which ", end - p,
                                                     " are there"));
    }
    messages.emplace_back(reinterpret_cast<const char*>(p), length);
    p += length;
  }
  return messages;
}

}  // namespace assay
