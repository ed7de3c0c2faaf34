// What must be computed for the results of an expression over rows, which may be lists, maps and optionals: their
// shape. Entry point: ResultColumns::Plan. Plain data once planned; evaluate/result_values.h reads the values.
#ifndef ASSAY_PLAN_RESULT_COLUMNS_H_
#define ASSAY_PLAN_RESULT_COLUMNS_H_

#include <memory>
#include <optional>
#include <vector>

#include "base/issue.h"
#include "plan/planner.h"

namespace assay {

// Where the values of a planned expression will be: columns, and for lists, maps and optionals those of what they hold.
struct ResultColumns {
  Symbol::Kind kind = Symbol::Kind::kScalar;
  LevelId level = kConstantLevel;
  const Type* type = nullptr;
  NodeId value = kNoNode;                        // kScalar; kOptional: whether there is a value
  NodeId count = kNoNode;                        // kList, kMap: elements of each row
  NodeId guard = kNoNode;                        // kList, kMap: errs where the whole does; kNoNode if it never does
  std::shared_ptr<const ResultColumns> key;      // kMap
  std::shared_ptr<const ResultColumns> element;  // kList, kMap, kOptional

  // Nothing, after adding an issue, if the expression has no form over the rows of the rulebook level or is a row.
  static std::optional<ResultColumns> Plan(Planner* planner, const Ast& ast, int level, IssueList* issues);

  // Adds the nodes that must be run before reading.
  void AddRoots(std::vector<NodeId>* roots) const;
};

}  // namespace assay

#endif  // ASSAY_PLAN_RESULT_COLUMNS_H_
