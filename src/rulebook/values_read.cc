// Entry point: ReadsSensitive. Variables cannot be defined by each other, so the walk ends.
#include "rulebook/values_read.h"

namespace assay {

bool ReadsSensitive(const Expr& expr, const Schema& schema, const PlanInputs& inputs) {
  if (expr.ref.kind == Reference::Kind::kField && schema.Describe(*expr.ref.field).sensitive) return true;
  const Ast* through = nullptr;
  if (expr.ref.kind == Reference::Kind::kVirtualField) {
    if (inputs.virtuals[expr.ref.index].sensitive) return true;
    through = inputs.virtuals[expr.ref.index].ast;
  }
  if (expr.ref.kind == Reference::Kind::kVariable) {
    const VariableMeaning& meaning = inputs.variables[expr.ref.index];
    if (meaning.kind == VariableMeaning::Kind::kVirtual) through = inputs.virtuals[meaning.index].ast;
  }
  if (through != nullptr && ReadsSensitive(*through->root, schema, inputs)) return true;
  if (expr.operand != nullptr && ReadsSensitive(*expr.operand, schema, inputs)) return true;
  for (const Expr* arg : expr.args) {
    if (ReadsSensitive(*arg, schema, inputs)) return true;
  }
  return false;
}

}  // namespace assay
