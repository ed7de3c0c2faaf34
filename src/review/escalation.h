// Holds over the runs of a session: one that nobody answers climbs the reporting line.
//
// Entry point: CarryHolds. Functions over their arguments; what was decided before comes from the session.
#ifndef ASSAY_REVIEW_ESCALATION_H_
#define ASSAY_REVIEW_ESCALATION_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/run_context.h"

namespace assay {

// A hold of the same rule, line and reason as one that was open `before`, by the last run's decision, is that hold: it
// keeps when it was opened. Each time it was due since, by the clock of this run, it climbed one role (domain.md,
// section 3.2), and was due again as if opened then. It stays with the last role of the line, and is due no more where
// the rulebook says no later time. `order` is the order's bytes.
absl::Status CarryHolds(const RunContext& context, absl::string_view order, const v1::Decision& before,
                        v1::Decision* decision);

}  // namespace assay

#endif  // ASSAY_REVIEW_ESCALATION_H_
