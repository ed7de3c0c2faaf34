// Arithmetic and RFC 3339 text of instants. Entry points: ParseTimestamp, FormatTimestamp, Add, Subtract, Between.
// Sums are taken in whole nanoseconds of 128 bits, so no carry is handled twice. Duration text is in duration_text.cc.
#include "base/timestamp.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/int128.h"
#include "base/time_fraction.h"

namespace assay {
namespace {

template <typename T>
int128 Nanos(const T& time) {
  return int128{time.seconds} * kNanosPerSecond + time.nanos;
}

std::optional<Timestamp> TimestampOf(int128 total) {
  int128 seconds = total / kNanosPerSecond;
  int32_t nanos = static_cast<int32_t>(total % kNanosPerSecond);
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  if (seconds < kMinTimestampSeconds || seconds > kMaxTimestampSeconds) return std::nullopt;
  return Timestamp{static_cast<int64_t>(seconds), nanos};
}

std::optional<Duration> DurationOf(int128 total) {
  if (total != static_cast<int64_t>(total)) return std::nullopt;
  return Duration{static_cast<int64_t>(total / kNanosPerSecond), static_cast<int32_t>(total % kNanosPerSecond)};
}

// Takes two digits off the front of *text; -1 if there are none.
int TakeTwoDigits(absl::string_view* text) {
  if (text->size() < 2) return -1;
  const unsigned tens = static_cast<unsigned char>((*text)[0] - '0'),
                 ones = static_cast<unsigned char>((*text)[1] - '0');
  if (tens > 9 || ones > 9) return -1;
  text->remove_prefix(2);
  return static_cast<int>(tens * 10 + ones);
}

bool TakeChar(absl::string_view* text, char c) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

// hh:mm:ss as seconds of the day; nothing if malformed.
std::optional<int32_t> TakeClock(absl::string_view* text) {
  const int hour = TakeTwoDigits(text);
  if (hour < 0 || hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const int minute = TakeTwoDigits(text);
  if (minute < 0 || minute > 59 || !TakeChar(text, ':')) return std::nullopt;
  const int second = TakeTwoDigits(text);
  if (second < 0 || second > 59) return std::nullopt;
  return hour * 3600 + minute * 60 + second;
}

// Z or ±hh:mm, which must end the text, as seconds east of UTC.
std::optional<int32_t> TakeOffset(absl::string_view* text) {
  if (TakeChar(text, 'Z')) return text->empty() ? std::optional<int32_t>(0) : std::nullopt;
  const bool west = TakeChar(text, '-');
  if (!west && !TakeChar(text, '+')) return std::nullopt;
  const int hour = TakeTwoDigits(text);
  if (hour < 0 || hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const int minute = TakeTwoDigits(text);
  if (minute < 0 || minute > 59 || !text->empty()) return std::nullopt;
  const int32_t seconds = hour * 3600 + minute * 60;
  return west ? -seconds : seconds;
}

// The instant, not yet held against the years 1..9999; nothing if malformed.
std::optional<Timestamp> Read(absl::string_view text) {
  int32_t day;
  if (ParseDate(text.data(), text.size() < 10 ? text.size() : 10, &day) != DateParse::kOk) return std::nullopt;
  text.remove_prefix(10);
  if (!TakeChar(&text, 'T')) return std::nullopt;
  const std::optional<int32_t> clock = TakeClock(&text);
  if (!clock) return std::nullopt;
  int32_t nanos = 0;
  if (TakeChar(&text, '.') && !TakeFraction(&text, &nanos)) return std::nullopt;
  const std::optional<int32_t> offset = TakeOffset(&text);
  if (!offset) return std::nullopt;
  return Timestamp{day * kSecondsPerDay + *clock - *offset, nanos};
}

}  // namespace

bool TakeFraction(absl::string_view* text, int32_t* nanos) {
  int digits = 0;
  int32_t value = 0;
  while (!text->empty() && text->front() >= '0' && text->front() <= '9') {
    if (++digits > 9) return false;
    value = value * 10 + (text->front() - '0');
    text->remove_prefix(1);
  }
  if (digits == 0) return false;
  *nanos = value * static_cast<int32_t>(Pow10Int64(9 - digits));
  return true;
}

void AppendFraction(int32_t nanos, std::string* out) {
  if (nanos == 0) return;
  const std::string digits = absl::StrCat(absl::Dec(nanos, absl::kZeroPad9));
  const int shown = nanos % 1'000'000 == 0 ? 3 : nanos % 1'000 == 0 ? 6 : 9;
  absl::StrAppend(out, ".", absl::string_view(digits).substr(0, shown));
}

bool IsValid(const Timestamp& time) {
  return time.seconds >= kMinTimestampSeconds && time.seconds <= kMaxTimestampSeconds && time.nanos >= 0 &&
         time.nanos < kNanosPerSecond;
}

bool IsValid(const Duration& span) {
  if (span.nanos <= -kNanosPerSecond || span.nanos >= kNanosPerSecond) return false;
  const bool signs_agree = (span.seconds >= 0 || span.nanos <= 0) && (span.seconds <= 0 || span.nanos >= 0);
  return signs_agree && DurationOf(Nanos(span)).has_value();
}

absl::StatusOr<Timestamp> ParseTimestamp(absl::string_view text) {
  const std::optional<Timestamp> time = Read(text);
  if (!time) {
    return absl::InvalidArgumentError(
        absl::StrCat("not a timestamp (write it like 2026-11-22T08:30:00Z or …+08:00): '", text, "'"));
  }
  if (!IsValid(*time)) {
    return absl::InvalidArgumentError(absl::StrCat("a timestamp must lie in the years 1 to 9999: '", text, "'"));
  }
  return *time;
}

std::string FormatTimestamp(const Timestamp& time) {
  int64_t day = time.seconds / kSecondsPerDay, clock = time.seconds % kSecondsPerDay;
  if (clock < 0) {
    clock += kSecondsPerDay;
    --day;
  }
  std::string text = FormatDate(static_cast<int32_t>(day));
  absl::StrAppend(&text, "T", absl::Dec(clock / 3600, absl::kZeroPad2), ":",
                  absl::Dec(clock / 60 % 60, absl::kZeroPad2), ":", absl::Dec(clock % 60, absl::kZeroPad2));
  AppendFraction(time.nanos, &text);
  text.push_back('Z');
  return text;
}

std::optional<Timestamp> Add(const Timestamp& time, const Duration& span) {
  return TimestampOf(Nanos(time) + Nanos(span));
}

std::optional<Timestamp> Subtract(const Timestamp& time, const Duration& span) {
  return TimestampOf(Nanos(time) - Nanos(span));
}

std::optional<Duration> Add(const Duration& a, const Duration& b) { return DurationOf(Nanos(a) + Nanos(b)); }

std::optional<Duration> Subtract(const Duration& a, const Duration& b) { return DurationOf(Nanos(a) - Nanos(b)); }

std::optional<Duration> Between(const Timestamp& earlier, const Timestamp& later) {
  return DurationOf(Nanos(later) - Nanos(earlier));
}

}  // namespace assay
