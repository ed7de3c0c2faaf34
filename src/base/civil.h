// Civil days: the proleptic Gregorian calendar without clocks or zones.
// Entry points: ParseDate, FormatDate, DaysFromCivil, CivilFromDays, AddMonths. A day is an int32_t, the number of days
// since 1970-01-01, from 0001-01-01 to 9999-12-31. Pure functions, safe from any thread; nothing here asks the clock.
#ifndef ASSAY_BASE_CIVIL_H_
#define ASSAY_BASE_CIVIL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace assay {

inline constexpr int32_t kMinDay = -719162;  // 0001-01-01
inline constexpr int32_t kMaxDay = 2932896;  // 9999-12-31

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

constexpr bool IsValidDay(int64_t days) { return days >= kMinDay && days <= kMaxDay; }

constexpr bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// 28..31; month is 1..12.
constexpr int DaysInMonth(int year, int month) {
  if (month == 2) return IsLeapYear(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Whether the three name a day of the years 1..9999.
constexpr bool IsCivilDate(int64_t year, int64_t month, int64_t day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= DaysInMonth(static_cast<int>(year), static_cast<int>(month));
}

// The day of an existing date (IsCivilDate) or one of the years next to 1..9999, which zones touch. Years are counted
// from March of an era before, so that the leap day is the last of its year and the lengths of the months before it
// follow 153 days in five months; year 0 is the one before year 1.
constexpr int32_t DaysFromCivil(int year, int month, int day) {
  const int shifted_year = (month <= 2 ? year - 1 : year) + 400;
  const int shifted_month = month <= 2 ? month + 9 : month - 3;
  const int day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
  const int leap_days = shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
  return 365 * shifted_year + leap_days + day_of_year - 865565;  // the era's first day is day -865565
}

// The date of a valid day, or of one in the years next to 1..9999.
CivilDate CivilFromDays(int32_t days);

// 0 is Sunday, 6 is Saturday.
constexpr int DayOfWeek(int32_t days) {
  const int day = (days + 4) % 7;  // 1970-01-01 was a Thursday
  return day < 0 ? day + 7 : day;
}

// 0 for January 1, up to 365.
int DayOfYear(int32_t days);

// `days` + `count`, or nothing outside the years 1..9999.
std::optional<int32_t> AddDays(int32_t days, int64_t count);

// The same day `months` later (or earlier), or the last of that month if it is shorter: January 31 plus one month is
// the end of February. Nothing outside the years 1..9999.
std::optional<int32_t> AddMonths(int32_t days, int64_t months);

// AddMonths of 12 * years: February 29 plus one year is February 28.
std::optional<int32_t> AddYears(int32_t days, int64_t years);

// What reading a date's text found. kNoSuchDay: the form is right, but no such day exists in the years 1..9999.
enum class DateParse : uint8_t { kOk, kEmpty, kMalformed, kNoSuchDay };

// Reads exactly YYYY-MM-DD. *days is written only on kOk. `data` need not be terminated. Never allocates.
DateParse ParseDate(const char* data, size_t size, int32_t* days);

// Why a date's text was refused, for messages: "is not a date YYYY-MM-DD", …; "" for kOk.
absl::string_view DateParseReason(DateParse result);

// YYYY-MM-DD of a valid day.
std::string FormatDate(int32_t days);
void AppendDate(int32_t days, std::string* out);

}  // namespace assay

#endif  // ASSAY_BASE_CIVIL_H_
