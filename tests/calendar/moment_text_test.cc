// Moments as people read them.
#include "calendar/moment_text.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Shown(absl::string_view zone, absl::string_view time) {
  return MomentText(ParseTimestamp(time).value(), Zone::Load(zone).value());
}

TEST(MomentTextTest, TheClockIsThatOfTheZone) {
  EXPECT_EQ(Shown("Asia/Shanghai", "2026-11-20T01:00:00Z"), "2026-11-20 09:00 +08:00");
  EXPECT_EQ(Shown("America/New_York", "2026-07-01T03:30:00Z"), "2026-06-30 23:30 -04:00");
  EXPECT_EQ(Shown("-05:30", "2026-07-01T03:30:00Z"), "2026-06-30 22:00 -05:30");
  EXPECT_EQ(MomentText({0, 0}, Zone()), "1970-01-01 00:00 UTC");
}

TEST(MomentTextTest, SecondsAreShownWhereThereAreAny) {
  EXPECT_EQ(Shown("UTC", "2026-11-20T01:00:05Z"), "2026-11-20 01:00:05 UTC");
  EXPECT_EQ(Shown("UTC", "2026-11-20T01:00:00.25Z"), "2026-11-20 01:00:00.250 UTC");
  // Before 1901 the clocks of Shanghai showed local mean time.
  EXPECT_EQ(Shown("Asia/Shanghai", "1900-12-31T00:00:00Z"), "1900-12-31 08:05:43 +08:05:43");
}

TEST(MomentTextTest, AtTheEndsOfTheYearsUtcServes) {
  EXPECT_EQ(Shown("+08:00", "9999-12-31T23:59:00Z"), "9999-12-31 23:59 UTC");
  EXPECT_EQ(Shown("-08:00", "0001-01-01T00:00:00Z"), "0001-01-01 00:00 UTC");
}

}  // namespace
}  // namespace assay
