// The operators of the grammar. Entry point: DescentParser::ParseAll.
#include "lang/descent_parser.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/decimal.h"
#include "lang/slips.h"

namespace assay {
namespace {

// Whether a value can begin with this token.
bool StartsValue(TokenKind kind) {
  return (kind >= TokenKind::kIdentifier && kind <= TokenKind::kNull && kind != TokenKind::kQuotedName) ||
         kind == TokenKind::kLeftParenthesis || kind == TokenKind::kLeftBracket || kind == TokenKind::kLeftBrace ||
         kind == TokenKind::kDot || kind == TokenKind::kNot || kind == TokenKind::kMinus;
}

}  // namespace

Expr* DescentParser::ParseAll() {
  if (tokens_.Peek().kind == TokenKind::kEnd) {
    errors_->Add(tokens_.Peek().range, "the expression is empty");
    return nullptr;
  }
  Expr* root = ParseExpr();
  if (root != nullptr && tokens_.Peek().kind != TokenKind::kEnd) Unexpected("an operator or the end of the expression");
  return root;
}

Expr* DescentParser::ParseExpr() {
  if (nesting_ == limits_.max_depth) return TooDeep(tokens_.Peek().range);
  ++nesting_;
  Expr* expr = ParseConditional();
  --nesting_;
  return expr;
}

Expr* DescentParser::ParseConditional() {
  Expr* condition = ParseBinary(kOrPrecedence);
  return tokens_.Peek().kind == TokenKind::kQuestion ? ParseBranches(condition) : condition;
}

Expr* DescentParser::ParseBranches(Expr* condition) {
  const Token question = tokens_.Take();
  Expr* yes = ParseBinary(kOrPrecedence);
  if (tokens_.Peek().kind == TokenKind::kQuestion) {
    errors_->Add(tokens_.Peek().range, "a '? :' between '?' and ':' needs parentheses of its own");
    yes = ParseBranches(yes);
  }
  if (!tokens_.TakeIf(TokenKind::kColon)) {
    if (yes == nullptr) return nullptr;
    const size_t begin = question.range.begin;
    const std::string branch = QuoteShort(errors_->text().substr(begin, yes->range.end - begin), 16);
    return Unexpected(absl::StrCat("':' and the other value after ", branch));
  }
  Expr* no = ParseExpr();
  if (condition == nullptr) return nullptr;
  return tree_.Call("_?_:_", condition->range.begin, question.range, {condition, yes, no});
}

// The binary operator that comes next; one written as a word is reported and taken for the operator.
const BinaryOperator* DescentParser::PeekBinary() {
  const Token token = tokens_.Peek();
  if (token.kind == TokenKind::kIdentifier) {
    const absl::string_view word = tokens_.TextOf(token);
    const TokenKind meant = FindOperatorWord(word);
    if (meant != TokenKind::kInvalid) {
      errors_->Add(token.range, absl::StrCat("'", word, "' is no operator: write '", SpellingOf(meant), "'"));
      tokens_.Reinterpret(meant);
    } else if (absl::EqualsIgnoreCase(word, "not") && tokens_.PeekSecond().kind == TokenKind::kIn) {
      errors_->Add(token.range, "'not in' is no operator: write '!(x in list)'");
      tokens_.Take();
    }
  }
  return FindBinaryOperator(tokens_.Peek().kind);
}

Expr* DescentParser::ParseBinary(int min_precedence) {
  Expr* left = ParseUnary();
  for (const BinaryOperator* op = PeekBinary(); op != nullptr && op->precedence >= min_precedence; op = PeekBinary()) {
    left = op->precedence <= kAndPrecedence ? ParseChain(*op, left) : ParseRightSide(*op, left);
  }
  return left;
}

Expr* DescentParser::ParseChain(const BinaryOperator& op, Expr* first) {
  std::vector<Expr*> operands = {first};
  std::vector<SourceRange> focuses;
  bool is_valid = first != nullptr;
  for (const BinaryOperator* next = PeekBinary(); next == &op; next = PeekBinary()) {
    focuses.push_back(tokens_.Take().range);
    operands.push_back(ParseBinary(op.precedence + 1));
    is_valid &= operands.back() != nullptr;
  }
  return is_valid ? tree_.Chain(op.function, operands, focuses) : nullptr;
}

// `15%` at the end of an operand: `%` has just been taken.
bool DescentParser::ReportPercentage(const Token& percent, const Expr& left) {
  if (percent.kind != TokenKind::kPercent || left.kind != ExprKind::kConstant) return false;
  if (StartsValue(tokens_.Peek().kind) || tokens_.Peek().kind == TokenKind::kInvalid) return false;
  const bool is_int = left.constant.kind == TypeKind::kInt;
  if (!is_int && !left.constant.has_decimal) return false;
  const Decimal value = is_int ? DecimalFromInt64(left.constant.int_value) : left.constant.decimal;
  if (value.scale > kMaxDecimalScale - 2) return false;
  errors_->Add(percent.range, absl::StrCat("'%' is the remainder operator: for the percentage write ",
                                           FormatTrimmed({value.coefficient, value.scale + 2})));
  return true;
}

Expr* DescentParser::ParseRightSide(const BinaryOperator& op, Expr* left) {
  const Token token = tokens_.Take();
  if (left != nullptr && ReportPercentage(token, *left)) return left;
  Expr* right = ParseBinary(op.precedence + 1);
  if (left == nullptr) return nullptr;
  return tree_.Call(op.function, left->range.begin, token.range, {left, right});
}

Expr* DescentParser::ParseUnary() {
  const TokenKind sign = tokens_.Peek().kind;
  if (sign != TokenKind::kNot && sign != TokenKind::kMinus) return ParseMember();
  std::vector<SourceRange> signs;
  while (tokens_.Peek().kind == sign) {
    if (sign == TokenKind::kMinus && IsSignedNumber(tokens_.PeekSecond().kind)) break;  // the literal's own
    signs.push_back(tokens_.Take().range);
    if (signs.size() > static_cast<size_t>(limits_.max_depth)) return TooDeep(signs.back());
  }
  Expr* expr = ParseMember();
  for (; !signs.empty(); signs.pop_back()) {
    expr = tree_.Call(sign == TokenKind::kNot ? "!_" : "-_", signs.back().begin, signs.back(), {expr});
  }
  return expr;
}

// -- Errors ----------------------------------------------------------------------------------------------------------

std::nullptr_t DescentParser::Unexpected(absl::string_view expected) {
  const Token token = tokens_.Peek();
  if (token.kind == TokenKind::kInvalid) return nullptr;  // already reported
  errors_->Add(token.range, absl::StrCat("expected ", expected, ", found ", errors_->Quote(token.range)));
  return nullptr;
}

std::nullptr_t DescentParser::TooDeep(SourceRange range) {
  errors_->Stop(range, absl::StrCat("the expression is nested deeper than ", limits_.max_depth));
  return nullptr;
}

}  // namespace assay
