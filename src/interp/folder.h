// Folds constants: sub-trees without names become the values they always have.
// Entry point: Fold, between Check and whatever runs the tree. It never changes what a tree evaluates to.
#ifndef ASSAY_INTERP_FOLDER_H_
#define ASSAY_INTERP_FOLDER_H_

#include "lang/ast.h"
#include "lang/type.h"
#include "schema/schema.h"

namespace assay {

// Replaces in place every sub-tree that asks for no variable, field or host function and whose value can be written as
// a constant, or as a list or map literal of constants (not of lists: columns take those from what makes them). One
// that always errs stays: it is an error value of each row. Where a static type is dyn the constant gets the type of
// its value, taken from `types`. Mixed lists and values that are very large stay as they are. `schema` may be nullptr.
void Fold(const Schema* schema, TypeTable* types, Ast* ast);

}  // namespace assay

#endif  // ASSAY_INTERP_FOLDER_H_
