// Moving values between rows: gathers, maps to parents and sources, positions,
// counts, lists written out, indexing. Entry point: SelectRows.
#include <limits>

#include "exec/kernels.h"
#include "exec/reference_columns.h"

namespace assay {
namespace {

// A column from which rows are taken: of the frame, or of a dataset in its two parts.
template <typename T>
class Taken {
 public:
  Taken(Frame* frame, NodeId node) : frame_(frame) {
    source_ = frame->program->levels[frame->program->nodes[node].level].source;
    const bool is_own = source_ == kBatchSource || source_ == frame->source;
    parts_[kBelow] = is_own ? frame->columns[node] : frame->reference->parts[kBelow]->columns[node];
    parts_[kLaidOver] = parts_[kBelow];
    if (is_own || !frame->reference->is_laid_over(source_)) return;
    parts_[kLaidOver] = frame->reference->parts[kLaidOver]->columns[node];
    split_ = static_cast<int32_t>(parts_[kBelow].size);
  }

  bool has_errors() const { return parts_[kBelow].has_errors() || parts_[kLaidOver].has_errors(); }

  // -1 is no row: the other side of a joined list, never chosen.
  T operator[](int32_t row) const {
    if (row < 0) return T();
    return row < split_ ? static_cast<const T*>(parts_[kBelow].data)[row]
                        : static_cast<const T*>(parts_[kLaidOver].data)[row - split_];
  }

  ErrorCode error(int32_t row) const {
    const int part = row < split_ ? kBelow : kLaidOver;
    const ErrorCode code = parts_[part].error(static_cast<size_t>(part == kBelow ? row : row - split_));
    return TranslateError(frame_, source_, part, code);
  }

 private:
  Frame* const frame_;
  int source_ = kBatchSource;
  Vector parts_[2];                                      // the same where nothing is laid over
  int32_t split_ = std::numeric_limits<int32_t>::max();  // from this row on they are of the second part
};

// a[b], where `a` may belong to a dataset.
template <typename T>
void Gather(Frame* frame, const Node& node) {
  const Taken<T> from(frame, node.args[0]);
  const Arg<int32_t> index = ArgOf<int32_t>(*frame, node, 1);
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  Out<T> out = {static_cast<T*>(frame->arena->Allocate(size * sizeof(T), alignof(std::max_align_t))), nullptr, size};
  if (index.errors == nullptr && !from.has_errors()) {
    for (size_t i = 0; i < size; ++i) out.data[i] = from[index[i]];
    return Store(frame, node, out);
  }
  out.errors = NewErrors(frame, size);
  for (size_t i = 0; i < size; ++i) {
    out.data[i] = T();
    out.errors[i] = index.error(i);
    if (out.errors[i] != 0 || index[i] < 0) continue;
    out.data[i] = from[index[i]];
    out.errors[i] = from.error(index[i]);
  }
  Store(frame, node, out);
}

void StoreMap(Frame* frame, const Node& node, const int32_t* map) {
  Store(frame, node, Out<int32_t>{const_cast<int32_t*>(map), nullptr, static_cast<size_t>(frame->Size(node.level))});
}

void ParentMap(Frame* frame, const Node& node) { StoreMap(frame, node, frame->levels[node.index].parent); }

void SourceMap(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  StoreMap(frame, node, node.option == 0 ? rows.source : rows.second);
}

void ChoiceMap(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  Store(frame, node, Out<uint8_t>{const_cast<uint8_t*>(rows.choice), nullptr, static_cast<size_t>(rows.size)});
}

void SplitText(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  Store(frame, node,
        Out<absl::string_view>{const_cast<absl::string_view*>(rows.text), nullptr, static_cast<size_t>(rows.size)});
}

void Position(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Out<int64_t> out = NewOut<int64_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) out.data[i] = static_cast<int64_t>(i) - rows.begin[rows.parent[i]];
  Store(frame, node, out);
}

void Count(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Out<int64_t> out = NewOut<int64_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) out.data[i] = rows.begin[i + 1] - rows.begin[i];
  Store(frame, node, out);
}

template <typename T>
void Turns(Frame* frame, const Node& node) {
  const std::vector<NodeId>& sources = frame->program->turns[node.index];
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  Out<T> out = {static_cast<T*>(frame->arena->Allocate(size * sizeof(T), alignof(std::max_align_t))), nullptr, size};
  const size_t width = sources.size();
  for (size_t k = 0; k < width; ++k) {
    const Vector& column = ColumnOf(*frame, sources[k]);
    const bool constant = frame->program->nodes[sources[k]].level == kConstantLevel;
    const size_t mask = constant ? 0 : ~size_t{0};
    const T* data = static_cast<const T*>(column.data);
    if (column.errors != nullptr && out.errors == nullptr) out.errors = NewErrors(frame, size);
    for (size_t i = k, parent = 0; i < size; i += width, ++parent) {
      out.data[i] = data[parent & mask];
      if (column.errors != nullptr) out.errors[i] = column.errors[parent & mask];
    }
  }
  Store(frame, node, out);
}

void At(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<int64_t> position = ArgOf<int64_t>(*frame, node, 0);
  Out<int32_t> out = NewOut<int32_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) {
    out.data[i] = 0;
    if (out.errors != nullptr && out.errors[i] != 0) continue;
    const int64_t count = rows.begin[i + 1] - rows.begin[i];
    if (position[i] >= 0 && position[i] < count) {
      out.data[i] = rows.begin[i] + static_cast<int32_t>(position[i]);
    } else if (node.option == 1) {
      SetError(frame, node, &out, i, ErrorKind::kNoSuchKey, "");
    } else {
      SetError(frame, node, &out, i, ErrorKind::kOutOfRange, kNoSuchElement);
    }
  }
  Store(frame, node, out);
}

template <template <typename> class Make>
Kernel BySize(Physical type) {
  switch (PhysicalSize(type)) {
    case 1:
      return Make<uint8_t>::kKernel;
    case 4:
      return Make<int32_t>::kKernel;
    case 8:
      return Make<int64_t>::kKernel;
    default:
      return Make<SixteenBytes>::kKernel;
  }
}

template <typename T>
struct MakeGather {
  static constexpr Kernel kKernel = Gather<T>;
};
template <typename T>
struct MakeTurns {
  static constexpr Kernel kKernel = Turns<T>;
};

}  // namespace

Kernel SelectRows(const Program& program, const Node& node) {
  switch (node.kind) {
    case NodeKind::kGather:
      return BySize<MakeGather>(node.type);
    case NodeKind::kTurns:
      for (NodeId turn : program.turns[node.index]) {
        if (PhysicalSize(program.nodes[turn].type) != PhysicalSize(node.type)) return nullptr;
      }
      return BySize<MakeTurns>(node.type);
    case NodeKind::kParentMap:
      return ParentMap;
    case NodeKind::kSourceMap:
      return SourceMap;
    case NodeKind::kChoiceMap:
      return ChoiceMap;
    case NodeKind::kSplitText:
      return SplitText;
    case NodeKind::kPosition:
      return Position;
    case NodeKind::kCount:
      return Count;
    case NodeKind::kAt:
      return At;
    default:
      return nullptr;
  }
}

}  // namespace assay
