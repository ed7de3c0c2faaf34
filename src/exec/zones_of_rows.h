// The clock of each row of a call whose second argument names a time zone.
// Entry point: ZonesOfRows::Local. A zone written out in the rulebook was found with it; others are found once per
// distinct name. Lives for one run of one kernel.
#ifndef ASSAY_EXEC_ZONES_OF_ROWS_H_
#define ASSAY_EXEC_ZONES_OF_ROWS_H_

#include <optional>

#include "calendar/zone.h"
#include "exec/executable.h"
#include "exec/recent_texts.h"

namespace assay {

class ZonesOfRows {
 public:
  // A node without a second argument is about UTC.
  ZonesOfRows(const Frame& frame, const Node& node) {
    if (node.arg_count < 2) return;
    const Node& name = frame.program->nodes[node.args[1]];
    if (name.kind == NodeKind::kConstant) {
      zone_ = frame.executable->zone(frame.program->constants[name.index].text);
    } else {
      names_ = ArgOf<absl::string_view>(frame, node, 1);
      named_by_rows_ = true;
    }
  }
  ZonesOfRows(const ZonesOfRows&) = delete;
  ZonesOfRows& operator=(const ZonesOfRows&) = delete;

  // `time` on the clock of that row's zone; false if the row names none.
  bool Local(size_t row, const Timestamp& time, LocalTime* local) {
    if (!named_by_rows_) {
      if (zone_ != nullptr) *local = zone_->Local(time, &last_);
      return zone_ != nullptr;
    }
    Named& named = zones_.Find(names_[row], [](absl::string_view name) { return Named{Zone::Find(name), kEmptySpan}; });
    if (named.zone.has_value()) *local = named.zone->Local(time, &named.last);
    return named.zone.has_value();
  }

 private:
  struct Named {
    std::optional<Zone> zone;
    OffsetSpan last;
  };

  Zone utc_;
  const Zone* zone_ = &utc_;
  OffsetSpan last_ = kEmptySpan;
  bool named_by_rows_ = false;
  Arg<absl::string_view> names_ = {};
  RecentTexts<Named> zones_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_ZONES_OF_ROWS_H_
