// Conversions from one type to another: int(x), string(x), date(x) and so on. Entry point: SelectConversion. Decimals
// made of ints and of other decimals are no calls but kRescale nodes; texts are written and read in the files of
// conversion_kernels.h.
#include "base/civil.h"
#include "calendar/time_of_day.h"
#include "exec/conversion_kernels.h"
#include "exec/row_loop.h"
#include "exec/zones_of_rows.h"

namespace assay {
namespace {

constexpr Fault kOutOfYears = {ErrorKind::kOverflow, "the result leaves the years 1 to 9999"};
constexpr Fault kNoZone = {ErrorKind::kInvalidArgument, "is not a time zone"};
constexpr Fault kNoTime = {ErrorKind::kInvalidArgument, kNoTimeOfDay};

// The argument's own column: it stands on the node's level, being all that the node reads.
void Same(Frame* frame, const Node& node) {
  frame->columns[&node - frame->program->nodes.data()] = ColumnOf(*frame, node.args[0]);
}

void TimestampToDate(Frame* frame, const Node& node) {
  const Arg<Timestamp> time = ArgOf<Timestamp>(*frame, node, 0);
  ZonesOfRows zones(*frame, node);
  TryEachRow<int32_t>(frame, node, [&](size_t row, int32_t* out) -> const Fault* {
    LocalTime local;
    if (!zones.Local(row, time[row], &local)) return &kNoZone;
    if (!IsValidDay(local.day)) return &kOutOfYears;
    *out = local.day;
    return nullptr;
  });
}

void DateToTimestamp(Frame* frame, const Node& node) {
  const Arg<int32_t> date = ArgOf<int32_t>(*frame, node, 0);
  const Arg<absl::string_view> clock = ArgOf<absl::string_view>(*frame, node, 1);
  ZonesOfRows zones(*frame, node);
  TryEachRow<Timestamp>(frame, node, [&](size_t row, Timestamp* out) -> const Fault* {
    const std::optional<int32_t> second = TimeOfDay(clock[row]);
    if (!second.has_value()) return &kNoTime;
    const Zone* zone = zones.ZoneOf(row);
    if (zone == nullptr) return &kNoZone;
    *out = InstantOf(*zone, date[row], *second);
    return IsValid(*out) ? nullptr : &kOutOfYears;
  });
}

void IntToTimestamp(Frame* frame, const Node& node) {
  const Arg<int64_t> seconds = ArgOf<int64_t>(*frame, node, 0);
  TryEachRow<Timestamp>(frame, node, [&](size_t row, Timestamp* out) -> const Fault* {
    const Timestamp time = {seconds[row], 0};
    if (!IsValid(time)) return &kOutOfYears;
    *out = time;
    return nullptr;
  });
}

bool IsConversion(Op op) { return op >= Op::kToBool && op <= Op::kToDyn; }

}  // namespace

Kernel SelectConversion(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kCall || !IsConversion(node.op)) return nullptr;
  const Physical first = program.nodes[node.args[0]].type;
  if (node.op == Op::kToString) return SelectToString(node, first);
  if (node.op == Op::kToDate && first == Physical::kTimestamp) return TimestampToDate;
  if (node.op == Op::kToTimestamp && first == Physical::kDate) return DateToTimestamp;
  if (node.op == Op::kToTimestamp && first == Physical::kInt64) return IntToTimestamp;
  if (node.type == first) return Same;
  if (first == Physical::kString) return SelectFromString(node);
  return SelectToNumber(node, first);
}

}  // namespace assay
