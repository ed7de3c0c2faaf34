// Cuts the text of an expression into tokens, one at a time.
// Entry point: Lexer::Next. One lexer serves one parse; the errors outlive it. Text that is no token is reported and
// stands in the stream as kInvalid, or as the token that was probably meant; literals are not decoded here.
#ifndef ASSAY_LANG_LEXER_H_
#define ASSAY_LANG_LEXER_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "lang/syntax_errors.h"
#include "lang/token.h"

namespace assay {

class Lexer {
 public:
  explicit Lexer(SyntaxErrors* errors) : text_(errors->text()), errors_(errors) {}

  // Another lexer, which goes on where this one is and reports elsewhere.
  Lexer Fork(SyntaxErrors* errors) const {
    Lexer other(errors);
    other.offset_ = offset_;
    return other;
  }

  // kEnd, with an empty range behind the text, again and again at the end.
  Token Next();

 private:
  char At(size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  Token Make(TokenKind kind, size_t end);
  Token Fail(size_t end, std::string message);

  void SkipBlanks();
  Token ReadWord();
  Token ReadNumber();
  Token ReadQuotedName();
  // A string whose prefix of `prefix` bytes is raw or not.
  Token ReadString(size_t prefix, bool is_raw, TokenKind kind);
  // `open` is where its quotes begin.
  Token ReadTripleQuoted(size_t open, bool is_raw, TokenKind kind);
  Token ReadPunctuator();
  // At a character outside ASCII, or one without a meaning.
  Token ReadSlip();
  Token ReadSmartString();
  Token ReadForeignWord();

  absl::string_view text_;
  SyntaxErrors* errors_;
  size_t offset_ = 0;
};

}  // namespace assay

#endif  // ASSAY_LANG_LEXER_H_
