// Parts of dates, timestamps and durations, and steps of days and months. Entry point: TimeFunctions. Timestamps have
// parts in UTC or in a zone; CEL counts their months, days of the year and of the month from 0 (getDate: from 1), and
// Sunday is day 0. Dates, which CEL lacks, count months and days from 1.
#include "base/civil.h"
#include "calendar/zone.h"
#include "interp/functions.h"

namespace assay {
namespace {

Value DateOrOverflow(const std::optional<int32_t>& days) { return days.has_value() ? Value::Date(*days) : Overflow(); }

Value PlusDays(const Call&, Arguments args) {
  if (!args[0].is(ValueKind::kDate) || !args[1].is(ValueKind::kInt)) return NoOverload();
  return DateOrOverflow(AddDays(args[0].as_date(), args[1].as_int()));
}

Value PlusMonths(const Call&, Arguments args) {
  if (!args[0].is(ValueKind::kDate) || !args[1].is(ValueKind::kInt)) return NoOverload();
  return DateOrOverflow(AddMonths(args[0].as_date(), args[1].as_int()));
}

template <int CivilDate::* kPart>
Value PartOfDate(const Call&, Arguments args) {
  return args[0].is(ValueKind::kDate) ? Value::Int(CivilFromDays(args[0].as_date()).*kPart) : NoOverload();
}

// A part of a timestamp, in the zone of the second argument if there is one.
template <int64_t (*kPart)(const LocalTime&)>
Value PartOfTimestamp(const Call&, Arguments args) {
  if (!args[0].is(ValueKind::kTimestamp)) return NoOverload();
  if (args.size() == 1) return Value::Int(kPart(Zone().Local(args[0].as_timestamp())));
  if (!args[1].is(ValueKind::kString)) return NoOverload();
  const std::optional<Zone> zone = Zone::Find(args[1].as_string());
  return zone ? Value::Int(kPart(zone->Local(args[0].as_timestamp()))) : Refused("is not a time zone");
}

Value WeekdayOf(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDate)) return Value::Int(DayOfWeek(args[0].as_date()));
  return PartOfTimestamp<DayOfWeekFromSunday>(call, args);
}

Value YeardayOf(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDate)) return Value::Int(DayOfYear(args[0].as_date()));
  return PartOfTimestamp<DayOfYearFromZero>(call, args);
}

// A duration as a whole in that unit, cut towards zero.
template <int64_t (*kPart)(const LocalTime&), int64_t kSeconds>
Value WholeOrPart(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDuration)) return Value::Int(args[0].as_duration().seconds / kSeconds);
  return PartOfTimestamp<kPart>(call, args);
}

// The part below a second, also of a duration.
Value MillisecondsOf(const Call&, Arguments args) {
  constexpr int kNanosPerMillisecond = 1'000'000;
  if (args[0].is(ValueKind::kDuration)) return Value::Int(args[0].as_duration().nanos / kNanosPerMillisecond);
  if (!args[0].is(ValueKind::kTimestamp)) return NoOverload();
  const bool zoned = args.size() == 2 && args[1].is(ValueKind::kString);
  if (zoned && !Zone::Find(args[1].as_string())) return Refused("is not a time zone");
  return Value::Int(args[0].as_timestamp().nanos / kNanosPerMillisecond);
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kAddDays, PlusDays},
    {Op::kAddMonths, PlusMonths},
    {Op::kYear, PartOfDate<&CivilDate::year>},
    {Op::kMonth, PartOfDate<&CivilDate::month>},
    {Op::kDay, PartOfDate<&CivilDate::day>},
    {Op::kGetFullYear, PartOfTimestamp<FullYear>},
    {Op::kGetMonth, PartOfTimestamp<MonthFromZero>},
    {Op::kGetDate, PartOfTimestamp<DateFromOne>},
    {Op::kGetDayOfMonth, PartOfTimestamp<DayOfMonthFromZero>},
    {Op::kGetDayOfYear, YeardayOf},
    {Op::kGetDayOfWeek, WeekdayOf},
    {Op::kGetHours, WholeOrPart<Hours, 3600>},
    {Op::kGetMinutes, WholeOrPart<Minutes, 60>},
    {Op::kGetSeconds, WholeOrPart<Seconds, 1>},
    {Op::kGetMilliseconds, MillisecondsOf},
};

}  // namespace

absl::Span<const FunctionEntry> TimeFunctions() { return kFunctions; }

}  // namespace assay
