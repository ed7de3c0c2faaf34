// Entry point: JsonTranscoder::Transcode. Places of errors are worked out here, once something is wrong.
#include "ingest/json_transcoder.h"

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "ingest/json_message_writer.h"
#include "ingest/json_reader.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kMaxQuotedBytes = 200;

// Paths and errors quote the text they are about: here they become one line.
std::string OneLine(absl::string_view text) {
  std::string line;
  for (size_t offset = 0; offset < text.size();) {
    const char32_t point = DecodeUtf8(text, &offset);
    if (point < 0x20) {
      absl::StrAppend(&line, "\\u", absl::Hex(static_cast<uint32_t>(point), absl::kZeroPad4));
    } else {
      AppendUtf8(point, &line);
    }
  }
  return line;
}

constexpr bool IsInnerByte(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The begin of a long message, the end of a long path.
std::string BeginOf(absl::string_view text) {
  if (text.size() <= kMaxQuotedBytes) return OneLine(text);
  size_t end = kMaxQuotedBytes;
  while (IsInnerByte(text[end])) --end;
  return OneLine(text.substr(0, end)) + "…";
}

std::string EndOf(absl::string_view text) {
  if (text.size() <= kMaxQuotedBytes) return OneLine(text);
  size_t begin = text.size() - kMaxQuotedBytes;
  while (IsInnerByte(text[begin])) ++begin;
  return "…" + OneLine(text.substr(begin));
}

absl::Status ErrorAt(absl::string_view text, size_t offset, int first_line, absl::string_view path,
                     absl::string_view message) {
  const absl::string_view before = text.substr(0, offset);
  int line = first_line;
  for (char c : before) line += c == '\n';
  const size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const size_t column = CountCodePoints(before.substr(line_begin)) + 1;
  return absl::InvalidArgumentError(
      absl::StrCat(line, ":", column, ": ", EndOf(path), path.empty() ? "" : ": ", BeginOf(message)));
}

}  // namespace

const JsonMessage& JsonTranscoder::NamesOf(const Descriptor& type) {
  std::unique_ptr<JsonMessage>& message = messages_[&type];
  if (message != nullptr) return *message;
  message = std::make_unique<JsonMessage>();
  message->type = &type;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const JsonMessage::Field named{field, schema_.Describe(*field)};
    message->fields.insert_or_assign(field->json_name(), named);
  }
  // A proto name that is another field's JSON name stays the other's.
  for (int i = 0; i < type.field_count(); ++i) {
    const JsonMessage::Field named = message->fields.at(type.field(i)->json_name());  // emplacing may move it
    message->fields.try_emplace(type.field(i)->name(), named);
  }
  return *message;
}

absl::Status JsonTranscoder::Transcode(absl::string_view json, const Descriptor& type, int first_line,
                                       std::string* out) {
  if (const size_t invalid = FindInvalidUtf8(json); invalid != json.size()) {
    return ErrorAt(json, invalid, first_line, "", "the text is not UTF-8");
  }
  const size_t before = out->size();
  JsonReader reader(json);
  JsonMessageWriter writer(this, &reader, out);
  if (writer.Write(type)) return absl::OkStatus();
  out->resize(before);
  return ErrorAt(json, reader.error_offset(), first_line, writer.Path(), reader.error());
}

}  // namespace assay
