// What a calendar of the rulebook says, read and checked: hours of weekdays, and the days that differ.
// Entry point: ReadCalendar. Plain data; it answers nothing, calendar/business_calendar.h does.
#ifndef ASSAY_CALENDAR_CALENDAR_HOURS_H_
#define ASSAY_CALENDAR_CALENDAR_HOURS_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/civil.h"
#include "base/issue.h"
#include "calendar/zone.h"

namespace assay {

namespace v1 {
class BusinessCalendar;
}

// [opens, closes) on the clock of the zone, in seconds since the day's begin; 86,400 is its end.
struct Stretch {
  int32_t opens = 0;
  int32_t closes = 0;
};

// Of one day: ascending, none empty, none overlapping.
using DayHours = std::vector<Stretch>;

struct CalendarHours {
  Zone zone;
  std::array<DayHours, 7> week;            // Monday first
  std::map<int32_t, DayHours> exceptions;  // holidays (no hours) and make-up days
  int32_t first_day = kMinDay;             // the days it knows
  int32_t last_day = kMaxDay;
};

// Nothing after issues, whose paths start at the calendar: "holidays[3].day".
std::optional<CalendarHours> ReadCalendar(const v1::BusinessCalendar& spec, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_CALENDAR_CALENDAR_HOURS_H_
