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

constexpr int kParts[] = {kBelow, kLaidOver};

// Small for few rows: they are often all that is laid over.
size_t ArenaBlock(size_t rows) { return std::clamp(rows * 256, size_t{1} << 11, kArenaBlock); }

// The rows of a part; nullptr where nothing is laid over.
const Dataset* PartOf(const std::shared_ptr<const Dataset>& dataset, int part) {
  if (part == kLaidOver) return dataset->below == nullptr ? nullptr : dataset.get();
  return dataset->below == nullptr ? dataset.get() : dataset->below.get();
}

// Makes columns from those under them: of the same program, over some of the same rows.
class Derivation {
 public:
  // Without `inputs` what is of the run has no columns.
  Derivation(std::shared_ptr<const Executable> executable, std::shared_ptr<const ReferenceColumns> under,
             std::vector<std::shared_ptr<const Dataset>> datasets, const std::vector<Vector>* inputs)
      : program_(executable->program()), nodes_(executable->static_nodes()), inputs_(inputs) {
    result_->executable = std::move(executable);
    result_->under = std::move(under);
    result_->datasets = std::move(datasets);
    is_changed_.assign(result_->datasets.size(), true);
    for (PartState& part : parts_) {
      part.frames.resize(result_->datasets.size());
      part.is_new.assign(result_->datasets.size(), false);
      part.is_computed.assign(program_.nodes.size(), false);
    }
    Inherit();
  }

  // Over other rows than those under it, or for a run that has values of its own.
  bool is_needed() const {
    return std::find(is_changed_.begin(), is_changed_.end(), true) != is_changed_.end() ||
           (inputs_ != nullptr && nodes_.has_of_run);
  }

  // A node may gather from a dataset of a higher number, so nodes run in their own order, each in its source's frames.
  std::shared_ptr<const ReferenceColumns> Derive() {
    for (size_t source = 0; source < result_->datasets.size(); ++source) {
      for (const int part : kParts) {
        if (parts_[part].is_new[source]) FrameOf(part, static_cast<int>(source));
      }
    }
    for (const NodeId id : nodes_.steps) {
      if (!ComputeEverywhere(id)) break;
    }
    for (const int part : kParts) {
      for (size_t source = 0; source < result_->datasets.size(); ++source) {
        const std::unique_ptr<Frame>& frame = parts_[part].frames[source];
        if (frame != nullptr) Own(part)->cost_left[source] = frame->cost_left;
      }
    }
    return std::move(result_);
  }

 private:
  // What is made of a part here.
  struct PartState {
    std::shared_ptr<ReferencePart> own;          // nullptr as long as all stands in what is under
    std::vector<std::unique_ptr<Frame>> frames;  // by dataset, of those of which anything is computed
    std::vector<bool> is_new;                    // by dataset: not the rows that are under
    std::vector<bool> is_computed;               // by node: here, not under
  };

  void Inherit() {
    const ReferenceColumns* const under = result_->under.get();
    for (const int part : kParts) {
      if (under != nullptr) {
        result_->parts[part] = under->parts[part];
      } else {
        auto empty = std::make_shared<ReferencePart>();
        empty->columns.resize(program_.nodes.size());
        empty->levels.resize(program_.levels.size());
        empty->errors.resize(result_->datasets.size());
        empty->cost_left.resize(result_->datasets.size());
        empty->indexes.resize(program_.lookups.size());
        result_->parts[part] = std::move(empty);
      }
      for (size_t source = 0; source < result_->datasets.size(); ++source) {
        const Dataset* const rows = PartOf(result_->datasets[source], part);
        parts_[part].is_new[source] =
            rows != nullptr && (under == nullptr || rows != PartOf(under->datasets[source], part));
      }
    }
    for (size_t source = 0; under != nullptr && source < is_changed_.size(); ++source) {
      is_changed_[source] = result_->datasets[source] != under->datasets[source];
    }
  }

