// Entry point: TimestampOf.
#include "api/clock.h"

namespace assay {

absl::StatusOr<Timestamp> TimestampOf(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);  // rounds down
  const int64_t nanos = absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds));
  const Timestamp timestamp = {seconds, static_cast<int32_t>(nanos)};
  if (!IsValid(timestamp)) return absl::InvalidArgumentError("options: now is outside the years 1 to 9999");
  return timestamp;
}

}  // namespace assay
