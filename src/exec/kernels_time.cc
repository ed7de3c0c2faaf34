// Dates, timestamps and durations: sums, differences, steps of days and months, and parts. Entry point: SelectTime.
// Parts of timestamps count as CEL says: months, days of the year and getDayOfMonth from 0, Sunday is day 0; parts of
// dates (year, month, day) count from 1.
#include "base/civil.h"
#include "exec/row_loop.h"
#include "exec/zones_of_rows.h"

namespace assay {
namespace {

constexpr Fault kOutOfYears = {ErrorKind::kOverflow, "the result leaves the years 1 to 9999"};
constexpr Fault kTooLong = {ErrorKind::kOverflow, "the result is a duration of over 292 years"};
constexpr Fault kNoZone = {ErrorKind::kInvalidArgument, "is not a time zone"};

template <typename T>
const Fault* Take(const std::optional<T>& value, const Fault& fault, T* out) {
  if (!value.has_value()) return &fault;
  *out = *value;
  return nullptr;
}

template <typename A, typename B>
struct Args {
  Arg<A> a;
  Arg<B> b;
  Args(const Frame& frame, const Node& node) : a(ArgOf<A>(frame, node, 0)), b(ArgOf<B>(frame, node, 1)) {}
};

void TimestampPlusDuration(Frame* frame, const Node& node) {
  const Args<Timestamp, Duration> args(*frame, node);
  TryEachRow<Timestamp>(
      frame, node, [&](size_t row, Timestamp* out) { return Take(Add(args.a[row], args.b[row]), kOutOfYears, out); });
}

void DurationPlusTimestamp(Frame* frame, const Node& node) {
  const Args<Duration, Timestamp> args(*frame, node);
  TryEachRow<Timestamp>(
      frame, node, [&](size_t row, Timestamp* out) { return Take(Add(args.b[row], args.a[row]), kOutOfYears, out); });
}

void TimestampMinusDuration(Frame* frame, const Node& node) {
  const Args<Timestamp, Duration> args(*frame, node);
  TryEachRow<Timestamp>(frame, node, [&](size_t row, Timestamp* out) {
    return Take(Subtract(args.a[row], args.b[row]), kOutOfYears, out);
  });
}

void TimestampMinusTimestamp(Frame* frame, const Node& node) {
  const Args<Timestamp, Timestamp> args(*frame, node);
  TryEachRow<Duration>(
      frame, node, [&](size_t row, Duration* out) { return Take(Between(args.b[row], args.a[row]), kTooLong, out); });
}

void DurationPlusDuration(Frame* frame, const Node& node) {
  const Args<Duration, Duration> args(*frame, node);
  TryEachRow<Duration>(frame, node,
                       [&](size_t row, Duration* out) { return Take(Add(args.a[row], args.b[row]), kTooLong, out); });
}

void DurationMinusDuration(Frame* frame, const Node& node) {
  const Args<Duration, Duration> args(*frame, node);
  TryEachRow<Duration>(
      frame, node, [&](size_t row, Duration* out) { return Take(Subtract(args.a[row], args.b[row]), kTooLong, out); });
}

void DateMinusDate(Frame* frame, const Node& node) {
  const Args<int32_t, int32_t> args(*frame, node);
  EachRow<int64_t>(frame, node, [&](size_t row) { return int64_t{args.a[row]} - args.b[row]; });
}

using Step = std::optional<int32_t> (*)(int32_t, int64_t);

template <Step kStep>
void StepDate(Frame* frame, const Node& node) {
  const Args<int32_t, int64_t> args(*frame, node);
  TryEachRow<int32_t>(
      frame, node, [&](size_t row, int32_t* out) { return Take(kStep(args.a[row], args.b[row]), kOutOfYears, out); });
}

template <int CivilDate::* kPart>
int64_t CivilPart(int32_t days) {
  return CivilFromDays(days).*kPart;
}
int64_t Weekday(int32_t days) { return DayOfWeek(days); }
int64_t Yearday(int32_t days) { return DayOfYear(days); }

template <int64_t (*kPart)(int32_t)>
void PartOfDate(Frame* frame, const Node& node) {
  const Arg<int32_t> date = ArgOf<int32_t>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) { return kPart(date[row]); });
}

template <int64_t (*kPart)(const LocalTime&)>
void PartOfTimestamp(Frame* frame, const Node& node) {
  const Arg<Timestamp> time = ArgOf<Timestamp>(*frame, node, 0);
  ZonesOfRows zones(*frame, node);
  TryEachRow<int64_t>(frame, node, [&](size_t row, int64_t* out) -> const Fault* {
    LocalTime local;
    if (!zones.Local(row, time[row], &local)) return &kNoZone;
    *out = kPart(local);
    return nullptr;
  });
}

