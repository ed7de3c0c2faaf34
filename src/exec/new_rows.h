// What kernels that make the rows of a level share. Internal to exec.
// Entry point: Allocate.
#ifndef ASSAY_EXEC_NEW_ROWS_H_
#define ASSAY_EXEC_NEW_ROWS_H_

#include "exec/frame.h"

namespace assay {

// Arrays for `size` rows under `parents` parents.
struct NewRows {
  int32_t* parent;
  int32_t* begin;
  int32_t* source;
};

inline NewRows Allocate(Frame* frame, int32_t parents, size_t size) {
  return {frame->arena->AllocateSpan<int32_t>(size).data(),
          frame->arena->AllocateSpan<int32_t>(static_cast<size_t>(parents) + 1).data(),
          frame->arena->AllocateSpan<int32_t>(size).data()};
}

// The level of the node: texts, those of parent row p from begin[p] to begin[p + 1].
void StoreParts(Frame* frame, const Node& node, const std::vector<absl::string_view>& parts,
                const std::vector<int32_t>& begin);

// What a pattern finds in a text, as rows (kernels_regex.cc).
void ExtractedRows(Frame* frame, const Node& node);

// The rows of a list whose texts are those of other rows (kernels_matched.cc).
void MatchedRows(Frame* frame, const Node& node);

// The kernel of a level that is another in a new order or shape (kernels_order.cc), or nullptr.
Kernel SelectOrder(const Program& program, const Node& node);

}  // namespace assay

#endif  // ASSAY_EXEC_NEW_ROWS_H_
