// Makes the nodes of a tree and keeps it within the limits of depth and size.
// Entry points: New, Finish, Call, Chain. Used by one parse on one thread; Ast and errors outlive it. Once a limit is
// exceeded it stops the parse and answers nullptr; children may be nullptr, then so is the parent.
#ifndef ASSAY_LANG_TREE_BUILDER_H_
#define ASSAY_LANG_TREE_BUILDER_H_

#include <vector>

#include "absl/types/span.h"
#include "assay/limits.h"
#include "lang/ast.h"
#include "lang/syntax_errors.h"

namespace assay {

class TreeBuilder {
 public:
  TreeBuilder(const Limits& limits, SyntaxErrors* errors, Ast* ast) : limits_(limits), errors_(errors), ast_(ast) {}

  // A node without children yet.
  Expr* New(ExprKind kind, SourceRange range);

  // To be called on every node with children once they are set: checks the depth. Requires all children present.
  Expr* Finish(Expr* expr);

  // An operator: `function` is CEL's name. The range spans `begin` to the last argument.
  Expr* Call(const char* function, int32_t begin, SourceRange focus, std::vector<Expr*> args);

  // A chain of `&&` or `||` as a balanced tree: the left half has as many operands as the right one, or one more.
  // focuses[i] is the operator behind operand i.
  Expr* Chain(const char* function, absl::Span<Expr* const> operands, absl::Span<const SourceRange> focuses);

 private:
  struct Depth {
    int tree = 1;
    int comprehensions = 0;
  };

  Depth DepthOf(const Expr* expr) const { return depths_[expr->id - 1]; }

  Limits limits_;
  SyntaxErrors* errors_;
  Ast* ast_;
  std::vector<Depth> depths_;  // by id - 1
};

}  // namespace assay

#endif  // ASSAY_LANG_TREE_BUILDER_H_
