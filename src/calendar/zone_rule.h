// What a zone does for ever after its last listed change: keep one offset, or change twice a year on fixed days.
// Entry points: ZoneRule::Parse, SpanAt. An immutable value, safe from any thread. It knows nothing of names and lists.
#ifndef ASSAY_CALENDAR_ZONE_RULE_H_
#define ASSAY_CALENDAR_ZONE_RULE_H_

#include <cstdint>
#include <limits>
#include <optional>

#include "absl/strings/string_view.h"

namespace assay {

// No clock is further from UTC (seconds): what RFC 8536 allows, rounded up.
inline constexpr int32_t kMaxZoneOffset = 26 * 3600;

// Instants in [from, until), in seconds since 1970-01-01T00:00:00Z, during which a zone keeps one offset. It need not
// be the longest such span.
struct OffsetSpan {
  int64_t from = std::numeric_limits<int64_t>::min();
  int64_t until = std::numeric_limits<int64_t>::max();
  int32_t offset = 0;  // seconds east of UTC

  bool Holds(int64_t seconds) const { return from <= seconds && seconds < until; }
};

// One of a year's two changes: a day, and the time of that day on the clock before the change.
struct YearlyChange {
  enum class Kind : uint8_t {
    kDayWithoutLeap,  // `day` is 1..365, and February 29 is never counted
    kDayOfYear,       // `day` is 0..365
    kWeekday,         // the `week`th (5: the last) `day` (0 is Sunday) of `month`
  };
  Kind kind = Kind::kDayOfYear;
  int month = 1;
  int week = 1;
  int day = 0;
  int32_t time = 0;  // seconds after midnight, -167 to 167 hours

  // The clock's reading at the change, in seconds since 1970-01-01T00:00:00 on that clock.
  int64_t InYear(int year) const;
};

class ZoneRule {
 public:
  // `offset` seconds east of UTC, always.
  explicit ZoneRule(int32_t offset) : standard_(offset), summer_(offset) {}

  // The TZ string of POSIX with the extensions of RFC 8536: "CST-8", "EST5EDT,M3.2.0,M11.1.0". Nothing if malformed.
  static std::optional<ZoneRule> Parse(absl::string_view text);

  // The span around an instant of the years 1..9999, give or take two days.
  OffsetSpan SpanAt(int64_t seconds) const;

 private:
  int32_t standard_;
  int32_t summer_;
  bool changes_ = false;
  YearlyChange to_summer_;
  YearlyChange to_standard_;
};

}  // namespace assay

#endif  // ASSAY_CALENDAR_ZONE_RULE_H_
