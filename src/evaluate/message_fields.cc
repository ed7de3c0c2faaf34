// Entry points: TextField, FlagField, TimeField.
#include "evaluate/message_fields.h"

#include <climits>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace assay {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextField(const Message& row, const char* name) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName(name);
  const bool text = field != nullptr && !field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return text ? row.GetReflection()->GetString(row, field) : "";
}

bool FlagField(const Message& row, const char* name) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL &&
         row.GetReflection()->GetBool(row, field);
}

int64_t NumberField(const Message& row, const char* name) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName(name);
  const bool is_number =
      field != nullptr && !field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
  return is_number ? row.GetReflection()->GetInt64(row, field) : 0;
}

bool TimeField(const Message& row, const char* name, Timestamp* time) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return false;
  if (!row.GetReflection()->HasField(row, field)) return false;
  const Message& value = row.GetReflection()->GetMessage(row, field);
  const FieldDescriptor* seconds = value.GetDescriptor()->FindFieldByName("seconds");
  const FieldDescriptor* nanos = value.GetDescriptor()->FindFieldByName("nanos");
  if (seconds == nullptr || nanos == nullptr) return false;
  time->seconds = value.GetReflection()->GetInt64(value, seconds);
  time->nanos = value.GetReflection()->GetInt32(value, nanos);
  return true;
}

bool CanonicalBytes(absl::string_view bytes, Message* row, std::string* out) {
  const bool is_message =
      bytes.size() <= INT_MAX && row->ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()));
  if (!is_message) {
    out->assign(bytes.data(), bytes.size());
    return false;
  }
  google::protobuf::io::StringOutputStream stream(out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  row->SerializePartialToCodedStream(&coded);
  return true;
}

}  // namespace assay
