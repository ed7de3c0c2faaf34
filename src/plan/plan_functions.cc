// Calls of library functions that are made of several nodes: math.greatest and math.least. Entry points: those that
// Planner::Call chooses from.
#include "absl/strings/str_cat.h"
#include "plan/planner.h"

namespace assay {

Planner::Result Planner::ExtremeNumber(const Expr& expr, const std::vector<Symbol>& args) {
  if (args.size() == 1 && args[0].kind == Symbol::Kind::kList) return AggregateCall(expr, args);
  const Type* type = OneType(expr.type, args);
  if (type == nullptr || type->is(TypeKind::kDyn)) {
    return Fail(expr,
                absl::StrCat("over rows '", expr.name, "' takes numbers of one type: convert them, as double(x)"));
  }
  std::vector<NodeId> nodes;
  nodes.reserve(args.size());
  for (const Symbol& arg : args) nodes.push_back(Align(arg, *type));
  NodeId made = nodes[0];
  for (size_t i = 1; i < nodes.size(); ++i) {
    made = graph_.Call(expr.ref.op, Graph::PhysicalOf(*type), SizeOf(*type), {made, nodes[i]});
  }
  // What an argument is comes before what bringing one to the result's scale makes of it.
  for (size_t i = args.size(); type->is(TypeKind::kDecimal) && i > 0; --i) {
    if (graph_.MayErr(args[i - 1].node)) made = graph_.Guard(made, args[i - 1].node);
  }
  Result result = Scalar(expr, made);
  result->type = type;
  return result;
}

}  // namespace assay
