// Whether limits that a host gives hold together. Entry point: CheckLimits; the limits themselves are public
// (assay/limits.h).
#ifndef ASSAY_BASE_LIMITS_H_
#define ASSAY_BASE_LIMITS_H_

#include "absl/status/status.h"
#include "assay/limits.h"

namespace assay {

// InvalidArgument names the first limit that is less than 1, or more than the engine can keep: recursion bounds the
// depth, 31-bit row numbers the elements and costs of a run.
absl::Status CheckLimits(const Limits& limits);

}  // namespace assay

#endif  // ASSAY_BASE_LIMITS_H_
