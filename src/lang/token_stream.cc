// Lookahead over the lexer. Entry points: TokenStream::Peek, TokenStream::Take. It holds at most two tokens, whatever
// the length of the text.
#include "lang/token_stream.h"

namespace assay {

TokenStream::TokenStream(SyntaxErrors* errors) : errors_(errors), lexer_(errors), next_(lexer_.Next()) {}

Token TokenStream::Peek() const {
  if (!errors_->stopped()) return next_;
  const int32_t end = static_cast<int32_t>(errors_->text().size());
  return {TokenKind::kEnd, {end, end}};
}

Token TokenStream::PeekSecond() {
  if (!has_second_) second_ = lexer_.Next();
  has_second_ = true;
  return errors_->stopped() ? Peek() : second_;
}

Token TokenStream::Take() {
  const Token token = Peek();
  if (token.kind == TokenKind::kEnd) return token;
  next_ = has_second_ ? second_ : lexer_.Next();
  has_second_ = false;
  end_of_last_ = token.range.end;
  return token;
}

bool TokenStream::TakeIf(TokenKind kind) {
  if (Peek().kind != kind) return false;
  Take();
  return true;
}

absl::string_view TokenStream::TextOf(const Token& token) const {
  return errors_->text().substr(token.range.begin, token.range.end - token.range.begin);
}

bool TokenStream::RangeFollows() const {
  IssueList ignored;
  SyntaxErrors errors = errors_->Fork(&ignored);
  Lexer lexer = lexer_.Fork(&errors);
  int64_t depth = 0;
  for (Token token = has_second_ ? second_ : lexer.Next();; token = lexer.Next()) {
    switch (token.kind) {
      case TokenKind::kDotDot:
        if (depth == 0) return true;
        break;
      case TokenKind::kLeftParenthesis:
      case TokenKind::kLeftBracket:
      case TokenKind::kLeftBrace:
        ++depth;
        break;
      case TokenKind::kRightParenthesis:
      case TokenKind::kRightBracket:
      case TokenKind::kRightBrace:
        if (depth-- == 0) return false;
        break;
      case TokenKind::kComma:
        if (depth == 0) return false;
        break;
      case TokenKind::kEnd:
        return false;
      default:
        break;
    }
  }
}

void TokenStream::SkipToSeparator() {
  int64_t depth = 0;
  for (;; Take()) {
    switch (Peek().kind) {
      case TokenKind::kEnd:
        return;
      case TokenKind::kComma:
        if (depth == 0) return;
        break;
      case TokenKind::kLeftParenthesis:
      case TokenKind::kLeftBracket:
      case TokenKind::kLeftBrace:
        ++depth;
        break;
      case TokenKind::kRightParenthesis:
      case TokenKind::kRightBracket:
      case TokenKind::kRightBrace:
        if (depth-- == 0) return;
        break;
      default:
        break;
    }
  }
}

}  // namespace assay
