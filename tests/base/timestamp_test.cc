// Instants and durations: text both ways, and sums at the ends of their ranges.
#include "base/timestamp.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

Timestamp At(absl::string_view text) { return ParseTimestamp(text).value(); }
Duration Span(absl::string_view text) { return ParseDuration(text).value(); }

std::string Show(const std::optional<Timestamp>& time) { return time ? FormatTimestamp(*time) : "none"; }
std::string Show(const std::optional<Duration>& span) { return span ? FormatDuration(*span) : "none"; }

constexpr absl::string_view kFirst = "0001-01-01T00:00:00Z";
constexpr absl::string_view kLast = "9999-12-31T23:59:59.999999999Z";

TEST(TimestampTest, ReadsZoneOffsetsAndFractions) {
  EXPECT_EQ(At("1970-01-01T00:00:00Z"), (Timestamp{0, 0}));
  EXPECT_EQ(At("2009-02-13T23:31:30Z"), (Timestamp{1234567890, 0}));
  EXPECT_EQ(At("2009-02-14T07:31:30+08:00"), (Timestamp{1234567890, 0}));
  EXPECT_EQ(At("2009-02-13T14:01:30-09:30"), (Timestamp{1234567890, 0}));
  EXPECT_EQ(At("1969-12-31T23:59:59.5Z"), (Timestamp{-1, 500'000'000})) << "nanos count upwards before 1970 too";
  EXPECT_EQ(At("1970-01-01T00:00:00.000000001Z"), (Timestamp{0, 1}));
}

