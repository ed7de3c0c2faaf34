// Why a row was judged as it was: every rule on each of its rows, with the values its tests read, and what variables
// were made of.
//
// Entry point: Explain. It reads the columns the verdicts came from and changes nothing but the chunk's frame, in which
// it computes what only explanations need.
#ifndef ASSAY_EVALUATE_EXPLAIN_H_
#define ASSAY_EVALUATE_EXPLAIN_H_

#include "absl/status/status.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/chunk.h"

namespace assay {

using RuleVerdicts = google::protobuf::RepeatedPtrField<v1::RuleVerdict>;
using VariableValues = google::protobuf::RepeatedPtrField<v1::VariableValue>;

// `chunk` holds the input's row alone, after its draws if it has any; what is computed here may cost as much again as
// the row. Of variables those that are single values are told. Internal where a verdict is not the one that the
// findings of `state` were made from, ResourceExhausted where the row is over its budget.
absl::Status Explain(const RowState& state, Chunk* chunk, RuleVerdicts* verdicts, VariableValues* variables);

}  // namespace assay

#endif  // ASSAY_EVALUATE_EXPLAIN_H_
