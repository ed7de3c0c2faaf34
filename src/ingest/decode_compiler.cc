// From the tree of what is read to tables by field number. Entry point: CompileDecodeTable.
// Each field becomes one operation; oneofs, defaults and absences are prepared per level, where a row is begun and
// ended.
#include "ingest/decode_compiler.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace assay {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::OneofDescriptor;

struct ScalarEncoding {
  DecodeOp op;
  WireType wire;
};

// By FieldDescriptor::Type, for the types that are no messages.
ScalarEncoding EncodingOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_BOOL:
      return {DecodeOp::kBool, WireType::kVarint};
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_UINT64:
      return {DecodeOp::kVarint64, WireType::kVarint};
    case FieldDescriptor::TYPE_INT32:
      return {DecodeOp::kInt32, WireType::kVarint};
    case FieldDescriptor::TYPE_UINT32:
      return {DecodeOp::kUint32, WireType::kVarint};
    case FieldDescriptor::TYPE_SINT32:
      return {DecodeOp::kSint32, WireType::kVarint};
    case FieldDescriptor::TYPE_SINT64:
      return {DecodeOp::kSint64, WireType::kVarint};
    case FieldDescriptor::TYPE_ENUM:
      return {IsClosedEnum(field) ? DecodeOp::kClosedEnum : DecodeOp::kInt32, WireType::kVarint};
    case FieldDescriptor::TYPE_FIXED32:
      return {DecodeOp::kFixed32, WireType::kFixed32};
    case FieldDescriptor::TYPE_SFIXED32:
      return {DecodeOp::kSfixed32, WireType::kFixed32};
    case FieldDescriptor::TYPE_FLOAT:
      return {DecodeOp::kFloat, WireType::kFixed32};
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
    case FieldDescriptor::TYPE_DOUBLE:
      return {DecodeOp::kFixed64, WireType::kFixed64};
    case FieldDescriptor::TYPE_STRING:
      if (field.file()->syntax() == FileDescriptor::SYNTAX_PROTO3) return {DecodeOp::kString, WireType::kLength};
      return {DecodeOp::kBytes, WireType::kLength};
    case FieldDescriptor::TYPE_BYTES:
      return {DecodeOp::kBytes, WireType::kLength};
    case FieldDescriptor::TYPE_MESSAGE:
      return {DecodeOp::kMessage, WireType::kLength};
    case FieldDescriptor::TYPE_GROUP:
      return {DecodeOp::kMessage, WireType::kStartGroup};
  }
  return {DecodeOp::kSkip, WireType::kVarint};
}

class Compiler {
 public:
  Compiler(const Schema& schema, absl::Span<const ProjectedLevel> levels, const std::deque<MessageUse>& messages)
      : schema_(schema), messages_(messages) {
    table_.levels.resize(levels.size());
    table_.messages.resize(messages.size());
    for (size_t i = 0; i < levels.size(); ++i) {
      table_.levels[i].field = levels[i].field;
      table_.levels[i].key_slot = levels[i].key_slot;
      if (levels[i].field == nullptr) continue;
      table_.levels[i].max_items = schema.Describe(*levels[i].field).max_items;
      table_.levels[levels[i].parent].children.push_back(static_cast<int32_t>(i));
    }
    table_.levels[0].message = 0;
  }

  DecodeTable Compile() {
    for (const auto& message : messages_) {
      std::vector<std::pair<uint32_t, FieldOp>> ops;
      for (const auto& [number, use] : message.fields) {
        ops.emplace_back(static_cast<uint32_t>(number), CompileField(use, message.level));
      }
      operations_.push_back(std::move(ops));
    }
    for (size_t i = 0; i < messages_.size(); ++i) CompileOneofs(static_cast<int>(i));
    for (size_t i = 0; i < messages_.size(); ++i) FillFootprints(static_cast<int>(i));
    for (size_t i = 0; i < messages_.size(); ++i) Spread(&operations_[i], &table_.messages[i]);
    return std::move(table_);
  }

 private:
  FieldOp CompileField(const FieldUse& use, int level) {
    if (use.level >= 0) return CompileRepeated(use);
    const FieldInfo info = schema_.Describe(*use.field);
    FieldOp op;
    op.wire = EncodingOf(*use.field).wire;
    if (info.kind == ScalarKind::kMessage && use.message >= 0) {
      op.op = DecodeOp::kMessage;
      op.target = use.message;
    } else if (use.value_slot >= 0) {
      op = CompileValue(*use.field, info, use.value_slot, level);
      op.text_slot = use.text_slot;
      AddRequired(info, level, &op);
      AddDefault(*use.field, info, use.value_slot, level);
    } else if (use.text_slot >= 0) {
      op.op = EncodingOf(*use.field).op;
      op.slot = use.text_slot;
    } else {
      op.op = DecodeOp::kPresenceOnly;
    }
    op.presence_slot = use.presence_slot;
    op.presence_by_value = !info.has_presence;
    op.has_extras = use.presence_slot >= 0;
    return op;
  }

