// Types of message fields. Entry point: FieldType.
#include "lang/environment.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
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
      return MessageValueType(types, field->message_type());
  }
  return info.nullable ? types->Nullable(type) : type;
}

}  // namespace

const Type* MessageValueType(TypeTable* types, const Descriptor* message) {
  const auto nullable = [types](TypeKind kind) { return types->Nullable(types->Simple(kind)); };
  const Type* dyn = types->Simple(TypeKind::kDyn);
  switch (message->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_BOOLVALUE:
      return nullable(TypeKind::kBool);
    case Descriptor::WELLKNOWNTYPE_INT32VALUE:
    case Descriptor::WELLKNOWNTYPE_INT64VALUE:
      return nullable(TypeKind::kInt);
    case Descriptor::WELLKNOWNTYPE_UINT32VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT64VALUE:
      return nullable(TypeKind::kUint);
    case Descriptor::WELLKNOWNTYPE_FLOATVALUE:
    case Descriptor::WELLKNOWNTYPE_DOUBLEVALUE:
      return nullable(TypeKind::kDouble);
    case Descriptor::WELLKNOWNTYPE_STRINGVALUE:
      return nullable(TypeKind::kString);
    case Descriptor::WELLKNOWNTYPE_BYTESVALUE:
      return nullable(TypeKind::kBytes);
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return types->Simple(TypeKind::kTimestamp);
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return types->Simple(TypeKind::kDuration);
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return types->Map(types->Simple(TypeKind::kString), dyn);
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return types->List(dyn);
    case Descriptor::WELLKNOWNTYPE_ANY:
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return dyn;
    default:
      return types->Row(types->Message(message));
  }
}

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
