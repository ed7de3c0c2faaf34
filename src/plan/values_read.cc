// Entry point: ReadsSensitive. Variables cannot be defined by each other, so the walk ends; each is walked once, for
// they read one another in many ways.
#include "plan/values_read.h"

#include "absl/container/flat_hash_set.h"

namespace assay {
namespace {

class SensitiveWalk {
 public:
  SensitiveWalk(const Schema& schema, const PlanInputs& inputs) : schema_(schema), inputs_(inputs) {}

  bool Finds(const Expr& expr) {
    if (expr.ref.kind == Reference::Kind::kField && schema_.Describe(*expr.ref.field).sensitive) return true;
    const Ast* through = nullptr;
    if (expr.ref.kind == Reference::Kind::kVirtualField) {
      if (inputs_.virtuals[expr.ref.index].sensitive) return true;
      through = Behind(inputs_.virtuals[expr.ref.index]);
    }
    if (expr.ref.kind == Reference::Kind::kVariable) {
      const VariableMeaning& meaning = inputs_.variables[expr.ref.index];
      if (meaning.kind == VariableMeaning::Kind::kVirtual) through = Behind(inputs_.virtuals[meaning.index]);
    }
    if (through != nullptr && walked_.insert(through).second && Finds(*through->root)) return true;
    if (expr.operand != nullptr && Finds(*expr.operand)) return true;
    for (const Expr* arg : expr.args) {
      if (Finds(*arg)) return true;
    }
    return false;
  }

 private:
  // What a variable is computed from; nothing where the rulebook says that its value does not tell it.
  static const Ast* Behind(const VirtualMeaning& meaning) { return meaning.unmasked ? nullptr : meaning.ast; }

  const Schema& schema_;
  const PlanInputs& inputs_;
  absl::flat_hash_set<const Ast*> walked_;  // nothing was found in them
};

}  // namespace

bool ReadsSensitive(const Expr& expr, const Schema& schema, const PlanInputs& inputs) {
  return SensitiveWalk(schema, inputs).Finds(expr);
}

}  // namespace assay
