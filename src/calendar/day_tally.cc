// Prefix sums over listed days, and whole weeks between them. Entry points: DayTally::Before, DayReaching.
#include "calendar/day_tally.h"

#include <algorithm>

namespace assay {
namespace {

// Days are counted from the Monday of the week before kMinDay's, which makes them positive.
constexpr int32_t kOrigin = kMinDay - 7 - static_cast<int32_t>(WeekdayFromMonday(kMinDay));

}  // namespace

DayTally::DayTally(const std::array<int64_t, 7>& week, const std::vector<std::pair<int32_t, int64_t>>& listed) {
  for (size_t i = 0; i < week.size(); ++i) of_week_[i + 1] = of_week_[i] + week[i];
  listed_.reserve(listed.size());
  for (const auto& [day, units] : listed) listed_.push_back({day, units, Before(day)});
}

int64_t DayTally::Weekly(int32_t day) const {
  const int32_t since = day - kOrigin;
  return since / 7 * of_week_[7] + of_week_[static_cast<size_t>(since % 7)];
}

int64_t DayTally::Before(int32_t day) const {
  const auto next =
      std::partition_point(listed_.begin(), listed_.end(), [&](const Listed& listed) { return listed.day < day; });
  if (next == listed_.begin()) return Weekly(day);
  const Listed& last = *std::prev(next);
  return last.before + last.units + Weekly(day) - Weekly(last.day + 1);
}

std::optional<int32_t> DayTally::DayReaching(int64_t total, int32_t first, int32_t last) const {
  if (total <= Before(first) || total > Before(last + 1)) return std::nullopt;
  const auto next =
      std::partition_point(listed_.begin(), listed_.end(), [&](const Listed& listed) { return listed.before < total; });
  int64_t weekly = total;  // the same total, were no day listed
  if (next != listed_.begin()) {
    const Listed& listed = *std::prev(next);
    if (listed.before + listed.units >= total) return listed.day;
    weekly = total - listed.before - listed.units + Weekly(listed.day + 1);
  }
  const int64_t weeks = (weekly - 1) / of_week_[7];
  const int64_t rest = weekly - weeks * of_week_[7];
  const auto* reached = std::lower_bound(of_week_.begin() + 1, of_week_.end(), rest);
  return static_cast<int32_t>(kOrigin + weeks * 7 + (reached - of_week_.begin()) - 1);
}

}  // namespace assay
