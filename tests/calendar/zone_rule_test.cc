// The rules that end a zone's file: their texts, and the days their changes fall on.
#include "calendar/zone_rule.h"

#include "base/timestamp.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

ZoneRule Of(absl::string_view text) { return ZoneRule::Parse(text).value(); }
int64_t At(absl::string_view text) { return ParseTimestamp(text).value().seconds; }

// From when on and until when the offset of that moment holds, and the offset in minutes.
std::string SpanOf(absl::string_view rule, absl::string_view time) {
  const OffsetSpan span = Of(rule).SpanAt(At(time));
  return absl::StrCat(FormatTimestamp({span.from, 0}), " ", FormatTimestamp({span.until, 0}), " ", span.offset / 60);
}

TEST(ZoneRuleTest, OneOffsetHoldsForEver) {
  for (const char* text : {"CST-8", "<+08>-8", "<+08>-08:00:00"}) {
    const OffsetSpan span = Of(text).SpanAt(0);
    EXPECT_EQ(span.offset, 8 * 3600) << text;
    EXPECT_TRUE(span.Holds(kMinTimestampSeconds) && span.Holds(kMaxTimestampSeconds)) << text;
  }
  EXPECT_EQ(Of("<-0930>9:30").SpanAt(0).offset, -(9 * 3600 + 1800));
  EXPECT_EQ(Of("XXX-1:02:03").SpanAt(0).offset, 3723);
}

TEST(ZoneRuleTest, SummerLiesBetweenTwoWeekdays) {
  const char* rule = "EST5EDT,M3.2.0,M11.1.0";
  EXPECT_EQ(SpanOf(rule, "2026-07-01T00:00:00Z"), "2026-03-08T07:00:00Z 2026-11-01T06:00:00Z -240");
  EXPECT_EQ(SpanOf(rule, "2026-03-08T06:59:59Z"), "2025-11-02T06:00:00Z 2026-03-08T07:00:00Z -300");
  EXPECT_EQ(SpanOf(rule, "2026-11-01T06:00:00Z"), "2026-11-01T06:00:00Z 2027-03-14T07:00:00Z -300");
}

TEST(ZoneRuleTest, TheSouthHasItsSummerOverTheNewYear) {
  const char* rule = "AEST-10AEDT,M10.1.0,M4.1.0/3";
  EXPECT_EQ(SpanOf(rule, "2026-01-01T00:00:00Z"), "2025-10-04T16:00:00Z 2026-04-04T16:00:00Z 660");
  EXPECT_EQ(SpanOf(rule, "2026-06-01T00:00:00Z"), "2026-04-04T16:00:00Z 2026-10-03T16:00:00Z 600");
}

TEST(ZoneRuleTest, SummerMaySetTheClockBack) {
  EXPECT_EQ(SpanOf("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z"),
            "2025-10-26T01:00:00Z 2026-03-29T01:00:00Z 0");
}

TEST(ZoneRuleTest, TimesMayLieOutsideTheirDay) {
  EXPECT_EQ(SpanOf("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-07-01T00:00:00Z"),
            "2026-03-29T01:00:00Z 2026-10-25T01:00:00Z -60");
  EXPECT_EQ(SpanOf("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-07-01T00:00:00Z"),
            "2026-03-28T00:00:00Z 2026-10-23T23:00:00Z 180");
}

TEST(ZoneRuleTest, DaysOfTheYearWithAndWithoutLeapDays) {
  EXPECT_EQ(SpanOf("AAA0BBB,J60/0,J365/0", "2024-07-01T00:00:00Z"), "2024-03-01T00:00:00Z 2024-12-30T23:00:00Z 60");
  EXPECT_EQ(SpanOf("AAA0BBB,59/0,365/0", "2024-07-01T00:00:00Z"), "2024-02-29T00:00:00Z 2024-12-30T23:00:00Z 60");
  EXPECT_EQ(SpanOf("AAA0BBB,J59/0,J60/0", "2024-02-28T12:00:00Z"), "2024-02-28T00:00:00Z 2024-02-29T23:00:00Z 60");
}

TEST(ZoneRuleTest, SummerMayLastAllYear) {
  const ZoneRule rule = Of("XXX3EDT4,0/0,J365/23");
  for (const char* time :
       {"2026-01-01T02:59:59Z", "2026-01-01T03:00:00Z", "2026-12-31T23:00:00Z", "2024-02-29T00:00:00Z"})
    EXPECT_EQ(rule.SpanAt(At(time)).offset, -4 * 3600) << time;
}

TEST(ZoneRuleTest, TheEndsOfTheRangeHaveOffsets) {
  const ZoneRule rule = Of("EST5EDT,M3.2.0,M11.1.0");
  EXPECT_EQ(rule.SpanAt(kMinTimestampSeconds).offset, -5 * 3600);
  EXPECT_EQ(rule.SpanAt(kMinTimestampSeconds - 2 * kSecondsPerDay).offset, -5 * 3600);
  EXPECT_EQ(rule.SpanAt(kMaxTimestampSeconds + 2 * kSecondsPerDay).offset, -5 * 3600);
  EXPECT_EQ(rule.SpanAt(At("0001-07-01T00:00:00Z")).offset, -4 * 3600);
  EXPECT_EQ(rule.SpanAt(At("9999-07-01T00:00:00Z")).offset, -4 * 3600);
}

TEST(ZoneRuleTest, RefusesWhatIsNoRule) {
  for (const char* text : {"",
                           "CST",
                           "C-8",
                           "<+08-8",
                           "CST-25",
                           "CST-8:60",
                           "CST-8:",
                           "CST-8 ",
                           "EST5EDT",
                           "EST5EDT,M3.2.0",
                           "EST5EDT,M0.2.0,M11.1.0",
                           "EST5EDT,M13.2.0,M11.1.0",
                           "EST5EDT,M3.0.0,M11.1.0",
                           "EST5EDT,M3.6.0,M11.1.0",
                           "EST5EDT,M3.2.7,M11.1.0",
                           "EST5EDT,M3.2,M11.1.0",
                           "EST5EDT,J0,J365",
                           "EST5EDT,J1,J366",
                           "EST5EDT,0,366",
                           "EST5EDT,M3.2.0/168,M11.1.0",
                           "EST5EDT,M3.2.0,M11.1.0,",
                           "EST5EDT,M3.2.0,M11.1.0/2x",
                           "EST99999999999999999999EDT,0,1",
                           "-8",
                           ",M3.2.0,M11.1.0"}) {
    EXPECT_FALSE(ZoneRule::Parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace assay
