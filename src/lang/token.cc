// The spelling tables of the rule language. Entry points: FindPunctuator, FindBinaryOperator, ClassifyWord.
// Everything here is constant.
#include "lang/token.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"

namespace assay {
namespace {

// Longer spellings first, so that the first match is the longest.
constexpr Punctuator kPunctuators[] = {
    {"===", TokenKind::kEqual, "=="},
    {"!==", TokenKind::kNotEqual, "!="},
    {"==", TokenKind::kEqual, "=="},
    {"!=", TokenKind::kNotEqual, "!="},
    {"<=", TokenKind::kLessEqual, "<="},
    {">=", TokenKind::kGreaterEqual, ">="},
    {"&&", TokenKind::kAnd, "&&"},
    {"||", TokenKind::kOr, "||"},
    {"..", TokenKind::kDotDot, ".."},
    {"<>", TokenKind::kNotEqual, "!="},
    {"=<", TokenKind::kLessEqual, "<="},
    {"=>", TokenKind::kGreaterEqual, ">="},
    {"(", TokenKind::kLeftParenthesis, "("},
    {")", TokenKind::kRightParenthesis, ")"},
    {"[", TokenKind::kLeftBracket, "["},
    {"]", TokenKind::kRightBracket, "]"},
    {"{", TokenKind::kLeftBrace, "{"},
    {"}", TokenKind::kRightBrace, "}"},
    {".", TokenKind::kDot, "."},
    {",", TokenKind::kComma, ","},
    {":", TokenKind::kColon, ":"},
    {"?", TokenKind::kQuestion, "?"},
    {"!", TokenKind::kNot, "!"},
    {"<", TokenKind::kLess, "<"},
    {">", TokenKind::kGreater, ">"},
    {"+", TokenKind::kPlus, "+"},
    {"-", TokenKind::kMinus, "-"},
    {"*", TokenKind::kStar, "*"},
    {"/", TokenKind::kSlash, "/"},
    {"%", TokenKind::kPercent, "%"},
    {"=", TokenKind::kEqual, "=="},
    {"&", TokenKind::kAnd, "&&"},
    {"|", TokenKind::kOr, "||"},
};

constexpr BinaryOperator kBinaryOperators[] = {
    {"||", "_||_", kOrPrecedence, TokenKind::kOr},
    {"&&", "_&&_", kAndPrecedence, TokenKind::kAnd},
    {"==", "_==_", 3, TokenKind::kEqual},
    {"!=", "_!=_", 3, TokenKind::kNotEqual},
    {"<", "_<_", 3, TokenKind::kLess},
    {"<=", "_<=_", 3, TokenKind::kLessEqual},
    {">", "_>_", 3, TokenKind::kGreater},
    {">=", "_>=_", 3, TokenKind::kGreaterEqual},
    {"in", "@in", 3, TokenKind::kIn},
    {"+", "_+_", 4, TokenKind::kPlus},
    {"-", "_-_", 4, TokenKind::kMinus},
    {"*", "_*_", 5, TokenKind::kStar},
    {"/", "_/_", 5, TokenKind::kSlash},
    {"%", "_%_", 5, TokenKind::kPercent},
};

constexpr absl::string_view kReservedWords[] = {
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while",
};

}  // namespace

const Punctuator* FindPunctuator(absl::string_view text) {
  for (const Punctuator& punctuator : kPunctuators) {
    if (absl::StartsWith(text, punctuator.spelling)) return &punctuator;
  }
  return nullptr;
}

TokenKind MatchingBracket(TokenKind bracket) {
  switch (bracket) {
    case TokenKind::kLeftParenthesis:
      return TokenKind::kRightParenthesis;
    case TokenKind::kRightParenthesis:
      return TokenKind::kLeftParenthesis;
    case TokenKind::kLeftBracket:
      return TokenKind::kRightBracket;
    case TokenKind::kRightBracket:
      return TokenKind::kLeftBracket;
    case TokenKind::kLeftBrace:
      return TokenKind::kRightBrace;
    case TokenKind::kRightBrace:
      return TokenKind::kLeftBrace;
    default:
      return TokenKind::kInvalid;
  }
}

absl::string_view SpellingOf(TokenKind kind) {
  for (const Punctuator& punctuator : kPunctuators) {
    if (punctuator.kind == kind) return punctuator.correct;
  }
  return "";
}

const BinaryOperator* FindBinaryOperator(TokenKind token) {
  for (const BinaryOperator& row : kBinaryOperators) {
    if (row.token == token) return &row;
  }
  return nullptr;
}

const BinaryOperator* FindBinaryOperator(absl::string_view function) {
  for (const BinaryOperator& row : kBinaryOperators) {
    if (function == row.function) return &row;
  }
  return nullptr;
}

TokenKind ClassifyWord(absl::string_view word) {
  if (word == "true") return TokenKind::kTrue;
  if (word == "false") return TokenKind::kFalse;
  if (word == "null") return TokenKind::kNull;
  if (word == "in") return TokenKind::kIn;
  const bool reserved =
      std::find(std::begin(kReservedWords), std::end(kReservedWords), word) != std::end(kReservedWords);
  return reserved ? TokenKind::kReserved : TokenKind::kIdentifier;
}

bool IsPlainFieldName(absl::string_view name) {
  if (name.empty() || !IsNameStart(name[0]) || !std::all_of(name.begin(), name.end(), IsNamePart)) return false;
  const TokenKind kind = ClassifyWord(name);
  return kind == TokenKind::kIdentifier || kind == TokenKind::kReserved;
}

}  // namespace assay
