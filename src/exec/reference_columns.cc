// Runs the nodes of each dataset's levels over its rows: those that depend on rows alone once for a snapshot, the
// others once for each run. Entry point: ReferenceColumnsFor.
#include "exec/reference_columns.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <tuple>
#include <utility>

namespace assay {
namespace {

// Makes columns from those below them: of the same program, over some of the same datasets.
class Derivation {
 public:
  // Without `inputs` what is of the run has no columns.
  Derivation(std::shared_ptr<const Executable> executable, std::shared_ptr<const ReferenceColumns> below,
             std::vector<std::shared_ptr<const Dataset>> datasets, const std::vector<Vector>* inputs)
      : program_(executable->program()), nodes_(executable->static_nodes()), inputs_(inputs) {
    result_->executable = std::move(executable);
    result_->below = std::move(below);
    result_->datasets = std::move(datasets);
    frames_.resize(result_->datasets.size());
    is_new_.assign(result_->datasets.size(), true);
    is_computed_.assign(program_.nodes.size(), false);
    Inherit();
  }

  // Over other rows than those below, or for a run that has values of its own.
  bool is_needed() const {
    return std::find(is_new_.begin(), is_new_.end(), true) != is_new_.end() ||
           (inputs_ != nullptr && nodes_.has_of_run);
  }

  // A node may gather from a dataset of a higher number, so nodes run in their own order, each in its source's frame.
  std::shared_ptr<const ReferenceColumns> Derive() {
    for (size_t source = 0; source < frames_.size(); ++source) {
      if (is_new_[source]) FrameOf(static_cast<int>(source));
    }
    for (const NodeId id : nodes_.steps) {
      BuildIndexFor(program_.nodes[id]);
      if (!program_.is_static(id) || !IsToCompute(id)) continue;
      const int source = program_.levels[program_.nodes[id].level].source;
      if (!Compute(source, id)) {
        result_->over_budget = program_.datasets[source].name;
        break;
      }
    }
    for (size_t source = 0; source < frames_.size(); ++source) {
      if (frames_[source] != nullptr) result_->cost_left[source] = frames_[source]->cost_left;
    }
    return std::move(result_);
  }

 private:
  void Inherit() {
    const ReferenceColumns* const below = result_->below.get();
    if (below == nullptr) {
      result_->columns.resize(program_.nodes.size());
      result_->levels.resize(program_.levels.size());
      result_->errors.resize(frames_.size());
      result_->cost_left.resize(frames_.size());
      result_->indexes.resize(program_.lookups.size());
      return;
    }
    result_->columns = below->columns;
    result_->levels = below->levels;
    result_->errors = below->errors;
    result_->cost_left = below->cost_left;
    result_->indexes = below->indexes;
    for (size_t source = 0; source < frames_.size(); ++source) {
      is_new_[source] = result_->datasets[source] != below->datasets[source];
    }
  }

  bool IsToCompute(NodeId id) const {
    if (nodes_.is_of_run[id]) return inputs_ != nullptr;
    const std::vector<int>& looks_up = nodes_.looks_up[id];
    return is_new_[program_.levels[program_.nodes[id].level].source] ||
           std::any_of(looks_up.begin(), looks_up.end(), [this](int dataset) { return is_new_[dataset]; });
  }

  // False if the dataset's rows cost more than they may.
  bool Compute(int source, NodeId id) {
    Frame* const frame = FrameOf(source);
    Run(frame, {id});
    if (frame->is_over_budget) return false;
    const Node& node = program_.nodes[id];
    result_->columns[id] = frame->columns[id];
    if (node.kind == NodeKind::kLevel) result_->levels[node.index] = frame->levels[node.index];
    is_computed_[id] = true;
    return true;
  }

  // A frame goes on where the columns below end.
  Frame* FrameOf(int source) {
    if (frames_[source] != nullptr) return frames_[source].get();
    frames_[source] = std::make_unique<Frame>();
    Frame* const frame = frames_[source].get();
    const Dataset& dataset = *result_->datasets[source];
    const bool is_new = is_new_[source];
    auto errors = std::make_shared<ErrorTable>(is_new ? dataset.columns->errors() : *result_->errors[source]);
    result_->arenas.push_back(std::make_unique<Arena>(size_t{1} << 16));
    frame->source = source;
    if (inputs_ != nullptr) frame->inputs = *inputs_;
    BeginRun(*result_->executable, dataset.columns.get(), result_.get(), result_->arenas.back().get(), errors.get(),
             frame);
    result_->errors[source] = std::move(errors);
    if (!is_new) frame->cost_left = result_->cost_left[source];
    for (size_t id = 0; id < program_.levels.size(); ++id) {
      if (program_.levels[id].source != source) continue;
      if (is_new) {
        result_->levels[id] = frame->levels[id];
      } else {
        frame->levels[id] = result_->levels[id];
      }
    }
    if (!is_new) frame->columns = result_->columns;
    for (const NodeId id : nodes_.constants[source]) {
      if (inputs_ != nullptr || !nodes_.is_of_run[id]) Run(frame, {id});
    }
    return frame;
  }

