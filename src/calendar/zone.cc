// Finds zones among the embedded ones, and turns civil times into instants. Entry points: Zone::Find, Zone::Load.
// A name is only ever compared with the names of the list, so whatever it holds can do nothing else.
#include "calendar/zone.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "calendar/embedded_zones.h"

namespace assay {
namespace {

constexpr size_t kLongestShown = 60;  // bytes of a wrong name in a message

// Whether `text` has the form [+-]dd:dd.
bool IsOffset(absl::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  const auto digit = [&](size_t at) { return absl::ascii_isdigit(static_cast<unsigned char>(text[at])); };
  return text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
}

// Seconds east of UTC; nothing if over 23:59.
std::optional<int32_t> OffsetSeconds(absl::string_view text) {
  const bool west = text[0] == '-';
  if (text.size() == 6) text.remove_prefix(1);
  const int hours = (text[0] - '0') * 10 + (text[1] - '0'), minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  const int32_t seconds = hours * 3600 + minutes * 60;
  return west ? -seconds : seconds;
}

// The history of that name, or nothing. What the build embedded is well-formed: tests read all of it.
std::optional<ZoneHistory> HistoryOf(absl::string_view name) {
  const absl::Span<const EmbeddedZone> zones = EmbeddedZones();
  const auto* found = std::lower_bound(zones.begin(), zones.end(), name,
                                       [](const EmbeddedZone& zone, absl::string_view key) { return zone.name < key; });
  if (found == zones.end() || found->name != name) return std::nullopt;
  const absl::StatusOr<ZoneHistory> history = ZoneHistory::Read(found->file);
  return history.ok() ? std::optional<ZoneHistory>(*history) : std::nullopt;
}

// For a message: on one line, and not longer than anyone reads.
std::string Shown(absl::string_view name) {
  if (name.size() <= kLongestShown) return absl::Utf8SafeCHexEscape(name);
  return absl::StrCat(absl::Utf8SafeCHexEscape(name.substr(0, kLongestShown)), "…");
}

std::string Suggestion(absl::string_view name) {
  std::vector<absl::string_view> names;
  for (const EmbeddedZone& zone : EmbeddedZones()) names.push_back(zone.name);
  const std::string nearest = Nearest(name, names);
  return nearest.empty() ? "" : absl::StrCat("; did you mean '", nearest, "'?");
}

}  // namespace

Zone::Zone() : Zone("UTC", ZoneHistory(0)) {}

std::optional<Zone> Zone::Find(absl::string_view name) {
  if (name == "UTC") return Zone();
  if (IsOffset(name)) {
    const std::optional<int32_t> seconds = OffsetSeconds(name);
    return seconds ? std::optional<Zone>(Zone(name, ZoneHistory(*seconds))) : std::nullopt;
  }
  const std::optional<ZoneHistory> history = HistoryOf(name);
  return history ? std::optional<Zone>(Zone(name, *history)) : std::nullopt;
}

absl::StatusOr<Zone> Zone::Load(absl::string_view name) {
  std::optional<Zone> zone = Find(name);
  if (zone) return *std::move(zone);
  if (IsOffset(name)) {
    return absl::InvalidArgumentError(absl::StrCat("a zone offset must lie between -23:59 and +23:59: '", name, "'"));
  }
  return absl::NotFoundError(absl::StrCat("unknown time zone (write it like Asia/Shanghai, UTC or +08:00): '",
                                          Shown(name), "'", Suggestion(name)));
}

Timestamp Zone::FirstInstant(int32_t day, int32_t second) const {
  const int64_t local = day * kSecondsPerDay + second;
  // No clock runs further ahead, so that at the start of this span it still shows an earlier time.
  for (OffsetSpan span = SpanAt(local - kMaxZoneOffset);; span = SpanAt(span.until)) {
    const int64_t instant = local - span.offset;
    if (instant < span.until) return {std::max(instant, span.from), 0};
  }
}

}  // namespace assay