  FieldOp CompileRepeated(const FieldUse& use) {
    LevelTable& level = table_.levels[use.level];
    FieldOp op;
    op.target = use.level;
    op.wire = EncodingOf(*use.field).wire;
    if (use.message >= 0) {
      op.op = DecodeOp::kRows;
      level.message = use.message;
      level.has_closed_enum_values = use.field->is_map() && IsClosedEnum(*use.field->message_type()->map_value());
      return op;
    }
    op.op = DecodeOp::kList;
    level.element = CompileValue(*use.field, schema_.Describe(*use.field), use.value_slot, use.level);
    return op;
  }

  // The operation that reads one value of the field into a slot.
  FieldOp CompileValue(const FieldDescriptor& field, const FieldInfo& info, int slot, int level) {
    const ScalarEncoding encoding = EncodingOf(field);
    FieldOp op;
    op.op = encoding.op;
    op.wire = encoding.wire;
    op.slot = slot;
    op.precision = info.precision;
    op.scale = info.scale;
    op.empty_is_absent = info.is_annotated_text() && !info.has_presence && !info.repeated;
    if (info.kind == ScalarKind::kDate) op.op = DecodeOp::kDate;
    if (info.kind == ScalarKind::kTimestamp) op.op = DecodeOp::kTimestamp;
    if (info.kind == ScalarKind::kDuration) op.op = DecodeOp::kDuration;
    if (info.kind == ScalarKind::kDecimal) CompileDecimal(info, level, &op);
    op.is_unsigned = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
    if (info.nullable) CompileWrapper(field, slot, &op);
    if (op.op == DecodeOp::kClosedEnum) op.target = EnumTarget(*field.enum_type());
    return op;
  }

  void CompileDecimal(const FieldInfo& info, int level, FieldOp* op) {
    switch (info.decimal_form) {
      case DecimalForm::kText:
        op->op = DecodeOp::kDecimal;
        return;
      case DecimalForm::kMinorUnits:
        op->integer = op->op;
        op->op = DecodeOp::kMinorUnits;
        return;
      case DecimalForm::kMoney:
        op->op = DecodeOp::kMoney;
        op->target = table_.levels[level].money_count++;
        return;
    }
  }

  void CompileWrapper(const FieldDescriptor& field, int slot, FieldOp* op) {
    const FieldDescriptor& value = *field.message_type()->FindFieldByNumber(1);
    op->op = DecodeOp::kWrapper;
    op->target = static_cast<int32_t>(table_.wrapped.size());
    FieldOp wrapped;
    wrapped.op = EncodingOf(value).op;
    wrapped.wire = EncodingOf(value).wire;
    wrapped.slot = slot;
    table_.wrapped.push_back(wrapped);
  }

  // Annotated values err where the field is absent; plain minor units without presence are 0 then.
  void AddRequired(const FieldInfo& info, int level, FieldOp* op) {
    const bool is_required = info.is_annotated_text() || (info.kind == ScalarKind::kDecimal && info.has_presence);
    if (!is_required) return;
    std::vector<int32_t>& required = table_.levels[level].required;
    op->seen = static_cast<uint16_t>(FieldOp::kFirstSeen + required.size());
    required.push_back(op->slot);
  }

