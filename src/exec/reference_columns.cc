// Runs the nodes of each dataset's levels over its rows. Entry point:
// ComputeReferenceColumns.
#include "exec/reference_columns.h"

namespace assay {
namespace {

// Whether the level is the constant one, or holds the elements of lists there.
bool IsConstant(const Program& program, LevelId level) {
  while (level != kConstantLevel && program.levels[level].kind != LevelKind::kRoot)
    level = program.levels[level].parent;
  return level == kConstantLevel;
}

}  // namespace

std::unique_ptr<const ReferenceColumns> ComputeReferenceColumns(const Executable& executable,
                                                                std::shared_ptr<const Snapshot> snapshot,
                                                                const std::vector<Vector>& inputs) {
  const Program& program = executable.program();
  auto result = std::make_unique<ReferenceColumns>();
  result->snapshot = std::move(snapshot);
  result->columns.resize(program.nodes.size());
  result->levels.resize(program.levels.size());
  std::vector<NodeId> constants;
  for (size_t id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    if (node.stage == 0 && IsConstant(program, node.level)) constants.push_back(static_cast<NodeId>(id));
  }
  for (size_t source = 0; source < program.datasets.size(); ++source) {
    const Dataset& dataset = result->snapshot->dataset(static_cast<int>(source));
    result->errors.push_back(dataset.columns->errors());
    result->arenas.push_back(std::make_unique<Arena>(size_t{1} << 16));
  }
  // A node may gather from a dataset of a higher number, so nodes run in their own order, each in its source's frame.
  std::vector<Frame> frames(program.datasets.size());
  for (size_t source = 0; source < frames.size(); ++source) {
    frames[source].source = static_cast<int>(source);
    frames[source].inputs = inputs;
    BeginRun(executable, result->snapshot->dataset(static_cast<int>(source)).columns.get(), result.get(),
             result->arenas[source].get(), &result->errors[source], &frames[source]);
    Run(&frames[source], constants);
    for (size_t id = 0; id < program.levels.size(); ++id) {
      if (program.levels[id].source == static_cast<int>(source)) result->levels[id] = frames[source].levels[id];
    }
  }
  for (size_t id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    const int source = program.levels[node.level].source;
    if (source == kBatchSource) continue;
    Frame& frame = frames[source];
    Run(&frame, {static_cast<NodeId>(id)});
    if (frame.is_over_budget) {
      result->over_budget = program.datasets[source].name;
      return result;
    }
    result->columns[id] = frame.columns[id];
    if (node.kind == NodeKind::kLevel) result->levels[node.index] = frame.levels[node.index];
  }
  return result;
}

ErrorCode TranslateError(Frame* frame, int source, ErrorCode code) {
  if (code == 0 || source == frame->source) return code;
  const ErrorTable& table = source == kBatchSource ? *frame->errors : frame->reference->errors[source];
  if (source == kBatchSource) return code;
  CellError error = table.Get(code);
  if (error.source == kBatchSource) error.source = source;
  return frame->errors->Add(error);
}

}  // namespace assay
