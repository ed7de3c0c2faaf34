// The host's time as the engine has it. Entry point: TimestampOf. Internal to api.
#ifndef ASSAY_API_CLOCK_H_
#define ASSAY_API_CLOCK_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/timestamp.h"

namespace assay {

// InvalidArgument outside the years 1 to 9999.
absl::StatusOr<Timestamp> TimestampOf(absl::Time time);

}  // namespace assay

#endif  // ASSAY_API_CLOCK_H_
