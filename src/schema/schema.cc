// Schemas and their lookups. Entry points are Schema's. Everything is built in Create; afterwards nothing changes but
// the message factory's own cache, which locks.
#include "schema/schema.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/suggest.h"
#include "google/protobuf/descriptor.pb.h"
#include "schema/descriptor_set.h"
#include "schema/embedded_descriptors.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

// "; did you mean 'x'?" or nothing.
std::string Suggestion(absl::string_view name, absl::Span<const absl::string_view> candidates) {
  const std::string nearest = Nearest(name, candidates);
  return nearest.empty() ? "" : absl::StrCat("; did you mean '", nearest, "'?");
}

absl::Status AddMessage(const Descriptor& message, const AnnotationReader& reader, std::vector<std::string>* names,
                        FieldInfos* infos) {
  if (!message.options().map_entry()) names->push_back(message.full_name());
  for (int i = 0; i < message.field_count(); ++i) {
    ASSIGN_OR_RETURN(const FieldTyping typing, reader.Read(*message.field(i)));
    if (!typing.empty()) RETURN_IF_ERROR(ApplyTyping(*message.field(i), typing, infos));
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    RETURN_IF_ERROR(AddMessage(*message.nested_type(i), reader, names, infos));
  }
  return absl::OkStatus();
}

}  // namespace

Schema::Schema(std::shared_ptr<const Types> types, FieldInfos overridden)
    : types_(std::move(types)), overridden_(std::move(overridden)) {}

absl::StatusOr<std::shared_ptr<const Schema>> Schema::Create(absl::Span<const unsigned char> file_descriptor_set) {
  auto types = std::make_shared<Types>();
  ASSIGN_OR_RETURN(const auto files, BuildDescriptors(file_descriptor_set, &types->pool));
  ASSIGN_OR_RETURN(const AnnotationReader reader, AnnotationReader::Create(types->pool, &types->factory));
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      RETURN_IF_ERROR(AddMessage(*file->message_type(i), reader, &types->names, &types->annotated));
    }
  }
  return std::shared_ptr<const Schema>(new Schema(std::move(types), {}));
}

absl::StatusOr<std::shared_ptr<const Schema>> Schema::CreateStandard() {
  return Create(absl::MakeConstSpan(kEntityDescriptors, kEntityDescriptorsSize));
}

absl::StatusOr<std::shared_ptr<const Schema>> Schema::WithOverrides(absl::Span<const FieldOverride> overrides) const {
  FieldInfos infos = overridden_;
  for (const FieldOverride& given : overrides) {
    const size_t dot = given.path.rfind('.');
    if (dot == std::string::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("write a field's path as package.Message.field: '", given.path, "'"));
    }
    const absl::string_view path = given.path;
    ASSIGN_OR_RETURN(const Descriptor* message, FindMessage(path.substr(0, dot)));
    ASSIGN_OR_RETURN(const FieldDescriptor* field, FindField(*message, path.substr(dot + 1)));
    SeedInfos(*field, &infos);
    RETURN_IF_ERROR(ApplyTyping(*field, {given.decimal, given.date, given.sensitive, given.max_items}, &infos));
  }
  return std::shared_ptr<const Schema>(new Schema(types_, std::move(infos)));
}

void Schema::SeedInfos(const FieldDescriptor& field, FieldInfos* infos) const {
  infos->try_emplace(&field, Describe(field));
  if (!field.is_map()) return;
  for (const FieldDescriptor* part : {field.message_type()->map_key(), field.message_type()->map_value()}) {
    infos->try_emplace(part, Describe(*part));
  }
}

const Descriptor* Schema::MessageOrNull(absl::string_view full_name) const {
  const Descriptor* message = types_->pool.FindMessageTypeByName(std::string(full_name));
  return message != nullptr && !message->options().map_entry() ? message : nullptr;
}

absl::StatusOr<const Descriptor*> Schema::FindMessage(absl::string_view full_name) const {
  const Descriptor* message = MessageOrNull(full_name);
  if (message != nullptr) return message;
  const std::vector<absl::string_view> names(types_->names.begin(), types_->names.end());
  return absl::NotFoundError(
      absl::StrCat("the schema has no message named '", full_name, "'", Suggestion(full_name, names)));
}

absl::StatusOr<const FieldDescriptor*> Schema::FindField(const Descriptor& message, absl::string_view name) const {
  const FieldDescriptor* field = message.FindFieldByName(std::string(name));
  if (field != nullptr) return field;
  std::vector<absl::string_view> names;
  for (int i = 0; i < message.field_count(); ++i) names.emplace_back(message.field(i)->name());
  return absl::NotFoundError(
      absl::StrCat("'", message.full_name(), "' has no field named '", name, "'", Suggestion(name, names)));
}

const google::protobuf::EnumDescriptor* Schema::FindEnum(absl::string_view full_name) const {
  return types_->pool.FindEnumTypeByName(std::string(full_name));
}

const google::protobuf::EnumValueDescriptor* Schema::FindEnumValue(absl::string_view full_name) const {
  const size_t dot = full_name.rfind('.');
  if (dot == absl::string_view::npos) return nullptr;
  const google::protobuf::EnumDescriptor* type = FindEnum(full_name.substr(0, dot));
  return type == nullptr ? nullptr : type->FindValueByName(std::string(full_name.substr(dot + 1)));
}

const FieldDescriptor* Schema::FindExtension(const google::protobuf::Descriptor& message,
                                             absl::string_view full_name) const {
  const FieldDescriptor* extension = types_->pool.FindExtensionByName(std::string(full_name));
  return extension != nullptr && extension->containing_type() == &message ? extension : nullptr;
}

FieldInfo Schema::Describe(const FieldDescriptor& field) const {
  if (const auto found = overridden_.find(&field); found != overridden_.end()) return found->second;
  if (const auto found = types_->annotated.find(&field); found != types_->annotated.end()) return found->second;
  return InfoOfType(field);
}

const google::protobuf::Message& Schema::Prototype(const Descriptor& message) const {
  return *types_->factory.GetPrototype(&message);
}

}  // namespace assay
