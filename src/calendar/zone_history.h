// The offsets of one zone through all of time, as a file of the IANA database states them.
// Entry points: ZoneHistory::Read (TZif, RFC 8536, versions 2 to 4), SpanAt. An immutable view, cheap to copy, safe
// from any number of threads. It knows no names, no leap seconds, and opens no files.
#ifndef ASSAY_CALENDAR_ZONE_HISTORY_H_
#define ASSAY_CALENDAR_ZONE_HISTORY_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "calendar/zone_rule.h"

namespace assay {

class ZoneHistory {
 public:
  // `offset` seconds east of UTC since ever.
  explicit ZoneHistory(int32_t offset) : afterwards_(offset) {}

  // A view of `file`, which must outlive it. DataLoss with one line unless all of it is well-formed: changes ascend,
  // types exist, offsets keep to kMaxZoneOffset.
  static absl::StatusOr<ZoneHistory> Read(absl::string_view file);

  // The span around an instant of the years 1..9999, give or take two days. O(log n) of the zone's listed changes.
  OffsetSpan SpanAt(int64_t seconds) const;

  // The listed changes, in seconds since 1970-01-01T00:00:00Z, ascending; yearly ones may follow them for ever.
  size_t change_count() const { return change_count_; }
  int64_t change(size_t index) const;

 private:
  absl::Status ReadBlock(absl::string_view* rest);
  int32_t OffsetOfType(size_t type) const;
  int32_t OffsetAfter(size_t change) const {
    return OffsetOfType(static_cast<unsigned char>(types_of_changes_[change]));
  }

  size_t change_count_ = 0;
  size_t type_count_ = 0;
  absl::string_view changes_;           // 8 bytes each
  absl::string_view types_of_changes_;  // 1 byte each: what each change leads to
  absl::string_view types_;             // 6 bytes each, the offset first; type 0 stands before the first change
  ZoneRule afterwards_;
};

}  // namespace assay

#endif  // ASSAY_CALENDAR_ZONE_HISTORY_H_
