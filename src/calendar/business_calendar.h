// Business time: which instants a desk works, and arithmetic on them.
//
// A BusinessCalendar answers in O(log n) of its special days, over any span. It is immutable once built and may be used
// from any number of threads. It reads no rulebook and asks no clock.
#ifndef ASSAY_CALENDAR_BUSINESS_CALENDAR_H_
#define ASSAY_CALENDAR_BUSINESS_CALENDAR_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "calendar/calendar_hours.h"
#include "calendar/day_tally.h"

namespace assay {

// Working hours are half-open, [open, close), in the calendar's zone. A make-up day beats a holiday, a holiday beats
// the week (domain.md, section 6). Of a time that the clock shows twice the first counts; one that it leaves out is the
// end of the leap.
//
// Times and days are valid ones. What leaves the days the calendar knows has no answer; the instant and the day behind
// the last one still end a span.
class BusinessCalendar {
 public:
  explicit BusinessCalendar(CalendarHours hours);

  // Whether the desk works at that instant.
  std::optional<bool> IsWorking(const Timestamp& time) const;

  // The earliest instant by which `amount` of working time has passed since `start`; for a negative one the latest
  // from which so much passes until `start`.
  std::optional<Timestamp> Add(const Timestamp& start, const Duration& amount) const;

  // Working time in [from, to), negative if `to` is before `from`. Nothing also where it is no valid Duration.
  std::optional<Duration> Between(const Timestamp& from, const Timestamp& to) const;

  // The working day `count` after `day`, or before it; a day that is not worked counts from the next one that is.
  std::optional<int32_t> AddDays(int32_t day, int64_t count) const;

  // The close of the working day `count` after that of `start`; receipt after close counts from the next working day.
  std::optional<Timestamp> AddDays(const Timestamp& start, int64_t count) const;

  // Working days in [from, to), negative if `to` is before `from`.
  std::optional<int64_t> DaysBetween(int32_t from, int32_t to) const;

  // Whether that instant may begin or end a span.
  bool Covers(const Timestamp& time) const;

 private:
  // An amount of working time: seconds, and nanos in 0..999,999,999.
  struct Amount {
    int64_t seconds;
    int32_t nanos;
  };

  const DayHours& HoursOf(int32_t day) const;
  int32_t DayOf(const Timestamp& time) const;
  int64_t CloseOf(int32_t day) const;
  Amount WorkedBefore(const Timestamp& time) const;
  Timestamp Forwards(int32_t day, const Amount& worked) const;
  Timestamp Backwards(int32_t day, const Amount& worked) const;
  std::optional<int32_t> DayAfter(int64_t worked_days, int64_t count) const;

  CalendarHours hours_;  // the exceptions, and the days on which the clock changes what is worked
  int64_t begin_;        // of the first day known
  int64_t end_;          // behind the last one
  DayTally seconds_;
  DayTally days_;
};

// What is wrong where there is no answer: no such calendar, or a calendar that does not know so much.
inline constexpr absl::string_view kNoCalendar = "is not a calendar";
inline constexpr absl::string_view kOutsideCalendar = "leaves the days that the calendar knows";

// By the names that expressions give them.
using Calendars = std::map<std::string, std::shared_ptr<const BusinessCalendar>, std::less<>>;

// The calendar of that name, or nullptr; `calendars` may be nullptr.
const BusinessCalendar* FindCalendar(const Calendars* calendars, absl::string_view name);

}  // namespace assay

#endif  // ASSAY_CALENDAR_BUSINESS_CALENDAR_H_
