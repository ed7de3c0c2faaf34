// The lexer of the rule language. Entry point: Lexer::Next. Every call moves forward, and none looks back, so a text is
// read in time proportional to its length.
#include "lang/lexer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/utf8.h"
#include "lang/slips.h"

namespace assay {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool IsQuotedNamePart(char c) { return IsNamePart(c) || c == '.' || c == '-' || c == '/' || c == ' '; }

// The ASCII meant at `offset`, which moves on: the byte itself, or what a look-alike stands for.
std::string FoldAt(absl::string_view text, size_t* offset) {
  const char c = text[*offset];
  if (absl::ascii_isascii(c)) {
    ++*offset;
    return std::string(1, c);
  }
  return AsciiFor(DecodeUtf8(text, offset));
}

}  // namespace

Token Lexer::Make(TokenKind kind, size_t end) {
  const Token token = {kind, {static_cast<int32_t>(offset_), static_cast<int32_t>(end)}};
  offset_ = end;
  return token;
}

Token Lexer::Fail(size_t end, std::string message) {
  const Token token = Make(TokenKind::kInvalid, end);
  errors_->Add(token.range, std::move(message));
  return token;
}

Token Lexer::Next() {
  SkipBlanks();
  if (offset_ == text_.size()) return Make(TokenKind::kEnd, offset_);
  const char c = text_[offset_];
  if (IsNameStart(c)) return ReadWord();
  if (IsDigit(c) || (c == '.' && IsDigit(At(offset_ + 1)))) return ReadNumber();
  if (c == '"' || c == '\'') return ReadString(0, false, TokenKind::kString);
  if (c == '`') return ReadQuotedName();
  return ReadPunctuator();
}

void Lexer::SkipBlanks() {
  while (offset_ < text_.size()) {
    if (IsBlank(text_[offset_])) {
      ++offset_;
    } else if (text_[offset_] == '/' && At(offset_ + 1) == '/') {
      offset_ = std::min(text_.find('\n', offset_), text_.size());
    } else {
      size_t end = offset_;
      if (absl::ascii_isascii(text_[offset_]) || FoldAt(text_, &end) != " ") return;
      size_t begin = offset_;
      Fail(end, absl::StrFormat("a blank that is not the ordinary one: write ' ' in place of U+%04X",
                                static_cast<uint32_t>(DecodeUtf8(text_, &begin))));
    }
  }
}

Token Lexer::ReadWord() {
  size_t end = offset_ + 1;
  while (IsNamePart(At(end))) ++end;
  const absl::string_view word = text_.substr(offset_, end - offset_);
  if ((At(end) == '"' || At(end) == '\'') && word.size() <= 2) {
    const std::string prefix = absl::AsciiStrToLower(word);
    if (prefix == "r") return ReadString(1, true, TokenKind::kString);
    if (prefix == "b") return ReadString(1, false, TokenKind::kBytes);
    if (prefix == "br") return ReadString(2, true, TokenKind::kBytes);
  }
  return Make(ClassifyWord(word), end);
}

Token Lexer::ReadNumber() {
  size_t end = offset_;
  TokenKind kind = TokenKind::kInt;
  if (At(end) == '0' && At(end + 1) == 'x' && absl::ascii_isxdigit(At(end + 2))) {
    end += 2;
    while (absl::ascii_isxdigit(At(end))) ++end;
  } else {
    while (IsDigit(At(end))) ++end;
    if (At(end) == '.' && IsDigit(At(end + 1))) {
      kind = TokenKind::kDouble;
      for (++end; IsDigit(At(end));) ++end;
    }
    const size_t sign = At(end + 1) == '+' || At(end + 1) == '-' ? 1 : 0;
    if ((At(end) == 'e' || At(end) == 'E') && IsDigit(At(end + 1 + sign))) {
      kind = TokenKind::kDouble;
      for (end += 1 + sign; IsDigit(At(end));) ++end;
    }
  }
  if (kind == TokenKind::kInt && (At(end) == 'u' || At(end) == 'U')) {
    kind = TokenKind::kUint;
    ++end;
  }
  size_t behind = end;
  while (IsNamePart(At(behind))) ++behind;
  if (behind == end || text_.substr(end, behind - end) == "in") return Make(kind, end);
  const absl::string_view word = text_.substr(offset_, behind - offset_);
  return Fail(behind, absl::StrCat("a number must end before a letter, digit or '_' that is not part of it: ",
                                   QuoteShort(word, 24)));
}

Token Lexer::ReadQuotedName() {
  size_t end = offset_ + 1;
  while (IsQuotedNamePart(At(end))) ++end;
  if (At(end) == '`' && end > offset_ + 1) return Make(TokenKind::kQuotedName, end + 1);
  return Fail(end,
              "a field name in back quotes is made of letters, digits, '_', '.', '-', '/', blanks and ends with '`'");
}

