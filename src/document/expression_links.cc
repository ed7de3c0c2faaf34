// Looks for a name that stands alone, a dot and another name. Entry point: PartsOf.
#include "document/expression_links.h"

#include <array>

#include "base/issue.h"
#include "lang/lexer.h"
#include "lang/syntax_errors.h"

namespace assay {
namespace {

bool IsName(const Token& token) { return token.kind == TokenKind::kIdentifier || token.kind == TokenKind::kReserved; }

// The reason code that a text written out names, as rules do that choose one by data.
const Thing* FindCode(absl::string_view literal, const ThingIndex& things) {
  return literal.size() < 2 ? nullptr : things.Find("reason_codes", literal.substr(1, literal.size() - 2));
}

}  // namespace

std::vector<ExpressionPart> PartsOf(absl::string_view expression, const ThingIndex& things) {
  const absl::StatusOr<SourceText> source = SourceText::Create("", std::string(expression));
  if (!source.ok()) return {};
  IssueList ignored;
  SyntaxErrors errors(&*source, &ignored);
  Lexer lexer(&errors);
  std::vector<ExpressionPart> parts;
  std::array<Token, 3> before;  // the last tokens, the newest last
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd; token = lexer.Next()) {
    if (token.kind == TokenKind::kString) parts.push_back({token.range, FindCode(source->Slice(token.range), things)});
    const auto& [outer, owner, dot] = before;
    const bool is_member = outer.kind != TokenKind::kDot && IsName(owner) && dot.kind == TokenKind::kDot;
    if (is_member && IsName(token)) {
      const Thing* thing = things.FindMember(source->Slice(owner.range), source->Slice(token.range));
      if (thing != nullptr) parts.push_back({token.range, thing});
    }
    before = {owner, dot, token};
  }
  return parts;
}

}  // namespace assay
