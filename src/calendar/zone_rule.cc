// POSIX TZ strings: reading them, and where in time their changes fall. Entry points: ZoneRule::Parse, SpanAt.
// Every number is bounded as it is read, so no text can make the arithmetic overflow.
#include "calendar/zone_rule.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "base/civil.h"
#include "base/timestamp.h"

namespace assay {
namespace {

constexpr int32_t kSecondsPerHour = 3600;
constexpr int kMaxOffsetHours = 24;
constexpr int kMaxChangeHours = 167;

// Takes digits that make a number of at most `most` off the front of *text.
bool TakeNumber(absl::string_view* text, int most, int* number) {
  if (text->empty() || !absl::ascii_isdigit(static_cast<unsigned char>(text->front()))) return false;
  for (*number = 0; !text->empty() && absl::ascii_isdigit(static_cast<unsigned char>(text->front()));) {
    *number = *number * 10 + (text->front() - '0');
    if (*number > most) return false;
    text->remove_prefix(1);
  }
  return true;
}

// Takes [+-]h[:m[:s]].
bool TakeTime(absl::string_view* text, int most_hours, int32_t* seconds) {
  const bool negative = absl::ConsumePrefix(text, "-");
  if (!negative) absl::ConsumePrefix(text, "+");
  int hours = 0, minutes = 0, rest = 0;
  if (!TakeNumber(text, most_hours, &hours)) return false;
  if (absl::ConsumePrefix(text, ":")) {
    if (!TakeNumber(text, 59, &minutes)) return false;
    if (absl::ConsumePrefix(text, ":") && !TakeNumber(text, 59, &rest)) return false;
  }
  *seconds = hours * kSecondsPerHour + minutes * 60 + rest;
  if (negative) *seconds = -*seconds;
  return true;
}

// Takes three or more letters, or letters, digits and signs in angle brackets. The names are not kept.
bool TakeName(absl::string_view* text) {
  const bool quoted = absl::ConsumePrefix(text, "<");
  size_t length = 0;
  const auto is_of_name = [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return absl::ascii_isalpha(byte) || (quoted && (absl::ascii_isdigit(byte) || c == '+' || c == '-'));
  };
  while (length < text->size() && is_of_name((*text)[length])) ++length;
  text->remove_prefix(length);
  return length >= 3 && (!quoted || absl::ConsumePrefix(text, ">"));
}

// POSIX counts offsets to the west, we to the east.
bool TakeOffset(absl::string_view* text, int32_t* offset) {
  if (!TakeTime(text, kMaxOffsetHours, offset)) return false;
  *offset = -*offset;
  return true;
}

bool TakeDay(absl::string_view* text, YearlyChange* change) {
  if (absl::ConsumePrefix(text, "M")) {
    change->kind = YearlyChange::Kind::kWeekday;
    return TakeNumber(text, 12, &change->month) && change->month > 0 && absl::ConsumePrefix(text, ".") &&
           TakeNumber(text, 5, &change->week) && change->week > 0 && absl::ConsumePrefix(text, ".") &&
           TakeNumber(text, 6, &change->day);
  }
  if (absl::ConsumePrefix(text, "J")) {
    change->kind = YearlyChange::Kind::kDayWithoutLeap;
    return TakeNumber(text, 365, &change->day) && change->day > 0;
  }
  return TakeNumber(text, 365, &change->day);
}

// Takes ,day[/time]; the time is 2 o'clock if not said.
bool TakeChange(absl::string_view* text, YearlyChange* change) {
  change->time = 2 * kSecondsPerHour;
  if (!absl::ConsumePrefix(text, ",") || !TakeDay(text, change)) return false;
  return !absl::ConsumePrefix(text, "/") || TakeTime(text, kMaxChangeHours, &change->time);
}

// The given weekday's `week`th day of a month, or the last if there are not so many.
int32_t WeekdayOfMonth(int year, int month, int week, int weekday) {
  const int32_t first = DaysFromCivil(year, month, 1);
  int after_first = (weekday - DayOfWeek(first) + 7) % 7 + (week - 1) * 7;
  if (after_first >= DaysInMonth(year, month)) after_first -= 7;
  return first + after_first;
}

int32_t DayInYear(const YearlyChange& change, int year) {
  switch (change.kind) {
    case YearlyChange::Kind::kWeekday:
      return WeekdayOfMonth(year, change.month, change.week, change.day);
    case YearlyChange::Kind::kDayWithoutLeap:
      return DaysFromCivil(year, 1, 1) + change.day - 1 + (change.day > 59 && IsLeapYear(year) ? 1 : 0);
    case YearlyChange::Kind::kDayOfYear:
      return DaysFromCivil(year, 1, 1) + change.day;
  }
  return 0;
}

// Narrows *span, which lies around `seconds`, by a change to `offset`. Of two changes at once the later call counts.
void Narrow(int64_t change, int32_t offset, int64_t seconds, OffsetSpan* span) {
  if (change > seconds) {
    if (change < span->until) span->until = change;
  } else if (change >= span->from) {
    span->from = change;
    span->offset = offset;
  }
}

}  // namespace

int64_t YearlyChange::InYear(int year) const { return DayInYear(*this, year) * kSecondsPerDay + time; }

std::optional<ZoneRule> ZoneRule::Parse(absl::string_view text) {
  ZoneRule rule(0);
  if (!TakeName(&text) || !TakeOffset(&text, &rule.standard_)) return std::nullopt;
  if (text.empty()) return ZoneRule(rule.standard_);
  rule.changes_ = true;
  rule.summer_ = rule.standard_ + kSecondsPerHour;
  if (!TakeName(&text)) return std::nullopt;
  const bool says_offset = !text.empty() && text.front() != ',';
  if (says_offset && !TakeOffset(&text, &rule.summer_)) return std::nullopt;
  if (!TakeChange(&text, &rule.to_summer_) || !TakeChange(&text, &rule.to_standard_)) return std::nullopt;
  return text.empty() ? std::optional<ZoneRule>(rule) : std::nullopt;
}

OffsetSpan ZoneRule::SpanAt(int64_t seconds) const {
  OffsetSpan span;
  span.offset = standard_;
  if (!changes_) return span;
  const int64_t local = seconds + standard_;
  const int64_t day = local / kSecondsPerDay - (local % kSecondsPerDay < 0 ? 1 : 0);
  const int year = CivilFromDays(static_cast<int32_t>(day)).year;
  // A change may fall up to a week outside its year.
  for (int near = year - 1; near <= year + 1; ++near) {
    const int64_t to_summer = to_summer_.InYear(near) - standard_, to_standard = to_standard_.InYear(near) - summer_;
    if (to_summer <= to_standard) Narrow(to_summer, summer_, seconds, &span);
    Narrow(to_standard, standard_, seconds, &span);
    if (to_summer > to_standard) Narrow(to_summer, summer_, seconds, &span);
  }
  return span;
}

}  // namespace assay
