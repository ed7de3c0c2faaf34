// Rows judged without ledgers or sessions: a rulebook with `evaluation` over rows of its input.
//
// Entry points: Evaluate, ExplainRow, SummaryOf. Functions over their arguments, safe from any thread; a run may use
// threads of its own. What comes of a row is the same for any number of threads and any order of the rows.
#ifndef ASSAY_EVALUATE_EVALUATION_H_
#define ASSAY_EVALUATE_EVALUATION_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "assay/v1/evaluation.pb.h"
#include "rulebook/compiled_rulebook.h"
#include "snapshot/snapshot.h"

namespace assay {

struct EvaluationSettings {
  Timestamp now;    // the clock of the run
  int threads = 1;  // 1..64
};

// Rows are wire bytes, borrowed. FailedPrecondition if the rulebook has no `evaluation`. A row that is no message, that
// costs too much, or whose id another row has too is held with that one finding.
absl::StatusOr<v1::EvaluationResult> Evaluate(const std::shared_ptr<const CompiledRulebook>& book,
                                              const std::shared_ptr<const Snapshot>& snapshot,
                                              absl::Span<const absl::string_view> rows,
                                              const EvaluationSettings& options);

// The same of one of the rows, and what each rule saw on it. NotFound if no row has the id; of several that do the
// first by their bytes.
absl::StatusOr<v1::EvaluationExplanation> ExplainRow(const std::shared_ptr<const CompiledRulebook>& book,
                                                     const std::shared_ptr<const Snapshot>& snapshot,
                                                     absl::Span<const absl::string_view> rows, absl::string_view id,
                                                     const EvaluationSettings& options);

// What is said of the run as a whole: the same without its rows, its worklist and its board.
v1::EvaluationResult SummaryOf(const v1::EvaluationResult& result);

}  // namespace assay

#endif  // ASSAY_EVALUATE_EVALUATION_H_
