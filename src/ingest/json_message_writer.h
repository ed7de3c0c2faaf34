// One JSON text into the wire bytes of one message.
// Entry point: JsonMessageWriter::Write, for JsonTranscoder alone; a writer serves one text.
#ifndef ASSAY_INGEST_JSON_MESSAGE_WRITER_H_
#define ASSAY_INGEST_JSON_MESSAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest/json_reader.h"
#include "ingest/json_transcoder.h"

namespace assay {

class JsonMessageWriter {
 public:
  // All are borrowed.
  JsonMessageWriter(JsonTranscoder* transcoder, JsonReader* reader, std::string* out)
      : transcoder_(*transcoder), reader_(*reader), out_(out) {}

  // Reads the whole text as a message. False if the reader has an error.
  bool Write(const google::protobuf::Descriptor& type);

  // Where in the message the error is: "lines[2].unit_price"; "" for the message itself.
  std::string Path() const;

 private:
  using Field = JsonMessage::Field;

  // A step of the path: a field, an element of it, or an entry under a key.
  struct Step {
    const google::protobuf::FieldDescriptor* field = nullptr;
    int64_t index = -1;
    size_t key_begin = 0;  // in the text, with its quotes; key_end is 0 where there is none
    size_t key_end = 0;
  };

  bool WriteMessage(const google::protobuf::Descriptor& type);
  bool WriteMembers(const JsonMessage& message, size_t seen);
  bool WriteMember(const JsonMessage& message, absl::string_view name, size_t seen);
  bool MarkSeen(const google::protobuf::FieldDescriptor& field, bool is_null, size_t name_begin, size_t seen);
  bool FailUnknownField(const JsonMessage& message, absl::string_view name);

  bool WriteField(const Field& field);
  bool WriteRepeated(const Field& field);
  bool WriteMap(const Field& field);
  bool WriteMapKey(const google::protobuf::FieldDescriptor& key, absl::string_view text);

  // One value with its tag; WriteValue is without it, as in packed fields.
  bool WriteTagged(const Field& field);
  bool WriteValue(const Field& field);
  bool WriteBool();
  bool WriteInteger(const google::protobuf::FieldDescriptor& field);
  bool AppendInteger(const google::protobuf::FieldDescriptor& field, absl::string_view text);
  bool WriteFloating(const google::protobuf::FieldDescriptor& field);
  bool WriteText(const Field& field);
  bool WriteBytes();
  bool WriteEnum(const google::protobuf::FieldDescriptor& field);

  // Messages that JSON does not write as objects of their fields.
  bool WriteWellKnown(const google::protobuf::Descriptor& type, bool* is_known);
  bool WriteWrapped(const google::protobuf::Descriptor& type);
  bool WriteTimestamp(const google::protobuf::Descriptor& type);
  bool WriteDuration(const google::protobuf::Descriptor& type);
  bool WriteWholeAndNanos(int64_t whole, int32_t nanos);
  bool WriteFieldMask(const google::protobuf::Descriptor& type);
  bool WriteStruct(const google::protobuf::Descriptor& type);
  bool WriteAnyValue(const google::protobuf::Descriptor& type);
  bool WriteListValue(const google::protobuf::Descriptor& type);
  bool RefuseAny(const google::protobuf::Descriptor& type);

  JsonTranscoder& transcoder_;
  JsonReader& reader_;
  std::string* out_;
  std::vector<Step> path_;
  enum class Seen : uint8_t { kNot, kNull, kSet };
  std::vector<Seen> seen_;  // by field index; one block for each open object
};

}  // namespace assay

#endif  // ASSAY_INGEST_JSON_MESSAGE_WRITER_H_
