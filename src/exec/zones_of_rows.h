// The time zone of each row of a call whose second argument names it.
// Entry point: ZonesOfRows::At. A zone written out in the rulebook was loaded with it; others are loaded once per
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

  // nullptr if the name is of no zone; valid until the next call.
  const Zone* At(size_t row) {
    if (!named_by_rows_) return zone_;
    const std::optional<Zone>& zone = zones_.Find(names_[row], [](absl::string_view name) {
      absl::StatusOr<Zone> loaded = Zone::Load(name);
      return loaded.ok() ? std::optional<Zone>(*std::move(loaded)) : std::nullopt;
    });
    return zone.has_value() ? &*zone : nullptr;
  }

 private:
  Zone utc_;
  const Zone* zone_ = &utc_;
  bool named_by_rows_ = false;
  Arg<absl::string_view> names_ = {};
  RecentTexts<std::optional<Zone>> zones_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_ZONES_OF_ROWS_H_
