// The tokens of the rule language and the tables of their spellings, which lexer, parser and unparser all read.
// Entry points: Token, FindPunctuator, FindBinaryOperator. Constant tables, safe from any thread.
#ifndef ASSAY_LANG_TOKEN_H_
#define ASSAY_LANG_TOKEN_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "base/source.h"

namespace assay {

enum class TokenKind : uint8_t {
  kEnd,
  kInvalid,  // stands for text the lexer has already reported
  kIdentifier,
  kReserved,    // a word that cannot name a variable, but a field: if, for, …
  kQuotedName,  // `a-b`
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTrue,
  kFalse,
  kNull,
  kLeftParenthesis,
  kRightParenthesis,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kDot,
  kDotDot,  // of a range in a unary test
  kComma,
  kColon,
  kQuestion,
  kNot,
  kOr,
  kAnd,
  kIn,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  SourceRange range = {};
};

// A run of punctuation. `correct` is what CEL writes for it: the spelling itself, or the cure of a common slip.
struct Punctuator {
  absl::string_view spelling = {};
  TokenKind kind = TokenKind::kInvalid;
  absl::string_view correct = {};
};

inline constexpr size_t kLongestPunctuator = 3;

// The longest punctuator that `text` begins with, or nullptr.
const Punctuator* FindPunctuator(absl::string_view text);

// Of the closing bracket for an opening one and the other way round.
TokenKind MatchingBracket(TokenKind bracket);

// How a punctuator is written, "" for tokens that are none.
absl::string_view SpellingOf(TokenKind kind);

// All binary operators associate to the left; a higher precedence binds tighter.
struct BinaryOperator {
  absl::string_view spelling = {};
  const char* function = nullptr;  // CEL's name of it
  int precedence = 0;
  TokenKind token = TokenKind::kInvalid;
};

inline constexpr int kConditionalPrecedence = 0;
inline constexpr int kOrPrecedence = 1;
inline constexpr int kAndPrecedence = 2;
inline constexpr int kUnaryPrecedence = 6;
inline constexpr int kMemberPrecedence = 7;

const BinaryOperator* FindBinaryOperator(TokenKind token);
const BinaryOperator* FindBinaryOperator(absl::string_view function);

// kIdentifier, kReserved, or the keyword's own kind.
TokenKind ClassifyWord(absl::string_view word);

constexpr bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

// Literals whose sign is a part of them.
constexpr bool IsSignedNumber(TokenKind kind) { return kind == TokenKind::kInt || kind == TokenKind::kDouble; }

// Whether a field name can be written without back quotes.
bool IsPlainFieldName(absl::string_view name);

}  // namespace assay

#endif  // ASSAY_LANG_TOKEN_H_
