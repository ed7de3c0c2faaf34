// The time zones compiled into the library, which cmake/embed_zones.py made of IANA's data when it was built.
// Entry points: EmbeddedZones, ZoneDataVersion. Constant data, safe from any thread; calendar/zone.h reads it.
#ifndef ASSAY_CALENDAR_EMBEDDED_ZONES_H_
#define ASSAY_CALENDAR_EMBEDDED_ZONES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace assay {

struct EmbeddedZone {
  absl::string_view name;  // "Asia/Shanghai"
  absl::string_view file;  // as calendar/zone_file.h reads it
};

// All zones and links, in ascending order of their names.
absl::Span<const EmbeddedZone> EmbeddedZones();

// Of IANA's data: "2025b".
absl::string_view ZoneDataVersion();

}  // namespace assay

#endif  // ASSAY_CALENDAR_EMBEDDED_ZONES_H_
