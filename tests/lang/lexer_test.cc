// The lexer cuts where CEL cuts, reports what is no token, and takes common slips for what was meant.
#include "lang/lexer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

struct Lexed {
  std::vector<TokenKind> kinds;
  std::string texts;   // separated by blanks
  std::string errors;  // separated by line breaks
};

Lexed Lex(const std::string& text) {
  Lexed lexed;
  const SourceText source = *SourceText::Create("", text);
  IssueList issues;
  SyntaxErrors errors(&source, &issues);
  Lexer lexer(&errors);
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd; token = lexer.Next()) {
    lexed.kinds.push_back(token.kind);
    absl::StrAppend(&lexed.texts, lexed.texts.empty() ? "" : " ", std::string(source.Slice(token.range)));
  }
  lexed.errors = absl::StrJoin(issues.issues(), "\n",
                               [](std::string* out, const Issue& issue) { absl::StrAppend(out, issue.message); });
  return lexed;
}

using Kinds = std::vector<TokenKind>;

TEST(LexerTest, PunctuationIsCutAtItsLongest) {
  EXPECT_EQ(Lex("a<=b").texts, "a <= b");
  EXPECT_EQ(Lex("!!a--b").texts, "! ! a - - b");
  EXPECT_EQ(Lex("a?.5:.b").texts, "a ? .5 : . b");
  EXPECT_EQ(Lex("[?a,{b:c}]").texts, "[ ? a , { b : c } ]");
  EXPECT_EQ(Lex("[?a,{b:c}]").errors, "");
}

TEST(LexerTest, NumbersKnowTheirKind) {
  EXPECT_EQ(Lex("1 0x1F 7u 0xFFU 1.5 .5 1e3 2.5E-3").kinds,
            (Kinds{TokenKind::kInt, TokenKind::kInt, TokenKind::kUint, TokenKind::kUint, TokenKind::kDouble,
                   TokenKind::kDouble, TokenKind::kDouble, TokenKind::kDouble}));
  EXPECT_EQ(Lex("1.size()").texts, "1 . size ( )") << "a point without a digit behind it is a member's";
  EXPECT_EQ(Lex("1in[1]").texts, "1 in [ 1 ]");
}

TEST(LexerTest, ANumberMustNotRunIntoAName) {
  for (const char* text : {"12abc", "0x", "0XFF", "1_000", "1e", "1uu", "5d"}) {
    EXPECT_EQ(Lex(text).kinds, Kinds{TokenKind::kInvalid}) << text;
    EXPECT_EQ(Lex(text).errors,
              absl::StrCat("a number must end before a letter, digit or '_' that is not part of it: '", text, "'"));
  }
}

TEST(LexerTest, WordsAreNamesKeywordsOrReserved) {
  EXPECT_EQ(Lex("order _x1 in true false null if namespace").kinds,
            (Kinds{TokenKind::kIdentifier, TokenKind::kIdentifier, TokenKind::kIn, TokenKind::kTrue, TokenKind::kFalse,
                   TokenKind::kNull, TokenKind::kReserved, TokenKind::kReserved}));
}

TEST(LexerTest, StringsTakePrefixesAndTripleQuotes) {
  EXPECT_EQ(Lex(R"('a' "b" r'\' R"\" b'x' Br'\' rb)").kinds,
            (Kinds{TokenKind::kString, TokenKind::kString, TokenKind::kString, TokenKind::kString, TokenKind::kBytes,
                   TokenKind::kBytes, TokenKind::kIdentifier}));
  EXPECT_EQ(Lex("'''a'b''c\n''' \"\"\"\\\"\"\"\"").kinds, (Kinds{TokenKind::kString, TokenKind::kString}));
  EXPECT_EQ(Lex(R"('it\'s')").texts, R"('it\'s')");
}

TEST(LexerTest, AStringMustBeClosed) {
  EXPECT_EQ(Lex("'VIP && a").errors, "a string that is not closed on its line: expected ' after ''VIP && a'");
  EXPECT_EQ(Lex("'a\n+ b").texts, "'a + b") << "the next line is read again";
  EXPECT_EQ(Lex("'a\\").errors, "a string that is not closed on its line: expected ' after ''a\\'");
  EXPECT_EQ(Lex("r'''a''").errors, "a string that is not closed: expected ''' after 'r'''a'''");
}

TEST(LexerTest, CommentsAndBlanksSeparate) {
  EXPECT_EQ(Lex("a // b + c\n\t+\f\r\nd // end").texts, "a + d");
  EXPECT_EQ(Lex("// nothing").kinds, Kinds{});
}

