// The state of one run of a program: the columns computed so far, the rows of its
// levels, and where new values and errors go.
//
// A Frame belongs to one thread. Memory comes from an arena that is kept from run
// to run, so that a warmed frame allocates nothing. Kernels see a Frame and a Node
// and nothing else.
#ifndef ASSAY_EXEC_FRAME_H_
#define ASSAY_EXEC_FRAME_H_

#include <cstring>
#include <limits>
#include <vector>

#include "base/arena.h"
#include "column/column_set.h"
#include "column/error_table.h"
#include "exec/missing_keys.h"
#include "plan/program.h"

namespace assay {

class Executable;

// Of a text, what costs as much as one value.
inline constexpr uint64_t kTextBytesPerValue = 16;

// The rows of a level in this run.
struct LevelRows {
  int32_t size = 0;
  const int32_t* parent = nullptr;          // row of the parent level, per row; ascending
  const int32_t* begin = nullptr;           // first row, per parent row, and one more
  const int32_t* source = nullptr;          // row of `origin`, per row
  const int32_t* second = nullptr;          // row of `second`, per row (kZip, kConcat)
  const uint8_t* choice = nullptr;          // kConcat: 1 for rows of `second`
  const absl::string_view* text = nullptr;  // kSplit
};

struct Frame {
  const Program* program = nullptr;
  const Executable* executable = nullptr;
  const struct ReferenceColumns* reference = nullptr;  // columns of the datasets
  const ColumnSet* batch = nullptr;
  Arena* arena = nullptr;
  ErrorTable* errors = nullptr;
  std::vector<Vector> columns;     // by node
  std::vector<bool> done;          // by node
  std::vector<LevelRows> levels;   // by level
  std::vector<Vector> inputs;      // by Node::index of kInput
  int source = kBatchSource;       // whose rows this frame computes over
  MissingKeys* missing = nullptr;  // where lookups of the batch tell what they lack, if asked
  // Scratch of decision tables, kept for its memory.
  std::vector<TableIndex::Found> found;
  std::vector<int32_t> hits;
  int64_t cost_left = 0;        // what the run may still cost (assay/limits.h); BeginRun allots it
  bool is_over_budget = false;  // it asked for more: the run is stopped, every value errs

  // False, now and until the next run, if there is not so much left.
  bool Take(uint64_t cost) {
    is_over_budget = is_over_budget || cost > static_cast<uint64_t>(cost_left);
    if (!is_over_budget) cost_left -= static_cast<int64_t>(cost);
    return !is_over_budget;
  }
  bool TakeText(uint64_t bytes) { return Take(bytes / kTextBytesPerValue); }
  // Of a level about to be made.
  bool TakeRows(uint64_t rows) {
    is_over_budget = is_over_budget || rows > std::numeric_limits<int32_t>::max();
    return Take(rows);
  }

  int32_t Size(LevelId level) const { return levels[level].size; }
  // Where errors of this frame's own making say they began.
  ErrorCode Fail(ErrorKind kind, const Node& node, int32_t row, absl::string_view detail) {
    CellError error;
    error.kind = kind;
    error.source = source;
    error.level = node.level;
    error.row = row;
    error.detail = detail;
    return errors->Add(error);
  }
};

// An argument as a kernel reads it: a constant stands beside every row.
template <typename T>
struct Arg {
  const T* data;
  const ErrorCode* errors;
  size_t mask;  // 0 for a constant

  const T& operator[](size_t row) const { return data[row & mask]; }
  ErrorCode error(size_t row) const { return errors == nullptr ? 0 : errors[row & mask]; }
  bool constant() const { return mask == 0; }
};

// The column of a node of the frame's own rows, or of constants. From a dataset's rows a gather alone takes values.
inline const Vector& ColumnOf(const Frame& frame, NodeId node) { return frame.columns[node]; }

template <typename T>
Arg<T> ArgOfNode(const Frame& frame, NodeId id) {
  const Vector& column = ColumnOf(frame, id);
  // A node of the constant level has one value; on its own level it is a plain column of one row.
  const bool constant = frame.program->nodes[id].level == kConstantLevel;
  return {static_cast<const T*>(column.data), column.errors, constant ? 0 : ~size_t{0}};
}

template <typename T>
Arg<T> ArgOf(const Frame& frame, const Node& node, int i) {
  return ArgOfNode<T>(frame, node.args[i]);
}

// A value of sixteen bytes as it is moved from row to row: unlike int128 it may lie at any multiple of eight, as
// strings and times do.
struct SixteenBytes {
  uint64_t words[2];
};

// The values a kernel makes: `size` of them, uninitialised, erring where an argument errs (the first argument's error
// wins).
template <typename T>
struct Out {
  T* data = nullptr;
  ErrorCode* errors = nullptr;  // nullptr until something errs
  size_t size = 0;
  bool shares_errors = false;  // `errors` is an argument's own array: SetError copies it first
};

ErrorCode* NewErrors(Frame* frame, size_t size);
ErrorCode* CopyErrors(Frame* frame, const ErrorCode* errors, size_t size);

// The arguments' errors in one array; nullptr if none errs. Most often one argument alone errs and lends its own.
struct MergedErrors {
  ErrorCode* errors;
  bool is_shared;  // not to be written to
};
MergedErrors MergeErrors(Frame* frame, const Node& node, size_t size);

template <typename T>
Out<T> NewOut(Frame* frame, const Node& node) {
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  T* data = static_cast<T*>(frame->arena->Allocate(size * sizeof(T), alignof(std::max_align_t)));
  const MergedErrors merged = MergeErrors(frame, node, size);
  return {data, merged.errors, size, merged.is_shared};
}

// The errors as an array of the output's own, to be written to.
template <typename T>
ErrorCode* OwnErrors(Frame* frame, Out<T>* out) {
  if (out->errors == nullptr) out->errors = NewErrors(frame, out->size);
  if (out->shares_errors) out->errors = CopyErrors(frame, out->errors, out->size);
  out->shares_errors = false;
  return out->errors;
}

// Makes one value an error. Never called for a row that errs already.
template <typename T>
void SetError(Frame* frame, const Node& node, Out<T>* out, size_t row, ErrorKind kind, absl::string_view detail) {
  OwnErrors(frame, out)[row] = frame->Fail(kind, node, static_cast<int32_t>(row), detail);
  out->data[row] = T();
}

template <typename T>
void Store(Frame* frame, const Node& node, const Out<T>& out) {
  Vector& column = frame->columns[&node - frame->program->nodes.data()];
  column = {node.type, out.data, out.errors, out.size};
}

// Computes one node into frame->columns. Never fails: what goes wrong is an error value.
using Kernel = void (*)(Frame* frame, const Node& node);

}  // namespace assay

#endif  // ASSAY_EXEC_FRAME_H_
