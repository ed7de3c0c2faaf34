// Why a row was judged as it was: every rule on each of its rows, with the values its
// tests read.
//
// Entry point: Explain. It reads the columns the verdicts came from and changes
// nothing but the chunk's frame, in which it computes what only explanations need.
#ifndef ASSAY_EVALUATE_EXPLAIN_H_
#define ASSAY_EVALUATE_EXPLAIN_H_

#include "absl/status/status.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/chunk.h"

namespace assay {

using RuleVerdicts = google::protobuf::RepeatedPtrField<v1::RuleVerdict>;

// `chunk` holds the input's row alone, after its draws if it has any. Internal where a verdict is not the one that the
// findings of `state` were made from.
absl::Status Explain(const RunContext& context, const RowState& state, Chunk* chunk, RuleVerdicts* out);

}  // namespace assay

#endif  // ASSAY_EVALUATE_EXPLAIN_H_
