// Gathers what a program reads of a message. Entry points are ProjectionBuilder's; Build hands the tree to
// CompileDecodeTable. Ids are given out in the order of the calls, so that equal calls make equal projections.
#include "ingest/projection.h"

#include <cassert>
#include <utility>

#include "ingest/decode_compiler.h"

namespace assay {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

Physical PhysicalOf(const FieldInfo& info) {
  switch (info.kind) {
    case ScalarKind::kBool:
      return Physical::kBool;
    case ScalarKind::kInt:
    case ScalarKind::kEnum:
      return Physical::kInt64;
    case ScalarKind::kUint:
      return Physical::kUint64;
    case ScalarKind::kDouble:
      return Physical::kDouble;
    case ScalarKind::kDecimal:
      return info.precision <= kMaxPow10Int64 ? Physical::kDecimal64 : Physical::kDecimal128;
    case ScalarKind::kDate:
      return Physical::kDate;
    case ScalarKind::kTimestamp:
      return Physical::kTimestamp;
    case ScalarKind::kDuration:
      return Physical::kDuration;
    case ScalarKind::kString:
    case ScalarKind::kBytes:
    case ScalarKind::kMessage:
      break;
  }
  assert(info.kind != ScalarKind::kMessage);
  return Physical::kString;
}

ColumnSet Projection::NewColumns() const {
  std::vector<LevelShape> level_shapes;
  for (const ProjectedLevel& level : levels) level_shapes.push_back({level.parent});
  std::vector<ColumnShape> column_shapes;
  for (const ProjectedColumn& column : columns) column_shapes.push_back({column.type, column.level, column.field});
  return ColumnSet(level_shapes, column_shapes);
}

ProjectionBuilder::ProjectionBuilder(std::shared_ptr<const Schema> schema, const Descriptor* root)
    : schema_(std::move(schema)) {
  NewLevel(-1, nullptr);
  level_messages_[0] = NewMessage(root, 0);
}

int ProjectionBuilder::NewLevel(int parent, const FieldDescriptor* field) {
  levels_.push_back({parent, field, -1});
  level_messages_.push_back(-1);
  return static_cast<int>(levels_.size()) - 1;
}

int ProjectionBuilder::NewMessage(const Descriptor* type, int level) {
  messages_.push_back({type, level, {}});
  return static_cast<int>(messages_.size()) - 1;
}

int ProjectionBuilder::NewColumn(int level, ColumnRole role, const FieldDescriptor* field) {
  const FieldInfo info = schema_->Describe(*field);
  Physical type = Physical::kBool;
  if (role == ColumnRole::kText) type = Physical::kString;
  if (role == ColumnRole::kValue) type = PhysicalOf(info);
  columns_.push_back({level, role, type, field, info});
  return static_cast<int>(columns_.size()) - 1;
}

FieldUse& ProjectionBuilder::UseField(int message, const FieldDescriptor* field) {
  assert(field->containing_type() == messages_[message].type);
  FieldUse& use = messages_[message].fields[field->number()];
  use.field = field;
  return use;
}

int ProjectionBuilder::Descend(int level, Path path) {
  int message = level_messages_[level];
  for (const FieldDescriptor* field : path) {
    assert(!field->is_repeated() && schema_->Describe(*field).kind == ScalarKind::kMessage);
    FieldUse& use = UseField(message, field);
    if (use.message < 0) use.message = NewMessage(field->message_type(), level);
    message = use.message;
  }
  return message;
}

int ProjectionBuilder::AddLevel(int parent, Path path, const FieldDescriptor* repeated) {
  assert(repeated->is_repeated() && schema_->Describe(*repeated).kind == ScalarKind::kMessage);
  FieldUse& use = UseField(Descend(parent, path), repeated);
  if (use.level >= 0) return use.level;
  const int level = use.level = NewLevel(parent, repeated);
  use.message = level_messages_[level] = NewMessage(repeated->message_type(), level);
  if (!repeated->is_map()) return level;
  levels_[level].key_slot = AddField(level, {}, repeated->message_type()->map_key());
  // Whether an entry counts at all shows in its value, if that is of a closed enum.
  const FieldDescriptor* value = repeated->message_type()->map_value();
  if (IsClosedEnum(*value)) AddField(level, {}, value);
  return level;
}

ProjectionBuilder::List ProjectionBuilder::AddList(int parent, Path path, const FieldDescriptor* repeated) {
  assert(repeated->is_repeated() && schema_->Describe(*repeated).kind != ScalarKind::kMessage);
  FieldUse& use = UseField(Descend(parent, path), repeated);
  if (use.level < 0) {
    use.level = NewLevel(parent, repeated);
    use.value_slot = NewColumn(use.level, ColumnRole::kValue, repeated);
  }
  return {use.level, use.value_slot};
}

int ProjectionBuilder::AddField(int level, Path path, const FieldDescriptor* leaf) {
  assert(!leaf->is_repeated() && schema_->Describe(*leaf).kind != ScalarKind::kMessage);
  FieldUse& use = UseField(Descend(level, path), leaf);
  if (use.value_slot < 0) use.value_slot = NewColumn(level, ColumnRole::kValue, leaf);
  return use.value_slot;
}

int ProjectionBuilder::AddText(int level, Path path, const FieldDescriptor* leaf) {
  assert(!leaf->is_repeated() && schema_->Describe(*leaf).is_annotated_text());
  FieldUse& use = UseField(Descend(level, path), leaf);
  if (use.text_slot < 0) use.text_slot = NewColumn(level, ColumnRole::kText, leaf);
  return use.text_slot;
}

int ProjectionBuilder::AddPresence(int level, Path path, const FieldDescriptor* leaf) {
  assert(!leaf->is_repeated());
  FieldUse& use = UseField(Descend(level, path), leaf);
  if (use.presence_slot >= 0) return use.presence_slot;
  use.presence_slot = NewColumn(level, ColumnRole::kPresence, leaf);
  // Where presence shows in the value alone (implicit presence, closed enums), the value must be read as well.
  const bool needs_value = !leaf->has_presence() || IsClosedEnum(*leaf);
  if (needs_value && use.value_slot < 0) use.value_slot = NewColumn(level, ColumnRole::kValue, leaf);
  return use.presence_slot;
}

std::shared_ptr<const Projection> ProjectionBuilder::Build() const {
  auto projection = std::make_shared<Projection>();
  projection->schema = schema_;
  projection->root = messages_[0].type;
  projection->levels = levels_;
  projection->columns = columns_;
  projection->table = CompileDecodeTable(*schema_, levels_, messages_);
  return projection;
}

}  // namespace assay
