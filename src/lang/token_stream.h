// The tokens of one parse with two of lookahead, and the way back to firm ground after an error.
// Entry points: Peek, Take, SkipToSeparator. Used by one parse on one thread; the errors outlive it.
#ifndef ASSAY_LANG_TOKEN_STREAM_H_
#define ASSAY_LANG_TOKEN_STREAM_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "lang/lexer.h"
#include "lang/syntax_errors.h"
#include "lang/token.h"

namespace assay {

class TokenStream {
 public:
  explicit TokenStream(SyntaxErrors* errors);

  // The next token, and the one behind it. Both are kEnd once the errors have stopped the parse.
  Token Peek() const;
  Token PeekSecond();

  Token Take();
  bool TakeIf(TokenKind kind);

  // The next token is read as this kind from now on.
  void Reinterpret(TokenKind kind) { next_.kind = kind; }

  // Whether a '..' stands between the bracket that comes next and whatever closes it, outside of other brackets and
  // before any ','.
  bool RangeFollows() const;

  // Where the token taken last ends.
  int32_t end_of_last() const { return end_of_last_; }

  absl::string_view TextOf(const Token& token) const;

  // Moves to the next ',' or closing bracket outside of brackets that open on the way, or to the end.
  void SkipToSeparator();

 private:
  SyntaxErrors* errors_;
  Lexer lexer_;
  Token next_;
  Token second_;
  bool has_second_ = false;
  int32_t end_of_last_ = 0;
};

}  // namespace assay

#endif  // ASSAY_LANG_TOKEN_STREAM_H_
