// Civil days: every day of the range, month ends, leap years, and text.
#include "base/civil.h"

#include <limits>

#include "gtest/gtest.h"

namespace assay {
namespace {

int32_t Day(absl::string_view text) {
  int32_t days = 0;
  EXPECT_EQ(ParseDate(text.data(), text.size(), &days), DateParse::kOk) << text;
  return days;
}

std::string Show(std::optional<int32_t> days) { return days ? FormatDate(*days) : "none"; }

DateParse Parse(absl::string_view text) {
  int32_t days = 77;
  const DateParse result = ParseDate(text.data(), text.size(), &days);
  EXPECT_TRUE(result == DateParse::kOk || days == 77);
  return result;
}

TEST(CivilTest, EveryDayOfTheRangeAndOfTheYearsBesideItFollowsTheOneBefore) {
  int year = 0, month = 1, day = 1, weekday = 6, year_day = 0;  // 0000-01-01 was a Saturday, 0001-01-01 a Monday
  for (int32_t days = kMinDay - 366; days <= kMaxDay + 366; ++days) {
    const CivilDate date = CivilFromDays(days);
    ASSERT_TRUE(date.year == year && date.month == month && date.day == day) << days;
    ASSERT_EQ(DaysFromCivil(year, month, day), days);
    ASSERT_EQ(DayOfWeek(days), weekday);
    ASSERT_EQ(DayOfYear(days), year_day);
    weekday = (weekday + 1) % 7;
    ++year_day;
    if (++day <= DaysInMonth(year, month)) continue;
    day = 1;
    if (++month <= 12) continue;
    month = 1;
    year_day = 0;
    ++year;
  }
  EXPECT_EQ(year, 10001);
}

TEST(CivilTest, LeapYears) {
  EXPECT_TRUE(IsLeapYear(2024));
  EXPECT_TRUE(IsLeapYear(2000));
  EXPECT_FALSE(IsLeapYear(1900));
  EXPECT_EQ(DaysInMonth(2023, 2), 28);
  EXPECT_EQ(DaysInMonth(2024, 2), 29);
}

TEST(CivilTest, DatesGoThereAndBack) {
  EXPECT_EQ(Day("1970-01-01"), 0);
  EXPECT_EQ(Day("1969-12-31"), -1);
  EXPECT_EQ(Day("2000-02-29"), 11016);
  for (const char* text : {"0001-01-01", "9999-12-31", "2026-11-22", "1900-03-01"})
    EXPECT_EQ(FormatDate(Day(text)), text);
}

TEST(CivilTest, TextThatIsNoDate) {
  EXPECT_EQ(Parse(""), DateParse::kEmpty);
  for (const char* text : {"2026-1-01", "2026/01/01", "20260101", "2026-01-01 ", " 2026-01-01", "+026-01-01",
                           "2026-01-0a", "12026-01-01", "2026-01-01T00:00:00Z", "２026-01-1"}) {
    EXPECT_EQ(Parse(text), DateParse::kMalformed) << text;
  }
  for (const char* text : {"0000-12-31", "2026-00-10", "2026-13-10", "2026-01-00", "2026-02-29", "2026-04-31"}) {
    EXPECT_EQ(Parse(text), DateParse::kNoSuchDay) << text;
  }
}

TEST(CivilTest, MonthsClampToTheMonthsEnd) {
  EXPECT_EQ(Show(AddMonths(Day("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(Show(AddMonths(Day("2024-01-31"), 1)), "2024-02-29");
  EXPECT_EQ(Show(AddMonths(Day("2026-03-31"), -1)), "2026-02-28");
  EXPECT_EQ(Show(AddMonths(Day("2026-11-30"), 3)), "2027-02-28");
  EXPECT_EQ(Show(AddMonths(Day("2026-01-15"), -13)), "2024-12-15");
  EXPECT_EQ(Show(AddMonths(Day("2026-01-15"), 0)), "2026-01-15");
  EXPECT_EQ(Show(AddYears(Day("2024-02-29"), 1)), "2025-02-28");
  EXPECT_EQ(Show(AddYears(Day("2024-02-29"), 4)), "2028-02-29");
}

TEST(CivilTest, NothingLeavesTheYears1To9999) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max(), kLeast = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(Show(AddDays(kMaxDay, 0)), "9999-12-31");
  EXPECT_EQ(Show(AddDays(kMaxDay, 1)), "none");
  EXPECT_EQ(Show(AddDays(kMinDay, -1)), "none");
  EXPECT_EQ(Show(AddDays(kMinDay, int64_t{kMaxDay} - kMinDay)), "9999-12-31");
  EXPECT_EQ(Show(AddMonths(kMaxDay, 1)), "none");
  EXPECT_EQ(Show(AddMonths(kMinDay, -1)), "none");
  EXPECT_EQ(Show(AddYears(kMinDay, 9998)), "9999-01-01");
  for (int64_t count : {kMost, kLeast}) {
    EXPECT_EQ(Show(AddDays(1, count)), "none");
    EXPECT_EQ(Show(AddDays(-1, count)), "none");
    EXPECT_EQ(Show(AddMonths(0, count)), "none");
    EXPECT_EQ(Show(AddYears(0, count)), "none");
  }
}

}  // namespace
}  // namespace assay
