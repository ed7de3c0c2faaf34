// Entry points: JsonToWire, ReadRows.
#include "ingest/json_rows.h"

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"

namespace assay {
namespace {

absl::Status ReadBinary(absl::string_view content, const std::function<void(absl::string_view)>& row) {
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(content.data()),
                                            static_cast<int>(content.size()));
  for (int number = 1; in.CurrentPosition() < static_cast<int>(content.size()); ++number) {
    uint32_t size = 0;
    const bool has_size = in.ReadVarint32(&size);
    const size_t begin = static_cast<size_t>(in.CurrentPosition());
    if (!has_size || size > content.size() - begin) {
      return absl::InvalidArgumentError(absl::StrCat("row ", number, ": the length goes beyond the end of the file"));
    }
    row(content.substr(begin, size));
    in.Skip(static_cast<int>(size));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status JsonToWire(const Schema& schema, const google::protobuf::Descriptor& message, absl::string_view json,
                        std::string* out) {
  std::unique_ptr<google::protobuf::Message> row(schema.Prototype(message).New());
  google::protobuf::util::JsonParseOptions options;
  options.case_insensitive_enum_parsing = false;
  const auto status = google::protobuf::util::JsonStringToMessage(std::string(json), row.get(), options);
  if (!status.ok()) {
    // protobuf draws the place on lines of its own; the first says what is wrong.
    const std::string reason(status.message().data(), status.message().size());
    return absl::InvalidArgumentError(reason.substr(0, reason.find('\n')));
  }
  row->AppendToString(out);
  return absl::OkStatus();
}

absl::Status ReadRows(const Schema& schema, const google::protobuf::Descriptor& message, absl::string_view content,
                      bool is_binary, const std::function<void(absl::string_view)>& row) {
  if (is_binary) return ReadBinary(content, row);
  std::string wire;
  for (int line = 1; !content.empty(); ++line) {
    const size_t end = content.find('\n');
    const absl::string_view text = absl::StripAsciiWhitespace(content.substr(0, end));
    content = end == absl::string_view::npos ? absl::string_view() : content.substr(end + 1);
    if (text.empty()) continue;
    wire.clear();
    const absl::Status status = JsonToWire(schema, message, text, &wire);
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat("line ", line, ": ", status.message()));
    row(wire);
  }
  return absl::OkStatus();
}

}  // namespace assay