  // To be written to: a copy of what is under, from the first time on.
  ReferencePart* Own(int part) {
    std::shared_ptr<ReferencePart>& own = parts_[part].own;
    if (own == nullptr) {
      own = std::make_shared<ReferencePart>(*result_->parts[part]);
      result_->parts[part] = own;
    }
    return own.get();
  }

  // False if the rows cost more than they may.
  bool ComputeEverywhere(NodeId id) {
    for (const int part : kParts) {
      BuildIndexFor(part, program_.nodes[id]);
      if (!program_.is_static(id) || !IsToCompute(part, id)) continue;
      const int source = program_.levels[program_.nodes[id].level].source;
      if (!Compute(part, source, id)) {
        result_->over_budget = program_.datasets[source].name;
        return false;
      }
    }
    return true;
  }

  bool IsToCompute(int part, NodeId id) const {
    const int source = program_.levels[program_.nodes[id].level].source;
    if (PartOf(result_->datasets[source], part) == nullptr) return false;
    if (nodes_.is_of_run[id]) return inputs_ != nullptr;
    const std::vector<int>& looks_up = nodes_.looks_up[id];
    return parts_[part].is_new[source] ||
           std::any_of(looks_up.begin(), looks_up.end(), [this](int dataset) { return is_changed_[dataset]; });
  }

  // False if the rows cost more than they may.
  bool Compute(int part, int source, NodeId id) {
    Frame* const frame = FrameOf(part, source);
    Run(frame, {id});
    if (frame->is_over_budget) return false;
    const Node& node = program_.nodes[id];
    Own(part)->columns[id] = frame->columns[id];
    if (node.kind == NodeKind::kLevel) Own(part)->levels[node.index] = frame->levels[node.index];
    parts_[part].is_computed[id] = true;
    return true;
  }

  // A frame goes on where the columns under it end.
  Frame* FrameOf(int part, int source) {
    std::unique_ptr<Frame>& made = parts_[part].frames[source];
    if (made != nullptr) return made.get();
    made = std::make_unique<Frame>();
    Frame* const frame = made.get();
    const Dataset& dataset = *PartOf(result_->datasets[source], part);
    ReferencePart* const own = Own(part);
    const bool is_new = parts_[part].is_new[source];
    auto errors = std::make_shared<ErrorTable>(is_new ? dataset.columns->errors() : *own->errors[source]);
    result_->arenas.push_back(std::make_unique<Arena>(ArenaBlock(dataset.columns->rows())));
    frame->source = source;
    if (inputs_ != nullptr) frame->inputs = *inputs_;
    BeginRun(*result_->executable, dataset.columns.get(), result_.get(), result_->arenas.back().get(), errors.get(),
             frame);
    own->errors[source] = std::move(errors);
    if (!is_new) frame->cost_left = own->cost_left[source];
    for (size_t id = 0; id < program_.levels.size(); ++id) {
      if (program_.levels[id].source != source) continue;
      if (is_new) {
        own->levels[id] = frame->levels[id];
      } else {
        frame->levels[id] = own->levels[id];
      }
    }
    if (!is_new) frame->columns = own->columns;
    for (const NodeId id : nodes_.constants[source]) {
      if (inputs_ != nullptr || !nodes_.is_of_run[id]) Run(frame, {id});
    }
    return frame;
  }

  // The index of keys that are worked out, built when the first who looks by it is about to.
  void BuildIndexFor(int part, const Node& node) {
    const Lookup* const lookup = LookupOf(program_, node);
    if (lookup == nullptr || lookup->key_nodes.empty()) return;
    const Dataset* const rows = PartOf(result_->datasets[lookup->dataset], part);
    if (rows == nullptr) return;
    const auto is_of_run = [this](NodeId key) { return nodes_.is_of_run[key]; };
    const auto is_computed = [this, part](NodeId key) { return parts_[part].is_computed[key]; };
    const std::vector<NodeId>& keys = lookup->key_nodes;
    if (std::any_of(keys.begin(), keys.end(), is_of_run)) {
      if (inputs_ == nullptr) return;
    } else if (!parts_[part].is_new[lookup->dataset] && std::none_of(keys.begin(), keys.end(), is_computed)) {
      return;  // the one under it
    }
    std::shared_ptr<const KeyIndex>& index = built_[{part, lookup->dataset, keys, lookup->order_slots}];
    if (index == nullptr) index = BuildIndex(part, *lookup, *rows->columns);
    Own(part)->indexes[static_cast<size_t>(lookup - program_.lookups.data())] = index;
  }

