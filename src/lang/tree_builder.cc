// Tree making within limits. Entry points: TreeBuilder::New, Finish, Call, Chain.
#include "lang/tree_builder.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace assay {
namespace {

// Whether a macro runs its arguments once for each element.
bool IsLoop(const Expr& expr) {
  return expr.kind == ExprKind::kComprehension && expr.macro != Macro::kBind && expr.macro != Macro::kOptMap &&
         expr.macro != Macro::kOptFlatMap;
}

}  // namespace

Expr* TreeBuilder::New(ExprKind kind, SourceRange range) {
  if (errors_->stopped()) return nullptr;
  if (ast_->nodes.size() >= static_cast<size_t>(limits_.max_nodes)) {
    errors_->Stop(range, absl::StrCat("the expression is too large: it has more parts than ", limits_.max_nodes));
    return nullptr;
  }
  depths_.emplace_back();
  return ast_->New(kind, range);
}

Expr* TreeBuilder::Finish(Expr* expr) {
  if (errors_->stopped()) return nullptr;
  Depth depth;
  for (const Expr* arg : expr->args) {
    depth.tree = std::max(depth.tree, 1 + DepthOf(arg).tree);
    depth.comprehensions = std::max(depth.comprehensions, DepthOf(arg).comprehensions);
  }
  if (IsLoop(*expr)) ++depth.comprehensions;
  if (expr->operand != nullptr) {
    depth.tree = std::max(depth.tree, 1 + DepthOf(expr->operand).tree);
    depth.comprehensions = std::max(depth.comprehensions, DepthOf(expr->operand).comprehensions);
  }
  depths_[expr->id - 1] = depth;
  if (depth.tree > limits_.max_depth) {
    errors_->Stop(expr->focus, absl::StrCat("the expression is nested deeper than ", limits_.max_depth));
    return nullptr;
  }
  if (depth.comprehensions > limits_.max_comprehension_depth) {
    errors_->Stop(expr->focus, absl::StrCat("loops such as all() and map() are nested deeper than ",
                                            limits_.max_comprehension_depth));
    return nullptr;
  }
  return expr;
}

Expr* TreeBuilder::Call(const char* function, int32_t begin, SourceRange focus, std::vector<Expr*> args) {
  if (absl::c_linear_search(args, nullptr)) return nullptr;
  Expr* call = New(ExprKind::kCall, {begin, args.back()->range.end});
  if (call == nullptr) return nullptr;
  call->focus = focus;
  call->name = function;
  call->args = std::move(args);
  return Finish(call);
}

Expr* TreeBuilder::Chain(const char* function, absl::Span<Expr* const> operands,
                         absl::Span<const SourceRange> focuses) {
  if (operands.size() == 1) return operands[0];
  const size_t left_count = (operands.size() + 1) / 2;
  Expr* left = Chain(function, operands.subspan(0, left_count), focuses.subspan(0, left_count - 1));
  Expr* right = Chain(function, operands.subspan(left_count), focuses.subspan(left_count));
  if (left == nullptr || right == nullptr) return nullptr;
  return Call(function, left->range.begin, focuses[left_count - 1], {left, right});
}

}  // namespace assay
