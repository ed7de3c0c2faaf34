// Recognises CEL's macros among calls: has, all, exists, map, cel.bind and their kin.
// Entry point: ApplyMacro, which rewrites a call's node in place. A macro is known by its name, its receiver and the
// number of its arguments, as in CEL; any other call of such a name stays a call.
#ifndef ASSAY_LANG_MACROS_H_
#define ASSAY_LANG_MACROS_H_

#include "lang/ast.h"
#include "lang/syntax_errors.h"
#include "lang/tree_builder.h"

namespace assay {

// Turns a kCall with its operand and args set into the kComprehension, or the kSelect of has(), that it means; leaves
// other calls alone; cel.block becomes a cel.bind for each of its values. A kComprehension keeps the macro's written
// name in `name`. False, after reporting, if a macro is used wrongly.
bool ApplyMacro(Expr* call, SyntaxErrors* errors, TreeBuilder* tree);

}  // namespace assay

#endif  // ASSAY_LANG_MACROS_H_
