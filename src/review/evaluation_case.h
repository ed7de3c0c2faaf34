// What a test expects of an evaluated row beside its findings: verdict, outputs, tasks. Entry points:
// CompareEvaluation, Matches. Pure functions, internal to review.
#ifndef ASSAY_REVIEW_EVALUATION_CASE_H_
#define ASSAY_REVIEW_EVALUATION_CASE_H_

#include <string>
#include <vector>

#include "assay/v1/evaluation.pb.h"
#include "review/rulebook_tests.h"

namespace assay {

// Texts that are equal, or numbers: 0.3 is 0.3000.
bool IsSame(const std::string& wanted, const std::string& got);

// The same, or nothing is wanted.
bool Matches(const std::string& wanted, const std::string& got);

// What came out otherwise; `path` is the case's.
std::vector<TestFailure> CompareEvaluation(const v1::TestCase& test, const std::string& path,
                                           const v1::EvaluationExplanation& explanation);

}  // namespace assay

#endif  // ASSAY_REVIEW_EVALUATION_CASE_H_
