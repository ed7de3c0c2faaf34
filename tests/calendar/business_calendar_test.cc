// Business time on days that people know: make-up Saturdays, golden weeks, nights on which clocks change.
#include "calendar/business_calendar.h"

#include "absl/strings/str_cat.h"
#include "assay/v1/rulebook.pb.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

constexpr char kDesk[] = R"(
  id: "CN" time_zone: "Asia/Shanghai" valid_from: "2024-01-01" valid_to: "2026-12-31"
  hours { weekdays: [1, 2, 3, 4, 5] opens: "09:00" closes: "18:00" }
  rest { opens: "12:00" closes: "13:30" }
  holidays { day: "2025-10-01" until: "2025-10-08" }
  holidays { day: "2026-01-01" until: "2026-01-03" }
  make_up_days { day: "2025-09-28" replaces: 1 }
  make_up_days { day: "2025-10-11" replaces: 3 }
  make_up_days { day: "2026-01-03" hours { opens: "10:00" closes: "11:00" } }
)";
constexpr char kNewYork[] = R"(
  id: "NY" time_zone: "America/New_York"
  hours { opens: "00:00" closes: "24:00" }
)";

std::optional<CalendarHours> Read(absl::string_view text, IssueList* issues) {
  v1::BusinessCalendar spec;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &spec));
  return ReadCalendar(spec, issues);
}

BusinessCalendar Of(absl::string_view text) {
  IssueList issues;
  std::optional<CalendarHours> hours = Read(text, &issues);
  EXPECT_TRUE(hours.has_value()) << Format(issues);
  return BusinessCalendar(hours.value_or(CalendarHours()));
}

Timestamp At(absl::string_view text) { return ParseTimestamp(text).value(); }

std::string Show(const std::optional<Timestamp>& time) { return time.has_value() ? FormatTimestamp(*time) : "none"; }
std::string Show(const std::optional<Duration>& span) { return span.has_value() ? FormatDuration(*span) : "none"; }

std::string Add(const BusinessCalendar& calendar, absl::string_view start, absl::string_view amount) {
  return Show(calendar.Add(At(start), ParseDuration(amount).value()));
}

std::string AddDays(const BusinessCalendar& calendar, absl::string_view start, int64_t count) {
  return Show(calendar.AddDays(At(start), count));
}

int32_t Day(absl::string_view text) {
  int32_t day = 0;
  EXPECT_EQ(ParseDate(text.data(), text.size(), &day), DateParse::kOk);
  return day;
}

std::string Faults(absl::string_view text) {
  IssueList issues;
  EXPECT_FALSE(Read(text, &issues).has_value());
  std::string all;
  for (const Issue& issue : issues.issues()) absl::StrAppend(&all, issue.path, ": ", issue.message, "\n");
  return all;
}

TEST(BusinessCalendarTest, WorkingTimeIsHalfOpenAndLeavesOutTheBreak) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(desk.IsWorking(At("2025-11-03T09:00:00+08:00")), true);
  EXPECT_EQ(desk.IsWorking(At("2025-11-03T08:59:59.999999999+08:00")), false);
  EXPECT_EQ(desk.IsWorking(At("2025-11-03T11:59:59.999999999+08:00")), true);
  EXPECT_EQ(desk.IsWorking(At("2025-11-03T12:00:00+08:00")), false);
  EXPECT_EQ(desk.IsWorking(At("2025-11-03T18:00:00+08:00")), false);
  EXPECT_EQ(Show(desk.Between(At("2025-11-03T00:00:00+08:00"), At("2025-11-04T00:00:00+08:00"))), "27000s");
  EXPECT_EQ(Show(desk.Between(At("2025-11-04T09:00:00+08:00"), At("2025-11-03T17:59:59.500+08:00"))), "-0.500s");
}

TEST(BusinessCalendarTest, FourHoursPassTheBreakTheNightAndTheWeekend) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(Add(desk, "2025-11-03T09:00:00+08:00", "4h"), Show(At("2025-11-03T14:30:00+08:00")));
  EXPECT_EQ(Add(desk, "2025-11-07T16:00:00+08:00", "4h"), Show(At("2025-11-10T11:00:00+08:00")));
  EXPECT_EQ(Add(desk, "2025-11-08T10:00:00+08:00", "4h"), Show(At("2025-11-10T14:30:00+08:00")));
  EXPECT_EQ(Add(desk, "2025-11-03T09:00:00+08:00", "3h"), Show(At("2025-11-03T12:00:00+08:00")));  // at close, not open
  EXPECT_EQ(Add(desk, "2025-11-03T13:30:00+08:00", "-1ns"), Show(At("2025-11-03T11:59:59.999999999+08:00")));
  EXPECT_EQ(Add(desk, "2025-11-08T10:00:00+08:00", "0s"), Show(At("2025-11-08T10:00:00+08:00")));
}

