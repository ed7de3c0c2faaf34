// The grammar of the rule language, one function for each of its rules.
// Entry point: DescentParser::ParseAll; for src/lang/parser.cc alone. A part with an error is nullptr, reported where
// it was found, and so is everything above it; reading goes on at the next ',' or closing bracket, so that one pass
// finds most errors. It never recurses deeper than the limits allow.
#ifndef ASSAY_LANG_DESCENT_PARSER_H_
#define ASSAY_LANG_DESCENT_PARSER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "assay/limits.h"
#include "lang/ast.h"
#include "lang/syntax_errors.h"
#include "lang/token.h"
#include "lang/token_stream.h"
#include "lang/tree_builder.h"

namespace assay {

class DescentParser {
 public:
  // errors and ast outlive it.
  DescentParser(const Limits& limits, SyntaxErrors* errors, Ast* ast)
      : limits_(limits), errors_(errors), tokens_(errors), tree_(limits, errors, ast) {}

  // The whole text as one expression; nullptr, or errors, if it is none.
  Expr* ParseAll();

  // The whole text as the unary tests of a decision table's cell; nullptr without an error for `-` and for nothing.
  Expr* ParseTests();

 private:
  // What stands between two brackets, `?` entries marked.
  struct Entries {
    std::vector<Expr*> args;
    std::vector<std::string> fields;
    std::vector<bool> optional;
  };

  // Operators, from the loosest to the tightest.
  Expr* ParseExpr();
  Expr* ParseConditional();
  Expr* ParseBranches(Expr* condition);
  Expr* ParseBinary(int min_precedence);
  Expr* ParseChain(const BinaryOperator& op, Expr* first);
  Expr* ParseRightSide(const BinaryOperator& op, Expr* left);
  Expr* ParseUnary();
  const BinaryOperator* PeekBinary();
  bool ReportPercentage(const Token& percent, const Expr& left);

  // What stands behind a value, and values.
  Expr* ParseMember();
  Expr* ParseSelect(Expr* operand, bool* is_name);
  Expr* ParseIndex(Expr* operand);
  Expr* ParseCall(Expr* operand, bool is_member, std::string name, SourceRange name_range, int32_t begin);
  Expr* ParsePrimary(bool* is_name);
  Expr* ParseName();
  Expr* ParseLiteral(bool is_negative);
  Expr* ParseParenthesized();
  Expr* ParseList();
  Expr* ParseMap();
  Expr* ParseMessage(const Expr& type_name);

  // Reads `entry`, which says whether all is well, for each of the entries up to and including the bracket that closes
  // `open`. False if anything was wrong.
  bool ParseEntries(const Token& open, bool may_trail, const std::function<bool()>& entry);
  bool ParseField(Entries* entries);
  Expr* MakeEntries(ExprKind kind, int32_t begin, Entries entries);

  // Unary tests: conditions over `_` (descent_tests.cc).
  Expr* ParseTestList(TokenKind close);
  Expr* ParseTest(std::vector<Expr*>* values);
  Expr* ParseComparison();
  Expr* ParseMembership();
  Expr* ParseNegatedTests();
  Expr* ParseRange();
  Expr* ParseTestsIn(const Token& open);
  Expr* AmongValues(const std::vector<Expr*>& values);
  Expr* TestedValue(int32_t at);
  bool EndsRange();

  // One expression and the bracket that closes `open`.
  Expr* ParseEnclosed(const Token& open);
  void Open(const Token& open) { ++awaited_[static_cast<int>(MatchingBracket(open.kind))]; }

  // Takes the bracket that closes `open`; false if it is not there, which is reported unless something already was.
  bool Close(const Token& open, bool is_well);
  void ReportUnclosed(const Token& open, absl::string_view alternative);

  // Reports what was expected in place of the next token; nullptr.
  std::nullptr_t Unexpected(absl::string_view expected);
  std::nullptr_t TooDeep(SourceRange range);

  Limits limits_;
  SyntaxErrors* errors_;
  TokenStream tokens_;
  TreeBuilder tree_;
  int nesting_ = 0;
  int open_ranges_ = 0;
  std::array<int, 256> awaited_ = {};  // by the kind of a closing bracket: how many are still to come
};

}  // namespace assay

#endif  // ASSAY_LANG_DESCENT_PARSER_H_
