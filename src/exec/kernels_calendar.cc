// Business time: working time and working days, by the calendar that the last argument names. Entry point:
// SelectCalendar. A name written out is looked up once, one that the rows tell for each row.
#include "exec/row_loop.h"

namespace assay {
namespace {

constexpr Fault kUnknown = {ErrorKind::kInvalidArgument, kNoCalendar};
constexpr Fault kOutside = {ErrorKind::kOverflow, kOutsideCalendar};
constexpr Fault kTooLong = {ErrorKind::kOverflow, "the result is a duration of over 292 years"};

// Each row's value is what its calendar answers to `ask(calendar, row, &value)`, a fault or nullptr.
template <typename T, typename Ask>
void AskCalendars(Frame* frame, const Node& node, Ask ask) {
  const Calendars& calendars = frame->program->calendars;
  const Arg<absl::string_view> names = ArgOf<absl::string_view>(*frame, node, node.arg_count - 1);
  const BusinessCalendar* only = names.constant() ? FindCalendar(&calendars, names[0]) : nullptr;
  TryEachRow<T>(frame, node, [&](size_t row, T* out) {
    const BusinessCalendar* calendar = names.constant() ? only : FindCalendar(&calendars, names[row]);
    return calendar == nullptr ? &kUnknown : ask(*calendar, row, out);
  });
}

template <typename T>
const Fault* Take(const std::optional<T>& answer, T* out) {
  if (answer.has_value()) *out = *answer;
  return answer.has_value() ? nullptr : &kOutside;
}

void WorkingTime(Frame* frame, const Node& node) {
  const Arg<Timestamp> from = ArgOf<Timestamp>(*frame, node, 0), to = ArgOf<Timestamp>(*frame, node, 1);
  AskCalendars<Duration>(frame, node, [&](const BusinessCalendar& calendar, size_t row, Duration* out) {
    const std::optional<Duration> span = calendar.Between(from[row], to[row]);
    const bool is_known = span.has_value() || !calendar.Covers(from[row]) || !calendar.Covers(to[row]);
    return is_known ? Take(span, out) : &kTooLong;
  });
}

void AddWorkingTime(Frame* frame, const Node& node) {
  const Arg<Timestamp> start = ArgOf<Timestamp>(*frame, node, 0);
  const Arg<Duration> amount = ArgOf<Duration>(*frame, node, 1);
  AskCalendars<Timestamp>(frame, node, [&](const BusinessCalendar& calendar, size_t row, Timestamp* out) {
    return Take(calendar.Add(start[row], amount[row]), out);
  });
}

// T: a day, or an instant.
template <typename T>
void AddWorkingDays(Frame* frame, const Node& node) {
  const Arg<T> start = ArgOf<T>(*frame, node, 0);
  const Arg<int64_t> count = ArgOf<int64_t>(*frame, node, 1);
  AskCalendars<T>(frame, node, [&](const BusinessCalendar& calendar, size_t row, T* out) {
    return Take(calendar.AddDays(start[row], count[row]), out);
  });
}

void WorkingDaysBetween(Frame* frame, const Node& node) {
  const Arg<int32_t> from = ArgOf<int32_t>(*frame, node, 0), to = ArgOf<int32_t>(*frame, node, 1);
  AskCalendars<int64_t>(frame, node, [&](const BusinessCalendar& calendar, size_t row, int64_t* out) {
    return Take(calendar.DaysBetween(from[row], to[row]), out);
  });
}

void IsWorkingTime(Frame* frame, const Node& node) {
  const Arg<Timestamp> time = ArgOf<Timestamp>(*frame, node, 0);
  AskCalendars<uint8_t>(frame, node, [&](const BusinessCalendar& calendar, size_t row, uint8_t* out) {
    const std::optional<bool> works = calendar.IsWorking(time[row]);
    *out = works.value_or(false);
    return works.has_value() ? nullptr : &kOutside;
  });
}

}  // namespace

Kernel SelectCalendar(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kCall) return nullptr;
  switch (node.op) {
    case Op::kWorkingTime:
      return WorkingTime;
    case Op::kAddWorkingTime:
      return AddWorkingTime;
    case Op::kAddWorkingDays:
      return program.nodes[node.args[0]].type == Physical::kDate ? AddWorkingDays<int32_t> : AddWorkingDays<Timestamp>;
    case Op::kWorkingDaysBetween:
      return WorkingDaysBetween;
    case Op::kIsWorkingTime:
      return IsWorkingTime;
    default:
      return nullptr;
  }
}

}  // namespace assay
