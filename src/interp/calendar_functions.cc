// Business time: working time and working days by a calendar that the last argument names. Entry point:
// CalendarFunctions.
#include "calendar/business_calendar.h"
#include "interp/functions.h"

namespace assay {
namespace {

Value Outside() { return Value::Error(ErrorKind::kOverflow, kOutsideCalendar); }

// The calendar's answer to `ask`, if the arguments are of these kinds and the last one names a calendar.
template <typename Ask>
Value Asked(const Call& call, Arguments args, std::initializer_list<ValueKind> kinds, Ask ask) {
  size_t i = 0;
  for (ValueKind kind : kinds) {
    if (!args[i++].is(kind)) return NoOverload();
  }
  if (!args[i].is(ValueKind::kString)) return NoOverload();
  const BusinessCalendar* calendar = FindCalendar(call.expr.ref.calendars, args[i].as_string());
  return calendar == nullptr ? Refused(kNoCalendar) : ask(*calendar);
}

Value WorkingTime(const Call& call, Arguments args) {
  return Asked(call, args, {ValueKind::kTimestamp, ValueKind::kTimestamp}, [&](const BusinessCalendar& calendar) {
    const Timestamp from = args[0].as_timestamp(), to = args[1].as_timestamp();
    if (!calendar.Covers(from) || !calendar.Covers(to)) return Outside();
    const std::optional<Duration> span = calendar.Between(from, to);
    return span.has_value() ? Value::OfDuration(*span) : Overflow();
  });
}

Value AddWorkingTime(const Call& call, Arguments args) {
  return Asked(call, args, {ValueKind::kTimestamp, ValueKind::kDuration}, [&](const BusinessCalendar& calendar) {
    const std::optional<Timestamp> time = calendar.Add(args[0].as_timestamp(), args[1].as_duration());
    return time.has_value() ? Value::OfTimestamp(*time) : Outside();
  });
}

Value AddWorkingDays(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDate)) {
    return Asked(call, args, {ValueKind::kDate, ValueKind::kInt}, [&](const BusinessCalendar& calendar) {
      const std::optional<int32_t> day = calendar.AddDays(args[0].as_date(), args[1].as_int());
      return day.has_value() ? Value::Date(*day) : Outside();
    });
  }
  return Asked(call, args, {ValueKind::kTimestamp, ValueKind::kInt}, [&](const BusinessCalendar& calendar) {
    const std::optional<Timestamp> time = calendar.AddDays(args[0].as_timestamp(), args[1].as_int());
    return time.has_value() ? Value::OfTimestamp(*time) : Outside();
  });
}

Value WorkingDaysBetween(const Call& call, Arguments args) {
  return Asked(call, args, {ValueKind::kDate, ValueKind::kDate}, [&](const BusinessCalendar& calendar) {
    const std::optional<int64_t> days = calendar.DaysBetween(args[0].as_date(), args[1].as_date());
    return days.has_value() ? Value::Int(*days) : Outside();
  });
}

Value IsWorkingTime(const Call& call, Arguments args) {
  return Asked(call, args, {ValueKind::kTimestamp}, [&](const BusinessCalendar& calendar) {
    const std::optional<bool> works = calendar.IsWorking(args[0].as_timestamp());
    return works.has_value() ? Value::Bool(*works) : Outside();
  });
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kWorkingTime, WorkingTime},       {Op::kAddWorkingTime, AddWorkingTime},
    {Op::kAddWorkingDays, AddWorkingDays}, {Op::kWorkingDaysBetween, WorkingDaysBetween},
    {Op::kIsWorkingTime, IsWorkingTime},
};

}  // namespace

absl::Span<const FunctionEntry> CalendarFunctions() { return kFunctions; }

}  // namespace assay
