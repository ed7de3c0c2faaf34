// However long or deep a text is, it is refused or parsed in bounded time, memory and recursion.
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lang/unparse.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

std::string Repeated(absl::string_view part, size_t count) {
  std::string text;
  text.reserve(part.size() * count);
  for (size_t i = 0; i < count; ++i) text.append(part.data(), part.size());
  return text;
}

// The one error of a text under limits that only stop depth and nodes; "" if it parses.
std::string LimitError(const std::string& text) {
  Limits limits;
  limits.max_code_points = 1 << 30;
  IssueList issues;
  const std::optional<Ast> ast = ParseText(text, limits, &issues);
  EXPECT_LE(issues.error_count(), 1u);
  return ast.has_value() ? "" : issues.issues()[0].message;
}

constexpr absl::string_view kTooDeep = "the expression is nested deeper than 250";

constexpr absl::string_view kTooLarge = "the expression is too large: it has more parts than 100000";
constexpr size_t kTenMegabytes = 10'000'000;
constexpr size_t kOneMegabyte = 1'000'000;

TEST(ParserLimitsTest, TenMegabytesOfNestingAreOneError) {
  for (absl::string_view part : {"(", "[", "!", "-", "{", "a("}) {
    EXPECT_EQ(LimitError(Repeated(part, kTenMegabytes / part.size())), kTooDeep) << part;
  }
  for (absl::string_view part : {"a[",
                                 "a.b(",
                                 "f(x,",
                                 "a?b:",
                                 "a+(",
                                 "{a:",
                                 "T{a:",
                                 "- -",
                                 "[?",
                                 "-(-",
                                 "-a*(",
                                 "x.map(y,",
                                 "[1].all(x, x &&",
                                 "cel.bind(a, b, ",
                                 "has(a.b[",
                                 "a ? b : ",
                                 "a ? (",
                                 "{'a': [",
                                 "!(-[",
                                 "a.?b[?",
                                 "a in [",
                                 "optional.of("}) {
    EXPECT_EQ(LimitError(Repeated(part, kOneMegabyte / part.size())), kTooDeep) << part;
  }
}

TEST(ParserLimitsTest, TenMegabytesOfChainsAreOneError) {
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(".a", kTenMegabytes / 2))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("1", Repeated("+1", kTenMegabytes / 2))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated("[0]", kOneMegabyte / 3))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(".?b", kOneMegabyte / 3))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(".f(1)", kOneMegabyte / 5))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(".map(x, x)", kOneMegabyte / 10))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("{", Repeated("1:2,", kOneMegabyte / 4), "}")), kTooLarge);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated("==a", kOneMegabyte / 3))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated("&&!a", kTenMegabytes / 4))), kTooLarge);
  EXPECT_EQ(LimitError(absl::StrCat("[", Repeated("1,", kTenMegabytes / 2))), kTooLarge);
}

TEST(ParserLimitsTest, TenMegabytesOfAnythingAreRefusedAtOnce) {
  IssueList issues;
  EXPECT_FALSE(ParseText(std::string(kTenMegabytes, '('), Limits(), &issues).has_value());
  EXPECT_EQ(issues.issues()[0].message, "the expression is too long: it has more characters than 100000");
}

TEST(ParserLimitsTest, LongTokensAndLongRowsOfErrorsEnd) {
  for (absl::string_view part : {"'", "\"\"\"", "`", "//", "\\", "1", "（", "字", "a ", "? ", ") ", "a b, ", "not "}) {
    Limits limits;
    limits.max_code_points = 1 << 30;
    IssueList found;
    EXPECT_FALSE(ParseText(Repeated(part, kOneMegabyte / part.size()), limits, &found).has_value()) << part;
    EXPECT_LE(found.error_count(), 20u) << part;
  }
}

TEST(ParserLimitsTest, DepthUpToTheLimitIsParsedAndWritten) {
  EXPECT_EQ(LimitError(absl::StrCat(Repeated("(", 249), "a", Repeated(")", 249))), "");
  EXPECT_EQ(LimitError(absl::StrCat(Repeated("(", 250), "a", Repeated(")", 250))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(" + a", 249))), "");
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(" + a", 250))), kTooDeep);
  EXPECT_EQ(LimitError(absl::StrCat("a", Repeated(".b", 249))), "");
  EXPECT_EQ(LimitError(absl::StrCat(Repeated("!", 249), "a")), "");
  EXPECT_EQ(LimitError(absl::StrCat(Repeated("!", 250), "a")), kTooDeep);
}

TEST(ParserLimitsTest, LongChainsOfAndAndOrAreShallow) {
  IssueList issues;
  const std::string text = absl::StrCat("a", Repeated(" && a", 19'999));
  const std::optional<Ast> ast = ParseText(text, Limits(), &issues);
  ASSERT_TRUE(ast.has_value()) << Format(issues);
  int depth = 0;
  for (const Expr* expr = ast->root; !expr->args.empty(); expr = expr->args[0]) ++depth;
  EXPECT_EQ(depth, 15);
  EXPECT_EQ(Unparse(*ast->root), text);
}

TEST(ParserLimitsTest, TheTightestNestingOfEveryPrecedenceIsParsedAtFullDepth) {
  const std::string open = "x ? y : a || b && c == d + e * -f[";
  const std::string text = absl::StrCat(Repeated("a || b && c == d + e * -(", 30), "z", Repeated(")", 30));
  EXPECT_EQ(LimitError(text), "");
  EXPECT_EQ(LimitError(Repeated(open, 100'000)), kTooDeep);
}

TEST(ParserLimitsTest, LoopsInLoopsAreCounted) {
  Limits limits;
  limits.max_comprehension_depth = 2;
  IssueList issues;
  EXPECT_TRUE(
      ParseText("a.all(x, b.all(y, x == y)) && c.map(z, z).filter(z, z).all(z, z)", limits, &issues).has_value());
  EXPECT_TRUE(ParseText("a.all(x, cel.bind(q, x, b.all(y, q == y)))", limits, &issues).has_value());
  EXPECT_FALSE(ParseText("a.all(x, b.all(y, c.all(z, x)))", limits, &issues).has_value());
  EXPECT_EQ(issues.issues()[0].message, "loops such as all() and map() are nested deeper than 2");
}

TEST(ParserLimitsTest, TheCharacterLimitCountsCodePoints) {
  Limits limits;
  limits.max_code_points = 6;
  IssueList issues;
  EXPECT_TRUE(ParseText("'客户订单'", limits, &issues).has_value());
  EXPECT_FALSE(ParseText("'客户订单 '", limits, &issues).has_value());
}

}  // namespace
}  // namespace assay