Token Lexer::ReadString(size_t prefix, bool is_raw, TokenKind kind) {
  const size_t open = offset_ + prefix;
  const char quote = text_[open];
  if (At(open + 1) == quote && At(open + 2) == quote) return ReadTripleQuoted(open, is_raw, kind);
  size_t end = open + 1;
  while (end < text_.size() && text_[end] != quote && text_[end] != '\n' && text_[end] != '\r') {
    end += !is_raw && text_[end] == '\\' && At(end + 1) != '\n' && At(end + 1) != '\r' ? 2 : 1;
  }
  end = std::min(end, text_.size());
  if (At(end) == quote) return Make(kind, end + 1);
  return Fail(end, absl::StrCat("a string that is not closed on its line: expected ", std::string(1, quote), " after ",
                                QuoteShort(text_.substr(offset_, end - offset_), 24)));
}

Token Lexer::ReadTripleQuoted(size_t open, bool is_raw, TokenKind kind) {
  const absl::string_view quotes = text_.substr(open, 3);
  size_t end = open + 3;
  while (end < text_.size() && text_.substr(end, 3) != quotes) end += !is_raw && text_[end] == '\\' ? 2 : 1;
  if (end < text_.size()) return Make(kind, end + 3);
  return Fail(text_.size(), absl::StrCat("a string that is not closed: expected ", quotes, " after ",
                                         QuoteShort(text_.substr(offset_), 24)));
}

Token Lexer::ReadPunctuator() {
  std::string ascii;
  size_t ends[kLongestPunctuator + 2];  // behind each ASCII character of `ascii`
  for (size_t at = offset_; at < text_.size() && ascii.size() < kLongestPunctuator;) {
    const std::string folded = FoldAt(text_, &at);
    if (folded.empty() || !absl::ascii_ispunct(folded[0])) break;
    for (char c : folded) {
      ends[ascii.size()] = at;
      ascii.push_back(c);
    }
  }
  const Punctuator* punctuator = FindPunctuator(ascii);
  if (punctuator == nullptr) return ReadSlip();
  const Token token = Make(punctuator->kind, ends[punctuator->spelling.size() - 1]);
  const absl::string_view written = text_.substr(token.range.begin, token.range.end - token.range.begin);
  if (written == punctuator->correct) return token;
  const absl::string_view reason = written == punctuator->spelling ? "is no operator" : "is not ASCII";
  errors_->Add(token.range, absl::StrCat("'", written, "' ", reason, ": write '", punctuator->correct, "'"));
  return token;
}

Token Lexer::ReadSlip() {
  size_t end = offset_;
  const bool is_ascii = absl::ascii_isascii(text_[offset_]);
  const std::string meant = FoldAt(text_, &end);
  if (meant == "in") {
    const Token token = Make(TokenKind::kIn, end);
    errors_->Add(token.range, absl::StrCat(errors_->Quote(token.range), " is not ASCII: write 'in'"));
    return token;
  }
  if (!is_ascii && (meant == "\"" || meant == "'")) return ReadSmartString();
  if (!is_ascii && (meant.empty() || IsNamePart(meant[0]))) return ReadForeignWord();
  if (is_ascii && !absl::ascii_isprint(text_[offset_])) {
    return Fail(end, absl::StrFormat("a control character that no expression has: U+%04X", text_[offset_]));
  }
  return Fail(end, absl::StrCat("a character without meaning in an expression: ",
                                QuoteShort(text_.substr(offset_, end - offset_), 1)));
}

Token Lexer::ReadSmartString() {
  size_t end = offset_;
  const std::string quote = FoldAt(text_, &end);
  const absl::string_view open = text_.substr(offset_, end - offset_);
  while (end < text_.size() && text_[end] != '\n' && FoldAt(text_, &end) != quote) {
  }
  return Fail(end, absl::StrCat("'", open, "' does not open a string: write ", quote, " before and after the text"));
}

Token Lexer::ReadForeignWord() {
  std::string ascii;
  bool is_full_width = true;
  size_t end = offset_;
  for (size_t next = end; next < text_.size(); end = next) {
    const std::string folded = FoldAt(text_, &next);
    if (!folded.empty() && !IsNamePart(folded[0])) break;
    is_full_width &= !folded.empty();
    ascii += folded;
  }
  const absl::string_view word = text_.substr(offset_, end - offset_);
  const TokenKind meant = FindOperatorWord(word);
  if (meant != TokenKind::kInvalid) {
    const Token token = Make(meant, end);
    errors_->Add(token.range, absl::StrCat("'", word, "' is no operator: write '", SpellingOf(meant), "'"));
    return token;
  }
  if (is_full_width) {
    return Fail(end, absl::StrCat(QuoteShort(word, 24), " is full-width: write ", QuoteShort(ascii, 24)));
  }
  return Fail(
      end, absl::StrCat("names are made of a-z, A-Z, 0-9 and '_', and texts stand in quotes: ", QuoteShort(word, 24)));
}

}  // namespace assay
