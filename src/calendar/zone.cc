// Zones over absl::TimeZone. Entry point: Zone::Load.
// Names are checked before they reach the database, so that none can name a file or the machine's own zone.
#include "calendar/zone.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace assay {
namespace {

constexpr int64_t kEndOfTime = 253402300800;  // the year 10000
constexpr int64_t kEndOfListedChanges = int64_t{1} << 31;

absl::Time TimeOf(const Timestamp& time) { return absl::FromUnixSeconds(time.seconds) + absl::Nanoseconds(time.nanos); }

// Whether `text` has the form [+-]dd:dd.
bool IsOffset(absl::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return text.size() == 5 && text[2] == ':' && absl::ascii_isdigit(text[0]) && absl::ascii_isdigit(text[1]) &&
         absl::ascii_isdigit(text[3]) && absl::ascii_isdigit(text[4]);
}

// Seconds east of UTC; nothing if over 23:59.
std::optional<int> OffsetSeconds(absl::string_view text) {
  const bool west = text[0] == '-';
  if (text.size() == 6) text.remove_prefix(1);
  const int hours = (text[0] - '0') * 10 + (text[1] - '0'), minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  const int seconds = hours * 3600 + minutes * 60;
  return west ? -seconds : seconds;
}

// Letters, digits, and _ + - between slashes: no absolute path, no "..", no prefix with a meaning of its own. The
// machine's zone goes by "localtime" in some databases.
bool IsZoneName(absl::string_view name) {
  const auto allowed = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '+' || c == '-' || c == '/';
  };
  return !name.empty() && absl::ascii_isalpha(static_cast<unsigned char>(name[0])) && name != "localtime" &&
         !absl::StartsWith(name, "posix") && !absl::StartsWith(name, "right/") &&
         std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

Zone::Zone() : Zone("UTC", absl::UTCTimeZone()) {}

Zone::Zone(std::string name, absl::TimeZone zone) : name_(std::move(name)), zone_(zone) {
  absl::TimeZone::CivilTransition last;
  const bool changes = zone_.PrevTransition(absl::FromUnixSeconds(kEndOfTime), &last);
  steady_since_ = changes ? absl::ToUnixSeconds(zone_.At(last.to).pre) : std::numeric_limits<int64_t>::min();
  // A clock that goes back shows last.to twice: a day later is surely after the change.
  if (changes) steady_since_ += kSecondsPerDay;
  // Rules that go on for ever are listed for some centuries only.
  if (steady_since_ > kEndOfListedChanges) steady_since_ = kEndOfTime + kSecondsPerDay;
  steady_offset_ = zone_.At(absl::FromUnixSeconds(kEndOfTime)).offset;
}

absl::StatusOr<Zone> Zone::Load(absl::string_view name) {
  if (name == "UTC") return Zone();
  if (IsOffset(name)) {
    const std::optional<int> seconds = OffsetSeconds(name);
    if (!seconds) {
      return absl::InvalidArgumentError(absl::StrCat("a zone offset must lie between -23:59 and +23:59: '", name, "'"));
    }
    return Zone(std::string(name), absl::FixedTimeZone(*seconds));
  }
  absl::TimeZone zone;
  if (!IsZoneName(name) || !absl::LoadTimeZone(name, &zone)) {
    return absl::NotFoundError(
        absl::StrCat("unknown time zone (write it like Asia/Shanghai, UTC or +08:00): '", name, "'"));
  }
  return Zone(std::string(name), zone);
}

int32_t Zone::CivilDay(const Timestamp& time) const {
  if (time.seconds >= steady_since_) {
    const int64_t local = time.seconds + steady_offset_;
    return static_cast<int32_t>(local / kSecondsPerDay - (local % kSecondsPerDay < 0));
  }
  return static_cast<int32_t>(absl::CivilDay(zone_.At(TimeOf(time)).cs) - absl::CivilDay(1970, 1, 1));
}

CivilTime Zone::Breakdown(const Timestamp& time) const {
  const absl::TimeZone::CivilInfo info = zone_.At(TimeOf(time));
  const absl::CivilDay day(info.cs);
  CivilTime parts;
  parts.year = static_cast<int>(info.cs.year());
  parts.month = info.cs.month();
  parts.day = info.cs.day();
  parts.hour = info.cs.hour();
  parts.minute = info.cs.minute();
  parts.second = info.cs.second();
  parts.weekday = (static_cast<int>(absl::GetWeekday(day)) + 1) % 7;  // absl counts from Monday
  parts.yearday = absl::GetYearDay(day) - 1;
  parts.offset_seconds = info.offset;
  return parts;
}

Timestamp Zone::StartOfDay(int32_t day) const {
  const absl::CivilSecond midnight(absl::CivilDay(1970, 1, 1) + day);
  const absl::TimeZone::TimeInfo info = zone_.At(midnight);
  const bool skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  return {absl::ToUnixSeconds(skipped ? info.trans : info.pre), 0};
}

}  // namespace assay
