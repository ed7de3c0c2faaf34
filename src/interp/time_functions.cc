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

// A part of a timestamp, in the zone of the second argument if there is one; `first` is what the part counts from.
template <int CivilTime::* kPart, int kFirst>
Value PartOfTimestamp(const Call&, Arguments args) {
  if (!args[0].is(ValueKind::kTimestamp)) return NoOverload();
  Zone zone;
  if (args.size() == 2) {
    if (!args[1].is(ValueKind::kString)) return NoOverload();
    absl::StatusOr<Zone> loaded = Zone::Load(args[1].as_string());
    if (!loaded.ok()) return Refused("is not a time zone");
    zone = *std::move(loaded);
  }
  return Value::Int(zone.Breakdown(args[0].as_timestamp()).*kPart - kFirst);
}

Value WeekdayOf(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDate)) return Value::Int(DayOfWeek(args[0].as_date()));
  return PartOfTimestamp<&CivilTime::weekday, 0>(call, args);
}

Value YeardayOf(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDate)) return Value::Int(DayOfYear(args[0].as_date()));
  return PartOfTimestamp<&CivilTime::yearday, 0>(call, args);
}

// A duration as a whole in that unit, cut towards zero.
template <int CivilTime::* kPart, int64_t kSeconds>
Value WholeOrPart(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kDuration)) return Value::Int(args[0].as_duration().seconds / kSeconds);
  return PartOfTimestamp<kPart, 0>(call, args);
}

// The part below a second, also of a duration.
Value MillisecondsOf(const Call&, Arguments args) {
  constexpr int kNanosPerMillisecond = 1'000'000;
  if (args[0].is(ValueKind::kDuration)) return Value::Int(args[0].as_duration().nanos / kNanosPerMillisecond);
  if (!args[0].is(ValueKind::kTimestamp)) return NoOverload();
  const bool zoned = args.size() == 2 && args[1].is(ValueKind::kString);
  if (zoned && !Zone::Load(args[1].as_string()).ok()) return Refused("is not a time zone");
  return Value::Int(args[0].as_timestamp().nanos / kNanosPerMillisecond);
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kAddDays, PlusDays},
    {Op::kAddMonths, PlusMonths},
    {Op::kYear, PartOfDate<&CivilDate::year>},
    {Op::kMonth, PartOfDate<&CivilDate::month>},
    {Op::kDay, PartOfDate<&CivilDate::day>},
    {Op::kGetFullYear, PartOfTimestamp<&CivilTime::year, 0>},
    {Op::kGetMonth, PartOfTimestamp<&CivilTime::month, 1>},
    {Op::kGetDate, PartOfTimestamp<&CivilTime::day, 0>},
    {Op::kGetDayOfMonth, PartOfTimestamp<&CivilTime::day, 1>},
    {Op::kGetDayOfYear, YeardayOf},
    {Op::kGetDayOfWeek, WeekdayOf},
    {Op::kGetHours, WholeOrPart<&CivilTime::hour, 3600>},
    {Op::kGetMinutes, WholeOrPart<&CivilTime::minute, 60>},
    {Op::kGetSeconds, WholeOrPart<&CivilTime::second, 1>},
    {Op::kGetMilliseconds, MillisecondsOf},
};

}  // namespace

absl::Span<const FunctionEntry> TimeFunctions() { return kFunctions; }

}  // namespace assay
