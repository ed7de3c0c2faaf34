// Writes a tree back as text, for people who ask what a rule says.
// Entry point: Unparse. Pure and safe from any thread; it recurses as deep as the tree.
#ifndef ASSAY_LANG_UNPARSE_H_
#define ASSAY_LANG_UNPARSE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "lang/ast.h"

namespace assay {

// The canonical text on one line: single blanks, single quotes, only the parentheses that are needed. Parsing it yields
// the same tree, ids and ranges apart. Constants that no literal can write become calls: date('2026-01-31').
std::string Unparse(const Expr& expr);

// A literal of a constant, as Unparse writes it.
std::string UnparseConstant(const Constant& constant);

// 'text' with the escapes it needs.
std::string QuoteString(absl::string_view text);

}  // namespace assay

#endif  // ASSAY_LANG_UNPARSE_H_
