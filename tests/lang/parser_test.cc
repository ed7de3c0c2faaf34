// The parser makes CEL's tree.
#include "lang/parser.h"

#include "gtest/gtest.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

TEST(ParserTest, OperatorsBindAsInCel) {
  EXPECT_EQ(TreeOf("a || b && c == d + e * -f"), "(_||_ a (_&&_ b (_==_ c (_+_ d (_*_ e (-_ f))))))");
  EXPECT_EQ(TreeOf("a * b + c"), "(_+_ (_*_ a b) c)");
  EXPECT_EQ(TreeOf("(a + b) * c"), "(_*_ (_+_ a b) c)");
  EXPECT_EQ(TreeOf("a - b - c"), "(_-_ (_-_ a b) c)");
  EXPECT_EQ(TreeOf("a < b == c"), "(_==_ (_<_ a b) c)");
  EXPECT_EQ(TreeOf("a in b != c"), "(_!=_ (@in a b) c)");
  EXPECT_EQ(TreeOf("a / b % c"), "(_%_ (_/_ a b) c)");
  EXPECT_EQ(TreeOf("a <= b && c >= d && e > f"), "(_&&_ (_&&_ (_<=_ a b) (_>=_ c d)) (_>_ e f))");
}

TEST(ParserTest, AConditionalAssociatesToTheRight) {
  EXPECT_EQ(TreeOf("a ? b : c ? d : e"), "(_?_:_ a b (_?_:_ c d e))");
  EXPECT_EQ(TreeOf("a || b ? c : d"), "(_?_:_ (_||_ a b) c d)");
  EXPECT_EQ(TreeOf("a ? (b ? c : d) : e"), "(_?_:_ a (_?_:_ b c d) e)");
  EXPECT_EQ(TreeOf("a ?.5:.b"), "(_?_:_ a .5d=0.5 .b)");
}

TEST(ParserTest, ChainsOfAndAndOrAreBalanced) {
  EXPECT_EQ(TreeOf("a && b && c && d"), "(_&&_ (_&&_ a b) (_&&_ c d))");
  EXPECT_EQ(TreeOf("a || b || c || d || e"), "(_||_ (_||_ (_||_ a b) c) (_||_ d e))");
  EXPECT_EQ(TreeOf("a && (b && c)"), "(_&&_ a (_&&_ b c))");
}

TEST(ParserTest, SignsNestAndBelongToNumbers) {
  EXPECT_EQ(TreeOf("!!a"), "(!_ (!_ a))");
  EXPECT_EQ(TreeOf("--a"), "(-_ (-_ a))");
  EXPECT_EQ(TreeOf("-1"), "-1");
  EXPECT_EQ(TreeOf("--1"), "(-_ -1)");
  EXPECT_EQ(TreeOf("-(1)"), "(-_ 1)");
  EXPECT_EQ(TreeOf("a -1"), "(_-_ a 1)");
  EXPECT_EQ(TreeOf("a - -1"), "(_-_ a -1)");
  EXPECT_EQ(TreeOf("-1.abs()"), "(-1.abs())");
  EXPECT_EQ(TreeOf("-a.b"), "(-_ a.b)");
  EXPECT_EQ(TreeOf("!-1"), "(!_ -1)");
}

TEST(ParserTest, MembersIndexesAndCalls) {
  EXPECT_EQ(TreeOf("a.b.c"), "a.b.c");
  EXPECT_EQ(TreeOf(".a.b"), ".a.b");
  EXPECT_EQ(TreeOf("a[0][b]"), "(_[_] (_[_] a 0) b)");
  EXPECT_EQ(TreeOf("a.?b[?0].c"), "(_[_]? a.?b 0).c");
  EXPECT_EQ(TreeOf("f()"), "(f)");
  EXPECT_EQ(TreeOf(".f(a, b)"), "(.f a b)");
  EXPECT_EQ(TreeOf("a.b.f(x)(y)").find("error") != std::string::npos, true) << "a result is not called";
  EXPECT_EQ(TreeOf("a.b.f(x).g()"), "((a.b.f() x).g())");
  EXPECT_EQ(TreeOf("a.`b-c/d`"), "a.b-c/d");
  EXPECT_EQ(TreeOf("a.if.for.as(b)"), "(a.if.for.as() b)") << "reserved words may be members";
  EXPECT_EQ(TreeOf("'abc'.size()"), "(\"abc\".size())");
}