  // The index of keys that are worked out, built when the first who looks by it is about to.
  void BuildIndexFor(const Node& node) {
    const Lookup* const lookup = LookupOf(program_, node);
    if (lookup == nullptr || lookup->key_nodes.empty()) return;
    const auto is_of_run = [this](NodeId key) { return nodes_.is_of_run[key]; };
    const auto is_computed = [this](NodeId key) { return is_computed_[key]; };
    const std::vector<NodeId>& keys = lookup->key_nodes;
    if (std::any_of(keys.begin(), keys.end(), is_of_run)) {
      if (inputs_ == nullptr) return;
    } else if (!is_new_[lookup->dataset] && std::none_of(keys.begin(), keys.end(), is_computed)) {
      return;  // the one below
    }
    std::shared_ptr<const KeyIndex>& index = built_[{lookup->dataset, keys, lookup->order_slots}];
    if (index == nullptr) index = BuildIndex(*lookup);
    result_->indexes[static_cast<size_t>(lookup - program_.lookups.data())] = index;
  }

  std::shared_ptr<const KeyIndex> BuildIndex(const Lookup& lookup) {
    const ColumnSet& columns = *result_->datasets[lookup.dataset]->columns;
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
    if (program_.nodes[key].level != kConstantLevel) return result_->columns[key];
    const Frame& frame = *FrameOf(dataset);
    const Vector& column = frame.columns[key];
    const size_t width = PhysicalSize(column.type);
    char* const values = static_cast<char*>(frame.arena->Allocate(width * rows, alignof(std::max_align_t)));
    for (size_t row = 0; row < rows; ++row) std::memcpy(values + row * width, column.data, width);
    ErrorCode* const errors = frame.arena->AllocateSpan<ErrorCode>(rows).data();
    std::fill_n(errors, rows, column.error(0));
    return {column.type, values, errors, rows};
  }

  const Program& program_;
  const StaticNodes& nodes_;
  const std::vector<Vector>* const inputs_;
  std::shared_ptr<ReferenceColumns> result_ = std::make_shared<ReferenceColumns>();
  std::vector<std::unique_ptr<Frame>> frames_;  // by dataset, of those of which anything is computed
  std::vector<bool> is_new_;                    // by dataset: not what is below
  std::vector<bool> is_computed_;               // by node: here, not below
  std::map<std::tuple<int, std::vector<NodeId>, std::vector<int>>, std::shared_ptr<const KeyIndex>> built_;
};

using Columns = std::shared_ptr<const ReferenceColumns>;

Columns Derived(const std::shared_ptr<const Executable>& executable, const Columns& below, const Snapshot& snapshot,
                const std::vector<Vector>* inputs) {
  if (below != nullptr && !below->over_budget.empty() && below->datasets == snapshot.datasets()) return below;
  Derivation derivation(executable, below, snapshot.datasets(), inputs);
  return below != nullptr && !derivation.is_needed() ? below : derivation.Derive();
}

// What depends on rows alone.
Columns KeptFor(const std::shared_ptr<const Executable>& executable, const Snapshot& snapshot) {
  KeptColumns& kept = snapshot.kept_columns();
  const std::lock_guard<std::mutex> lock(kept.mutex);
  if (kept.columns != nullptr && kept.columns->executable == executable) return kept.columns;
  Columns below = snapshot.base() == nullptr ? nullptr : KeptFor(executable, *snapshot.base());
  if (below != nullptr && !below->over_budget.empty()) below = nullptr;  // it ends in the midst
  kept.columns = Derived(executable, below, snapshot, nullptr);
  return kept.columns;
}

}  // namespace

std::shared_ptr<const ReferenceColumns> ReferenceColumnsFor(const std::shared_ptr<const Executable>& executable,
                                                            const Snapshot& snapshot,
                                                            const std::vector<Vector>& inputs) {
  return Derived(executable, KeptFor(executable, snapshot), snapshot, &inputs);
}

ErrorCode TranslateError(Frame* frame, int source, ErrorCode code) {
  if (code == 0 || source == frame->source) return code;
  const ErrorTable& table = source == kBatchSource ? *frame->errors : *frame->reference->errors[source];
  if (source == kBatchSource) return code;
  CellError error = table.Get(code);
  if (error.source == kBatchSource) error.source = source;
  return frame->errors->Add(error);
}

}  // namespace assay