TEST(BusinessCalendarTest, MakeUpSaturdayTakesTheHoursOfTheDayItReplaces) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(desk.IsWorking(At("2025-10-11T09:30:00+08:00")), true);
  EXPECT_EQ(desk.IsWorking(At("2025-10-11T12:30:00+08:00")), false);
  EXPECT_EQ(desk.IsWorking(At("2025-10-12T09:30:00+08:00")), false);
}

TEST(BusinessCalendarTest, NobodyWorksInTheGoldenWeek) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(Add(desk, "2025-09-30T17:00:00+08:00", "2h"), Show(At("2025-10-09T10:00:00+08:00")));
  EXPECT_EQ(desk.DaysBetween(Day("2025-09-27"), Day("2025-10-12")), 6);  // Sun 28, Mon, Tue; Thu 9, Fri, Sat 11
}

TEST(BusinessCalendarTest, MakeUpDayBeatsAHolidayAndItsOwnHoursBeatTheWeek) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(Show(desk.Between(At("2026-01-01T00:00:00+08:00"), At("2026-01-05T00:00:00+08:00"))), "3600s");
  EXPECT_EQ(AddDays(desk, "2026-01-01T10:00:00+08:00", 0), Show(At("2026-01-03T11:00:00+08:00")));
}

TEST(BusinessCalendarTest, ReceiptAfterCloseCountsFromTheNextWorkingDay) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(AddDays(desk, "2025-11-03T06:00:00+08:00", 1), Show(At("2025-11-04T18:00:00+08:00")));
  EXPECT_EQ(AddDays(desk, "2025-11-03T17:59:59+08:00", 1), Show(At("2025-11-04T18:00:00+08:00")));
  EXPECT_EQ(AddDays(desk, "2025-11-03T18:00:00+08:00", 1), Show(At("2025-11-05T18:00:00+08:00")));
  EXPECT_EQ(AddDays(desk, "2025-11-08T10:00:00+08:00", 1), Show(At("2025-11-11T18:00:00+08:00")));
  EXPECT_EQ(AddDays(desk, "2025-11-05T10:00:00+08:00", -3), Show(At("2025-10-31T18:00:00+08:00")));
}

TEST(BusinessCalendarTest, DaysAddedAreTheDaysBetween) {
  const BusinessCalendar desk = Of(kDesk);
  for (int32_t day = Day("2025-09-20"); day < Day("2025-10-20"); ++day) {
    for (int64_t count : {-7, -1, 0, 1, 7}) {
      EXPECT_EQ(desk.DaysBetween(day, desk.AddDays(day, count).value()), count) << FormatDate(day);
    }
  }
}

TEST(BusinessCalendarTest, ClocksThatChangeMakeADayOf23And25Hours) {
  const BusinessCalendar always = Of(kNewYork);
  const auto day = [&](absl::string_view from, absl::string_view to) { return Show(always.Between(At(from), At(to))); };
  EXPECT_EQ(day("2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"), "82800s");
  EXPECT_EQ(day("2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"), "90000s");
  EXPECT_EQ(Add(always, "2026-03-07T12:00:00-05:00", "24h"), Show(At("2026-03-08T13:00:00-04:00")));
  const BusinessCalendar night = Of(absl::StrCat(kNewYork, R"(make_up_days { day: "2026-03-08"
      hours { opens: "02:15" closes: "02:45" } hours { opens: "02:50" closes: "03:10" } })"));
  EXPECT_EQ(Show(night.Between(At("2026-03-08T00:00:00-05:00"), At("2026-03-09T00:00:00-04:00"))), "600s");
}

TEST(BusinessCalendarTest, DayThatAZoneLeftOutIsNotWorked) {
  const BusinessCalendar apia = Of(R"(id: "W" time_zone: "Pacific/Apia" hours { opens: "08:00" closes: "16:00" })");
  EXPECT_EQ(apia.DaysBetween(Day("2011-12-29"), Day("2012-01-01")), 2);  // without Friday 30
  EXPECT_EQ(AddDays(apia, "2011-12-29T09:00:00-10:00", 1), Show(At("2011-12-31T16:00:00+14:00")));
}

TEST(BusinessCalendarTest, WhatLeavesTheCalendarHasNoAnswer) {
  const BusinessCalendar desk = Of(kDesk);
  EXPECT_EQ(Add(desk, "2026-12-31T17:00:00+08:00", "1h"), Show(At("2026-12-31T18:00:00+08:00")));
  EXPECT_EQ(Add(desk, "2026-12-31T17:00:00+08:00", "1h1ns"), "none");
  EXPECT_EQ(Add(desk, "2024-01-01T09:00:00+08:00", "-1ns"), "none");
  EXPECT_EQ(Add(desk, "2027-01-01T00:00:01+08:00", "0s"), "none");
  EXPECT_EQ(AddDays(desk, "2026-12-31T09:00:00+08:00", 1), "none");
  EXPECT_EQ(desk.IsWorking(At("2027-01-01T00:00:00+08:00")), std::nullopt);
  EXPECT_EQ(desk.DaysBetween(Day("2023-12-31"), Day("2024-01-02")), std::nullopt);
  EXPECT_EQ(Show(desk.Between(At("2026-12-31T16:00:00+08:00"), At("2027-01-01T00:00:00+08:00"))), "7200s");
  EXPECT_EQ(desk.DaysBetween(Day("2026-12-28"), Day("2027-01-01")), 4);
}

