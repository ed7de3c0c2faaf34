// A schema: the message types a rulebook, a batch and its datasets are read by, with what each field means.
// Entry points: Schema::CreateStandard for the entities of proto/assay/v1, Schema::Create for a host's own set. It
// keeps a private descriptor pool and never touches the generated one, so a host's copy of the same protos is not
// harmed.
#ifndef ASSAY_SCHEMA_SCHEMA_H_
#define ASSAY_SCHEMA_SCHEMA_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "schema/field_info.h"
#include "schema/field_typing.h"

namespace assay {

// Immutable, safe from any number of threads, shared by whatever holds one of its descriptors.
class Schema {
 public:
  // From a serialized google.protobuf.FileDescriptorSet with all imports, its files in any order. InvalidArgument, in
  // one line, for bytes that are no such set, editions files, imports not in the set, definitions that do not hold
  // together, and annotations that do not fit their field.
  static absl::StatusOr<std::shared_ptr<const Schema>> Create(absl::Span<const unsigned char> file_descriptor_set);

  // The entities of proto/assay/v1, embedded in the library.
  static absl::StatusOr<std::shared_ptr<const Schema>> CreateStandard();

  // The same descriptors, with some fields typed anew (a rulebook's `fields:`). NotFound or InvalidArgument names the
  // first override that fits no field or not its type.
  absl::StatusOr<std::shared_ptr<const Schema>> WithOverrides(absl::Span<const FieldOverride> overrides) const;

  // By full name; NotFound with the nearest name. Descriptors live as long as any schema derived from this one.
  absl::StatusOr<const google::protobuf::Descriptor*> FindMessage(absl::string_view full_name) const;

  // The same for a name that need not be a message's: nullptr, without the search for the nearest.
  const google::protobuf::Descriptor* MessageOrNull(absl::string_view full_name) const;

  // The field of a message by its proto name; NotFound with the nearest name.
  absl::StatusOr<const google::protobuf::FieldDescriptor*> FindField(const google::protobuf::Descriptor& message,
                                                                     absl::string_view name) const;

  // nullptr if there is no such enum.
  const google::protobuf::EnumDescriptor* FindEnum(absl::string_view full_name) const;

  // By the enum's full name and the value's own, as CEL writes it: assay.v1.OrderKind.ORDER_KIND_STANDARD; nullptr if
  // there is none.
  const google::protobuf::EnumValueDescriptor* FindEnumValue(absl::string_view full_name) const;

  // The extension of a message by its full name; nullptr if there is none.
  const google::protobuf::FieldDescriptor* FindExtension(const google::protobuf::Descriptor& message,
                                                         absl::string_view full_name) const;

  // What a field of this schema's pool means. An annotation of a map field speaks of the map's values.
  FieldInfo Describe(const google::protobuf::FieldDescriptor& field) const;

  // An empty message of a type of this schema, owned by the schema; its New() makes others. Thread-safe.
  const google::protobuf::Message& Prototype(const google::protobuf::Descriptor& message) const;

  // Full names of all messages, map entries left out, in the order of the set.
  absl::Span<const std::string> message_names() const { return types_->names; }

 private:
  // Shared by a schema and the ones made from it by overrides.
  struct Types {
    google::protobuf::DescriptorPool pool;
    mutable google::protobuf::DynamicMessageFactory factory{&pool};
    std::vector<std::string> names;
    FieldInfos annotated;  // fields whose meaning does not follow from their type alone
  };

  Schema(std::shared_ptr<const Types> types, FieldInfos overridden);

  // Puts what is known of the field, and of a map's key and value, into `infos`.
  void SeedInfos(const google::protobuf::FieldDescriptor& field, FieldInfos* infos) const;

  std::shared_ptr<const Types> types_;
  FieldInfos overridden_;
};

}  // namespace assay

#endif  // ASSAY_SCHEMA_SCHEMA_H_
