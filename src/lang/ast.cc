// Names in trees. Entry point: QualifiedName.
#include "lang/ast.h"

#include "absl/strings/str_cat.h"

namespace assay {

std::string QualifiedName(const Expr& expr) {
  if (expr.kind == ExprKind::kIdent) return expr.name;
  if (expr.kind != ExprKind::kSelect || expr.test_only || expr.optional) return "";
  std::string prefix = QualifiedName(*expr.operand);
  return prefix.empty() ? "" : absl::StrCat(prefix, ".", expr.name);
}

}  // namespace assay
