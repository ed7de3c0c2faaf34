// Whether conditions can hold together: what their unary tests say of one value, their comparisons of two, and their
// other parts of being true or false.
//
// Entry point: CanHold. A pure function over checked and folded trees, safe from any thread. It evaluates nothing and
// knows nothing of how values depend on one another, so what it refutes is false, and what it lets stand may be.
#ifndef ASSAY_TABLE_SATISFIABILITY_H_
#define ASSAY_TABLE_SATISFIABILITY_H_

#include <cstdint>
#include <vector>

#include "lang/ast.h"

namespace assay {

// A bool tree, and what it is to evaluate to. An error is neither.
struct Goal {
  const Expr* test = nullptr;
  bool wanted = true;
};

enum class Satisfiability : uint8_t {
  kNever,       // proven: on no row do all goals hold
  kPossible,    // nothing that was looked at stands against it
  kNotDecided,  // the steps ran out
};

// `goals` are all of one row. Trees that are written alike have one value.
Satisfiability CanHold(std::vector<Goal> goals, int64_t steps);

}  // namespace assay

#endif  // ASSAY_TABLE_SATISFIABILITY_H_
