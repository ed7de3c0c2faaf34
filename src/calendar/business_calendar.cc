// Working time as sums over days, and the stretches of the one day that a sum ends in.
// Entry points: the constructor, which looks for the days on which the clock changes working hours; Add, Between.
#include "calendar/business_calendar.h"

#include <algorithm>

#include "calendar/time_of_day.h"

namespace assay {
namespace {

constexpr int64_t kMostDays = int64_t{kMaxDay} - kMinDay + 1;

// Instants in seconds: [from, until).
struct Span {
  int64_t from;
  int64_t until;
};

Span SpanOf(const Zone& zone, int32_t day, const Stretch& stretch) {
  return {InstantOf(zone, day, stretch.opens).seconds, InstantOf(zone, day, stretch.closes).seconds};
}

int64_t SecondsByTheClock(const DayHours& hours) {
  int64_t seconds = 0;
  for (const Stretch& stretch : hours) seconds += stretch.closes - stretch.opens;
  return seconds;
}

int64_t SecondsOf(const Zone& zone, int32_t day, const DayHours& hours) {
  int64_t seconds = 0;
  for (const Stretch& stretch : hours) {
    const Span span = SpanOf(zone, day, stretch);
    seconds += span.until - span.from;
  }
  return seconds;
}

// Whether some stretch of that day touches [from, until], which are readings of the clock since 1970.
bool Touches(int32_t day, const DayHours& hours, int64_t from, int64_t until) {
  const int64_t begin = day * kSecondsPerDay;
  return std::any_of(hours.begin(), hours.end(), [&](const Stretch& stretch) {
    return begin + stretch.opens <= until && begin + stretch.closes >= from;
  });
}

// The hours with an exception for each day on which a change of the clock makes them longer or shorter.
CalendarHours WithClockChanges(CalendarHours hours) {
  const int64_t end = InstantOf(hours.zone, hours.last_day + 1, 0).seconds;
  OffsetSpan span = hours.zone.SpanAt(InstantOf(hours.zone, hours.first_day, 0).seconds);
  while (span.until < end) {
    const OffsetSpan next = hours.zone.SpanAt(span.until);
    const int64_t from = span.until + std::min(span.offset, next.offset);
    const int64_t until = span.until + std::max(span.offset, next.offset);
    const int32_t last = LocalTimeAt(until, 0).day;
    for (int32_t day = LocalTimeAt(from, 0).day - 1; day <= last; ++day) {
      const DayHours& week = hours.week[WeekdayFromMonday(day)];
      if (!IsValidDay(day) || !Touches(day, week, from, until)) continue;
      if (SecondsOf(hours.zone, day, week) != SecondsByTheClock(week)) hours.exceptions.emplace(day, week);
    }
    span = next;
  }
  return hours;
}

DayTally SecondsTally(const CalendarHours& hours) {
  std::array<int64_t, 7> week = {};
  for (size_t i = 0; i < week.size(); ++i) week[i] = SecondsByTheClock(hours.week[i]);
  std::vector<std::pair<int32_t, int64_t>> listed;
  for (const auto& [day, of_day] : hours.exceptions) listed.emplace_back(day, SecondsOf(hours.zone, day, of_day));
  return DayTally(week, listed);
}

DayTally WorkingDaysTally(const CalendarHours& hours) {
  std::array<int64_t, 7> week = {};
  for (size_t i = 0; i < week.size(); ++i) week[i] = hours.week[i].empty() ? 0 : 1;
  std::vector<std::pair<int32_t, int64_t>> listed;
  for (const auto& [day, of_day] : hours.exceptions) {
    listed.emplace_back(day, SecondsOf(hours.zone, day, of_day) == 0 ? 0 : 1);
  }
  return DayTally(week, listed);
}

// The first and the last day of all reach beyond the years 1..9999 in some zones.
std::optional<Timestamp> IfValid(const Timestamp& time) {
  return IsValid(time) ? std::optional<Timestamp>(time) : std::nullopt;
}

}  // namespace

BusinessCalendar::BusinessCalendar(CalendarHours hours)
    : hours_(WithClockChanges(std::move(hours))),
      begin_(InstantOf(hours_.zone, hours_.first_day, 0).seconds),
      end_(InstantOf(hours_.zone, hours_.last_day + 1, 0).seconds),
      seconds_(SecondsTally(hours_)),
      days_(WorkingDaysTally(hours_)) {}

const DayHours& BusinessCalendar::HoursOf(int32_t day) const {
  const auto found = hours_.exceptions.find(day);
  return found == hours_.exceptions.end() ? hours_.week[WeekdayFromMonday(day)] : found->second;
}

bool BusinessCalendar::Covers(const Timestamp& time) const {
  return time.seconds >= begin_ && (time.seconds < end_ || (time.seconds == end_ && time.nanos == 0));
}

// The day begun last, which is not the clock's own once it has gone back over midnight. Requires a covered time.
int32_t BusinessCalendar::DayOf(const Timestamp& time) const {
  int32_t day = hours_.zone.Local(time).day;
  while (time.seconds >= InstantOf(hours_.zone, day + 1, 0).seconds) ++day;
  return day;
}

// Of a day that is worked.
int64_t BusinessCalendar::CloseOf(int32_t day) const {
  int64_t close = 0;
  for (const Stretch& stretch : HoursOf(day)) {
    const Span span = SpanOf(hours_.zone, day, stretch);
    if (span.from < span.until) close = span.until;
  }
  return close;
}

BusinessCalendar::Amount BusinessCalendar::WorkedBefore(const Timestamp& time) const {
  if (time.seconds == end_) return {seconds_.Before(hours_.last_day + 1), 0};
  const int32_t day = DayOf(time);
  Amount worked = {seconds_.Before(day), 0};
  for (const Stretch& stretch : HoursOf(day)) {
    const Span span = SpanOf(hours_.zone, day, stretch);
    worked.seconds += std::clamp(time.seconds, span.from, span.until) - span.from;
    if (span.from <= time.seconds && time.seconds < span.until) worked.nanos = time.nanos;
  }
  return worked;
}

std::optional<bool> BusinessCalendar::IsWorking(const Timestamp& time) const {
  if (!Covers(time) || time.seconds == end_) return std::nullopt;
  const int32_t day = DayOf(time);
  const DayHours& hours = HoursOf(day);
  return std::any_of(hours.begin(), hours.end(), [&](const Stretch& stretch) {
    const Span span = SpanOf(hours_.zone, day, stretch);
    return span.from <= time.seconds && time.seconds < span.until;
  });
}

std::optional<Timestamp> BusinessCalendar::Add(const Timestamp& start, const Duration& amount) const {
  if (!Covers(start)) return std::nullopt;
  const bool backwards = amount < Duration();
  if (amount == Duration()) return start;
  Amount worked = WorkedBefore(start);
  worked.seconds += amount.seconds;
  worked.nanos += amount.nanos;
  const int32_t carry = worked.nanos >= kNanosPerSecond ? 1 : worked.nanos < 0 ? -1 : 0;
  worked.seconds += carry;
  worked.nanos -= carry * kNanosPerSecond;
  // Forwards the day whose end has seen so much, backwards the one that goes beyond it.
  const int64_t total = worked.seconds + (backwards || worked.nanos > 0 ? 1 : 0);
  const std::optional<int32_t> day = seconds_.DayReaching(total, hours_.first_day, hours_.last_day);
  if (!day.has_value()) return std::nullopt;
  worked.seconds -= seconds_.Before(*day);
  return IfValid(backwards ? Backwards(*day, worked) : Forwards(*day, worked));
}

// The earliest instant of the day by which it has worked so much, more than nothing.
Timestamp BusinessCalendar::Forwards(int32_t day, const Amount& worked) const {
  int64_t left = worked.seconds;
  for (const Stretch& stretch : HoursOf(day)) {
    const Span span = SpanOf(hours_.zone, day, stretch);
    const int64_t length = span.until - span.from;
    if (left < length || (left == length && worked.nanos == 0)) return {span.from + left, worked.nanos};
    left -= length;
  }
  return {CloseOf(day), 0};  // not reached: the day was found by what it works
}

// The latest instant of the day at which it has worked no more, which is less than all of it.
Timestamp BusinessCalendar::Backwards(int32_t day, const Amount& worked) const {
  int64_t left = worked.seconds;
  for (const Stretch& stretch : HoursOf(day)) {
    const Span span = SpanOf(hours_.zone, day, stretch);
    if (left < span.until - span.from) return {span.from + left, worked.nanos};
    left -= span.until - span.from;
  }
  return {CloseOf(day), 0};  // not reached, as above
}

std::optional<Duration> BusinessCalendar::Between(const Timestamp& from, const Timestamp& to) const {
  if (!Covers(from) || !Covers(to)) return std::nullopt;
  const Amount before = WorkedBefore(from), until = WorkedBefore(to);
  return assay::Between(Timestamp{before.seconds, before.nanos}, Timestamp{until.seconds, until.nanos});
}

// The working day `count` after the one that follows `worked_days` of them.
std::optional<int32_t> BusinessCalendar::DayAfter(int64_t worked_days, int64_t count) const {
  count = std::clamp(count, -kMostDays, kMostDays);
  return days_.DayReaching(worked_days + 1 + count, hours_.first_day, hours_.last_day);
}

std::optional<int32_t> BusinessCalendar::AddDays(int32_t day, int64_t count) const {
  if (day < hours_.first_day || day - 1 > hours_.last_day) return std::nullopt;
  return DayAfter(days_.Before(day), count);
}

std::optional<Timestamp> BusinessCalendar::AddDays(const Timestamp& start, int64_t count) const {
  if (!Covers(start)) return std::nullopt;
  const int32_t received = start.seconds == end_ ? hours_.last_day + 1 : DayOf(start);
  int64_t worked = days_.Before(received);
  if (received <= hours_.last_day && days_.Before(received + 1) > worked && start.seconds >= CloseOf(received))
    ++worked;
  const std::optional<int32_t> day = DayAfter(worked, count);
  if (!day.has_value()) return std::nullopt;
  return IfValid({CloseOf(*day), 0});
}

std::optional<int64_t> BusinessCalendar::DaysBetween(int32_t from, int32_t to) const {
  const auto covers = [&](int32_t day) { return day >= hours_.first_day && day - 1 <= hours_.last_day; };
  if (!covers(from) || !covers(to)) return std::nullopt;
  return days_.Before(to) - days_.Before(from);
}

const BusinessCalendar* FindCalendar(const Calendars* calendars, absl::string_view name) {
  if (calendars == nullptr) return nullptr;
  const auto found = calendars->find(name);
  return found == calendars->end() ? nullptr : found->second.get();
}

}  // namespace assay
