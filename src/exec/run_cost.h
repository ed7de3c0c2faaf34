// What a run costs, and the end of one that costs too much. Internal to exec: Run charges every node before it computes
// it; kernels that make rows or texts out of proportion charge those themselves (Frame::TakeRows, Frame::TakeText).
#ifndef ASSAY_EXEC_RUN_COST_H_
#define ASSAY_EXEC_RUN_COST_H_

#include "exec/frame.h"

namespace assay {

// Takes what the node costs: its values, the elements it goes over, and sixteenths of the bytes of texts it reads.
// False if the frame has not so much left.
bool ChargeComputed(Frame* frame, const Node& node);
inline bool ChargeNode(Frame* frame, const Node& node) {
  const bool is_given =
      node.kind == NodeKind::kConstant || node.kind == NodeKind::kRead || node.kind == NodeKind::kInput;
  return is_given || ChargeComputed(frame, node);
}

// Ends the run: every value of the frame errs as kBudget, and no row but those of the root is left, so that whatever
// reads the columns next finds them whole. Nothing more is computed until BeginRun.
void StopRun(Frame* frame);

}  // namespace assay

#endif  // ASSAY_EXEC_RUN_COST_H_
