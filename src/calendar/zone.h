// Time zones: which civil day and hour an instant is, and when a civil day begins.
// Entry points: Zone::Load, CivilDay, Breakdown, StartOfDay. A Zone is an immutable value, cheap to copy and safe from
// any number of threads. It never asks for the machine's own zone.
#ifndef ASSAY_CALENDAR_ZONE_H_
#define ASSAY_CALENDAR_ZONE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/timestamp.h"

namespace assay {

// The parts of an instant in one zone. Within a day of the range's ends the year can be 0 or 10000.
struct CivilTime {
  int year = 1970;
  int month = 1;           // 1..12
  int day = 1;             // 1..31
  int hour = 0;            // 0..23
  int minute = 0;          // 0..59
  int second = 0;          // 0..59
  int weekday = 4;         // 0 is Sunday
  int yearday = 0;         // 0..365
  int offset_seconds = 0;  // east of UTC
};

class Zone {
 public:
  // UTC.
  Zone();

  // A zone of the IANA database ("Asia/Shanghai"), "UTC", or a fixed offset ("+08:00", "-05:30", "02:00"), up to 23:59.
  // NotFound with one line for a name the database lacks; InvalidArgument for an offset out of range.
  static absl::StatusOr<Zone> Load(absl::string_view name);

  // The name it was loaded by.
  const std::string& name() const { return name_; }

  // The civil day (days since 1970-01-01) of a valid instant; one day outside base/civil.h's range at its very ends.
  int32_t CivilDay(const Timestamp& time) const;

  CivilTime Breakdown(const Timestamp& time) const;

  // The first instant of a valid civil day: midnight, or, where the clock jumps over midnight, the end of the jump; the
  // earlier one of two midnights. It may lie outside the years 1..9999 by less than a day.
  Timestamp StartOfDay(int32_t day) const;

 private:
  Zone(std::string name, absl::TimeZone zone);

  std::string name_;
  absl::TimeZone zone_;
  // From its last change on, a zone that has one keeps its offset; so most instants need no search.
  int64_t steady_since_;
  int32_t steady_offset_;
};

}  // namespace assay

#endif  // ASSAY_CALENDAR_ZONE_H_