TEST(BusinessCalendarTest, AnswersOverAllYears) {
  const BusinessCalendar always = Of(kNewYork);
  EXPECT_EQ(always.DaysBetween(kMinDay, kMaxDay + 1), int64_t{kMaxDay} - kMinDay + 1);
  EXPECT_EQ(always.AddDays(kMinDay, kMaxDay - kMinDay), kMaxDay);
  EXPECT_EQ(always.AddDays(kMinDay, std::numeric_limits<int64_t>::max()), std::nullopt);
  EXPECT_EQ(always.AddDays(kMaxDay, std::numeric_limits<int64_t>::min()), std::nullopt);
  const Timestamp early = At("0001-01-02T00:00:00Z"), late = At("9999-12-30T00:00:00Z");
  EXPECT_EQ(always.Between(early, late), std::nullopt);  // no Duration is so long
  EXPECT_TRUE(always.Covers(early) && always.Covers(late));
  EXPECT_EQ(Add(always, "9999-12-31T23:59:59Z", "5h"),
            "none");  // in New York it is not midnight yet, but nobody can say so
}

TEST(BusinessCalendarTest, HolidaysAreBounded) {
  std::string many(kNewYork);
  for (int32_t day = 0; day < 102'000; day += 400) {
    absl::StrAppend(&many, "holidays { day: '", FormatDate(day), "' until: '", FormatDate(day + 399), "' }");
  }
  EXPECT_EQ(Faults(many), "holidays: a calendar may have 100000 days on which nobody works\n");
}

TEST(BusinessCalendarTest, FaultsNameTheirPlace) {
  EXPECT_EQ(Faults(R"(id: "X" time_zone: "Asia/Shanghia")"),
            "time_zone: unknown time zone (write it like Asia/Shanghai, UTC or +08:00): 'Asia/Shanghia'; did you mean "
            "'Asia/Shanghai'?\n"
            ": a calendar has hours, as {weekdays: [1, 2], opens: 09:00, closes: 17:00}\n");
  EXPECT_EQ(Faults(absl::StrCat(kDesk, R"(
      hours { weekdays: [4, 5] opens: "17:30" closes: "19:00" } hours { weekdays: 8 opens: "9:00" closes: "24:01" }
      hours { weekdays: 0 opens: "22:00" closes: "06:00" } hours { weekdays: 0 opens: "22:00" closes: "24:00" })")),
            "hours[1]: hours of one day must not overlap\n"
            "hours[2].opens: this is not a time of day HH:MM from 00:00 to 24:00: '9:00'\n"
            "hours[2].closes: this is not a time of day HH:MM from 00:00 to 24:00: '24:01'\n"
            "hours[3]: hours close later than they open (what passes midnight is two stretches, to 24:00 and from "
            "00:00): 22:00-06:00\n"
            "hours[4].weekdays[0]: weekdays are 1 (Monday) to 7 (Sunday), this is 0\n");
  EXPECT_EQ(Faults(absl::StrCat(kDesk, R"(
      holidays { day: "2025-10-08" } holidays { day: "2025-02-30" } holidays { day: "2025-05-05" until: "2025-05-01" }
      holidays {} make_up_days { day: "2025-10-11" replaces: 1 } make_up_days { day: "2025-10-18" replaces: 6 }
      make_up_days { day: "2025-10-19" hours { weekdays: 7 opens: "09:00" closes: "10:00" } })")),
            "holidays[2]: this day is a holiday already: 2025-10-08\n"
            "holidays[3].day: this is not a day of the calendar: '2025-02-30'\n"
            "holidays[4].until: a holiday ends after it begins, within 400 days: '2025-05-01'\n"
            "holidays[5].day: this is empty: ''\n"
            "make_up_days[3]: this is a make-up day already: 2025-10-11\n"
            "make_up_days[4]: a make-up day has hours, or replaces (1 Monday to 7 Sunday) a weekday that has\n"
            "make_up_days[5].hours[0]: hours of a make-up day are for that day, without weekdays\n");
  EXPECT_EQ(Faults(R"(id: "X" time_zone: "UTC" hours { opens: "00:00" closes: "24:00" }
                      valid_from: "2026-01-01" valid_to: "2025-12-31")"),
            "valid_to: a calendar does not end before it begins\n");
}

}  // namespace
}  // namespace assay
