// From raw findings and draws to a decision: messages, releases, the disposition,
// and what becomes of each line. Internal to review; pure functions.
#ifndef ASSAY_REVIEW_DECIDE_H_
#define ASSAY_REVIEW_DECIDE_H_

#include "assay/v1/decision.pb.h"
#include "evaluate/run_context.h"
#include "review/order_state.h"
#include "review/releases.h"

namespace assay {

// The order's findings as they are reported, in the rulebook's order of rules and then of lines, with releases applied.
void MakeFindings(const RunContext& context, const ReleaseBook& releases, const OrderState& order,
                  v1::Decision* decision);

// The worst that findings alone make of the order: REJECTED, HELD, or CONFIRMED.
v1::Disposition WorstOf(const v1::Decision& decision);

// The first finding that rejects the order; nullptr where none does: an order all of whose lines are cut is REJECTED
// too.
const v1::Finding* RejectingFinding(const v1::Decision& decision);

// Lines, disposition, holds and response codes, from findings and draws.
void FinishDecision(const RunContext& context, const OrderState& order, v1::Decision* decision);

}  // namespace assay

#endif  // ASSAY_REVIEW_DECIDE_H_
