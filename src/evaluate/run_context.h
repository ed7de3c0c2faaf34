// What all rows of one run share: rulebook, reference columns, the clock, and the
// lists of nodes each step computes. Internal to evaluate and review; read-only while a
// run goes on.
#ifndef ASSAY_EVALUATE_RUN_CONTEXT_H_
#define ASSAY_EVALUATE_RUN_CONTEXT_H_

#include <memory>
#include <string>
#include <vector>

#include "exec/reference_columns.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// The nodes that each step of a run computes, in order of evaluation. Of a rulebook, whatever is run.
struct RunNeeds {
  explicit RunNeeds(const CompiledRulebook& book);

  std::vector<NodeId> own;                      // the row's own values, what rows are called, applicability
  std::vector<NodeId> id;                       // of these, what results call the row
  std::vector<NodeId> hold_due;                 // of these, by when a hold must be answered
  std::vector<NodeId> early;                    // rules before any draw, of those indexed what the index asks
  std::vector<std::vector<NodeId>> ledgers;     // by ledger
  std::vector<NodeId> late;                     // rules after the draws, confirmed amounts
  std::vector<NodeId> outputs;                  // of an evaluation
  std::vector<std::vector<NodeId>> details;     // by rule: what a finding prints, and its task
  std::vector<std::vector<NodeId>> conditions;  // by rule, of those indexed: the column of its condition
};

// What messages call a row of the input.
struct RowNoun {
  const char* en = "row";
  const char* zh = "该行";
};

struct RunContext {
  std::shared_ptr<const CompiledRulebook> book;
  std::shared_ptr<const Snapshot> snapshot;
  std::unique_ptr<const ReferenceColumns> reference;
  v1::Checkpoint checkpoint = v1::CHECKPOINT_REVIEW;
  std::string checkpoint_name;
  absl::string_view checkpoint_view;
  RowNoun row_noun;
  std::vector<MissingKey>* missing = nullptr;  // where lookups tell what they did not find; one thread then
  Timestamp now;
  Zone zone;
  int32_t run_day = 0;
  std::vector<Vector> inputs;

  // By rule: its outcome at the checkpoint, as far as no row decides it; switched off, or without an outcome here.
  std::vector<v1::Outcome> outcomes;
  std::vector<bool> off;

  std::shared_ptr<const RunNeeds> needs;
};

// NotFound for a zone that is not known.
absl::StatusOr<std::unique_ptr<RunContext>> NewRunContext(const std::shared_ptr<const CompiledRulebook>& book,
                                                          std::shared_ptr<const RunNeeds> needs,
                                                          const std::shared_ptr<const Snapshot>& snapshot,
                                                          v1::Checkpoint checkpoint, const Timestamp& now);

}  // namespace assay

#endif  // ASSAY_EVALUATE_RUN_CONTEXT_H_
