// What a node is computed from. Entry points: EachInput, IsOfConstants, Needs.
#include <algorithm>

#include "plan/program.h"

namespace assay {
namespace {

void EachOf(const Lookup& lookup, absl::FunctionRef<void(NodeId)> visit) {
  for (NodeId key : lookup.keys) visit(key);
  for (NodeId key : lookup.key_nodes) visit(key);
  for (NodeId other : {lookup.day, lookup.within_time, lookup.within_id, lookup.within_hours, lookup.last}) {
    if (other != kNoNode) visit(other);
  }
}

void EachOf(const TableCall& call, absl::FunctionRef<void(NodeId)> visit) {
  for (const std::vector<NodeId>* inputs : {&call.inputs, &call.predicates}) {
    for (NodeId input : *inputs) {
      if (input != kNoNode) visit(input);
    }
  }
}

bool IsAboutLevel(NodeKind kind) {
  return kind == NodeKind::kCount || kind == NodeKind::kAggregate || kind == NodeKind::kAt ||
         kind == NodeKind::kParentMap || kind == NodeKind::kSourceMap || kind == NodeKind::kChoiceMap;
}

}  // namespace

const TableCall* TableCallOf(const Program& program, const Node& node) {
  if (node.kind == NodeKind::kTableHit) return &program.table_calls[node.index];
  if (node.kind != NodeKind::kLevel || program.levels[node.index].kind != LevelKind::kTableHits) return nullptr;
  return &program.table_calls[program.levels[node.index].lookup];
}

const Lookup* LookupOf(const Program& program, const Node& node) {
  if (node.kind == NodeKind::kLookup || node.kind == NodeKind::kCountJoined) return &program.lookups[node.index];
  if (node.kind != NodeKind::kLevel || program.levels[node.index].kind != LevelKind::kJoin) return nullptr;
  return &program.lookups[program.levels[node.index].lookup];
}

bool IsOfConstants(const Program& program, LevelId level) {
  while (level != kConstantLevel && program.levels[level].kind != LevelKind::kRoot)
    level = program.levels[level].parent;
  return level == kConstantLevel;
}

void EachInput(const Program& program, NodeId id, absl::FunctionRef<void(NodeId)> visit) {
  const Node& node = program.nodes[id];
  auto visit_level = [&](LevelId level) {
    for (; level > kConstantLevel; level = program.levels[level].parent) {
      if (program.levels[level].build != kNoNode) visit(program.levels[level].build);
    }
  };
  for (int i = 0; i < node.arg_count; ++i) visit(node.args[i]);
  visit_level(node.level);
  if (IsAboutLevel(node.kind)) visit_level(node.index);
  if (node.kind == NodeKind::kTurns || node.kind == NodeKind::kMember) {
    for (NodeId value : program.turns[node.index]) visit(value);
  }
  if (node.kind == NodeKind::kFormat) {
    for (NodeId value : program.format_calls[node.index].values) visit(value);
  }
  const TableCall* const call = TableCallOf(program, node);
  if (call != nullptr) EachOf(*call, visit);
  if (node.kind == NodeKind::kTableAnswer) {
    for (NodeId expression : program.table_answers[node.index].expressions) {
      if (expression != kNoNode) visit(expression);
    }
  }
  const Lookup* const lookup = LookupOf(program, node);
  if (lookup != nullptr) EachOf(*lookup, visit);
  if (node.kind != NodeKind::kLevel) return;
  const Level& level = program.levels[node.index];
  for (LevelId other : {level.origin, level.second}) visit_level(other);
}

std::vector<NodeId> Needs(const Program& program, const std::vector<NodeId>& roots, bool statics) {
  std::vector<bool> needed(program.nodes.size(), false);
  for (NodeId root : roots) {
    if (root != kNoNode) needed[root] = true;
  }
  // Nodes come after what they read, so one pass backwards finds everything.
  for (NodeId id = static_cast<NodeId>(program.nodes.size()) - 1; id >= 0; --id) {
    if (needed[id]) EachInput(program, id, [&](NodeId input) { needed[input] = true; });
  }
  std::vector<NodeId> order;
  for (size_t id = 0; id < needed.size(); ++id) {
    if (needed[id] && (statics || !program.is_static(static_cast<NodeId>(id))))
      order.push_back(static_cast<NodeId>(id));
  }
  return order;
}

}  // namespace assay
