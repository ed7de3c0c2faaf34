// The text of durations. Entry points: ParseDuration, FormatDuration.
// Every number is read digit by digit into 128-bit nanoseconds; what passes 292 years is refused, never wrapped.
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/int128.h"
#include "base/time_fraction.h"
#include "base/timestamp.h"

namespace assay {
namespace {

struct Unit {
  absl::string_view name;
  int64_t nanos = 0;
};

// A name stands before any other it begins with: "ms" before "m".
constexpr Unit kUnits[] = {
    {"ns", 1},          {"us", 1'000},        {"\u00B5s", 1'000},  // the micro sign
    {"\u03BCs", 1'000},                                            // the Greek letter
    {"ms", 1'000'000},  {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000},
};

constexpr int128 kMaxNanos = int128{1} << 63;  // the magnitude of the most negative one

enum class Taken { kOk, kMalformed, kTooLong };

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

const Unit* TakeUnit(absl::string_view* text) {
  for (const Unit& unit : kUnits) {
    if (!absl::StartsWith(*text, unit.name)) continue;
    text->remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

// Takes one number with its unit off the front of *text and adds it to *total.
Taken TakeTerm(absl::string_view* text, int128* total) {
  int128 whole = 0;
  int64_t fraction = 0, fraction_unit = 1;
  bool has_digits = false, too_long = false;
  for (; !text->empty() && IsDigit(text->front()); text->remove_prefix(1)) {
    has_digits = true;
    too_long |= whole > kMaxNanos;
    if (!too_long) whole = whole * 10 + (text->front() - '0');
  }
  if (!text->empty() && text->front() == '.') {
    text->remove_prefix(1);
    for (; !text->empty() && IsDigit(text->front()); text->remove_prefix(1)) {
      has_digits = true;
      if (fraction_unit == Pow10Int64(15)) continue;  // an hour has under 10^13 nanoseconds
      fraction = fraction * 10 + (text->front() - '0');
      fraction_unit *= 10;
    }
  }
  const Unit* unit = has_digits ? TakeUnit(text) : nullptr;
  if (unit == nullptr) return Taken::kMalformed;
  if (!too_long) *total += whole * unit->nanos + int128{fraction} * unit->nanos / fraction_unit;
  return too_long || *total > kMaxNanos ? Taken::kTooLong : Taken::kOk;
}

// The magnitude, in nanoseconds, of an unsigned duration.
Taken Read(absl::string_view text, int128* total) {
  *total = 0;
  if (text == "0") return Taken::kOk;
  if (text.empty()) return Taken::kMalformed;
  bool too_long = false;
  while (!text.empty()) {
    const Taken taken = TakeTerm(&text, total);
    if (taken == Taken::kMalformed) return taken;
    too_long |= taken == Taken::kTooLong;
    if (too_long) *total = 0;  // read on only to tell malformed from too long
  }
  return too_long ? Taken::kTooLong : Taken::kOk;
}

}  // namespace

absl::StatusOr<Duration> ParseDuration(absl::string_view text) {
  absl::string_view rest = text;
  const bool negative = absl::StartsWith(rest, "-");
  if (negative || absl::StartsWith(rest, "+")) rest.remove_prefix(1);
  int128 total;
  const Taken taken = Read(rest, &total);
  if (taken == Taken::kMalformed) {
    return absl::InvalidArgumentError(absl::StrCat("not a duration (write it like 1h30m or 2.5s): '", text, "'"));
  }
  if (negative) total = -total;
  const Duration span = {static_cast<int64_t>(total / kNanosPerSecond), static_cast<int32_t>(total % kNanosPerSecond)};
  if (taken == Taken::kTooLong || !IsValid(span)) {
    return absl::InvalidArgumentError(absl::StrCat("a duration must not pass 292 years: '", text, "'"));
  }
  return span;
}

std::string FormatDuration(const Duration& span) {
  const bool negative = span.seconds < 0 || span.nanos < 0;
  std::string text = absl::StrCat(negative ? "-" : "", negative ? -span.seconds : span.seconds);
  AppendFraction(negative ? -span.nanos : span.nanos, &text);
  text.push_back('s');
  return text;
}

}  // namespace assay