constexpr int kNanosPerMillisecond = 1'000'000;

// The same in every zone, but it must be one.
void MillisecondsOfTimestamp(Frame* frame, const Node& node) {
  const Arg<Timestamp> time = ArgOf<Timestamp>(*frame, node, 0);
  ZonesOfRows zones(*frame, node);
  TryEachRow<int64_t>(frame, node, [&](size_t row, int64_t* out) -> const Fault* {
    LocalTime local;
    if (!zones.Local(row, time[row], &local)) return &kNoZone;
    *out = time[row].nanos / kNanosPerMillisecond;
    return nullptr;
  });
}

// The whole of a duration in that unit, cut towards zero.
template <int64_t seconds>
void WholeOfDuration(Frame* frame, const Node& node) {
  const Arg<Duration> span = ArgOf<Duration>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) { return span[row].seconds / seconds; });
}

// Those below the second.
void MillisecondsOfDuration(Frame* frame, const Node& node) {
  const Arg<Duration> span = ArgOf<Duration>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) { return int64_t{span[row].nanos / kNanosPerMillisecond}; });
}

Kernel SelectSum(Physical a, Physical b) {
  if (a == Physical::kTimestamp && b == Physical::kDuration) return TimestampPlusDuration;
  if (a == Physical::kDuration && b == Physical::kTimestamp) return DurationPlusTimestamp;
  return a == Physical::kDuration && b == Physical::kDuration ? DurationPlusDuration : nullptr;
}

Kernel SelectDifference(Physical a, Physical b) {
  if (a == Physical::kTimestamp && b == Physical::kDuration) return TimestampMinusDuration;
  if (a != b) return nullptr;
  if (a == Physical::kTimestamp) return TimestampMinusTimestamp;
  if (a == Physical::kDuration) return DurationMinusDuration;
  return a == Physical::kDate ? DateMinusDate : nullptr;
}

Kernel SelectOfDate(Op op) {
  switch (op) {
    case Op::kAddDays:
      return StepDate<AddDays>;
    case Op::kAddMonths:
      return StepDate<AddMonths>;
    case Op::kYear:
      return PartOfDate<CivilPart<&CivilDate::year>>;
    case Op::kMonth:
      return PartOfDate<CivilPart<&CivilDate::month>>;
    case Op::kDay:
      return PartOfDate<CivilPart<&CivilDate::day>>;
    case Op::kGetDayOfWeek:
      return PartOfDate<Weekday>;
    case Op::kGetDayOfYear:
      return PartOfDate<Yearday>;
    default:
      return nullptr;
  }
}

Kernel SelectOfTimestamp(Op op) {
  switch (op) {
    case Op::kGetFullYear:
      return PartOfTimestamp<FullYear>;
    case Op::kGetMonth:
      return PartOfTimestamp<MonthFromZero>;
    case Op::kGetDate:
      return PartOfTimestamp<DateFromOne>;
    case Op::kGetDayOfMonth:
      return PartOfTimestamp<DayOfMonthFromZero>;
    case Op::kGetDayOfYear:
      return PartOfTimestamp<DayOfYearFromZero>;
    case Op::kGetDayOfWeek:
      return PartOfTimestamp<DayOfWeekFromSunday>;
    case Op::kGetHours:
      return PartOfTimestamp<Hours>;
    case Op::kGetMinutes:
      return PartOfTimestamp<Minutes>;
    case Op::kGetSeconds:
      return PartOfTimestamp<Seconds>;
    case Op::kGetMilliseconds:
      return MillisecondsOfTimestamp;
    default:
      return nullptr;
  }
}

Kernel SelectOfDuration(Op op) {
  switch (op) {
    case Op::kGetHours:
      return WholeOfDuration<3600>;
    case Op::kGetMinutes:
      return WholeOfDuration<60>;
    case Op::kGetSeconds:
      return WholeOfDuration<1>;
    case Op::kGetMilliseconds:
      return MillisecondsOfDuration;
    default:
      return nullptr;
  }
}

}  // namespace

Kernel SelectTime(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kCall || node.arg_count == 0) return nullptr;
  const Physical first = program.nodes[node.args[0]].type;
  if (node.op == Op::kAdd || node.op == Op::kSubtract) {
    const Physical second = program.nodes[node.args[1]].type;
    return node.op == Op::kAdd ? SelectSum(first, second) : SelectDifference(first, second);
  }
  if (first == Physical::kDate) return SelectOfDate(node.op);
  if (first == Physical::kTimestamp) return SelectOfTimestamp(node.op);
  return first == Physical::kDuration ? SelectOfDuration(node.op) : nullptr;
}

}  // namespace assay
