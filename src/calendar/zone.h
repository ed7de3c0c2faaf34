// Time zones by name: which civil day and hour an instant is, and which instant a civil time is.
// Entry points: Zone::Find, Zone::Load, Local, FirstInstant. A Zone is an immutable value, cheap to copy and safe from
// any number of threads. Its data is compiled in: it never asks for a file, the environment, or the machine's own zone.
#ifndef ASSAY_CALENDAR_ZONE_H_
#define ASSAY_CALENDAR_ZONE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "calendar/local_time.h"
#include "calendar/zone_history.h"

namespace assay {

class Zone {
 public:
  // UTC.
  Zone();

  // A zone of the IANA database ("Asia/Shanghai"), "UTC", or a fixed offset ("+08:00", "-05:30", "02:00"), up to 23:59.
  // Names are exact; nothing for any other text.
  static std::optional<Zone> Find(absl::string_view name);

  // The same for whoever is to mend the name: NotFound with one line, which may suggest another, for a name the
  // database lacks; InvalidArgument for an offset out of range.
  static absl::StatusOr<Zone> Load(absl::string_view name);

  // The name it was found by.
  const std::string& name() const { return name_; }

  // The span of one offset around a valid instant.
  OffsetSpan SpanAt(int64_t seconds) const { return history_.SpanAt(seconds); }

  // A valid instant on the zone's clock.
  LocalTime Local(const Timestamp& time) const { return LocalTimeAt(time.seconds, SpanAt(time.seconds).offset); }

  // The same for many instants: *last is the span of the answer before, at first an empty one. Neighbours mostly share
  // a span, and need no search.
  LocalTime Local(const Timestamp& time, OffsetSpan* last) const {
    if (!last->Holds(time.seconds)) *last = SpanAt(time.seconds);
    return LocalTimeAt(time.seconds, last->offset);
  }

  // The first instant at which the clock shows `second` (0..86,399) of a valid civil day: of two such instants the
  // earlier one; where the clock jumps over that time, the end of the jump. It may lie outside the years 1..9999 by
  // little more than a day.
  Timestamp FirstInstant(int32_t day, int32_t second) const;

 private:
  Zone(absl::string_view name, const ZoneHistory& history) : name_(name), history_(history) {}

  std::string name_;
  ZoneHistory history_;
};

// No instant is in it.
inline constexpr OffsetSpan kEmptySpan = {0, 0, 0};

}  // namespace assay

#endif  // ASSAY_CALENDAR_ZONE_H_
