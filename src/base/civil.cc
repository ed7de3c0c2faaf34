// Civil-day arithmetic and text. Entry points: CivilFromDays, AddMonths, ParseDate, FormatDate.
// The calendar repeats every 400 years (146,097 days); every conversion works inside one such era.
#include "base/civil.h"

#include "base/bytes.h"

namespace assay {
namespace {

constexpr int kDaysPerEra = 146097;
constexpr int kDaysPerYear = 365;
constexpr int kDaysPerFourYears = 1461;
constexpr int kDaysPerCentury = 36524;

void AppendTwoDigits(int value, std::string* out) {
  out->push_back(static_cast<char>('0' + value / 10));
  out->push_back(static_cast<char>('0' + value % 10));
}

}  // namespace

CivilDate CivilFromDays(int32_t days) {
  const int from_march = days + 865565;  // since March of an era before year 0; positive for every valid day
  const int era = from_march / kDaysPerEra;
  const int day_of_era = from_march % kDaysPerEra;
  // Leaving out the leap days before it makes every year of the era 365 days long.
  const int leap_days =
      day_of_era / (kDaysPerFourYears - 1) - day_of_era / kDaysPerCentury + day_of_era / (kDaysPerEra - 1);
  const int year_of_era = (day_of_era - leap_days) / kDaysPerYear;
  const int day_of_year = day_of_era - (kDaysPerYear * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int year = 400 * (era - 1) + year_of_era + (month <= 2 ? 1 : 0);
  return {year, month, day};
}

int DayOfYear(int32_t days) { return days - DaysFromCivil(CivilFromDays(days).year, 1, 1); }

std::optional<int32_t> AddDays(int32_t days, int64_t count) {
  int64_t sum;
  if (__builtin_add_overflow(int64_t{days}, count, &sum) || !IsValidDay(sum)) return std::nullopt;
  return static_cast<int32_t>(sum);
}

std::optional<int32_t> AddMonths(int32_t days, int64_t months) {
  const CivilDate date = CivilFromDays(days);
  int64_t total;  // months since January of year 0
  if (__builtin_add_overflow(int64_t{date.year} * 12 + date.month - 1, months, &total)) return std::nullopt;
  if (total < 12 || total >= int64_t{12} * 10000) return std::nullopt;
  const int year = static_cast<int>(total / 12), month = static_cast<int>(total % 12) + 1;
  const int last = DaysInMonth(year, month);
  return DaysFromCivil(year, month, date.day < last ? date.day : last);
}

std::optional<int32_t> AddYears(int32_t days, int64_t years) {
  int64_t months;
  if (__builtin_mul_overflow(years, int64_t{12}, &months)) return std::nullopt;
  return AddMonths(days, months);
}

DateParse ParseDate(const char* data, size_t size, int32_t* days) {
  if (size == 0) return DateParse::kEmpty;
  if (size != 10 || data[4] != '-' || data[7] != '-') return DateParse::kMalformed;
  const uint64_t digits = LoadWord(data, 4) | LoadWord(data + 5, 2) << 32 | LoadWord(data + 8, 2) << 48;
  if (!IsEightDigits(digits)) return DateParse::kMalformed;
  const int number = static_cast<int>(EightDigits(digits));  // yyyymmdd
  const int year = number / 10000, month = number / 100 % 100, day = number % 100;
  if (!IsCivilDate(year, month, day)) return DateParse::kNoSuchDay;
  *days = DaysFromCivil(year, month, day);
  return DateParse::kOk;
}

absl::string_view DateParseReason(DateParse result) {
  switch (result) {
    case DateParse::kOk:
      return "";
    case DateParse::kEmpty:
      return "is empty";
    case DateParse::kMalformed:
      return "is not a date YYYY-MM-DD";
    case DateParse::kNoSuchDay:
      return "is not a day of the calendar";
  }
  return "";
}

void AppendDate(int32_t days, std::string* out) {
  const CivilDate date = CivilFromDays(days);
  AppendTwoDigits(date.year / 100, out);
  AppendTwoDigits(date.year % 100, out);
  out->push_back('-');
  AppendTwoDigits(date.month, out);
  out->push_back('-');
  AppendTwoDigits(date.day, out);
}

std::string FormatDate(int32_t days) {
  std::string text;
  AppendDate(days, &text);
  return text;
}

}  // namespace assay
