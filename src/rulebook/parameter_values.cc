// Entry point: PutParameters.
#include "rulebook/parameter_values.h"

#include <algorithm>

namespace assay {
namespace {

// Puts the constant that a parameter is in the place of its name.
class Parameters {
 public:
  Parameters(const Names& names, Ast* ast) : names_(names), ast_(ast) {}

  void PutInto(Expr* expr) {
    if (expr->operand != nullptr && expr->ref.kind != Reference::Kind::kVariable) PutInto(expr->operand);
    for (Expr* arg : expr->args) PutInto(arg);
    if (expr->ref.kind != Reference::Kind::kVariable) return;
    const VariableMeaning& meaning = names_.inputs.variables[static_cast<size_t>(expr->ref.index)];
    if (meaning.kind == VariableMeaning::Kind::kExpression && IsConstant(*meaning.ast->root))
      Copy(*meaning.ast->root, expr);
  }

 private:
  static bool IsConstant(const Expr& expr) {
    if (expr.kind == ExprKind::kConstant) return true;
    return expr.kind == ExprKind::kList && expr.optional_entries.empty() &&
           std::all_of(expr.args.begin(), expr.args.end(), [](const Expr* arg) { return IsConstant(*arg); });
  }

  void Copy(const Expr& from, Expr* to) {
    to->kind = from.kind;
    to->name.clear();
    to->operand = nullptr;
    to->constant = from.constant;
    to->type = from.type;
    to->ref = from.ref;
    to->args.clear();
    for (const Expr* arg : from.args) {
      to->args.push_back(ast_->New(arg->kind, to->range));
      Copy(*arg, to->args.back());
    }
  }

  const Names& names_;
  Ast* ast_;
};

}  // namespace

void PutParameters(const Names& names, Ast* ast) { Parameters(names, ast).PutInto(ast->root); }

}  // namespace assay
