// Shapes of results. Entry point: ResultColumns::Plan.
#include "plan/result_columns.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

std::optional<ResultColumns> ShapeOf(Graph* graph, const Symbol& symbol, LevelId level) {
  const Symbol lifted = graph->Lift(symbol, level);
  ResultColumns shape;
  shape.kind = lifted.kind;
  shape.level = level;
  shape.type = lifted.type;
  switch (lifted.kind) {
    case Symbol::Kind::kNull:
      return shape;
    case Symbol::Kind::kScalar:
      shape.value = lifted.node;
      return shape;
    case Symbol::Kind::kRow:
      return std::nullopt;
    default:
      break;
  }
  const bool is_optional = lifted.kind == Symbol::Kind::kOptional;
  const LevelId below = is_optional ? level : lifted.elements;
  shape.value = is_optional ? lifted.node : kNoNode;
  shape.count = is_optional ? kNoNode : graph->Count(lifted.elements);
  shape.guard = is_optional ? kNoNode : lifted.guard;
  for (const bool is_key : {true, false}) {
    const std::shared_ptr<const Symbol>& part = is_key ? lifted.key : lifted.element;
    if (part == nullptr) continue;
    std::optional<ResultColumns> columns = ShapeOf(graph, *part, below);
    if (!columns.has_value()) return std::nullopt;
    (is_key ? shape.key : shape.element) = std::make_shared<const ResultColumns>(*std::move(columns));
  }
  return shape;
}

}  // namespace

std::optional<ResultColumns> ResultColumns::Plan(Planner* planner, const Ast& ast, int level, IssueList* issues) {
  std::optional<Symbol> symbol = planner->Plan(ast, level, issues);
  if (!symbol.has_value()) return std::nullopt;
  std::optional<ResultColumns> columns = ShapeOf(&planner->graph(), *symbol, planner->BatchLevel(level));
  if (columns.has_value()) return columns;
  absl::StatusOr<SourceText> source = SourceText::Create("", ast.text);
  if (source.ok()) {
    issues->Add(MakeIssue(Severity::kError, *source, ast.root->range,
                          absl::StrCat("a result is a value, not a row of ", TypeName(*ast.root->type))));
  }
  return std::nullopt;
}

void ResultColumns::AddRoots(std::vector<NodeId>* roots) const {
  for (const NodeId node : {value, count, guard}) {
    if (node != kNoNode) roots->push_back(node);
  }
  if (key != nullptr) key->AddRoots(roots);
  if (element != nullptr) element->AddRoots(roots);
}

}  // namespace assay
