// What all rows of one run share: rulebook, reference columns, the clock. Internal to evaluate and review; read-only
// while a run goes on.
#ifndef ASSAY_EVALUATE_RUN_CONTEXT_H_
#define ASSAY_EVALUATE_RUN_CONTEXT_H_

#include <memory>
#include <string>
#include <vector>

#include "exec/reference_columns.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/run_needs.h"

namespace assay {

// What messages call a row of the input.
struct RowNoun {
  const char* en = "row";
  const char* zh = "该行";
};

struct RunContext {
  std::shared_ptr<const CompiledRulebook> book;
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const ReferenceColumns> reference;
  v1::Checkpoint checkpoint = v1::CHECKPOINT_REVIEW;
  std::string checkpoint_name;
  absl::string_view checkpoint_view;
  RowNoun row_noun;
  MissingKeys* missing = nullptr;  // where lookups tell what they lack; one thread then
  Timestamp now;
  int32_t run_day = 0;
  std::vector<Vector> inputs;

  // By rule: its outcome at the checkpoint, as far as no row decides it; switched off, or without an outcome here.
  std::vector<v1::Outcome> outcomes;
  std::vector<bool> off;

  std::shared_ptr<const RunNeeds> needs;
};

// ResourceExhausted where the rows of a dataset cost more than they may.
absl::StatusOr<std::unique_ptr<RunContext>> NewRunContext(const std::shared_ptr<const CompiledRulebook>& book,
                                                          const std::shared_ptr<const Snapshot>& snapshot,
                                                          v1::Checkpoint checkpoint, const Timestamp& now);

}  // namespace assay

#endif  // ASSAY_EVALUATE_RUN_CONTEXT_H_
