// Entry point: RunNeeds.
#include "rulebook/run_needs.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "rulebook/compiled_rulebook.h"

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

void CollectAccount(const CompiledAccount& account, std::vector<NodeId>* roots) {
  for (const PlannedValue& value : account.key) Collect(value, roots);
  Collect(account.reserve, roots);
  Collect(account.warehouse, roots);
  if (account.guard != kNoNode) roots->push_back(account.guard);
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
  std::set<NodeId> drawing(late.begin(), late.end());
  for (const std::vector<NodeId>& ledger : ledgers) drawing.insert(ledger.begin(), ledger.end());
  std::copy_if(drawing.begin(), drawing.end(), std::back_inserter(ahead),
               [&program](NodeId node) { return program.nodes[node].stage == 0; });
  std::vector<NodeId> output_roots;
  for (const CompiledOutput& output : book.outputs) output.columns.AddRoots(&output_roots);
  outputs = Needs(program, output_roots, false);
}

}  // namespace assay
