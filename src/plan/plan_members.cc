// `x in ['A', 'B']`: a test of each row against a few constants, instead of rows for the elements of the list.
// Entry point: Planner::MemberOfConstants. Lists that are not written out in constants stay with plan_calls.cc.
#include "plan/planner.h"

namespace assay {

NodeId Planner::MemberOfConstants(const Symbol& member, const Symbol& list) {
  if (member.kind != Symbol::Kind::kScalar || list.kind != Symbol::Kind::kList || list.level != kConstantLevel) {
    return kNoNode;
  }
  if (list.element->kind != Symbol::Kind::kScalar) return kNoNode;
  const Node& turns = graph_.node(list.element->node);
  if (turns.kind != NodeKind::kTurns || graph_.program().turns[turns.index].empty()) return kNoNode;
  const bool decimals = member.type->is(TypeKind::kDecimal) && list.element->type->is(TypeKind::kDecimal);
  std::vector<NodeId> constants = graph_.program().turns[turns.index];
  NodeId value = member.node;
  for (NodeId& constant : constants) {
    if (graph_.node(constant).kind != NodeKind::kConstant) return kNoNode;
    std::vector<NodeId> pair = {member.node, constant};
    if (decimals) AlignToCompare(member.type->decimal, list.element->type->decimal, &pair);
    const Node& a = graph_.node(pair[0]);
    const Node& b = graph_.node(pair[1]);
    if (a.type != b.type || a.scale != b.scale) return kNoNode;
    value = pair[0];
    constant = pair[1];
  }
  return graph_.Member(value, constants);
}

}  // namespace assay
