// Entry points: TimeOfDay, InstantOf.
#include "calendar/time_of_day.h"

#include "absl/strings/ascii.h"
#include "base/civil.h"

namespace assay {

std::optional<int32_t> TimeOfDay(absl::string_view text) {
  const auto digit = [&](size_t at) { return absl::ascii_isdigit(static_cast<unsigned char>(text[at])); };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0'), minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (minutes > 59 || hours * 60 + minutes > 24 * 60) return std::nullopt;
  return hours * 3600 + minutes * 60;
}

Timestamp InstantOf(const Zone& zone, int32_t day, int32_t second) {
  const int32_t whole = static_cast<int32_t>(kSecondsPerDay);
  return zone.FirstInstant(day + second / whole, second % whole);
}

}  // namespace assay