  std::shared_ptr<const KeyIndex> BuildIndex(int part, const Lookup& lookup, const ColumnSet& columns) {
    std::vector<Vector> keys;
    std::vector<Vector> orders;
    keys.reserve(lookup.key_nodes.size());
    orders.reserve(lookup.order_slots.size());
    for (NodeId key : lookup.key_nodes) keys.push_back(AtEachRow(part, lookup.dataset, key, columns.rows()));
    for (int slot : lookup.order_slots) orders.push_back(columns.column(slot));
    return std::make_shared<KeyIndex>(std::move(keys), orders, columns.rows());
  }

  // A constant stands at every row.
  Vector AtEachRow(int part, int dataset, NodeId key, size_t rows) {
    if (program_.nodes[key].level != kConstantLevel) return result_->parts[part]->columns[key];
    const Frame& frame = *FrameOf(part, dataset);
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
  PartState parts_[2];
  std::vector<bool> is_changed_;  // by dataset: those who look it up may find something else than under
  std::map<std::tuple<int, int, std::vector<NodeId>, std::vector<int>>, std::shared_ptr<const KeyIndex>> built_;
};

using Columns = std::shared_ptr<const ReferenceColumns>;

Columns Derived(const std::shared_ptr<const Executable>& executable, const Columns& under, const Snapshot& snapshot,
                const std::vector<Vector>* inputs) {
  if (under != nullptr && !under->over_budget.empty() && under->datasets == snapshot.datasets()) return under;
  Derivation derivation(executable, under, snapshot.datasets(), inputs);
  return under != nullptr && !derivation.is_needed() ? under : derivation.Derive();
}

// What depends on rows alone.
Columns KeptFor(const std::shared_ptr<const Executable>& executable, const Snapshot& snapshot) {
  KeptColumns& kept = snapshot.kept_columns();
  const std::lock_guard<std::mutex> lock(kept.mutex);
  if (kept.columns != nullptr && kept.columns->executable == executable) return kept.columns;
  Columns under = snapshot.base() == nullptr ? nullptr : KeptFor(executable, *snapshot.base());
  if (under != nullptr && !under->over_budget.empty()) under = nullptr;  // it ends in the midst
  kept.columns = Derived(executable, under, snapshot, nullptr);
  return kept.columns;
}

}  // namespace

std::shared_ptr<const ReferenceColumns> ReferenceColumnsFor(const std::shared_ptr<const Executable>& executable,
                                                            const Snapshot& snapshot,
                                                            const std::vector<Vector>& inputs) {
  return Derived(executable, KeptFor(executable, snapshot), snapshot, &inputs);
}

ErrorCode TranslateError(Frame* frame, int source, int part, ErrorCode code) {
  if (code == 0 || source == frame->source || source == kBatchSource) return code;
  const ReferenceColumns& reference = *frame->reference;
  CellError error = reference.parts[part]->errors[source]->Get(code);
  if (error.source == kBatchSource) error.source = source;
  // Outside of its part a row goes by its number among all rows.
  if (part == kLaidOver && error.source == source) {
    error.row += error.field != nullptr
                     ? static_cast<int32_t>(reference.datasets[source]->below->columns->level(error.level).size)
                     : reference.parts[kBelow]->levels[error.level].size;
  }
  return frame->errors->Add(error);
}

}  // namespace assay
