// Asks a decision table row by row, cell by cell: the oracle of the index.
// Entry point: EvaluateTable. Errors are values; nothing here fails otherwise.
#ifndef ASSAY_INTERP_TABLE_EVALUATOR_H_
#define ASSAY_INTERP_TABLE_EVALUATOR_H_

#include "absl/types/span.h"
#include "interp/evaluator.h"
#include "table/decision_table.h"

namespace assay {

// What the table gives for arguments of its inputs' types, any of which may be an error. Names in its trees that are no
// arguments are asked of `outer`.
Value EvaluateTable(const DecisionTable& table, absl::Span<const Value> args, const Activation& outer,
                    const EvaluateOptions& options);

}  // namespace assay

#endif  // ASSAY_INTERP_TABLE_EVALUATOR_H_
