// The rows of an evaluation that its rulebook's board lists. Entry point: BoardOf. A pure function.
#ifndef ASSAY_EVALUATE_BOARD_H_
#define ASSAY_EVALUATE_BOARD_H_

#include "assay/v1/evaluation.pb.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// Of a rulebook that has a board, and a result whose rows are all there. A row of which it cannot be had whether it is
// listed is listed; rows that are equally far stay ascending by id.
v1::ListedRows BoardOf(const CompiledRulebook& book, const v1::EvaluationResult& result);

}  // namespace assay

#endif  // ASSAY_EVALUATE_BOARD_H_
