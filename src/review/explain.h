// Why an order was decided as it was: every rule on each of the order's rows, with the
// values its tests read.
//
// Entry point: Explain. It reads the columns the verdicts came from and changes
// nothing but the chunk's frame, in which it computes what only explanations need.
#ifndef ASSAY_REVIEW_EXPLAIN_H_
#define ASSAY_REVIEW_EXPLAIN_H_

#include "absl/status/status.h"
#include "assay/v1/decision.pb.h"
#include "review/chunk.h"

namespace assay {

// `chunk` holds the order alone, after its draws. Fills everything but the decision. Internal where a verdict is not
// the one that the decision was made from.
absl::Status Explain(const RunContext& context, const OrderState& state, Chunk* chunk, v1::Explanation* out);

}  // namespace assay

#endif  // ASSAY_REVIEW_EXPLAIN_H_
