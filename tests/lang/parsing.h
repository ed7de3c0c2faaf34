// What the tests of the parser share: parse a text, and write its tree so that every part of it can be compared.
// Entry points: ParseText, TreeOf, ErrorOf.
#ifndef ASSAY_TESTS_LANG_PARSING_H_
#define ASSAY_TESTS_LANG_PARSING_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "assay/limits.h"
#include "base/issue.h"
#include "lang/ast.h"

namespace assay {

// The tree of a text that must be UTF-8, or nothing and the issues.
std::optional<Ast> ParseText(absl::string_view text, const Limits& limits, IssueList* issues);

// Every part of a tree but ids and ranges: (_+_ a 1), a.b, (has a.b), a.f(x), (all xs [x] p), …
std::string TreeText(const Expr& expr);

// TreeText of a text, or its errors.
std::string TreeOf(absl::string_view text);

// "column: message" of every error, one a line; "" if there is none.
std::string ErrorsOf(absl::string_view text);

}  // namespace assay

#endif  // ASSAY_TESTS_LANG_PARSING_H_
