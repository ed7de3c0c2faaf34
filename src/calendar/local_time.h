// An instant on a clock of some zone, and the parts CEL reads of it.
// Entry points: LocalTimeAt, and one function for each of CEL's selectors, counting as CEL counts: months, days of the
// year and getDayOfMonth from 0, Sunday as 0. Pure functions, safe from any thread; both engines read parts with these.
#ifndef ASSAY_CALENDAR_LOCAL_TIME_H_
#define ASSAY_CALENDAR_LOCAL_TIME_H_

#include <cstdint>

#include "base/civil.h"
#include "base/timestamp.h"

namespace assay {

struct LocalTime {
  int32_t day = 0;     // since 1970-01-01; at the ends of the range one day outside base/civil.h's
  int32_t second = 0;  // of the day
  int32_t offset = 0;  // seconds east of UTC
};

// `seconds` since 1970-01-01T00:00:00Z, in the years 1..9999; |offset| <= kMaxZoneOffset.
constexpr LocalTime LocalTimeAt(int64_t seconds, int32_t offset) {
  const int64_t local = seconds + offset;
  const int64_t day = local / kSecondsPerDay - (local % kSecondsPerDay < 0 ? 1 : 0);
  return {static_cast<int32_t>(day), static_cast<int32_t>(local - day * kSecondsPerDay), offset};
}

inline int64_t FullYear(const LocalTime& time) { return CivilFromDays(time.day).year; }
inline int64_t MonthFromZero(const LocalTime& time) { return CivilFromDays(time.day).month - 1; }
inline int64_t DateFromOne(const LocalTime& time) { return CivilFromDays(time.day).day; }
inline int64_t DayOfMonthFromZero(const LocalTime& time) { return CivilFromDays(time.day).day - 1; }
inline int64_t DayOfYearFromZero(const LocalTime& time) { return DayOfYear(time.day); }
inline int64_t DayOfWeekFromSunday(const LocalTime& time) { return DayOfWeek(time.day); }
inline int64_t Hours(const LocalTime& time) { return time.second / 3600; }
inline int64_t Minutes(const LocalTime& time) { return time.second / 60 % 60; }
inline int64_t Seconds(const LocalTime& time) { return time.second % 60; }

}  // namespace assay

#endif  // ASSAY_CALENDAR_LOCAL_TIME_H_
