// Zones: names and offsets, and the days on which clocks jump.
#include "calendar/zone.h"

#include "base/civil.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

Zone Of(absl::string_view name) { return Zone::Load(name).value(); }
Timestamp At(absl::string_view text) { return ParseTimestamp(text).value(); }
std::string DayOf(absl::string_view zone, absl::string_view time) { return FormatDate(Of(zone).Local(At(time)).day); }

std::string StartOf(absl::string_view zone, absl::string_view date) {
  int32_t day = 0;
  EXPECT_EQ(ParseDate(date.data(), date.size(), &day), DateParse::kOk);
  return FormatTimestamp(Of(zone).FirstInstant(day, 0));
}

TEST(ZoneTest, UnknownNamesSayHowToWriteOne) {
  EXPECT_EQ(Zone::Load("Asia/Shanghia").status(),
            absl::NotFoundError("unknown time zone (write it like Asia/Shanghai, UTC or +08:00): 'Asia/Shanghia'; did "
                                "you mean 'Asia/Shanghai'?"));
  EXPECT_EQ(Zone::Load("Mars/Olympus").status().message(),
            "unknown time zone (write it like Asia/Shanghai, UTC or +08:00): 'Mars/Olympus'");
  EXPECT_EQ(Zone::Load("+24:00").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Zone::Load("-08:60").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ZoneTest, NoNameReachesTheMachineOrItsFiles) {
  for (const char* name : {"",
                           "localtime",
                           "/etc/localtime",
                           "../zoneinfo/UTC",
                           "file:/etc/localtime",
                           "libc:localtime",
                           "Asia/../UTC",
                           "posixrules",
                           "posix/UTC",
                           "right/UTC",
                           "Fixed/UTC+08:00:00",
                           "+8:00",
                           "8",
                           "+08:00 ",
                           "Asia",
                           "Asia/",
                           "Z",
                           "utc",
                           "asia/shanghai",
                           "+1\n:00",
                           "+aa:bb",
                           "++1:00",
                           "+08:0\xff",
                           ":",
                           "CST-8",
                           "EST5EDT,M3.2.0,M11.1.0"}) {
    EXPECT_FALSE(Zone::Find(name).has_value()) << name;
    EXPECT_FALSE(Zone::Load(name).ok()) << name;
  }
}

TEST(ZoneTest, AHostileNameMakesAShortMessageOfOneLine) {
  const std::string embedded_zero("Asia/Shanghai\0", 14);
  EXPECT_FALSE(Zone::Find(embedded_zero).has_value());
  for (const std::string& name : {embedded_zero, std::string("a\nb\x1b[31m"), std::string(1 << 20, 'A'),
                                  std::string(1 << 20, '\xff'), std::string("Asia/Shanghai\r\n")}) {
    const std::string message(Zone::Load(name).status().message());
    EXPECT_LT(message.size(), 400u);
    for (const char c : message) EXPECT_FALSE(c == '\n' || c == '\r' || c == '\0' || c == '\x1b');
  }
}

TEST(ZoneTest, FixedOffsets) {
  EXPECT_EQ(Of("+08:00").Local(At("2026-11-22T20:00:00Z")).offset, 8 * 3600);
  EXPECT_EQ(Of("-09:30").Local(At("2026-11-22T20:00:00Z")).offset, -(9 * 3600 + 1800));
  EXPECT_EQ(Hours(Of("02:00").Local(At("2026-11-22T20:00:00Z"))), 22);
  EXPECT_EQ(Of("-00:00").Local(At("2026-11-22T20:00:00Z")).offset, 0);
  EXPECT_EQ(Hours(Of("UTC").Local(At("2026-11-22T20:00:00Z"))), 20);
  EXPECT_EQ(Zone().name(), "UTC");
  EXPECT_EQ(Of("+23:59").name(), "+23:59");
}

TEST(ZoneTest, BreaksAnInstantDown) {
  const LocalTime time = Of("Asia/Shanghai").Local(At("2026-11-21T16:30:15.9Z"));
  EXPECT_EQ(FullYear(time), 2026);
  EXPECT_EQ(MonthFromZero(time), 10);
  EXPECT_EQ(DateFromOne(time), 22);
  EXPECT_EQ(DayOfMonthFromZero(time), 21);
  EXPECT_EQ(Hours(time), 0);
  EXPECT_EQ(Minutes(time), 30);
  EXPECT_EQ(Seconds(time), 15);
  EXPECT_EQ(DayOfWeekFromSunday(time), 0);
  EXPECT_EQ(DayOfYearFromZero(time), 325);
  EXPECT_EQ(time.offset, 28800);
}

TEST(ZoneTest, TheCivilDayTurnsAtLocalMidnight) {
  EXPECT_EQ(DayOf("Asia/Shanghai", "2026-11-21T15:59:59.999999999Z"), "2026-11-21");
  EXPECT_EQ(DayOf("Asia/Shanghai", "2026-11-21T16:00:00Z"), "2026-11-22");
  EXPECT_EQ(DayOf("UTC", "1969-12-31T23:59:59.999999999Z"), "1969-12-31");
  EXPECT_EQ(DayOf("America/New_York", "2026-03-08T04:59:59Z"), "2026-03-07");
  EXPECT_EQ(DayOf("Asia/Shanghai", "1990-07-01T15:00:00Z"), "1990-07-02") << "summer time of 1990";
}

TEST(ZoneTest, ADayBeginsAtItsFirstInstant) {
  EXPECT_EQ(StartOf("Asia/Shanghai", "2026-11-22"), "2026-11-21T16:00:00Z");
  EXPECT_EQ(StartOf("America/Sao_Paulo", "2018-11-04"), "2018-11-04T03:00:00Z") << "the clock jumps over midnight";
  EXPECT_EQ(StartOf("America/Havana", "2019-11-03"), "2019-11-03T04:00:00Z") << "midnight happens twice";
  EXPECT_EQ(StartOf("Pacific/Apia", "2011-12-30"), "2011-12-30T10:00:00Z")
      << "a day that never was begins as it is left out";
  EXPECT_EQ(StartOf("Pacific/Apia", "2011-12-31"), "2011-12-30T10:00:00Z");
}

TEST(ZoneTest, ACivilTimeIsItsFirstInstant) {
  const Zone zone = Of("America/New_York");
  int32_t day = 0;
  ASSERT_EQ(ParseDate("2026-03-08", 10, &day), DateParse::kOk);
  EXPECT_EQ(FormatTimestamp(zone.FirstInstant(day, 7199)), "2026-03-08T06:59:59Z");
  EXPECT_EQ(FormatTimestamp(zone.FirstInstant(day, 9000)), "2026-03-08T07:00:00Z") << "2:30 is jumped over";
  ASSERT_EQ(ParseDate("2026-11-01", 10, &day), DateParse::kOk);
  EXPECT_EQ(FormatTimestamp(zone.FirstInstant(day, 5400)), "2026-11-01T05:30:00Z") << "1:30 happens twice";
  EXPECT_EQ(Of("+23:59").FirstInstant(kMinDay, 0).seconds, kMinTimestampSeconds - 86340);
  EXPECT_EQ(Of("-23:59").FirstInstant(kMaxDay, 86399).seconds, kMaxTimestampSeconds + 86340);
}

TEST(ZoneTest, TheSpanOfTheAnswerBeforeChangesNoAnswer) {
  const Zone zone = Of("Australia/Lord_Howe");
  OffsetSpan last = kEmptySpan;
  for (int64_t seconds = -4'000'000'000; seconds < 8'000'000'000; seconds += 777'777) {
    ASSERT_EQ(zone.Local({seconds, 0}, &last).offset, zone.Local({seconds, 0}).offset) << seconds;
    ASSERT_TRUE(last.Holds(seconds));
  }
}

TEST(ZoneTest, StartOfDayLiesOnThatDayAndTheInstantBeforeDoesNot) {
  for (const char* name : {"UTC", "Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
                           "America/Havana", "Asia/Kathmandu", "Pacific/Kiritimati", "-23:59"}) {
    const Zone zone = Of(name);
    for (int32_t day = -20000; day < 40000; ++day) {
      const Timestamp start = zone.FirstInstant(day, 0);
      if (zone.Local(start).day != day) {  // Kiritimati left out 1994-12-31
        EXPECT_STREQ(name, "Pacific/Kiritimati") << day;
        continue;
      }
      ASSERT_LT(zone.Local({start.seconds - 1, 0}).day, day) << name;
    }
  }
}

TEST(ZoneTest, TheEndsOfTheRangeHaveParts) {
  EXPECT_EQ(FullYear(Of("+23:59").Local(At("9999-12-31T23:59:59Z"))), 10000);
  EXPECT_EQ(FullYear(Of("-23:59").Local(At("0001-01-01T00:00:00Z"))), 0);
  EXPECT_EQ(DayOfYearFromZero(Of("-23:59").Local(At("0001-01-01T00:00:00Z"))), 365) << "of a leap year";
  EXPECT_EQ(Of("UTC").Local(At("0001-01-01T00:00:00Z")).day, kMinDay);
  EXPECT_EQ(Of("UTC").Local(At("9999-12-31T23:59:59.999999999Z")).day, kMaxDay);
}

}  // namespace
}  // namespace assay
