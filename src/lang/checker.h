// Gives every node of a syntax tree its type and its meaning.
//
// Entry point: Check. Static all through: a name, field or overload that cannot be
// found is an issue at its place, with what was probably meant. Besides CEL's
// rules it does what Assay adds: sizes decimals, turns literals beside a decimal
// into exact decimals and literals beside an enum into its values. It evaluates
// nothing.
#ifndef ASSAY_LANG_CHECKER_H_
#define ASSAY_LANG_CHECKER_H_

#include "base/issue.h"
#include "lang/ast.h"
#include "lang/environment.h"

namespace assay {

// Completes `ast` in place (types, references, exact literals, inserted
// conversions from int and uint to decimal). Issues are about `source`, the
// expression's own text. Where `expected` is given, the whole must have that type
// (a decimal: any decimal or a literal that is one). False if any error was found; the tree is then only good for
// messages.
bool Check(const Environment& env, const SourceText& source, const Type* expected, Ast* ast, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_LANG_CHECKER_H_
