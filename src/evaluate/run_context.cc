// Entry point: NewRunContext.
#include "evaluate/run_context.h"

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

void SetOutcomes(RunContext* context) {
  for (const CompiledRule& rule : context->book->rules) {
    const auto at = rule.proto->at().find(context->checkpoint_name);
    const bool stated = at != rule.proto->at().end();
    const v1::Outcome outcome = stated ? at->second : rule.proto->outcome();
    const bool by_row = !stated && rule.outcome_by.exists();
    context->outcomes.push_back(outcome);
    context->off.push_back(rule.proto->mode() == v1::MODE_OFF || (outcome == v1::OUTCOME_UNSPECIFIED && !by_row));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<RunContext>> NewRunContext(const std::shared_ptr<const CompiledRulebook>& book,
                                                          const std::shared_ptr<const Snapshot>& snapshot,
                                                          v1::Checkpoint checkpoint, const Timestamp& now) {
  auto context = std::make_unique<RunContext>();
  context->book = book;
  context->needs = book->needs;
  context->snapshot = snapshot;
  context->checkpoint = checkpoint;
  if (book->review.exists) context->row_noun = {"order", "订单"};
  context->now = now;
  if (checkpoint != v1::CHECKPOINT_UNSPECIFIED)
    context->checkpoint_name = v1::Checkpoint_Name(checkpoint).substr(sizeof("CHECKPOINT_") - 1);
  context->checkpoint_view = context->checkpoint_name;
  SetOutcomes(context.get());
  context->run_day = book->zone.Local(now).day;
  context->inputs.resize(static_cast<size_t>(book->program().input_count));
  if (book->now_input >= 0) context->inputs[book->now_input] = {Physical::kTimestamp, &context->now, nullptr, 1};
  if (book->checkpoint_input >= 0)
    context->inputs[book->checkpoint_input] = {Physical::kString, &context->checkpoint_view, nullptr, 1};
  context->reference = ReferenceColumnsFor(book->executable, *snapshot, context->inputs);
  if (!context->reference->over_budget.empty()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the rows of a dataset cost more than max_row_cost each: ", context->reference->over_budget));
  }
  return context;
}

}  // namespace assay
