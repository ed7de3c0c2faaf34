// What a program computes of reference data alone, and what of it depends on what else. Entry point: StaticNodes.
#ifndef ASSAY_PLAN_STATIC_NODES_H_
#define ASSAY_PLAN_STATIC_NODES_H_

#include <vector>

#include "plan/program.h"

namespace assay {

// Of a program, whatever data it runs over; immutable.
struct StaticNodes {
  explicit StaticNodes(const Program& program);

  // Nodes on levels of datasets, and those that look rows up by keys that are worked out; in order of evaluation.
  std::vector<NodeId> steps;
  // By node: it is computed from what a run is given (the clock), so that it has no value for the data alone.
  std::vector<bool> is_of_run;
  bool has_of_run = false;  // some step is
  // By node of a dataset's level: the datasets whose rows it looks up, and of which those that it is computed from do.
  std::vector<std::vector<int>> looks_up;
  // By dataset: what is computed of its rows looks up rows of its own, so that they must all be at hand together.
  std::vector<bool> looks_up_itself;
  // By dataset: the nodes of the constant level that its own nodes and the keys of its rows read, in order.
  std::vector<std::vector<NodeId>> constants;
};

}  // namespace assay

#endif  // ASSAY_PLAN_STATIC_NODES_H_
