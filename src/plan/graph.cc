// Hash-consing of nodes. Entry point: Graph::Add. Levels are in graph_levels.cc, reading fields and moving symbols in
// graph_symbols.cc.
#include "plan/graph.h"

#include <algorithm>

#include "absl/base/casts.h"

namespace assay {
Graph::NodeKey Graph::KeyOf(const Node& n) {
  return {static_cast<int64_t>(n.kind),
          static_cast<int64_t>(n.op),
          static_cast<int64_t>(n.aggregate),
          static_cast<int64_t>(n.type),
          n.scale,
          n.digits,
          n.bytes,
          n.arg_count,
          n.level,
          n.index,
          n.option,
          n.args[0],
          n.args[1],
          n.args[2],
          n.args[3],
          n.args[4],
          n.args[5]};
}

Graph::Graph(std::shared_ptr<const Schema> schema, const google::protobuf::Descriptor* batch, const Environment& env)
    : schema_(std::move(schema)) {
  program_.limits = env.limits;
  if (env.calendars != nullptr) program_.calendars = *env.calendars;
  program_.levels.push_back(Level{});
  program_.batch.message = batch;
  builders_.push_back(std::make_unique<ProjectionBuilder>(schema_, batch));
  Level root;
  root.kind = LevelKind::kRoot;
  root.parent = kConstantLevel;
  roots_.push_back(AddLevel(root, {}));
}

int Graph::AddDataset(absl::string_view name, const google::protobuf::Descriptor* message) {
  const int source = static_cast<int>(program_.datasets.size());
  program_.datasets.push_back({std::string(name), message, nullptr});
  builders_.push_back(std::make_unique<ProjectionBuilder>(schema_, message));
  Level root;
  root.kind = LevelKind::kRoot;
  root.source = source;
  root.parent = kConstantLevel;
  roots_.push_back(AddLevel(root, {}));
  return source;
}

// One node that errs where anything the lookup reads errs: nodes have few places for arguments.
NodeId Graph::LookupGuard(const Lookup& lookup) {
  NodeId all = lookup.day;
  for (NodeId key : lookup.keys) all = Guard(all, key);
  for (NodeId node : {lookup.within_time, lookup.within_id, lookup.within_hours, lookup.last}) all = Guard(all, node);
  return all;
}

NodeId Graph::LookupRow(LevelId level, const Lookup& lookup) {
  Node node;
  node.kind = NodeKind::kLookup;
  node.type = Physical::kRow;
  node.level = level;
  node.index = static_cast<int32_t>(program_.lookups.size());
  program_.lookups.push_back(lookup);
  node.arg_count = 1;
  node.args[0] = LookupGuard(lookup);
  return Add(node);
}

int Graph::AddEnum(const google::protobuf::EnumDescriptor* type) {
  const auto found = std::find(program_.enums.begin(), program_.enums.end(), type);
  const int index = static_cast<int>(found - program_.enums.begin());
  if (found == program_.enums.end()) program_.enums.push_back(type);
  return index;
}

int32_t Graph::TurnsIndex(const std::vector<NodeId>& values) {
  const auto found = std::find(program_.turns.begin(), program_.turns.end(), values);
  const int32_t index = static_cast<int32_t>(found - program_.turns.begin());
  if (found == program_.turns.end()) program_.turns.push_back(values);
  return index;
}

NodeId Graph::Member(NodeId value, const std::vector<NodeId>& constants) {
  Node node;
  node.kind = NodeKind::kMember;
  node.type = Physical::kBool;
  node.level = program_.nodes[value].level;
  node.index = TurnsIndex(constants);
  node.arg_count = 1;
  node.args[0] = value;
  return Add(node);
}

NodeId Graph::Format(LevelId level, NodeId pattern, const FormatCall& call) {
  const auto found = std::find(program_.format_calls.begin(), program_.format_calls.end(), call);
  Node node;
  node.kind = NodeKind::kFormat;
  node.type = Physical::kString;
  node.level = level;
  node.index = static_cast<int32_t>(found - program_.format_calls.begin());
  if (found == program_.format_calls.end()) program_.format_calls.push_back(call);
  node.arg_count = 1;
  node.args[0] = pattern;
  for (NodeId value : call.values) node.stage = std::max(node.stage, program_.nodes[value].stage);
  return Add(node);
}

NodeId Graph::Turns(LevelId elements, Physical type, DecimalSize size, const std::vector<NodeId>& values) {
  Node node;
  node.kind = NodeKind::kTurns;
  node.type = type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.level = elements;
  node.index = TurnsIndex(values);
  for (NodeId value : values) node.stage = std::max(node.stage, program_.nodes[value].stage);
  return Add(node);
}

bool Graph::IsAncestor(LevelId ancestor, LevelId level) const {
  while (level != ancestor && level > kConstantLevel) level = program_.levels[level].parent;
  return level == ancestor;
}

LevelId Graph::Deeper(LevelId a, LevelId b) const {
  if (IsAncestor(a, b)) return b;
  return IsAncestor(b, a) ? a : -1;
}

NodeId Graph::Add(Node node) {
  for (int i = 0; i < node.arg_count; ++i) {
    node.stage = std::max(node.stage, program_.nodes[node.args[i]].stage);
  }
  node.stage = std::max(node.stage, program_.levels[node.level].stage);
  const NodeKey key = KeyOf(node);
  auto found = nodes_.find(key);
  if (found != nodes_.end()) return found->second;
  const NodeId id = static_cast<NodeId>(program_.nodes.size());
  program_.nodes.push_back(node);
  nodes_[key] = id;
  return id;
}

NodeId Graph::Constant(const ConstantValue& value, DecimalSize size) {
  size_t i = 0;
  auto equal = [&](const ConstantValue& c) {
    return c.type == value.type && c.flag == value.flag && c.int64 == value.int64 && c.uint64 == value.uint64 &&
           c.wide == value.wide && c.timestamp == value.timestamp && c.duration == value.duration &&
           c.text == value.text &&
           // Bits, so that -0.0 and 0.0 stay apart and NaN is itself.
           absl::bit_cast<uint64_t>(c.real) == absl::bit_cast<uint64_t>(value.real);
  };
  while (i < program_.constants.size() && !equal(program_.constants[i])) ++i;
  if (i == program_.constants.size()) program_.constants.push_back(value);
  Node node;
  node.kind = NodeKind::kConstant;
  node.type = value.type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.index = static_cast<int32_t>(i);
  return Add(node);
}

NodeId Graph::Bool(bool flag) {
  ConstantValue value;
  value.type = Physical::kBool;
  value.flag = flag;
  return Constant(value, {0, 0});
}

NodeId Graph::Read(LevelId rows, int slot, Physical type, const FieldInfo& info) {
  Node node;
  node.kind = NodeKind::kRead;
  node.type = type;
  const bool decimal = type == Physical::kDecimal64 || type == Physical::kDecimal128;
  node.scale = decimal ? info.scale : 0;
  node.digits = decimal ? info.precision : 0;
  node.bytes = info.kind == ScalarKind::kBytes;
  node.level = rows;
  node.index = slot;
  return Add(node);
}

NodeId Graph::Input(LevelId level, Physical type, DecimalSize size, int stage) {
  Node node;
  node.kind = NodeKind::kInput;
  node.type = type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.level = level;
  node.stage = static_cast<uint8_t>(stage);
  node.index = program_.input_count++;
  program_.input_types.push_back(type);
  return Add(node);
}

NodeId Graph::Call(Op op, Physical type, DecimalSize size, const std::vector<NodeId>& args) {
  Node node;
  node.kind = NodeKind::kCall;
  node.op = op;
  node.type = type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  for (NodeId arg : args) {
    node.level = Deeper(node.level, program_.nodes[arg].level);
    node.args[node.arg_count++] = arg;
  }
  return Add(node);
}

NodeId Graph::Aggregate(assay::Aggregate kind, LevelId elements, NodeId value, Physical type, DecimalSize size) {
  Node node;
  node.kind = NodeKind::kAggregate;
  node.aggregate = kind;
  node.type = type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.level = program_.levels[elements].parent;
  node.index = elements;
  node.args[node.arg_count++] = value;
  node.stage = program_.levels[elements].stage;
  return Add(node);
}

NodeId Graph::AnyError(LevelId elements, NodeId value) {
  return Aggregate(assay::Aggregate::kAnyError, elements, value, Physical::kBool, {0, 0});
}

NodeId Graph::FirstError(LevelId selection, NodeId value, NodeId mask) {
  Node node = program_.nodes[AnyError(selection, value)];
  node.args[node.arg_count++] = mask;
  return Add(node);
}

NodeId Graph::Count(LevelId elements) {
  const Level& level = program_.levels[elements];
  Node node;
  node.kind = NodeKind::kCount;
  node.type = Physical::kInt64;
  node.level = level.parent;
  node.index = elements;
  node.stage = level.stage;
  // Joined rows are counted where they lie: nobody has to list them.
  if (level.kind == LevelKind::kJoin) {
    node.kind = NodeKind::kCountJoined;
    node.index = level.lookup;
    node.arg_count = 1;
    node.args[0] = program_.nodes[level.build].args[0];
  }
  return Add(node);
}

NodeId Graph::Present(NodeId a) {
  Node node;
  node.kind = NodeKind::kPresent;
  node.type = Physical::kBool;
  node.level = program_.nodes[a].level;
  node.arg_count = 1;
  node.args[0] = a;
  return Add(node);
}

NodeId Graph::Demand(NodeId condition, DemandError error) {
  Node node;
  node.kind = NodeKind::kDemand;
  node.type = Physical::kBool;
  node.level = program_.nodes[condition].level;
  node.option = static_cast<int32_t>(error);
  node.arg_count = 1;
  node.args[0] = condition;
  return Add(node);
}

NodeId Graph::Guard(NodeId a, NodeId b) {
  if (a == kNoNode || b == kNoNode || a == b) return a == kNoNode ? b : a;
  const LevelId level = Deeper(program_.nodes[a].level, program_.nodes[b].level);
  Node node;
  node.kind = NodeKind::kGuard;
  node.type = program_.nodes[a].type;
  node.scale = program_.nodes[a].scale;
  node.digits = program_.nodes[a].digits;
  node.bytes = program_.nodes[a].bytes;
  node.level = level;
  node.arg_count = 2;
  node.args[0] = a;
  node.args[1] = b;
  return Add(node);
}

}  // namespace assay