TEST(ParserTest, ListsMapsAndMessages) {
  EXPECT_EQ(TreeOf("[]"), "[ ]");
  EXPECT_EQ(TreeOf("[a, ?b, 1,]"), "[ a ?b 1 ]");
  EXPECT_EQ(TreeOf("{}"), "{ }");
  EXPECT_EQ(TreeOf("{'a': 1, ?b: c,}"), "{ \"a\" 1 ?b c }");
  EXPECT_EQ(TreeOf("Name{}"), "Name{ }");
  EXPECT_EQ(TreeOf(".a.b.Name{f: 1, ?if: x, `g-h`: [2],}"), ".a.b.Name{ f:1 ?if:x g-h:[ 2 ] }");
  EXPECT_EQ(TreeOf("a.B{c: 1}.c"), "a.B{ c:1 }.c");
}

TEST(ParserTest, MacrosStayNodes) {
  EXPECT_EQ(TreeOf("has(a.b.c)"), "(has a.b.c)");
  EXPECT_EQ(TreeOf("xs.all(x, x > 0)"), "(all#1 xs [x] (_>_ x 0))");
  EXPECT_EQ(TreeOf("xs.exists(x, p)"), "(exists#2 xs [x] p)");
  EXPECT_EQ(TreeOf("xs.exists_one(x, p)"), "(exists_one#3 xs [x] p)");
  EXPECT_EQ(TreeOf("xs.existsOne(i, x, p)"), "(existsOne#3 xs [i x] p)");
  EXPECT_EQ(TreeOf("a.xs.filter(x, p).map(y, q, t)"), "(map#4 (filter#5 a.xs [x] p) [y] q t)");
  EXPECT_EQ(TreeOf("xs.map(x, t)"), "(map#4 xs [x] t)");
  EXPECT_EQ(TreeOf("xs.sortBy(x, x.k)"), "(sortBy#6 xs [x] x.k)");
  EXPECT_EQ(TreeOf("m.transformList(k, v, f, t)"), "(transformList#7 m [k v] f t)");
  EXPECT_EQ(TreeOf("m.transformMap(k, v, t)"), "(transformMap#8 m [k v] t)");
  EXPECT_EQ(TreeOf("m.transformMapEntry(k, v, {v: k})"), "(transformMapEntry#9 m [k v] { v k })");
  EXPECT_EQ(TreeOf("cel.bind(v, a + 1, v * v)"), "(bind#10 (_+_ a 1) [v] (_*_ v v))");
  EXPECT_EQ(TreeOf("a.?b.optMap(x, x + 1)"), "(optMap#11 a.?b [x] (_+_ x 1))");
}

TEST(ParserTest, AMacroIsKnownByReceiverAndArgumentCount) {
  EXPECT_EQ(TreeOf("all(x, p)"), "(all x p)");
  EXPECT_EQ(TreeOf("xs.all(x)"), "(xs.all() x)");
  EXPECT_EQ(TreeOf("xs.filter(i, x, p)"), "(xs.filter() i x p)");
  EXPECT_EQ(TreeOf("a.has(b.c)"), "(a.has() b.c)");
  EXPECT_EQ(TreeOf("has(a, b)"), "(has a b)");
  EXPECT_EQ(TreeOf("bind(v, a, v)"), "(bind v a v)");
  EXPECT_EQ(TreeOf("other.bind(v, a, v)"), "(other.bind() v a v)");
}

TEST(ParserTest, RangesCoverWhatWasWrittenAndFocusPointsAtTheOperator) {
  IssueList issues;
  const std::optional<Ast> ast = ParseText("f((a + b).c) ? x[1] : y", Limits(), &issues);
  ASSERT_TRUE(ast.has_value());
  const auto text = [&](SourceRange range) { return ast->text.substr(range.begin, range.end - range.begin); };
  const Expr& root = *ast->root;
  EXPECT_EQ(text(root.range), ast->text);
  EXPECT_EQ(text(root.focus), "?");
  EXPECT_EQ(text(root.args[0]->range), "f((a + b).c)");
  EXPECT_EQ(text(root.args[0]->focus), "f");
  EXPECT_EQ(text(root.args[0]->args[0]->focus), "c");
  EXPECT_EQ(text(root.args[0]->args[0]->operand->range), "(a + b)");
  EXPECT_EQ(text(root.args[0]->args[0]->operand->focus), "+");
  EXPECT_EQ(text(root.args[1]->range), "x[1]");
  EXPECT_EQ(text(root.args[1]->focus), "[1]");
}

TEST(ParserTest, ATreeOutlivesItsSourceAndAMove) {
  IssueList issues;
  std::optional<Ast> ast = ParseText("a + b", Limits(), &issues);
  const Ast moved = std::move(*ast);
  ast.reset();
  EXPECT_EQ(TreeText(*moved.root), "(_+_ a b)");
  EXPECT_EQ(moved.text, "a + b");
}

}  // namespace
}  // namespace assay
