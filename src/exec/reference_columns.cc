// Runs the nodes of each dataset's levels over its rows. Entry point:
// ComputeReferenceColumns.
#include "exec/reference_columns.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <tuple>
#include <utility>

namespace assay {
namespace {

// The indexes of keys that are worked out, each built when the first who looks by it is about to.
class ComputedKeys {
 public:
  ComputedKeys(const std::vector<Frame>* frames, ReferenceColumns* result) : frames_(*frames), result_(*result) {}

  void BuildFor(const Node& node) {
    const Program& program = *frames_[0].program;
    const Lookup* const lookup = LookupOf(program, node);
    if (lookup == nullptr || lookup->key_nodes.empty()) return;
    std::shared_ptr<const KeyIndex>& index = built_[{lookup->dataset, lookup->key_nodes, lookup->order_slots}];
    if (index == nullptr) index = Build(*lookup);
    result_.indexes[static_cast<size_t>(lookup - program.lookups.data())] = index;
  }

 private:
  std::shared_ptr<const KeyIndex> Build(const Lookup& lookup) {
    const ColumnSet& columns = *result_.snapshot->dataset(lookup.dataset).columns;
    std::vector<Vector> keys;
    std::vector<Vector> orders;
    keys.reserve(lookup.key_nodes.size());
    orders.reserve(lookup.order_slots.size());
    for (NodeId key : lookup.key_nodes) keys.push_back(AtEachRow(lookup.dataset, key, columns.rows()));
    for (int slot : lookup.order_slots) orders.push_back(columns.column(slot));
    return std::make_shared<KeyIndex>(std::move(keys), orders, columns.rows());
  }

  // A constant stands at every row.
  Vector AtEachRow(int dataset, NodeId key, size_t rows) {
    const Frame& frame = frames_[static_cast<size_t>(dataset)];
    const Vector& column = frame.columns[key];
    if (frame.program->nodes[key].level != kConstantLevel) return column;
    const size_t width = PhysicalSize(column.type);
    char* const values = static_cast<char*>(frame.arena->Allocate(width * rows, alignof(std::max_align_t)));
    for (size_t row = 0; row < rows; ++row) std::memcpy(values + row * width, column.data, width);
    ErrorCode* const errors = frame.arena->AllocateSpan<ErrorCode>(rows).data();
    std::fill_n(errors, rows, column.error(0));
    return {column.type, values, errors, rows};
  }

  const std::vector<Frame>& frames_;
  ReferenceColumns& result_;
  std::map<std::tuple<int, std::vector<NodeId>, std::vector<int>>, std::shared_ptr<const KeyIndex>> built_;
};

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
    if (node.stage == 0 && IsOfConstants(program, node.level)) constants.push_back(static_cast<NodeId>(id));
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
  result->indexes.resize(program.lookups.size());
  ComputedKeys computed_keys(&frames, result.get());
  for (size_t id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    const int source = program.levels[node.level].source;
    computed_keys.BuildFor(node);
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
