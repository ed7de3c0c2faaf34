// Types of message fields. Entry point: FieldType.
#include "lang/environment.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;

const Type* SingularType(const Environment& env, const FieldDescriptor* field) {
  TypeTable* types = env.types;
  const FieldInfo info = env.schema->Describe(*field);
  const Type* type = nullptr;
  switch (info.kind) {
    case ScalarKind::kBool:
      type = types->Simple(TypeKind::kBool);
      break;
    case ScalarKind::kInt:
      type = types->Simple(TypeKind::kInt);
      break;
    case ScalarKind::kUint:
      type = types->Simple(TypeKind::kUint);
      break;
    case ScalarKind::kDouble:
      type = types->Simple(TypeKind::kDouble);
      break;
    case ScalarKind::kString:
      type = types->Simple(TypeKind::kString);
      break;
    case ScalarKind::kBytes:
      type = types->Simple(TypeKind::kBytes);
      break;
    case ScalarKind::kDecimal:
      type = types->Decimal({info.precision, info.scale});
      break;
    case ScalarKind::kDate:
      type = types->Simple(TypeKind::kDate);
      break;
    case ScalarKind::kTimestamp:
      type = types->Simple(TypeKind::kTimestamp);
      break;
    case ScalarKind::kDuration:
      type = types->Simple(TypeKind::kDuration);
      break;
    case ScalarKind::kEnum:
      type = types->Enum(field->enum_type());
      break;
    case ScalarKind::kMessage:
      return types->Row(types->Message(field->message_type()));
  }
  return info.nullable ? types->Nullable(type) : type;
}

}  // namespace

const Type* FieldType(const Environment& env, const RowType& row, const FieldDescriptor* field) {
  if (field->is_map()) {
    const google::protobuf::Descriptor* entry = field->message_type();
    return env.types->Map(SingularType(env, entry->map_key()), SingularType(env, entry->map_value()));
  }
  auto level = row.levels.find(field);
  const Type* type = level != row.levels.end() ? env.types->Row(level->second) : SingularType(env, field);
  return field->is_repeated() ? env.types->List(type) : type;
}

}  // namespace assay
