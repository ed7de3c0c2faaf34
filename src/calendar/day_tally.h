// Sums over days of what each day holds, working seconds or working days: the same every week but for listed days.
// Entry points: DayTally::Before, DayReaching, both O(log n) of the listed days. An immutable value, safe from any
// number of threads. It knows nothing of hours and zones.
#ifndef ASSAY_CALENDAR_DAY_TALLY_H_
#define ASSAY_CALENDAR_DAY_TALLY_H_

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/civil.h"

namespace assay {

// 0 is Monday, 6 is Sunday.
constexpr size_t WeekdayFromMonday(int32_t day) { return static_cast<size_t>((DayOfWeek(day) + 6) % 7); }

class DayTally {
 public:
  // What the weekdays hold, Monday first, and what listed days, ascending, hold instead; none is negative.
  DayTally(const std::array<int64_t, 7>& week, const std::vector<std::pair<int32_t, int64_t>>& listed);

  // The sum over all days before `day` (kMinDay..kMaxDay + 1), counted from the same day for every `day`.
  int64_t Before(int32_t day) const;

  // The first day with Before(day + 1) >= total, so that Before(day) < total; nothing if no day of first..last is it.
  std::optional<int32_t> DayReaching(int64_t total, int32_t first, int32_t last) const;

 private:
  struct Listed {
    int32_t day;
    int64_t units;
    int64_t before;  // Before(day)
  };

  // Before(day), were no day listed.
  int64_t Weekly(int32_t day) const;

  std::array<int64_t, 8> of_week_ = {};  // the sum over a week's first days
  std::vector<Listed> listed_;
};

}  // namespace assay

#endif  // ASSAY_CALENDAR_DAY_TALLY_H_
