// A time of day as rulebooks and rows write it, and the instant at which a zone's clock shows it.
// Entry points: TimeOfDay, InstantOf. Pure functions, safe from any thread; both engines and calendars read times with
// these.
#ifndef ASSAY_CALENDAR_TIME_OF_DAY_H_
#define ASSAY_CALENDAR_TIME_OF_DAY_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "calendar/zone.h"

namespace assay {

// What is wrong with a text that TimeOfDay does not read.
inline constexpr absl::string_view kNoTimeOfDay = "is not a time of day from 00:00 to 24:00";

// Seconds of "HH:MM", from "00:00" to "24:00", the day's end; nothing for any other text.
std::optional<int32_t> TimeOfDay(absl::string_view text);

// The instant at which the clock first shows `second` (0..86,400) of a valid day, as Zone::FirstInstant.
Timestamp InstantOf(const Zone& zone, int32_t day, int32_t second);

}  // namespace assay

#endif  // ASSAY_CALENDAR_TIME_OF_DAY_H_