  void AddDefault(const FieldDescriptor& field, const FieldInfo& info, int slot, int level) {
    if (!field.has_default_value() && field.type() != FieldDescriptor::TYPE_ENUM) return;
    if (info.is_annotated_text() || info.kind == ScalarKind::kDecimal) return;
    DefaultValue value{slot, DefaultBits(field), {}};
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) value.text = field.default_value_string();
    if (value.bits != 0 || !value.text.empty()) table_.levels[level].defaults.push_back(value);
  }

  static uint64_t DefaultBits(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return field.default_value_bool();
      case FieldDescriptor::CPPTYPE_INT32:
        return static_cast<uint64_t>(int64_t{field.default_value_int32()});
      case FieldDescriptor::CPPTYPE_INT64:
        return static_cast<uint64_t>(field.default_value_int64());
      case FieldDescriptor::CPPTYPE_UINT32:
        return field.default_value_uint32();
      case FieldDescriptor::CPPTYPE_UINT64:
        return field.default_value_uint64();
      case FieldDescriptor::CPPTYPE_FLOAT:
        return BitsOf(field.default_value_float());
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return BitsOf(field.default_value_double());
      case FieldDescriptor::CPPTYPE_ENUM:
        return static_cast<uint64_t>(int64_t{field.default_value_enum()->number()});
      default:
        return 0;
    }
  }

  static uint64_t BitsOf(double value) {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof(bits));
    return bits;
  }

  int32_t EnumTarget(const EnumDescriptor& type) {
    const auto [found, is_new] = enum_targets_.try_emplace(&type, static_cast<int32_t>(table_.enums.size()));
    if (!is_new) return found->second;
    EnumNumbers& numbers = table_.enums.emplace_back();
    for (int i = 0; i < type.value_count(); ++i) numbers.sorted.push_back(type.value(i)->number());
    std::sort(numbers.sorted.begin(), numbers.sorted.end());
    numbers.sorted.erase(std::unique(numbers.sorted.begin(), numbers.sorted.end()), numbers.sorted.end());
    const int64_t span = int64_t{numbers.sorted.back()} - numbers.sorted.front() + 1;
    numbers.is_dense = span == static_cast<int64_t>(numbers.sorted.size());
    return found->second;
  }

  // Gives each oneof of which a member is read a number within the level, and its members what they must undo.
  void CompileOneofs(int message) {
    const MessageUse& use = messages_[message];
    for (int i = 0; i < use.type->real_oneof_decl_count(); ++i) {
      const OneofDescriptor& oneof = *use.type->oneof_decl(i);
      std::vector<Footprint> members;
      for (int k = 0; k < oneof.field_count(); ++k) {
        if (use.fields.contains(oneof.field(k)->number())) members.emplace_back();
      }
      if (members.empty()) continue;
      LevelTable& level = table_.levels[use.level];
      level.oneofs.push_back(std::move(members));
      MarkMembers(message, oneof, static_cast<uint16_t>(level.oneofs.size()));
    }
  }

  void MarkMembers(int message, const OneofDescriptor& oneof, uint16_t number) {
    uint16_t next_member = 1;
    for (int k = 0; k < oneof.field_count(); ++k) {
      const FieldDescriptor& field = *oneof.field(k);
      FieldOp& op = OperationOf(message, static_cast<uint32_t>(field.number()));
      if (op.op == DecodeOp::kSkip) {
        op.op = DecodeOp::kOneofOther;
        op.wire = EncodingOf(field).wire;
        op.member = FieldOp::kOtherMember;
        if (IsClosedEnum(field)) op.target = EnumTarget(*field.enum_type());
      } else {
        op.member = next_member++;
      }
      op.oneof = number;
      op.has_extras = true;
    }
  }

  FieldOp& OperationOf(int message, uint32_t number) {
    auto& ops = operations_[message];
    for (auto& [at, op] : ops) {
      if (at == number) return op;
    }
    return ops.emplace_back(number, FieldOp()).second;
  }

  void FillFootprints(int message) {
    LevelTable& level = table_.levels[messages_[message].level];
    for (const auto& [number, op] : operations_[message]) {
      if (op.oneof == 0 || op.member == FieldOp::kOtherMember) continue;
      Collect(op, &level.oneofs[op.oneof - 1][op.member - 1]);
    }
  }

  void Collect(const FieldOp& op, Footprint* footprint) {
    for (int32_t slot : {op.slot, op.presence_slot, op.text_slot}) {
      if (slot >= 0) footprint->slots.push_back(slot);
    }
    if (op.seen >= FieldOp::kFirstSeen) footprint->seen.push_back(op.seen);
    if (op.op == DecodeOp::kMoney) footprint->moneys.push_back(op.target);
    if (op.op == DecodeOp::kRows || op.op == DecodeOp::kList) footprint->levels.push_back(op.target);
    if (op.op != DecodeOp::kMessage) return;
    for (const auto& [number, below] : operations_[op.target]) {
      if (below.oneof != 0) footprint->oneofs.push_back(below.oneof);
      Collect(below, footprint);
    }
  }

  static void Spread(std::vector<std::pair<uint32_t, FieldOp>>* ops, MessageTable* table) {
    std::sort(ops->begin(), ops->end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [number, op] : *ops) {
      if (number >= MessageTable::kDenseFields) {
        table->sparse.emplace_back(number, op);
        continue;
      }
      table->dense.resize(number + 1);
      table->dense[number] = op;
    }
  }

  const Schema& schema_;
  const std::deque<MessageUse>& messages_;
  DecodeTable table_;
  std::vector<std::vector<std::pair<uint32_t, FieldOp>>> operations_;  // by message
  absl::flat_hash_map<const EnumDescriptor*, int32_t> enum_targets_;
};

}  // namespace

bool IsClosedEnum(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_ENUM && field.file()->syntax() == FileDescriptor::SYNTAX_PROTO2;
}

DecodeTable CompileDecodeTable(const Schema& schema, absl::Span<const ProjectedLevel> levels,
                               const std::deque<MessageUse>& messages) {
  return Compiler(schema, levels, messages).Compile();
}

}  // namespace assay
