// The levels of a graph: rows of fields, of datasets, and those that are made of other rows. Entry points: the makers
// of levels. Equal levels are one.
#include <algorithm>

#include "plan/graph.h"

namespace assay {

LevelId Graph::AddLevel(const Level& level, std::vector<NodeId> args) {
  std::vector<int64_t> key = {static_cast<int64_t>(level.kind),
                              level.source,
                              level.parent,
                              level.origin,
                              level.second,
                              level.mask,
                              level.ingest_level,
                              level.lookup,
                              level.width};
  key.insert(key.end(), args.begin(), args.end());
  auto found = levels_.find(key);
  if (found != levels_.end()) return found->second;
  const LevelId id = static_cast<LevelId>(program_.levels.size());
  program_.levels.push_back(level);
  levels_[key] = id;
  const bool given =
      level.kind == LevelKind::kRoot || level.kind == LevelKind::kRepeated || level.kind == LevelKind::kTable;
  if (given) return id;
  Node build;
  build.stage = level.stage;
  build.kind = NodeKind::kLevel;
  build.index = id;
  for (NodeId arg : args) build.args[build.arg_count++] = arg;
  for (LevelId other : {level.parent, level.origin, level.second}) {
    if (other >= 0) build.stage = std::max(build.stage, program_.levels[other].stage);
  }
  build.level = level.parent;
  const NodeId node = Add(build);
  program_.levels[id].build = node;
  program_.levels[id].stage = program_.nodes[node].stage;
  return id;
}

LevelId Graph::Repeated(LevelId rows, const std::vector<const google::protobuf::FieldDescriptor*>& path,
                        const google::protobuf::FieldDescriptor* field) {
  const Level& parent = program_.levels[rows];
  Level level;
  level.kind = LevelKind::kRepeated;
  level.source = parent.source;
  level.parent = rows;
  const FieldInfo info = schema_->Describe(*field);
  level.field = field;
  level.max_items = info.max_items;
  const bool rows_of_messages = field->is_map() || info.kind == ScalarKind::kMessage;
  int slot = -1;
  if (rows_of_messages) {
    level.ingest_level = builder(level.source).AddLevel(parent.ingest_level, path, field);
  } else {
    const ProjectionBuilder::List list = builder(level.source).AddList(parent.ingest_level, path, field);
    level.ingest_level = list.level;
    slot = list.slot;
  }
  const LevelId id = AddLevel(level, {});
  if (slot >= 0) value_slots_[{id}] = slot;
  return id;
}

LevelId Graph::Selection(LevelId origin, NodeId mask) {
  const Level& of = program_.levels[origin];
  Level level;
  level.kind = LevelKind::kSelection;
  level.source = of.source;
  level.parent = of.parent;
  level.origin = origin;
  level.mask = mask;
  return AddLevel(level, {mask});
}

LevelId Graph::Segments(LevelId parent, LevelId origin, NodeId index) {
  Level level;
  level.kind = LevelKind::kSegments;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.origin = origin;
  level.mask = index;
  return AddLevel(level, {index});
}

LevelId Graph::Matched(LevelId parent, LevelId origin, NodeId index, NodeId wanted, NodeId own) {
  Level level;
  level.kind = LevelKind::kMatched;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.origin = origin;
  level.mask = index;
  return AddLevel(level, {index, wanted, own});
}

LevelId Graph::Joined(LevelId parent, const Lookup& lookup) {
  Level level;
  level.kind = LevelKind::kJoin;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.origin = root(lookup.dataset);
  level.lookup = static_cast<int>(program_.lookups.size());
  program_.lookups.push_back(lookup);
  return AddLevel(level, {LookupGuard(lookup)});
}

LevelId Graph::Fixed(LevelId parent, int width) {
  Level level;
  level.kind = LevelKind::kFixed;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.width = width;
  return AddLevel(level, {});
}

LevelId Graph::Zip(LevelId a, LevelId b) {
  Level level;
  level.kind = LevelKind::kZip;
  level.source = program_.levels[a].source;
  level.parent = program_.levels[a].parent;
  level.origin = a;
  level.second = b;
  return AddLevel(level, {});
}

LevelId Graph::Concat(LevelId a, LevelId b) {
  Level level;
  level.kind = LevelKind::kConcat;
  level.source = program_.levels[a].source;
  level.parent = program_.levels[a].parent;
  level.origin = a;
  level.second = b;
  return AddLevel(level, {});
}

LevelId Graph::Split(LevelId parent, NodeId text, NodeId separator, NodeId limit) {
  Level level;
  level.kind = LevelKind::kSplit;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.mask = text;
  std::vector<NodeId> args = {text, separator};
  if (limit != kNoNode) args.push_back(limit);
  return AddLevel(level, args);
}

LevelId Graph::Extracted(LevelId parent, NodeId text, NodeId pattern) {
  Level level;
  level.kind = LevelKind::kExtracted;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.mask = text;
  return AddLevel(level, {text, pattern});
}

LevelId Graph::Ordered(LevelId origin, NodeId key) {
  Level level;
  level.kind = LevelKind::kOrdered;
  level.source = program_.levels[origin].source;
  level.parent = program_.levels[origin].parent;
  level.origin = origin;
  level.mask = key;
  return AddLevel(level, key == kNoNode ? std::vector<NodeId>{} : std::vector<NodeId>{key});
}

LevelId Graph::Flattened(LevelId inner) {
  Level level;
  level.kind = LevelKind::kFlattened;
  level.source = program_.levels[inner].source;
  level.parent = program_.levels[program_.levels[inner].parent].parent;
  level.origin = inner;
  return AddLevel(level, {});
}

LevelId Graph::Counted(LevelId parent, NodeId count) {
  Level level;
  level.kind = LevelKind::kCounted;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.mask = count;
  return AddLevel(level, {count});
}

}  // namespace assay
