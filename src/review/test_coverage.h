// What the tests of a rulebook reached: rules that fired and did not, rows of tables that counted.
// Entry point: Coverage, which fills a TestReport. One thread.
#ifndef ASSAY_REVIEW_TEST_COVERAGE_H_
#define ASSAY_REVIEW_TEST_COVERAGE_H_

#include <vector>

#include "assay/v1/decision.pb.h"
#include "evaluate/chunk.h"
#include "review/rulebook_tests.h"

namespace assay {

class Coverage {
 public:
  // Names all rules and rows in the report, none reached yet. `report` outlives this.
  Coverage(const CompiledRulebook& book, TestReport* report);

  // Of one case: what rules saw, and what was found.
  void AddVerdicts(const google::protobuf::RepeatedPtrField<v1::RuleVerdict>& verdicts,
                   const google::protobuf::RepeatedPtrField<v1::Finding>& findings);

  // The calls of tables that are to be computed before AddTables.
  const std::vector<NodeId>& calls() const { return calls_; }
  void AddTables(Chunk* chunk);

 private:
  TestReport* report_;
  std::vector<NodeId> calls_;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_TEST_COVERAGE_H_
