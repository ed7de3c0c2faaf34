// Parses the text of an expression into its tree.
// Entry point: Parse. Pure and safe from any thread; time and memory grow with the text, never with its nesting, and
// recursion stays within the limits. It resolves no names and checks no types.
#ifndef ASSAY_LANG_PARSER_H_
#define ASSAY_LANG_PARSER_H_

#include <optional>

#include "base/issue.h"
#include "base/source.h"
#include "lang/ast.h"
#include "lang/parse_limits.h"

namespace assay {

// The grammar is CEL's (cel-spec, langdef), with optional fields and entries, two-variable macros and back-quoted field
// names. Operators are calls by their CEL names, macros are nodes of their own. Nothing if an error was added to
// *issues: at most SyntaxErrors::kMaxErrors, positioned in `source`. The tree does not refer to `source`.
std::optional<Ast> Parse(const SourceText& source, const ParseLimits& limits, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_LANG_PARSER_H_
