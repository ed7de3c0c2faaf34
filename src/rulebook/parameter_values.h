// Puts the figures that a rulebook sets into the place of their names, so that a tree can be reasoned about.
// Entry point: PutParameters. Internal to rulebook; a function over its arguments.
#ifndef ASSAY_RULEBOOK_PARAMETER_VALUES_H_
#define ASSAY_RULEBOOK_PARAMETER_VALUES_H_

#include "rulebook/names.h"

namespace assay {

// Every name of a parameter that is a constant, or a list of constants, becomes that. The tree is checked and of
// `names`' environment; what can be folded afterwards is left to Fold.
void PutParameters(const Names& names, Ast* ast);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_PARAMETER_VALUES_H_
