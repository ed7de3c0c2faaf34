// Instants and spans of time as plain numbers, with the texts and limits of protobuf and CEL.
// Entry points: ParseTimestamp, FormatTimestamp, ParseDuration, FormatDuration, Add, Subtract, Between. Pure functions,
// safe from any thread; nothing here knows a zone (calendar/zone.h does) or asks the clock.
#ifndef ASSAY_BASE_TIMESTAMP_H_
#define ASSAY_BASE_TIMESTAMP_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace assay {

inline constexpr int32_t kNanosPerSecond = 1'000'000'000;
inline constexpr int64_t kSecondsPerDay = 86'400;
inline constexpr int64_t kMinTimestampSeconds = -62'135'596'800;  // 0001-01-01T00:00:00Z
inline constexpr int64_t kMaxTimestampSeconds = 253'402'300'799;  // 9999-12-31T23:59:59Z
inline constexpr int64_t kMaxDurationSeconds = 9'223'372'036;     // 292 years, either way, and a fraction

// seconds + nanos since 1970-01-01T00:00:00Z; nanos is 0..999,999,999 also before 1970. Years 1 to 9999.
struct Timestamp {
  int64_t seconds = 0;
  int32_t nanos = 0;
  auto operator<=>(const Timestamp&) const = default;
};

// seconds + nanos, both of one sign (or zero); |nanos| <= 999,999,999. As CEL demands, the whole counted in nanoseconds
// fits an int64_t, which is far less than the 10,000 years of google.protobuf.Duration.
struct Duration {
  int64_t seconds = 0;
  int32_t nanos = 0;
  auto operator<=>(const Duration&) const = default;
};

// Whether the fields keep to the ranges above.
bool IsValid(const Timestamp& time);
bool IsValid(const Duration& span);

// RFC 3339: 2026-11-22T08:30:00[.123456789](Z|+08:00), one to nine fraction digits, capital T and Z, no leap second.
// InvalidArgument with one line if malformed or if the instant lies outside the years 1..9999.
absl::StatusOr<Timestamp> ParseTimestamp(absl::string_view text);

// As the protobuf JSON mapping: UTC with Z and 0, 3, 6 or 9 fraction digits. Requires a valid time.
std::string FormatTimestamp(const Timestamp& time);

// A sign and one or more of number + unit: "1h30m", "-1.5s", "250ms"; units h m s ms us ns; "0" needs none. Digits
// finer than a nanosecond are dropped. InvalidArgument with one line if malformed or out of range.
absl::StatusOr<Duration> ParseDuration(absl::string_view text);

// As the protobuf JSON mapping: "3600s", "-0.500s", with 0, 3, 6 or 9 fraction digits.
std::string FormatDuration(const Duration& span);

// All yield nothing where the result leaves the range of its type. Operands must be valid.
std::optional<Timestamp> Add(const Timestamp& time, const Duration& span);
std::optional<Timestamp> Subtract(const Timestamp& time, const Duration& span);
std::optional<Duration> Add(const Duration& a, const Duration& b);
std::optional<Duration> Subtract(const Duration& a, const Duration& b);

// later - earlier; negative if they are the other way round. Nothing if they lie over 292 years apart.
std::optional<Duration> Between(const Timestamp& earlier, const Timestamp& later);

}  // namespace assay

#endif  // ASSAY_BASE_TIMESTAMP_H_
