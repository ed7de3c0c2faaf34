// What tests of evaluations share: rulebooks from text, rows from JSON, runs. Entry points: CompileText, WireRow,
// RunRows. The clock stands at 2025-11-18T11:06:40Z.
#ifndef ASSAY_TESTS_EVALUATE_SAMPLE_EVALUATION_H_
#define ASSAY_TESTS_EVALUATE_SAMPLE_EVALUATION_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/evaluation.h"

namespace assay {

std::shared_ptr<const CompiledRulebook> CompileText(absl::string_view text);

// A message of `type` from JSON.
std::string WireRow(const CompiledRulebook& book, absl::string_view type, const std::string& json);

// Rows of datasets as JSON lines, by name.
std::shared_ptr<const Snapshot> SnapshotOf(const CompiledRulebook& book,
                                           const std::map<std::string, std::string>& datasets);

EvaluationSettings Settings(int threads);

// The book's rows as wire bytes, on one thread.
v1::EvaluationResult RunRows(const std::shared_ptr<const CompiledRulebook>& book,
                             const std::shared_ptr<const Snapshot>& snapshot, const std::vector<std::string>& rows);

const v1::EvaluatedRow& RowOf(const v1::EvaluationResult& result, const std::string& id);

// "R-1:HOLD R-2/3:NOTE": rules, the rows of levels they are about, outcomes.
std::string FindingsOf(const v1::EvaluatedRow& row);

}  // namespace assay

#endif  // ASSAY_TESTS_EVALUATE_SAMPLE_EVALUATION_H_
