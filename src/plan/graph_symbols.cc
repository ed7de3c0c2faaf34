// Reading fields of rows and moving symbols from level to level. Entry points:
// Graph::Field, Gather, Lift, Finish.
#include <algorithm>

#include "plan/graph.h"

namespace assay {
namespace {

// Whether bytes on the wire can be no value of the type.
bool CanBeMalformed(Physical type) {
  return type != Physical::kBool && type != Physical::kInt64 && type != Physical::kUint64 && type != Physical::kDouble;
}

}  // namespace

Physical Graph::PhysicalOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return Physical::kBool;
    case TypeKind::kUint:
      return Physical::kUint64;
    case TypeKind::kDouble:
      return Physical::kDouble;
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kType:  // its name
      return Physical::kString;
    case TypeKind::kDecimal:
      return type.decimal.fits_int64() ? Physical::kDecimal64 : Physical::kDecimal128;
    case TypeKind::kDate:
      return Physical::kDate;
    case TypeKind::kTimestamp:
      return Physical::kTimestamp;
    case TypeKind::kDuration:
      return Physical::kDuration;
    case TypeKind::kNullable:
      return PhysicalOf(*type.element);
    default:
      return Physical::kInt64;
  }
}

bool Graph::MayErr(NodeId id) const {
  const Node& node = program_.nodes[id];
  switch (node.kind) {
    case NodeKind::kConstant:
    case NodeKind::kParentMap:
    case NodeKind::kSourceMap:
    case NodeKind::kChoiceMap:
    case NodeKind::kPosition:
    case NodeKind::kCount:
    case NodeKind::kCountJoined:
      return false;
    case NodeKind::kGather:
      return MayErr(node.args[0]) || MayErr(node.args[1]);
    default:
      return true;
  }
}

NodeId Graph::Gather(NodeId a, NodeId index) {
  const Node& value = program_.nodes[a];
  // One value, that stands beside every row already.
  if (value.level == kConstantLevel) return MayErr(index) ? Guard(a, index) : a;
  Node node;
  node.kind = NodeKind::kGather;
  node.type = value.type;
  node.scale = value.scale;
  node.digits = value.digits;
  node.bytes = value.bytes;
  node.level = program_.nodes[index].level;
  node.arg_count = 2;
  node.args[0] = a;
  node.args[1] = index;
  return Add(node);
}

NodeId Graph::SourceMap(LevelId level) {
  Node node;
  node.kind = NodeKind::kSourceMap;
  node.type = Physical::kRow;
  node.level = level;
  node.index = level;
  return Add(node);
}

NodeId Graph::SecondMap(LevelId level) {
  Node node;
  node.kind = NodeKind::kSourceMap;
  node.type = Physical::kRow;
  node.level = level;
  node.index = level;
  node.option = 1;
  return Add(node);
}

NodeId Graph::ChoiceMap(LevelId level) {
  Node node;
  node.kind = NodeKind::kChoiceMap;
  node.type = Physical::kBool;
  node.level = level;
  node.index = level;
  return Add(node);
}

NodeId Graph::AncestorMap(LevelId level, LevelId ancestor) {
  Node node;
  node.kind = NodeKind::kParentMap;
  node.type = Physical::kRow;
  node.level = level;
  node.index = level;
  const NodeId parents = Add(node);
  const LevelId parent = program_.levels[level].parent;
  return parent == ancestor ? parents : Gather(AncestorMap(parent, ancestor), parents);
}

