// Zones: names and offsets, and the days on which clocks jump.
#include "calendar/zone.h"

#include "base/civil.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

Zone Of(absl::string_view name) { return Zone::Load(name).value(); }
Timestamp At(absl::string_view text) { return ParseTimestamp(text).value(); }
std::string DayOf(absl::string_view zone, absl::string_view time) { return FormatDate(Of(zone).CivilDay(At(time))); }

std::string StartOf(absl::string_view zone, absl::string_view date) {
  int32_t day = 0;
  EXPECT_EQ(ParseDate(date.data(), date.size(), &day), DateParse::kOk);
  return FormatTimestamp(Of(zone).StartOfDay(day));
}

TEST(ZoneTest, UnknownNamesSayHowToWriteOne) {
  EXPECT_EQ(Zone::Load("Asia/Shanghia").status(),
            absl::NotFoundError("unknown time zone (write it like Asia/Shanghai, UTC or +08:00): 'Asia/Shanghia'"));
  EXPECT_EQ(Zone::Load("+24:00").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Zone::Load("-08:60").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ZoneTest, NoNameReachesTheMachineOrItsFiles) {
  for (const char* name :
       {"", "localtime", "/etc/localtime", "../zoneinfo/UTC", "file:/etc/localtime", "libc:localtime", "Asia/../UTC",
        "posixrules", "Fixed/UTC+08:00:00", "+8:00", "8", "+08:00 ", "Asia"}) {
    EXPECT_FALSE(Zone::Load(name).ok()) << name;
  }
}

TEST(ZoneTest, FixedOffsets) {
  EXPECT_EQ(Of("+08:00").Breakdown(At("2026-11-22T20:00:00Z")).offset_seconds, 8 * 3600);
  EXPECT_EQ(Of("-09:30").Breakdown(At("2026-11-22T20:00:00Z")).offset_seconds, -(9 * 3600 + 1800));
  EXPECT_EQ(Of("02:00").Breakdown(At("2026-11-22T20:00:00Z")).hour, 22);
  EXPECT_EQ(Of("-00:00").Breakdown(At("2026-11-22T20:00:00Z")).offset_seconds, 0);
  EXPECT_EQ(Of("UTC").Breakdown(At("2026-11-22T20:00:00Z")).hour, 20);
  EXPECT_EQ(Zone().name(), "UTC");
  EXPECT_EQ(Of("+23:59").name(), "+23:59");
}

TEST(ZoneTest, BreaksAnInstantDown) {
  const CivilTime parts = Of("Asia/Shanghai").Breakdown(At("2026-11-21T16:30:15.9Z"));
  EXPECT_EQ(parts.year, 2026);
  EXPECT_EQ(parts.month, 11);
  EXPECT_EQ(parts.day, 22);
  EXPECT_EQ(parts.hour, 0);
  EXPECT_EQ(parts.minute, 30);
  EXPECT_EQ(parts.second, 15);
  EXPECT_EQ(parts.weekday, 0) << "a Sunday";
  EXPECT_EQ(parts.yearday, 325);
  EXPECT_EQ(parts.offset_seconds, 28800);
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

TEST(ZoneTest, StartOfDayLiesOnThatDayAndTheInstantBeforeDoesNot) {
  for (const char* name : {"UTC", "Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
                           "America/Havana", "Asia/Kathmandu", "Pacific/Kiritimati", "-23:59"}) {
    const Zone zone = Of(name);
    for (int32_t day = -20000; day < 40000; ++day) {
      const Timestamp start = zone.StartOfDay(day);
      if (zone.CivilDay(start) != day) {  // Kiritimati left out 1994-12-31
        EXPECT_STREQ(name, "Pacific/Kiritimati") << day;
        continue;
      }
      ASSERT_LT(zone.CivilDay({start.seconds - 1, 0}), day) << name;
    }
  }
}

TEST(ZoneTest, TheEndsOfTheRangeHaveParts) {
  EXPECT_EQ(Of("+23:59").Breakdown(At("9999-12-31T23:59:59Z")).year, 10000);
  EXPECT_EQ(Of("-23:59").Breakdown(At("0001-01-01T00:00:00Z")).year, 0);
  EXPECT_EQ(Of("UTC").CivilDay(At("0001-01-01T00:00:00Z")), kMinDay);
  EXPECT_EQ(Of("UTC").CivilDay(At("9999-12-31T23:59:59.999999999Z")), kMaxDay);
}

}  // namespace
}  // namespace assay
