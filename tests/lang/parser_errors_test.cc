// What is wrong is said once, at its place, with what would cure it; and one pass finds most of it.
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lang/syntax_errors.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

TEST(ParserErrorsTest, WhatWasExpectedAndWhatWasFound) {
  EXPECT_EQ(ErrorsOf(""), "1: the expression is empty");
  EXPECT_EQ(ErrorsOf("  // only a comment"), "20: the expression is empty");
  EXPECT_EQ(ErrorsOf("a +"), "4: expected a value, found the end of the expression");
  EXPECT_EQ(ErrorsOf("a + * b"), "5: expected a value, found '*'");
  EXPECT_EQ(ErrorsOf("a b"), "3: expected an operator or the end of the expression, found 'b'");
  EXPECT_EQ(ErrorsOf("a)"), "2: expected an operator or the end of the expression, found ')'");
  EXPECT_EQ(ErrorsOf("x + (a + foo bar"), "14: expected ')' to close '(a + foo', found 'bar'");
  EXPECT_EQ(ErrorsOf("f(a b)"), "5: expected ',' or ')' to close '(a', found 'b'");
  EXPECT_EQ(ErrorsOf("f(a, b"), "7: expected ',' or ')' to close '(a, b', found the end of the expression");
  EXPECT_EQ(ErrorsOf("f(a,)"), "5: expected a value after ',', found ')'");
  EXPECT_EQ(ErrorsOf("[1, 2"), "6: expected ',' or ']' to close '[1, 2', found the end of the expression");
  EXPECT_EQ(ErrorsOf("a[1"), "4: expected ']' to close '[1', found the end of the expression");
  EXPECT_EQ(ErrorsOf("{'a' 1}"), "6: expected ':' and a value after the key, found '1'");
  EXPECT_EQ(ErrorsOf("T{a 1}"), "5: expected ':' after the field name 'a', found '1'");
  EXPECT_EQ(ErrorsOf("T{'a': 1}"), "3: expected a field name, found ''a''");
  EXPECT_EQ(ErrorsOf("a ? b"), "6: expected ':' and the other value after '? b', found the end of the expression");
  EXPECT_EQ(ErrorsOf("a."), "3: expected a field name after '.', found the end of the expression");
  EXPECT_EQ(ErrorsOf("a.in"), "3: expected a field name, or a keyword in back quotes, after '.', found 'in'");
  EXPECT_EQ(ErrorsOf("(a){}"), "4: expected an operator or the end of the expression, found '{'");
}

TEST(ParserErrorsTest, ReservedWordsDoNotNameVariables) {
  EXPECT_EQ(ErrorsOf("package == 1"), "1: a reserved word cannot name a variable or a function: 'package'");
  EXPECT_EQ(ErrorsOf("while(x)"), "1: a reserved word cannot name a variable or a function: 'while'");
  EXPECT_EQ(ErrorsOf("if(a, b, c)"), "1: a choice is written 'condition ? value : other': 'if'");
  EXPECT_EQ(ErrorsOf("xs.all(for, true)"), "8: a reserved word cannot name a variable or a function: 'for'");
}

TEST(ParserErrorsTest, WordsForOperatorsAreCured) {
  EXPECT_EQ(ErrorsOf("a and b or c"), "3: 'and' is no operator: write '&&'\n9: 'or' is no operator: write '||'");
  EXPECT_EQ(ErrorsOf("a AND not b"), "3: 'AND' is no operator: write '&&'\n7: 'not' is no operator: write '!'");
  EXPECT_EQ(ErrorsOf("a not in b"), "3: 'not in' is no operator: write '!(x in list)'");
  EXPECT_EQ(ErrorsOf("a = 1 且 b"), "3: '=' is no operator: write '=='\n7: '且' is no operator: write '&&'");
  EXPECT_EQ(ErrorsOf("a <> b"), "3: '<>' is no operator: write '!='");
  EXPECT_EQ(TreeOf("and + or"), "(_+_ and or)") << "they may name variables";
  EXPECT_EQ(TreeOf("a.and(not)"), "(a.and() not)");
}

