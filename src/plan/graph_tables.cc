// Nodes and levels of decision tables. Entry points: Graph::AddTable, TableRows, TableHit, TableHits, TableAnswer.
#include <algorithm>

#include "plan/graph.h"

namespace assay {
namespace {

// The place of an equal value, which is added if there is none.
template <typename T>
int IndexOf(const T& value, std::vector<T>* values) {
  const auto found = std::find(values->begin(), values->end(), value);
  const auto index = static_cast<int>(found - values->begin());
  if (found == values->end()) values->push_back(value);
  return index;
}

}  // namespace

int Graph::AddTable(const std::shared_ptr<const DecisionTable>& table) { return IndexOf(table, &program_.tables); }

int Graph::TableCallIndex(const TableCall& call) { return IndexOf(call, &program_.table_calls); }

uint8_t Graph::StageOf(const TableCall& call) const {
  uint8_t stage = 0;
  for (const std::vector<NodeId>* nodes : {&call.inputs, &call.predicates}) {
    for (NodeId node : *nodes) stage = node == kNoNode ? stage : std::max(stage, program_.nodes[node].stage);
  }
  return stage;
}

LevelId Graph::TableRows(int table) {
  Level level;
  level.kind = LevelKind::kTable;
  level.parent = kConstantLevel;
  level.lookup = table;
  return AddLevel(level, {});
}

LevelId Graph::TableHits(LevelId parent, const TableCall& call) {
  Level level;
  level.kind = LevelKind::kTableHits;
  level.source = program_.levels[parent].source;
  level.parent = parent;
  level.origin = TableRows(call.table);
  level.lookup = TableCallIndex(call);
  level.stage = StageOf(call);
  return AddLevel(level, {});
}

NodeId Graph::TableHit(LevelId level, const TableCall& call) {
  Node node;
  node.kind = NodeKind::kTableHit;
  node.type = Physical::kRow;
  node.level = level;
  node.index = TableCallIndex(call);
  node.stage = StageOf(call);
  return Add(node);
}

NodeId Graph::TableAnswer(NodeId row, const assay::TableAnswer& answer, Physical type, DecimalSize size) {
  Node node;
  node.kind = NodeKind::kTableAnswer;
  node.type = type;
  node.scale = static_cast<uint8_t>(size.scale);
  node.digits = static_cast<uint8_t>(size.digits);
  node.level = program_.nodes[row].level;
  node.index = IndexOf(answer, &program_.table_answers);
  for (NodeId expression : answer.expressions) node.stage = std::max(node.stage, program_.nodes[expression].stage);
  node.arg_count = 1;
  node.args[0] = row;
  return Add(node);
}

}  // namespace assay
