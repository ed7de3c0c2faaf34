// The clock of each row of a call whose last argument names a time zone.
// Entry points: ZonesOfRows::Local, ZoneOf. A zone written out in the rulebook was found with it; others are found once
// per distinct name. Lives for one run of one kernel.
#ifndef ASSAY_EXEC_ZONES_OF_ROWS_H_
#define ASSAY_EXEC_ZONES_OF_ROWS_H_

#include <optional>

#include "calendar/zone.h"
#include "exec/executable.h"
#include "exec/recent_texts.h"

namespace assay {

class ZonesOfRows {
 public:
  // A node of one argument is about UTC.
  ZonesOfRows(const Frame& frame, const Node& node) {
    if (node.arg_count < 2) return;
    const int last = node.arg_count - 1;
    const Node& name = frame.program->nodes[node.args[last]];
    if (name.kind == NodeKind::kConstant) {
      zone_ = frame.executable->zone(frame.program->constants[name.index].text);
    } else {
      names_ = ArgOf<absl::string_view>(frame, node, last);
      named_by_rows_ = true;
    }
  }
  ZonesOfRows(const ZonesOfRows&) = delete;
  ZonesOfRows& operator=(const ZonesOfRows&) = delete;

  // `time` on the clock of that row's zone; false if the row names none.
  bool Local(size_t row, const Timestamp& time, LocalTime* local) {
    const Clock clock = ClockOf(row);
    if (clock.zone != nullptr) *local = clock.zone->Local(time, clock.last);
    return clock.zone != nullptr;
  }

  // That row's zone; nullptr if it names none. Valid until the next call.
  const Zone* ZoneOf(size_t row) { return ClockOf(row).zone; }

 private:
  struct Named {
    std::optional<Zone> zone;
    OffsetSpan last;
  };
  struct Clock {
    const Zone* zone;
    OffsetSpan* last;
  };

  Clock ClockOf(size_t row) {
    if (!named_by_rows_) return {zone_, &last_};
    Named& named = zones_.Find(names_[row], [](absl::string_view name) { return Named{Zone::Find(name), kEmptySpan}; });
    return {named.zone.has_value() ? &*named.zone : nullptr, &named.last};
  }

  Zone utc_;
  const Zone* zone_ = &utc_;
  OffsetSpan last_ = kEmptySpan;
  bool named_by_rows_ = false;
  Arg<absl::string_view> names_ = {};
  RecentTexts<Named> zones_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_ZONES_OF_ROWS_H_
