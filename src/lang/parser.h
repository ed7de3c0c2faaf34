// Parses the text of an expression into its tree.
// Entry points: Parse, ParseUnaryTests. Pure and safe from any thread; time and memory grow with the text, never with
// its nesting, and recursion stays within the limits. It resolves no names and checks no types.
#ifndef ASSAY_LANG_PARSER_H_
#define ASSAY_LANG_PARSER_H_

#include <optional>

#include "assay/limits.h"
#include "base/issue.h"
#include "base/source.h"
#include "lang/ast.h"

namespace assay {

// The grammar is CEL's (cel-spec, langdef), with optional fields and entries, two-variable macros and back-quoted field
// names. Operators are calls by their CEL names, macros are nodes of their own. Nothing if an error was added to
// *issues: at most SyntaxErrors::kMaxErrors, positioned in `source`. The tree does not refer to `source`.
std::optional<Ast> Parse(const SourceText& source, const Limits& limits, IssueList* issues);

// A cell of a decision table: unary tests with commas between them, any of which may hold, as one condition over the
// name `_`. A test is a value (`_` is equal to it), a comparison `> 5`, a range `[0..10)`, `(0..10]`, `]0..10[`, a set
// `in {…}` of tests or `in` a list, `not(…)` of tests, or any expression with `_`. For `-` and an empty text, which
// hold whatever `_` is, the tree has no root.
std::optional<Ast> ParseUnaryTests(const SourceText& source, const Limits& limits, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_LANG_PARSER_H_
