// The door to the parser. Entry points: Parse, ParseUnaryTests. The grammar itself is in descent_parser.h.
#include "lang/parser.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "lang/descent_parser.h"
#include "lang/syntax_errors.h"

namespace assay {

namespace {

std::optional<Ast> ParseWith(const SourceText& source, const Limits& limits, Expr* (DescentParser::*rule)(),
                             IssueList* issues) {
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
  DescentParser parser(limits, &errors, &ast);
  ast.root = (parser.*rule)();
  if (errors.any()) return std::nullopt;
  return ast;
}

}  // namespace

std::optional<Ast> Parse(const SourceText& source, const Limits& limits, IssueList* issues) {
  return ParseWith(source, limits, &DescentParser::ParseAll, issues);
}

std::optional<Ast> ParseUnaryTests(const SourceText& source, const Limits& limits, IssueList* issues) {
  return ParseWith(source, limits, &DescentParser::ParseTests, issues);
}

}  // namespace assay
