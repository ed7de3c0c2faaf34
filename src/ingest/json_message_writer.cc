// Objects, arrays and maps of JSON into messages. Entry point: JsonMessageWriter::Write; single values are
// json_value_writer.cc's. Recursion is as deep as the reader lets objects and arrays be.
#include "ingest/json_message_writer.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "google/protobuf/descriptor.pb.h"
#include "ingest/wire_writer.h"

namespace assay {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;

namespace {

WireType WireTypeOfField(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return WireType::kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return WireType::kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
      return WireType::kLength;
    case FieldDescriptor::TYPE_GROUP:
      return WireType::kStartGroup;
    default:
      return WireType::kVarint;
  }
}

// Whether null is a value of the field, not its absence.
bool HoldsNull(const FieldDescriptor& field) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    return field.enum_type()->full_name() == "google.protobuf.NullValue";
  }
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() == "google.protobuf.Value";
}

}  // namespace

bool JsonMessageWriter::Write(const Descriptor& type) { return WriteMessage(type) && reader_.ReadEnd(); }

std::string JsonMessageWriter::Path() const {
  std::string path;
  for (const Step& step : path_) {
    if (step.field != nullptr) absl::StrAppend(&path, path.empty() ? "" : ".", step.field->name());
    if (step.index >= 0) absl::StrAppend(&path, "[", step.index, "]");
    if (step.key_end != 0) {
      absl::StrAppend(&path, "[", reader_.text().substr(step.key_begin, step.key_end - step.key_begin), "]");
    }
  }
  return path;
}

// What is within the message, without its length.
bool JsonMessageWriter::WriteMessage(const Descriptor& type) {
  bool is_known = false;
  const bool ok = WriteWellKnown(type, &is_known);
  if (is_known) return ok;
  const size_t seen = seen_.size();
  seen_.resize(seen + static_cast<size_t>(type.field_count()), Seen::kNot);
  const bool is_written = WriteMembers(transcoder_.NamesOf(type), seen);
  seen_.resize(seen);
  return is_written;
}

bool JsonMessageWriter::WriteMembers(const JsonMessage& message, size_t seen) {
  if (!reader_.EnterObject()) return false;
  absl::string_view name;
  for (bool first = true; reader_.NextKey(first, &name); first = false) {
    if (!WriteMember(message, name, seen)) return false;
  }
  return reader_.ok();
}

bool JsonMessageWriter::WriteMember(const JsonMessage& message, absl::string_view name, size_t seen) {
  const auto found = message.fields.find(name);
  if (found == message.fields.end()) return FailUnknownField(message, name);
  const Field& field = found->second;
  path_.push_back({field.field});
  const size_t name_begin = reader_.token();
  const bool is_null = reader_.Peek() == JsonKind::kNull && !HoldsNull(*field.field);
  if (!MarkSeen(*field.field, is_null, name_begin, seen)) return false;
  if (!(is_null ? reader_.ReadNull() : WriteField(field))) return false;
  path_.pop_back();
  return true;
}

bool JsonMessageWriter::FailUnknownField(const JsonMessage& message, absl::string_view name) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < message.type->field_count(); ++i) {
    names.emplace_back(message.type->field(i)->name());
    names.emplace_back(message.type->field(i)->json_name());
  }
  const std::string nearest = Nearest(name, names);
  return reader_.Fail(absl::StrCat("'", message.type->full_name(), "' has no field named '", name, "'",
                                   nearest.empty() ? "" : absl::StrCat("; did you mean '", nearest, "'?")));
}

// A field stands in an object once, under either name, and beside no other of its oneof.
bool JsonMessageWriter::MarkSeen(const FieldDescriptor& field, bool is_null, size_t name_begin, size_t seen) {
  Seen& state = seen_[seen + static_cast<size_t>(field.index())];
  if (state != Seen::kNot) return reader_.FailAt(name_begin, "is given twice");
  state = is_null ? Seen::kNull : Seen::kSet;
  const OneofDescriptor* oneof = field.real_containing_oneof();
  if (is_null || oneof == nullptr) return true;
  for (int i = 0; i < oneof->field_count(); ++i) {
    const FieldDescriptor& other = *oneof->field(i);
    if (&other == &field || seen_[seen + static_cast<size_t>(other.index())] != Seen::kSet) continue;
    return reader_.FailAt(name_begin, absl::StrCat("only one of the oneof '", oneof->name(),
                                                   "' may be given, and another is: '", other.name(), "'"));
  }
  return true;
}

bool JsonMessageWriter::WriteField(const Field& field) {
  if (field.info.is_map) return WriteMap(field);
  if (field.info.repeated) return WriteRepeated(field);
  return WriteTagged(field);
}

bool JsonMessageWriter::WriteTagged(const Field& field) {
  const WireType wire = WireTypeOfField(*field.field);
  AppendTag(field.field->number(), wire, out_);
  if (!WriteValue(field)) return false;
  if (wire == WireType::kStartGroup) AppendTag(field.field->number(), WireType::kEndGroup, out_);
  return true;
}

bool JsonMessageWriter::WriteRepeated(const Field& field) {
  if (!reader_.EnterArray()) return false;
  const size_t before = out_->size();
  const bool is_packed = field.field->is_packed();
  size_t begin = 0;
  if (is_packed) {
    AppendTag(field.field->number(), WireType::kLength, out_);
    begin = BeginLength(out_);
  }
  const size_t step = path_.size() - 1;
  path_[step].index = 0;
  for (bool first = true; reader_.NextElement(first); first = false, ++path_[step].index) {
    if (reader_.Peek() == JsonKind::kNull && !HoldsNull(*field.field)) {
      return reader_.Fail("an element must not be null");
    }
    if (!(is_packed ? WriteValue(field) : WriteTagged(field))) return false;
  }
  if (is_packed && path_[step].index == 0) out_->resize(before);
  if (is_packed && path_[step].index != 0) EndLength(begin, out_);
  if (reader_.ok()) path_[step].index = -1;
  return reader_.ok();
}

bool JsonMessageWriter::WriteMap(const Field& field) {
  const Descriptor& entry = *field.field->message_type();
  const JsonMessage& names = transcoder_.NamesOf(entry);
  const Field& key = names.fields.at("key");
  const Field& value = names.fields.at("value");
  absl::flat_hash_set<std::string> keys;  // as they are encoded
  absl::string_view name;
  if (!reader_.EnterObject()) return false;
  for (bool first = true; reader_.NextKey(first, &name); first = false) {
    Step& step = path_.back();
    step.key_begin = reader_.token();
    step.key_end = reader_.string_end();
    AppendTag(field.field->number(), WireType::kLength, out_);
    const size_t begin = BeginLength(out_);
    if (!WriteMapKey(*key.field, name)) return false;
    if (!keys.insert(out_->substr(begin)).second) return reader_.Fail("is given twice");
    if (reader_.Peek() == JsonKind::kNull && !HoldsNull(*value.field)) return reader_.Fail("a value must not be null");
    if (!WriteTagged(value)) return false;
    EndLength(begin, out_);
  }
  if (reader_.ok()) path_.back().key_end = 0;
  return reader_.ok();
}

bool JsonMessageWriter::WriteMapKey(const FieldDescriptor& key, absl::string_view text) {
  AppendTag(key.number(), WireTypeOfField(key), out_);
  switch (key.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      AppendBytes(text, out_);
      return true;
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return reader_.Fail("a key must be \"true\" or \"false\"");
      AppendVarint(text == "true", out_);
      return true;
    default:
      return AppendInteger(key, text);
  }
}

}  // namespace assay
