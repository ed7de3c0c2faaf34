// What a planned expression may cost for one row of the input, estimated from the declared sizes of lists before any
// row is seen. Entry point: EstimateCost. The unit is an element that a loop goes over or a list is made of. How many
// values a run computes for each (exec/run_cost.h) follows from the text, which is bounded; long texts are only counted
// there.
#ifndef ASSAY_PLAN_COST_H_
#define ASSAY_PLAN_COST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "plan/program.h"

namespace assay {

// How many rows one key of a join is taken to find, and parts a text to have.
inline constexpr int64_t kJoinedRows = 10;

struct CostEstimate {
  int64_t elements = 0;  // at most INT64_MAX / 2, which stands for all beyond
  // Lists that were taken to have default_max_items, in the order of the plan.
  std::vector<const google::protobuf::FieldDescriptor*> undeclared;
};

// Of everything the nodes need, shared parts once. What is computed once for a snapshot costs a row nothing.
CostEstimate EstimateCost(const Program& program, const std::vector<NodeId>& roots);

// Why an expression of these columns is refused, in one line; "" where it is within program.limits.
std::string CostRefusal(const Program& program, const std::vector<NodeId>& roots);

}  // namespace assay

#endif  // ASSAY_PLAN_COST_H_