// One that has more digits there than its type holds stays what fails when it is computed.
std::optional<NodeId> Graph::RescaledConstant(const Node& value, Physical type, DecimalSize size) {
  if (value.kind != NodeKind::kConstant) return std::nullopt;
  const ConstantValue& from = program_.constants[static_cast<size_t>(value.index)];
  Decimal number;
  switch (value.type) {
    case Physical::kDecimal128:
      number = {from.wide, value.scale};
      break;
    case Physical::kUint64:
      number = DecimalFromUint64(from.uint64);
      break;
    default:
      number = {from.int64, value.scale};
  }
  const std::optional<Decimal> rescaled = assay::Rescale(number, size.scale);
  if (!rescaled.has_value()) return std::nullopt;
  const auto magnitude =
      static_cast<uint128>(rescaled->coefficient < 0 ? -rescaled->coefficient : rescaled->coefficient);
  if (CountDigits(magnitude) > size.digits) return std::nullopt;
  ConstantValue constant;
  constant.type = type;
  if (type == Physical::kDecimal64) constant.int64 = static_cast<int64_t>(rescaled->coefficient);
  if (type == Physical::kDecimal128) constant.wide = rescaled->coefficient;
  return Constant(constant, size);
}

NodeId Graph::Rescale(NodeId a, DecimalSize size) {
  const Node& value = program_.nodes[a];
  const Physical type = size.fits_int64() ? Physical::kDecimal64 : Physical::kDecimal128;
  const bool decimal = value.type == Physical::kDecimal64 || value.type == Physical::kDecimal128;
  if (decimal && value.type == type && value.scale == size.scale) return a;
  if (const std::optional<NodeId> constant = RescaledConstant(value, type, size); constant.has_value())
    return *constant;
  Node node;
  node.kind = NodeKind::kRescale;
  node.type = type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.level = value.level;
  node.arg_count = 1;
  node.args[0] = a;
  return Add(node);
}

Symbol Graph::Field(const Symbol& row, const google::protobuf::FieldDescriptor* field, const Type* type) {
  Symbol symbol;
  symbol.type = type;
  symbol.level = row.level;
  const FieldInfo info = schema_->Describe(*field);
  if (field->is_repeated()) {
    const LevelId elements = Repeated(row.rows, row.path, field);
    Symbol list;
    list.kind = field->is_map() ? Symbol::Kind::kMap : Symbol::Kind::kList;
    list.type = type;
    list.level = row.rows;
    list.elements = elements;
    Symbol element;
    element.level = elements;
    element.type = type->element;
    if (field->is_map() || info.kind == ScalarKind::kMessage) {
      element.kind = Symbol::Kind::kRow;
      element.rows = elements;
      element.row_type = type->element->row;
    } else {
      element.node = Read(elements, value_slots_.at({elements}), assay::PhysicalOf(info), info);
    }
    if (field->is_map()) {
      Symbol entry = element;
      entry.row_type = nullptr;
      list.key = std::make_shared<Symbol>(Field(entry, field->message_type()->map_key(), type->key));
      element = Field(entry, field->message_type()->map_value(), type->element);
    }
    // An element that cannot be read makes the whole list an error, whatever is asked of it.
    if (element.kind == Symbol::Kind::kScalar && CanBeMalformed(program_.nodes[element.node].type)) {
      list.guard = AnyError(elements, element.node);
    }
    list.element = std::make_shared<Symbol>(std::move(element));
    return row.node == kNoNode ? list : Gather(list, row.node, row.level);
  }
  if (info.kind == ScalarKind::kMessage) {
    symbol = row;
    symbol.type = type;
    symbol.row_type = type->row;
    symbol.path.push_back(field);
    return symbol;
  }
  const int slot =
      builder(program_.levels[row.rows].source).AddField(program_.levels[row.rows].ingest_level, row.path, field);
  symbol.node = Read(row.rows, slot, assay::PhysicalOf(info), info);
  if (row.node != kNoNode) symbol.node = Gather(symbol.node, row.node);
  return symbol;
}

NodeId Graph::Presence(const Symbol& row, const google::protobuf::FieldDescriptor* field) {
  if (field->is_repeated()) {
    Symbol list;
    list.level = row.rows;
    NodeId count = Count(Repeated(row.rows, row.path, field));
    if (row.node != kNoNode) count = Gather(count, row.node);
    ConstantValue zero;
    zero.type = Physical::kInt64;
    return Call(Op::kGreater, Physical::kBool, {0, 0}, {count, Constant(zero, {0, 0})});
  }
  const Level& level = program_.levels[row.rows];
  const int slot = builder(level.source).AddPresence(level.ingest_level, row.path, field);
  const NodeId read = Read(row.rows, slot, Physical::kBool, FieldInfo{});
  return row.node == kNoNode ? read : Gather(read, row.node);
}