TEST(ParserErrorsTest, PercentagesAreCured) {
  EXPECT_EQ(ErrorsOf("x > 15%"), "7: '%' is the remainder operator: for the percentage write 0.15");
  EXPECT_EQ(ErrorsOf("f(x, 2.5%, y)"), "9: '%' is the remainder operator: for the percentage write 0.025");
  EXPECT_EQ(ErrorsOf("a > 100% && b"), "8: '%' is the remainder operator: for the percentage write 1");
  EXPECT_EQ(TreeOf("15 % x"), "(_%_ 15 x)");
}

TEST(ParserErrorsTest, MixedSignsAndNestedConditionalsNeedParentheses) {
  EXPECT_EQ(ErrorsOf("!-a"), "2: expected a value, or parentheses between '!' and '-', found '-'");
  EXPECT_EQ(ErrorsOf("-!a"), "2: expected a value, or parentheses between '-' and '!', found '!'");
  EXPECT_EQ(ErrorsOf("a ? b ? c : d : e"), "7: a '? :' between '?' and ':' needs parentheses of its own");
}

TEST(ParserErrorsTest, MisusedMacros) {
  EXPECT_EQ(ErrorsOf("xs.all(a.b, p)"),
            "8: argument 1 of all() names a variable: expected a simple name such as x, found 'a.b'");
  EXPECT_EQ(ErrorsOf("xs.map(.x, p)"),
            "8: argument 1 of map() names a variable: expected a simple name such as x, found '.x'");
  EXPECT_EQ(ErrorsOf("xs.transformList(i, 1, p)"),
            "21: argument 2 of transformList() names a variable: expected a simple name such as x, found '1'");
  EXPECT_EQ(ErrorsOf("xs.all(i, i, p)"), "11: the two variables of all() need two names, not twice 'i'");
  EXPECT_EQ(ErrorsOf("has(a)"), "5: has() asks whether a field is set: expected a field such as order.id, found 'a'");
  EXPECT_EQ(ErrorsOf("has(a[0])"),
            "5: has() asks whether a field is set: expected a field such as order.id, found 'a[0]'");
  EXPECT_EQ(ErrorsOf("has(a.?b)"),
            "5: has() asks whether a field is set: expected a field such as order.id, found 'a.?b'");
  EXPECT_EQ(ErrorsOf("has(has(a.b))"),
            "5: has() asks whether a field is set: expected a field such as order.id, found 'has(a.b)'");
}

TEST(ParserErrorsTest, FullWidthTextIsReportedPieceByPiece) {
  EXPECT_EQ(ErrorsOf("sum（a，b）＝“x”"),
            "4: '（' is not ASCII: write '('\n"
            "6: '，' is not ASCII: write ','\n"
            "8: '）' is not ASCII: write ')'\n"
            "9: '＝' is not ASCII: write '=='\n"
            "10: '“' does not open a string: write \" before and after the text");
}

TEST(ParserErrorsTest, OnePassFindsTheErrorsOfAllArguments) {
  EXPECT_EQ(ErrorsOf("f(a +, [1 2], {3}, g(x y), ok) = 'a\\d'"),
            "6: expected a value, found ','\n"
            "11: expected ',' or ']' to close '[1', found '2'\n"
            "17: expected ':' and a value after the key, found '}'\n"
            "24: expected ',' or ')' to close '(x', found 'y'\n"
            "32: '=' is no operator: write '=='\n"
            "36: no such escape; a backslash itself is written \\\\: '\\d'");
}

TEST(ParserErrorsTest, AMissingOrWrongBracketIsOneError) {
  EXPECT_EQ(ErrorsOf("f(a, [b, c) && d"), "11: expected ',' or ']' to close '[b, c', found ')'");
  EXPECT_EQ(ErrorsOf("(a + b] && c"), "7: expected ')' to close '(a + b', found ']'");
  EXPECT_EQ(ErrorsOf("((a + b) && (c"), "15: expected ')' to close '(c', found the end of the expression");
}

TEST(ParserErrorsTest, AnErrorBehindALineBreakHasItsOwnLine) {
  EXPECT_EQ(ErrorsOf("a &&\n  b c"), "2:5: expected an operator or the end of the expression, found 'c'");
}

TEST(ParserErrorsTest, NoMoreThanTwentyErrors) {
  IssueList issues;
  std::string text = "f(";
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, "a b, ");
  EXPECT_FALSE(ParseText(text + "c)", Limits(), &issues).has_value());
  EXPECT_EQ(issues.error_count(), static_cast<size_t>(SyntaxErrors::kMaxErrors));
}

}  // namespace
}  // namespace assay