TEST(LexerTest, QuotedNames) {
  EXPECT_EQ(Lex("`a.b-c/d e`").kinds, Kinds{TokenKind::kQuotedName});
  EXPECT_EQ(Lex("`a*b`").kinds[0], TokenKind::kInvalid);
  EXPECT_EQ(Lex("``").kinds[0], TokenKind::kInvalid);
}

TEST(LexerTest, SlipsOfOperatorsAreTakenForWhatWasMeant) {
  const struct {
    const char* slip;
    TokenKind meant;
    const char* correct;
  } rows[] = {{"=", TokenKind::kEqual, "=="},      {"===", TokenKind::kEqual, "=="},
              {"!==", TokenKind::kNotEqual, "!="}, {"<>", TokenKind::kNotEqual, "!="},
              {"=<", TokenKind::kLessEqual, "<="}, {"=>", TokenKind::kGreaterEqual, ">="},
              {"&", TokenKind::kAnd, "&&"},        {"|", TokenKind::kOr, "||"}};
  for (const auto& row : rows) {
    EXPECT_EQ(Lex(row.slip).kinds, Kinds{row.meant});
    EXPECT_EQ(Lex(row.slip).errors, absl::StrCat("'", row.slip, "' is no operator: write '", row.correct, "'"));
  }
}

TEST(LexerTest, FullWidthPunctuationIsNamedAndTakenForTheAsciiOne) {
  const struct {
    const char* slip;
    TokenKind meant;
    const char* correct;
  } rows[] = {{"（", TokenKind::kLeftParenthesis, "("},
              {"）", TokenKind::kRightParenthesis, ")"},
              {"，", TokenKind::kComma, ","},
              {"、", TokenKind::kComma, ","},
              {"：", TokenKind::kColon, ":"},
              {"？", TokenKind::kQuestion, "?"},
              {"【", TokenKind::kLeftBracket, "["},
              {"＝", TokenKind::kEqual, "=="},
              {"＝＝", TokenKind::kEqual, "=="},
              {"！＝", TokenKind::kNotEqual, "!="},
              {"＞=", TokenKind::kGreaterEqual, ">="},
              {"≥", TokenKind::kGreaterEqual, ">="},
              {"≠", TokenKind::kNotEqual, "!="},
              {"＆＆", TokenKind::kAnd, "&&"},
              {"×", TokenKind::kStar, "*"},
              {"−", TokenKind::kMinus, "-"},
              {"∈", TokenKind::kIn, "in"},
              {"。", TokenKind::kDot, "."}};
  for (const auto& row : rows) {
    EXPECT_EQ(Lex(row.slip).kinds, Kinds{row.meant}) << row.slip;
    EXPECT_EQ(Lex(row.slip).errors, absl::StrCat("'", row.slip, "' is not ASCII: write '", row.correct, "'"));
  }
}

TEST(LexerTest, SmartQuotesAreOneBadString) {
  EXPECT_EQ(Lex("a == “VIP” && b").texts, "a == “VIP” && b");
  EXPECT_EQ(Lex("“VIP”").errors, "'“' does not open a string: write \" before and after the text");
  EXPECT_EQ(Lex("‘VIP’").errors, "'‘' does not open a string: write ' before and after the text");
}

TEST(LexerTest, WhatIsNotAsciiIsNamed) {
  EXPECT_EQ(Lex("１５").errors, "'１５' is full-width: write '15'");
  EXPECT_EQ(Lex("订单").errors, "names are made of a-z, A-Z, 0-9 and '_', and texts stand in quotes: '订单'");
  EXPECT_EQ(Lex("并且").kinds, Kinds{TokenKind::kAnd});
  EXPECT_EQ(Lex("a\u3000+\u00A0b").texts, "a + b");
  EXPECT_EQ(Lex("a\u3000b").errors, "a blank that is not the ordinary one: write ' ' in place of U+3000");
}

TEST(LexerTest, MeaninglessCharactersAreReportedOneByOne) {
  EXPECT_EQ(Lex("a $ b").errors, "a character without meaning in an expression: '$'");
  EXPECT_EQ(Lex("a;").errors, "a character without meaning in an expression: ';'");
  EXPECT_EQ(Lex(std::string("a\0b", 3)).errors, "a control character that no expression has: U+0000");
}

TEST(LexerTest, AtMostTwentyErrorsAreReported) {
  const Lexed lexed = Lex(std::string(1000, '$'));
  EXPECT_EQ(std::count(lexed.errors.begin(), lexed.errors.end(), '\n') + 1, SyntaxErrors::kMaxErrors);
}

}  // namespace
}  // namespace assay