NodeId Graph::Text(const Symbol& row, const google::protobuf::FieldDescriptor* field) {
  const Level& level = program_.levels[row.rows];
  const int slot = builder(level.source).AddText(level.ingest_level, row.path, field);
  const NodeId read = Read(row.rows, slot, Physical::kString, FieldInfo{});
  return row.node == kNoNode ? read : Gather(read, row.node);
}

int Graph::Slot(int source, const google::protobuf::FieldDescriptor* root_field) {
  return builder(source).AddField(0, {}, root_field);
}

Symbol Graph::Gather(const Symbol& symbol, NodeId index, LevelId to) {
  Symbol result = symbol;
  if (symbol.kind == Symbol::Kind::kNull) return result;
  if (symbol.kind == Symbol::Kind::kScalar && symbol.level == kConstantLevel) {
    if (!MayErr(index)) return result;
    result.node = Guard(symbol.node, index);
    result.level = to;
    return result;
  }
  result.level = to;
  switch (symbol.kind) {
    case Symbol::Kind::kScalar:
      result.node = Gather(symbol.node, index);
      break;
    case Symbol::Kind::kRow:
      result.node = symbol.node == kNoNode ? index : Gather(symbol.node, index);
      if (symbol.arguments != nullptr) {
        auto moved = std::make_shared<std::vector<Symbol>>();
        for (const Symbol& argument : *symbol.arguments)
          moved->push_back(Gather(Lift(argument, symbol.level), index, to));
        result.arguments = std::move(moved);
      }
      break;
    case Symbol::Kind::kOptional:
      result.node = Gather(symbol.node, index);
      result.element = std::make_shared<Symbol>(Gather(Lift(*symbol.element, symbol.level), index, to));
      break;
    default:
      return ListAt(symbol, index, to, Segments(to, symbol.elements, index));
  }
  return result;
}

Symbol Graph::ListAt(const Symbol& list, NodeId index, LevelId to, LevelId elements) {
  Symbol result = list;
  result.level = to;
  result.elements = elements;
  const NodeId source = SourceMap(elements);
  auto move = [&](const std::shared_ptr<const Symbol>& part) {
    return std::make_shared<Symbol>(Gather(Lift(*part, list.elements), source, elements));
  };
  if (list.key != nullptr) result.key = move(list.key);
  result.element = move(list.element);
  // A row that cannot be had makes the list an error.
  result.guard = list.guard == kNoNode ? index : Guard(index, Gather(list.guard, index));
  const NodeKind kind = program_.nodes[index].kind;
  if (list.guard == kNoNode && (kind == NodeKind::kParentMap || kind == NodeKind::kSourceMap)) result.guard = kNoNode;
  return result;
}

Symbol Graph::Lift(const Symbol& symbol, LevelId to) {
  if (symbol.level == to || symbol.kind == Symbol::Kind::kNull) return symbol;
  if (symbol.kind == Symbol::Kind::kScalar && symbol.level == kConstantLevel) return symbol;
  return Gather(symbol, AncestorMap(to, symbol.level), to);
}

Symbol Graph::LiftMatching(const Symbol& list, LevelId to, NodeId wanted, NodeId own) {
  const NodeId index = AncestorMap(to, list.level);
  return ListAt(list, index, to, Matched(to, list.elements, index, wanted, own));
}

Program Graph::Finish() {
  program_.batch.projection = builders_[0]->Build();
  for (size_t i = 0; i < program_.datasets.size(); ++i) program_.datasets[i].projection = builders_[i + 1]->Build();
  return std::move(program_);
}

}  // namespace assay
