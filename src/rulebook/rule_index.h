// An index over rules whose conditions are unary tests joined by &&: which of them fire on a row, without asking each.
// The rows of a decision table are found the same way (table_index.h).
//
// Entry points: RuleIndex, BuildRuleIndexes. Built while a rulebook is compiled; immutable afterwards.
#ifndef ASSAY_RULEBOOK_RULE_INDEX_H_
#define ASSAY_RULEBOOK_RULE_INDEX_H_

#include <memory>
#include <vector>

#include "plan/planner.h"
#include "rulebook/names.h"
#include "table/cell_columns.h"
#include "table/piece_finder.h"
#include "table/table_index.h"

namespace assay {

struct RuleIndex {
  int level = 0;
  std::vector<int> rules;      // by position in the index
  std::vector<NodeId> inputs;  // by column: what is tested
  // Not moved once the finders are there, which refer to it.
  std::unique_ptr<const TableCells> cells;
  std::vector<PieceFinder> finders;
  std::unique_ptr<const TableIndex> index;
};

// A rule that may be indexed, if its condition allows it.
struct IndexCandidate {
  int rule = 0;
  int level = 0;
  const std::string* condition = nullptr;
};

// One index for each level that has enough rules to make it worth a lookup. A condition's tests each compare one value,
// the same for all that name it, with constants or parameters; other conditions are left to their columns.
std::vector<RuleIndex> BuildRuleIndexes(const std::vector<IndexCandidate>& candidates, const SourceMap& sources,
                                        Names* names, Planner* planner);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_RULE_INDEX_H_
