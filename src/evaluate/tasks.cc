// What a finding asks somebody to do. Entry point: Chunk::TaskOf.
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "calendar/zone.h"
#include "evaluate/chunk.h"

namespace assay {
namespace {

constexpr int32_t kSecondsOfDay = 86'400;

}  // namespace

// A date is due at its end; as nanoseconds both kinds compare.
SortKey Chunk::DueKey(const PlannedValue& due, int32_t row) const {
  SortKey key = KeyAt(due, row);
  if (key.missing || !due.type->is(TypeKind::kDate)) return key;
  const int32_t day = Day(due, row);
  const Timestamp end =
      day < kMaxDay ? context_->book->zone.FirstInstant(day + 1, 0) : Timestamp{int64_t{day + 1} * kSecondsOfDay, 0};
  key.number = {static_cast<int128>(end.seconds) * kNanosPerSecond + end.nanos, 9};
  return key;
}

std::shared_ptr<const RawTask> Chunk::TaskOf(int rule, int32_t row, RowState* state) const {
  const CompiledRule& compiled = context_->book->rules[static_cast<size_t>(rule)];
  const CompiledTask& planned = compiled.task;
  const std::pair<const char*, const PlannedValue*> values[] = {
      {"owner", &planned.owner}, {"due", &planned.due}, {"priority", &planned.priority}, {"subject", &planned.subject}};
  auto task = std::make_shared<RawTask>();
  std::string* const texts[] = {&task->owner, &task->due, &task->priority, &task->subject};
  for (size_t i = 0; i < std::size(values); ++i) {
    const auto& [name, value] = values[i];
    if (const ErrorCode error = Error(*value, row); error != 0) {
      AddUnevaluable(error, absl::StrCat(compiled.proto->id(), ".task.", name), OutcomeOnError(rule, row, *state),
                     compiled.level, row, state);
    }
    *texts[i] = value->sensitive ? "***" : Text(*value, row);
  }
  task->priority_key = KeyAt(planned.priority, row);
  task->due_key = DueKey(planned.due, row);
  return task;
}

}  // namespace assay
