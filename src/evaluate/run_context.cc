// Entry points: RunNeeds, NewRunContext.
#include "evaluate/run_context.h"

#include "absl/strings/str_cat.h"
#include "calendar/zone.h"
#include "plan/program.h"

namespace assay {
namespace {

void Collect(const PlannedValue& value, std::vector<NodeId>* nodes) {
  if (value.exists()) nodes->push_back(value.node);
}

void CollectRule(const CompiledRule& rule, std::vector<NodeId>* nodes) {
  for (const PlannedValue* value : {&rule.when, &rule.condition, &rule.outcome_by}) Collect(*value, nodes);
}

std::vector<NodeId> OwnRoots(const CompiledRulebook& book) {
  std::vector<NodeId> roots;
  const CompiledReview& r = book.review;
  for (const PlannedValue* value :
       {&r.id, &r.revision, &r.amount, &r.currency, &r.submitter, &r.partner, &r.district, &r.hold_due, &r.firm_outcome,
        &r.firm_reason_by, &r.line_id, &r.quantity, &r.product, &r.product_line, &r.warehouse, &book.as_of}) {
    Collect(*value, &roots);
  }
  const CompiledExemptions& own = r.own_exemptions;
  if (own.exists) roots.push_back(own.guard);
  for (const PlannedValue* value : {&own.rule, &own.partner, &own.order, &own.line, &own.product, &own.product_line,
                                    &own.valid_from, &own.valid_until, &own.actor}) {
    Collect(*value, &roots);
  }
  for (const PlannedValue& value : r.priority) Collect(value, &roots);
  for (const RowNames& names : book.row_names) Collect(names.id, &roots);
  Collect(book.evaluation.id, &roots);
  for (const CompiledApplicability& entry : book.applicability) Collect(entry.when, &roots);
  return roots;
}

std::vector<NodeId> EarlyRoots(const CompiledRulebook& book) {
  std::vector<NodeId> roots;
  for (const CompiledRule& rule : book.rules) {
    if (rule.stage == 0 && !rule.is_indexed) CollectRule(rule, &roots);
    if (rule.is_indexed) Collect(rule.outcome_by, &roots);
  }
  for (const RuleIndex& index : book.rule_indexes) roots.insert(roots.end(), index.inputs.begin(), index.inputs.end());
  return roots;
}

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

void CollectAccount(const CompiledAccount& account, std::vector<NodeId>* roots) {
  for (const PlannedValue& value : account.key) Collect(value, roots);
  Collect(account.reserve, roots);
  Collect(account.warehouse, roots);
  for (const CompiledSupply* supply : {&account.lots, &account.receipts, &account.commitments}) {
    if (!supply->exists) continue;
    for (const PlannedValue* value : {&supply->when, &supply->eligible, &supply->quantity, &supply->date, &supply->id,
                                      &supply->near_when, &supply->order, &supply->lot})
      Collect(*value, roots);
    if (supply->row != kNoNode) roots->push_back(supply->row);
    if (supply->guard != kNoNode) roots->push_back(supply->guard);
  }
}

std::vector<NodeId> LedgerRoots(const CompiledReview& review, const CompiledLedger& l) {
  std::vector<NodeId> roots;
  Collect(review.line_id, &roots);  // what cannot be had names its line
  for (const CompiledAccount& account : l.accounts) CollectAccount(account, &roots);
  for (const PlannedValue* value :
       {&l.amount, &l.draws_when, &l.opening, &l.unlimited_when, &l.date, &l.backorder_when, &l.backorder_until,
        &l.undated_when, &l.all_or_nothing_when, &l.fair_share_when, &l.fair_share_unit, &l.keeps_when_held,
        &l.daily_use, &l.cover_days, &l.phasing_out_when}) {
    Collect(*value, &roots);
  }
  return roots;
}

}  // namespace

RunNeeds::RunNeeds(const CompiledRulebook& book) {
  const Program& program = book.program();
  own = Needs(program, OwnRoots(book), false);
  if (book.evaluation.exists) id = Needs(program, {book.evaluation.id.node}, false);
  if (book.review.hold_due.exists()) hold_due = Needs(program, {book.review.hold_due.node}, false);
  early = Needs(program, EarlyRoots(book), false);
  for (const CompiledLedger& ledger : book.ledgers)
    ledgers.push_back(Needs(program, LedgerRoots(book.review, ledger), false));
  std::vector<NodeId> late_roots;
  Collect(book.review.confirmed_amount, &late_roots);
  Collect(book.review.line_id, &late_roots);
  for (const CompiledRule& rule : book.rules) {
    if (rule.stage > 0) CollectRule(rule, &late_roots);
    std::vector<NodeId> roots;
    for (const PlannedValue* value : {&rule.reason_by, &rule.expected, &rule.actual, &rule.difference, &rule.cut})
      Collect(*value, &roots);
    for (const auto& [name, value] : rule.values) Collect(value, &roots);
    const CompiledTask& task = rule.task;
    for (const PlannedValue* value : {&task.owner, &task.due, &task.priority, &task.subject}) Collect(*value, &roots);
    details.push_back(Needs(program, roots, false));
    conditions.push_back(rule.is_indexed ? Needs(program, {rule.condition.node}, false) : std::vector<NodeId>());
  }
  late = Needs(program, late_roots, false);
  std::vector<NodeId> output_roots;
  for (const CompiledOutput& output : book.outputs) output.columns.AddRoots(&output_roots);
  outputs = Needs(program, output_roots, false);
}

absl::StatusOr<std::unique_ptr<RunContext>> NewRunContext(const std::shared_ptr<const CompiledRulebook>& book,
                                                          std::shared_ptr<const RunNeeds> needs,
                                                          const std::shared_ptr<const Snapshot>& snapshot,
                                                          v1::Checkpoint checkpoint, const Timestamp& now) {
  auto context = std::make_unique<RunContext>();
  context->book = book;
  context->needs = std::move(needs);
  context->snapshot = snapshot;
  context->checkpoint = checkpoint;
  if (book->review.exists) context->row_noun = {"order", "订单"};
  context->now = now;
  if (checkpoint != v1::CHECKPOINT_UNSPECIFIED)
    context->checkpoint_name = v1::Checkpoint_Name(checkpoint).substr(sizeof("CHECKPOINT_") - 1);
  context->checkpoint_view = context->checkpoint_name;
  SetOutcomes(context.get());
  absl::StatusOr<Zone> zone = Zone::Load(book->proto.time_zone().empty() ? "UTC" : book->proto.time_zone());
  if (!zone.ok()) return zone.status();
  context->zone = *zone;
  context->run_day = zone->Local(now).day;
  context->inputs.resize(static_cast<size_t>(book->program().input_count));
  if (book->now_input >= 0) context->inputs[book->now_input] = {Physical::kTimestamp, &context->now, nullptr, 1};
  if (book->checkpoint_input >= 0)
    context->inputs[book->checkpoint_input] = {Physical::kString, &context->checkpoint_view, nullptr, 1};
  context->reference = ComputeReferenceColumns(*book->executable, snapshot, context->inputs);
  if (!context->reference->over_budget.empty()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the rows of a dataset cost more than max_row_cost each: ", context->reference->over_budget));
  }
  return context;
}

}  // namespace assay
