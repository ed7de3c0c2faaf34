// What an expression reads. Entry point: ReadsSensitive.
#ifndef ASSAY_PLAN_VALUES_READ_H_
#define ASSAY_PLAN_VALUES_READ_H_

#include "plan/planner.h"

namespace assay {

// Whether a field marked sensitive is read, directly or through joins and variables that are not `unmasked`.
bool ReadsSensitive(const Expr& expr, const Schema& schema, const PlanInputs& inputs);

}  // namespace assay

#endif  // ASSAY_PLAN_VALUES_READ_H_