TEST(TimestampTest, PrintsZeroThreeSixOrNineDigits) {
  EXPECT_EQ(FormatTimestamp({1234567890, 0}), "2009-02-13T23:31:30Z");
  EXPECT_EQ(FormatTimestamp({0, 120'000'000}), "1970-01-01T00:00:00.120Z");
  EXPECT_EQ(FormatTimestamp({0, 1'000}), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(FormatTimestamp({-1, 1}), "1969-12-31T23:59:59.000000001Z");
  EXPECT_EQ(FormatTimestamp(At(kFirst)), kFirst);
  EXPECT_EQ(FormatTimestamp(At(kLast)), kLast);
}

TEST(TimestampTest, RefusesWhatIsNotRfc3339) {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T08:30Z", "2026-11-22 08:30:00Z", "2026-11-22t08:30:00z", "2026-11-22T08:30:00",
        "2026-11-22T24:00:00Z", "2026-11-22T23:60:00Z", "2026-11-22T23:59:60Z", "2026-02-30T00:00:00Z",
        "2026-11-22T08:30:00.Z", "2026-11-22T08:30:00.1234567890Z", "2026-11-22T08:30:00+8:00",
        "2026-11-22T08:30:00+0800", "2026-11-22T08:30:00+24:00", "2026-11-22T08:30:00+08:60", "2026-11-22T08:30:00Z ",
        "2026-11-22T08:30:00+08:00x", "2026-11-22T08:30:00ZZ"}) {
    EXPECT_FALSE(ParseTimestamp(text).ok()) << text;
  }
}

TEST(TimestampTest, AnOffsetMustNotCarryItOutOfTheYears1To9999) {
  EXPECT_FALSE(ParseTimestamp("0001-01-01T00:00:00+00:01").ok());
  EXPECT_TRUE(ParseTimestamp("0001-01-01T00:00:00-00:01").ok());
  EXPECT_EQ(ParseTimestamp("9999-12-31T23:59:59-00:01").status().message(),
            "a timestamp must lie in the years 1 to 9999: '9999-12-31T23:59:59-00:01'");
}

TEST(TimestampTest, SumsCarryAndStayInRange) {
  EXPECT_EQ(Show(Add(At("2026-12-31T23:59:59.9Z"), Span("200ms"))), "2027-01-01T00:00:00.100Z");
  EXPECT_EQ(Show(Subtract(At("1970-01-01T00:00:00Z"), Span("1ns"))), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(Show(Add(At(kLast), Span("1ns"))), "none");
  EXPECT_EQ(Show(Subtract(At(kFirst), Span("1ns"))), "none");
}

TEST(TimestampTest, BetweenHasOneSign) {
  EXPECT_EQ(Between(At("1970-01-01T00:00:00.9Z"), At("1970-01-01T00:00:02.1Z")), (Duration{1, 200'000'000}));
  EXPECT_EQ(Between(At("1970-01-01T00:00:02.1Z"), At("1970-01-01T00:00:00.9Z")), (Duration{-1, -200'000'000}));
  EXPECT_EQ(Between(At(kFirst), At(kLast)), std::nullopt) << "over 292 years apart";
  EXPECT_EQ(Between({0, 0}, {kMaxDurationSeconds, 854'775'807}), (Duration{kMaxDurationSeconds, 854'775'807}));
  EXPECT_EQ(Between({0, 0}, {kMaxDurationSeconds, 854'775'808}), std::nullopt);
}

TEST(TimestampTest, OrderIsThatOfTime) {
  EXPECT_LT((Timestamp{-1, 999'999'999}), (Timestamp{0, 0}));
  EXPECT_LT((Duration{-1, -1}), (Duration{-1, 0}));
  EXPECT_LT((Duration{0, -1}), (Duration{0, 0}));
}

TEST(TimestampTest, ValidityFollowsProtobufAndCel) {
  EXPECT_TRUE(IsValid(Timestamp{kMaxTimestampSeconds, 999'999'999}));
  EXPECT_FALSE(IsValid(Timestamp{kMaxTimestampSeconds + 1, 0}));
  EXPECT_FALSE(IsValid(Timestamp{kMinTimestampSeconds - 1, 0}));
  EXPECT_FALSE(IsValid(Timestamp{0, -1}));
  EXPECT_FALSE(IsValid(Timestamp{0, kNanosPerSecond}));
  EXPECT_TRUE(IsValid(Duration{-kMaxDurationSeconds, -854'775'808}));
  EXPECT_FALSE(IsValid(Duration{-kMaxDurationSeconds, -854'775'809}));
  EXPECT_TRUE(IsValid(Duration{kMaxDurationSeconds, 854'775'807}));
  EXPECT_FALSE(IsValid(Duration{kMaxDurationSeconds, 854'775'808}));
  EXPECT_FALSE(IsValid(Duration{kMaxDurationSeconds + 1, 0}));
  EXPECT_FALSE(IsValid(Duration{1, -1}));
  EXPECT_FALSE(IsValid(Duration{-1, 1}));
  EXPECT_FALSE(IsValid(Duration{0, kNanosPerSecond}));
}

TEST(DurationTest, ReadsEveryUnit) {
  EXPECT_EQ(Span("1h30m"), (Duration{5400, 0}));
  EXPECT_EQ(Span("1.5h"), (Duration{5400, 0}));
  EXPECT_EQ(Span("-1.5s"), (Duration{-1, -500'000'000}));
  EXPECT_EQ(Span("+250ms"), (Duration{0, 250'000'000}));
  EXPECT_EQ(Span("2us3ns"), (Duration{0, 2003}));
  EXPECT_EQ(Span("2\u00B5s"), (Duration{0, 2000}));
  EXPECT_EQ(Span("2\u03BCs"), (Duration{0, 2000}));
  EXPECT_EQ(Span(".5s"), (Duration{0, 500'000'000}));
  EXPECT_EQ(Span("5.s"), (Duration{5, 0}));
  EXPECT_EQ(Span("0"), (Duration{0, 0}));
  EXPECT_EQ(Span("-0"), (Duration{0, 0}));
  EXPECT_EQ(Span("0.9999999999999999999999s"), (Duration{0, 999'999'999})) << "finer than a nanosecond is dropped";
  EXPECT_EQ(Span("9223372036.854775807s"), (Duration{kMaxDurationSeconds, 854'775'807}));
  EXPECT_EQ(Span("-2562047h47m16.854775808s"), (Duration{-kMaxDurationSeconds, -854'775'808}));
}

TEST(DurationTest, RefusesWhatIsNoDurationOrTooLong) {
  for (const char* text : {"", "-", "1", "s", ".s", "1x", "1h 30m", "1s-", "--1s", "1d", "1 s", "1h30", "0x", "1S"}) {
    EXPECT_FALSE(ParseDuration(text).ok()) << text;
  }
  for (const char* text : {"9223372036.854775808s", "-9223372036.854775809s", "320000000000s",
                           "99999999999999999999999999999999999999999999h", "9223372036s1s", "2562048h"}) {
    EXPECT_EQ(ParseDuration(text).status().message(),
              absl::string_view("a duration must not pass 292 years: '" + std::string(text) + "'"));
  }
  EXPECT_EQ(ParseDuration("999999999999999999999h1x").status().message(),
            "not a duration (write it like 1h30m or 2.5s): '999999999999999999999h1x'");
}

TEST(DurationTest, PrintsSecondsAsProtobufJson) {
  EXPECT_EQ(FormatDuration(Span("1h")), "3600s");
  EXPECT_EQ(FormatDuration(Span("-500ms")), "-0.500s");
  EXPECT_EQ(FormatDuration(Span("1us")), "0.000001s");
  EXPECT_EQ(FormatDuration({0, 0}), "0s");
}

TEST(DurationTest, SumsStayInRange) {
  EXPECT_EQ(Show(Add(Span("1.5s"), Span("-2s"))), "-0.500s");
  EXPECT_EQ(Show(Subtract(Span("1s"), Span("1ns"))), "0.999999999s");
  EXPECT_EQ(Show(Add(Span("9223372036s"), Span("1s"))), "none");
  EXPECT_EQ(Show(Subtract(Span("-5000000000s"), Span("5000000000s"))), "none");
}

}  // namespace
}  // namespace assay
