// Annotations and overrides made into FieldInfo: the one place that knows which typing fits which field.
// Entry points: InfoOfType, ApplyTyping, AnnotationReader. Nothing here knows files or paths.
#ifndef ASSAY_SCHEMA_FIELD_TYPING_H_
#define ASSAY_SCHEMA_FIELD_TYPING_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "schema/field_info.h"

namespace assay {

using FieldInfos = absl::flat_hash_map<const google::protobuf::FieldDescriptor*, FieldInfo>;

// What an annotation or an override says; nothing where it is silent.
struct FieldTyping {
  std::optional<FieldOverride::Decimal> decimal;
  bool date = false;
  bool sensitive = false;
  uint32_t max_items = 0;

  bool empty() const { return !decimal.has_value() && !date && !sensitive && max_items == 0; }
};

// What the field's protobuf type alone says.
FieldInfo InfoOfType(const google::protobuf::FieldDescriptor& field);

// Adds what the typing says to the infos of the field; that of a map speaks of its values (sensitive: of its keys too).
// InvalidArgument, naming the field, where it does not fit.
absl::Status ApplyTyping(const google::protobuf::FieldDescriptor& field, const FieldTyping& typing, FieldInfos* infos);

// Reads the options of assay/v1/annotations.proto by reflection, as far as the pool has them.
class AnnotationReader {
 public:
  // Both must outlive the reader. InvalidArgument if the pool has an option of one of our names but another shape.
  static absl::StatusOr<AnnotationReader> Create(const google::protobuf::DescriptorPool& pool,
                                                 google::protobuf::DynamicMessageFactory* factory);

  absl::StatusOr<FieldTyping> Read(const google::protobuf::FieldDescriptor& field) const;

 private:
  AnnotationReader() = default;

  const google::protobuf::Message* options_ = nullptr;  // prototype of the pool's FieldOptions
  const google::protobuf::FieldDescriptor* decimal_ = nullptr;
  const google::protobuf::FieldDescriptor* precision_ = nullptr;
  const google::protobuf::FieldDescriptor* scale_ = nullptr;
  const google::protobuf::FieldDescriptor* date_ = nullptr;
  const google::protobuf::FieldDescriptor* sensitive_ = nullptr;
  const google::protobuf::FieldDescriptor* max_items_ = nullptr;
};

}  // namespace assay

#endif  // ASSAY_SCHEMA_FIELD_TYPING_H_
