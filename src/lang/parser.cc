// The door to the parser. Entry point: Parse. The grammar itself is in descent_parser.h.
#include "lang/parser.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "lang/descent_parser.h"
#include "lang/syntax_errors.h"

namespace assay {

std::optional<Ast> Parse(const SourceText& source, const ParseLimits& limits, IssueList* issues) {
  SyntaxErrors errors(&source, issues);
  const size_t most = limits.max_code_points;
  const size_t end = OffsetOfCodePoint(source.text(), most);
  if (end < source.text().size()) {
    errors.Stop({static_cast<int32_t>(end), static_cast<int32_t>(end)},
                absl::StrCat("the expression is too long: it has more characters than ", most));
    return std::nullopt;
  }
  Ast ast;
  ast.text = std::string(source.text());
  ast.root = DescentParser(limits, &errors, &ast).ParseAll();
  if (errors.any()) return std::nullopt;
  return ast;
}

}  // namespace assay
