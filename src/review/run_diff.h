// What two runs over the same orders decide differently, order by order and rule by rule.
// Entry points: DiffRuns, CompareDecisions. Pure functions over their arguments.
#ifndef ASSAY_REVIEW_RUN_DIFF_H_
#define ASSAY_REVIEW_RUN_DIFF_H_

#include <optional>
#include <string>

#include "assay/v1/decision.pb.h"
#include "assay/v1/diff.pb.h"
#include "assay/v1/rulebook.pb.h"

namespace assay {

// Adds orders, changed, moves and rules to the diff. Orders are the same where id and revision are; a finding is the
// same where rule, line, outcome, reason, expected and actual are. `book` is that of the run `after`.
void DiffRuns(const v1::RunResult& before, const v1::RunResult& after, const v1::Rulebook& book,
              v1::RulebookDiff* diff);

// As far as an order's own decision goes: who else is in the queue is not of it, nor is the clock.
std::string ContentOf(v1::Decision decision);

// Of an order decided before and after, if that differs in anything; `before` is empty for one that came.
std::optional<v1::ChangedOrder> CompareDecisions(const v1::Decision& before, const v1::Decision& after);

}  // namespace assay

#endif  // ASSAY_REVIEW_RUN_DIFF_H_
