// What two runs over the same orders decide differently, order by order and rule by rule.
// Entry point: DiffRuns. A pure function over its arguments.
#ifndef ASSAY_REVIEW_RUN_DIFF_H_
#define ASSAY_REVIEW_RUN_DIFF_H_

#include "assay/v1/decision.pb.h"
#include "assay/v1/diff.pb.h"
#include "assay/v1/rulebook.pb.h"

namespace assay {

// Adds orders, changed, moves and rules to the diff. Orders are the same where id and revision are; a finding is the
// same where rule, line, outcome, reason, expected and actual are. `book` is that of the run `after`.
void DiffRuns(const v1::RunResult& before, const v1::RunResult& after, const v1::Rulebook& book,
              v1::RulebookDiff* diff);

}  // namespace assay

#endif  // ASSAY_REVIEW_RUN_DIFF_H_
