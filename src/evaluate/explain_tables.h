// Which rows of decision tables a rule's values came from, and which rows nearly did.
// Entry points: TableNodes, ExplainTable. Internal to review. They ask the pieces that the lookups themselves use and
// disable nothing.
#ifndef ASSAY_EVALUATE_EXPLAIN_TABLES_H_
#define ASSAY_EVALUATE_EXPLAIN_TABLES_H_

#include <vector>

#include "assay/v1/decision.pb.h"
#include "evaluate/chunk.h"

namespace assay {

// The lookups among the nodes that `rule` is computed from whose row is known for a row of the rule: those on its own
// level, on the input's, and of constants.
std::vector<NodeId> TableNodes(const CompiledRulebook& book, const CompiledRule& rule);

// What the lookup `node` found for a row of the rule, in a chunk that holds one order and has computed it.
void ExplainTable(const Chunk& chunk, const CompiledRule& rule, NodeId node, int32_t row, v1::RuleVerdict* verdict);

}  // namespace assay

#endif  // ASSAY_EVALUATE_EXPLAIN_TABLES_H_
