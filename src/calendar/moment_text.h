// A moment as people read it, on a clock of some zone. Entry point: MomentText. A pure function.
#ifndef ASSAY_CALENDAR_MOMENT_TEXT_H_
#define ASSAY_CALENDAR_MOMENT_TEXT_H_

#include <string>

#include "base/timestamp.h"
#include "calendar/zone.h"

namespace assay {

// "2026-11-20 09:00 +08:00", in UTC "2026-11-20 01:00 UTC"; seconds and their fraction only where they are not zero.
// Requires a valid time; where the zone's day has no text, at the ends of the years 1 to 9999, UTC serves.
std::string MomentText(const Timestamp& time, const Zone& zone);

}  // namespace assay

#endif  // ASSAY_CALENDAR_MOMENT_TEXT_H_
