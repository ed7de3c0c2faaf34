// The unary tests of a decision table's cells. Entry point: DescentParser::ParseTests. Each becomes a condition over
// the name `_`, of the same nodes that an expression has, so that nothing behind the parser knows tests from
// expressions.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lang/descent_parser.h"

namespace assay {
namespace {

constexpr char kTested[] = "_";
// What a bound or the right side of a comparison may begin with: all that binds tighter than a comparison.
constexpr int kBoundPrecedence = 4;

bool NamesTested(const Expr& expr) {
  if (expr.kind == ExprKind::kIdent && expr.name == kTested) return true;
  if (expr.operand != nullptr && NamesTested(*expr.operand)) return true;
  return std::any_of(expr.args.begin(), expr.args.end(), [](const Expr* arg) { return NamesTested(*arg); });
}

bool IsComparison(TokenKind kind) { return kind >= TokenKind::kEqual && kind <= TokenKind::kGreaterEqual; }

bool OpensRange(TokenKind kind) {
  return kind == TokenKind::kLeftBracket || kind == TokenKind::kLeftParenthesis || kind == TokenKind::kRightBracket;
}

}  // namespace

Expr* DescentParser::ParseTests() {
  const TokenKind first = tokens_.Peek().kind;
  if (first == TokenKind::kEnd) return nullptr;
  if (first == TokenKind::kMinus && tokens_.PeekSecond().kind == TokenKind::kEnd) return nullptr;
  Expr* tests = ParseTestList(TokenKind::kEnd);
  if (tests != nullptr && tokens_.Peek().kind != TokenKind::kEnd) Unexpected("',' or the end of the test");
  return tests;
}

Expr* DescentParser::TestedValue(int32_t at) {
  Expr* tested = tree_.New(ExprKind::kIdent, {at, at});
  if (tested != nullptr) tested->name = kTested;
  return tested;
}

// Tests up to `close`, which stays. Values that follow each other are one list, so that they are brought to one type.
Expr* DescentParser::ParseTestList(TokenKind close) {
  if (nesting_ == limits_.max_depth) return TooDeep(tokens_.Peek().range);
  ++nesting_;
  std::vector<Expr*> tests;
  std::vector<SourceRange> commas;
  std::vector<Expr*> values;
  bool is_well = true;
  do {
    if (!tests.empty() || !values.empty()) commas.push_back({tokens_.end_of_last() - 1, tokens_.end_of_last()});
    Expr* test = ParseTest(&values);
    is_well = is_well && (test != nullptr || !values.empty()) && !errors_->any();
    if (test != nullptr) tests.push_back(test);
  } while (is_well && tokens_.Peek().kind != close && tokens_.TakeIf(TokenKind::kComma));
  --nesting_;
  if (!is_well) return nullptr;
  if (!values.empty()) tests.push_back(AmongValues(values));
  if (std::find(tests.begin(), tests.end(), nullptr) != tests.end()) return nullptr;
  commas.resize(tests.size() - 1);
  return tree_.Chain("_||_", tests, commas);
}

// A test, or nullptr: then it was a value and is the last of `values`, or there was an error.
Expr* DescentParser::ParseTest(std::vector<Expr*>* values) {
  const Token first = tokens_.Peek();
  if (IsComparison(first.kind)) return ParseComparison();
  if (first.kind == TokenKind::kIn) return ParseMembership();
  if (OpensRange(first.kind) && tokens_.RangeFollows()) return ParseRange();
  const bool is_not = first.kind == TokenKind::kIdentifier && tokens_.TextOf(first) == "not" &&
                      tokens_.PeekSecond().kind == TokenKind::kLeftParenthesis;
  if (is_not) return ParseNegatedTests();
  Expr* expr = ParseExpr();
  if (expr == nullptr || NamesTested(*expr)) return expr;
  values->push_back(expr);
  return nullptr;
}

Expr* DescentParser::AmongValues(const std::vector<Expr*>& values) {
  const int32_t begin = values.front()->range.begin;
  const SourceRange all = {begin, values.back()->range.end};
  Expr* tested = TestedValue(begin);
  if (values.size() == 1) return tree_.Call("_==_", begin, all, {tested, values[0]});
  Expr* list = tree_.New(ExprKind::kList, all);
  if (list == nullptr) return nullptr;
  list->args = values;
  return tree_.Call("@in", begin, all, {tested, tree_.Finish(list)});
}

// > 5
Expr* DescentParser::ParseComparison() {
  const Token token = tokens_.Take();
  Expr* bound = ParseBinary(kBoundPrecedence);
  return tree_.Call(FindBinaryOperator(token.kind)->function, token.range.begin, token.range,
                    {TestedValue(token.range.begin), bound});
}

// in {tests}, in list
Expr* DescentParser::ParseMembership() {
  const Token token = tokens_.Take();
  if (tokens_.Peek().kind == TokenKind::kLeftBrace) return ParseTestsIn(tokens_.Take());
  Expr* list = ParseBinary(kBoundPrecedence);
  return tree_.Call("@in", token.range.begin, token.range, {TestedValue(token.range.begin), list});
}

// not(tests)
Expr* DescentParser::ParseNegatedTests() {
  const Token word = tokens_.Take();
  Expr* tests = ParseTestsIn(tokens_.Take());
  return tree_.Call("!_", word.range.begin, word.range, {tests});
}

// Tests and the bracket that closes `open`.
Expr* DescentParser::ParseTestsIn(const Token& open) {
  Open(open);
  Expr* tests = ParseTestList(MatchingBracket(open.kind));
  return Close(open, tests != nullptr) ? tests : nullptr;
}

// [a..b], (a..b), ]a..b[: a bracket turned outwards leaves its bound out, as a parenthesis does.
Expr* DescentParser::ParseRange() {
  const Token open = tokens_.Take();
  Expr* low = ParseBinary(kBoundPrecedence);
  if (low == nullptr) return nullptr;
  const Token dots = tokens_.Peek();
  if (!tokens_.TakeIf(TokenKind::kDotDot)) return Unexpected("'..' and the other end of the range");
  ++open_ranges_;
  Expr* high = ParseBinary(kBoundPrecedence);
  --open_ranges_;
  if (high == nullptr) return nullptr;
  const Token close = tokens_.Peek();
  const bool is_open_end = close.kind == TokenKind::kRightParenthesis || close.kind == TokenKind::kLeftBracket;
  if (!is_open_end && close.kind != TokenKind::kRightBracket) return Unexpected("']' or ')' behind the range");
  tokens_.Take();
  const char* from = open.kind == TokenKind::kLeftBracket ? "_>=_" : "_>_";
  const int32_t begin = open.range.begin;
  Expr* above = tree_.Call(from, begin, dots.range, {TestedValue(begin), low});
  Expr* below = tree_.Call(is_open_end ? "_<_" : "_<=_", begin, dots.range, {TestedValue(begin), high});
  Expr* range = tree_.Call("_&&_", begin, dots.range, {above, below});
  if (range != nullptr) range->range.end = close.range.end;
  return range;
}

// Whether the '[' that comes next closes a range instead of opening an index.
bool DescentParser::EndsRange() {
  if (open_ranges_ == 0) return false;
  const TokenKind next = tokens_.PeekSecond().kind;
  return next == TokenKind::kEnd || next == TokenKind::kComma || next == TokenKind::kRightBrace ||
         next == TokenKind::kRightParenthesis;
}

}  // namespace assay
