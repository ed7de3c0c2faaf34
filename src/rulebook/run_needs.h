// What each step of a run of a rulebook computes. Entry point: RunNeeds.
#ifndef ASSAY_RULEBOOK_RUN_NEEDS_H_
#define ASSAY_RULEBOOK_RUN_NEEDS_H_

#include <vector>

#include "plan/program.h"

namespace assay {

class CompiledRulebook;

// The nodes that each step of a run computes, in order of evaluation. Of a rulebook, whatever is run.
struct RunNeeds {
  explicit RunNeeds(const CompiledRulebook& book);

  std::vector<NodeId> own;                      // the row's own values, what rows are called, applicability
  std::vector<NodeId> id;                       // of these, what results call the row
  std::vector<NodeId> hold_due;                 // of these, by when a hold must be answered
  std::vector<NodeId> early;                    // rules before any draw, of those indexed what the index asks
  std::vector<std::vector<NodeId>> ledgers;     // by ledger
  std::vector<NodeId> late;                     // rules after the draws, confirmed amounts
  std::vector<NodeId> ahead;                    // of ledgers and late, what asks no ledger
  std::vector<NodeId> outputs;                  // of an evaluation
  std::vector<std::vector<NodeId>> details;     // by rule: what a finding prints, and its task
  std::vector<std::vector<NodeId>> conditions;  // by rule, of those indexed: the column of its condition
};

}  // namespace assay

#endif  // ASSAY_RULEBOOK_RUN_NEEDS_H_
