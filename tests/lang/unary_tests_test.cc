// The cells of decision tables as conditions over `_`.
#include <gtest/gtest.h>

#include <string>

#include "base/issue.h"
#include "lang/parser.h"
#include "lang/unparse.h"

namespace assay {
namespace {

// The condition a cell stands for, "any", or its issues.
std::string Parsed(const std::string& cell) {
  const absl::StatusOr<SourceText> source = SourceText::Create("", cell);
  IssueList issues;
  const std::optional<Ast> ast = ParseUnaryTests(*source, Limits(), &issues);
  if (ast.has_value()) return ast->root == nullptr ? "any" : Unparse(*ast->root);
  std::string text;
  for (const Issue& issue : issues.issues()) text += std::to_string(issue.column) + ": " + issue.message + "\n";
  return text;
}

struct CellCase {
  const char* cell;
  const char* condition;
};

class UnaryTestsTest : public testing::TestWithParam<CellCase> {};

TEST_P(UnaryTestsTest, StandForACondition) { EXPECT_EQ(Parsed(GetParam().cell), GetParam().condition); }

INSTANTIATE_TEST_SUITE_P(
    Cells, UnaryTestsTest,
    testing::Values(CellCase{"-", "any"}, CellCase{"", "any"}, CellCase{"  - ", "any"}, CellCase{"'VIP'", "_ == 'VIP'"},
                    CellCase{"-5", "_ == -5"}, CellCase{"- 5", "_ == -5"}, CellCase{"'A', 'B'", "_ in ['A', 'B']"},
                    CellCase{"> 5", "_ > 5"}, CellCase{"<= a + 1", "_ <= a + 1"}, CellCase{"!= 'x'", "_ != 'x'"},
                    CellCase{"< -1", "_ < -1"}, CellCase{"[0..0.3)", "_ >= 0 && _ < 0.3"},
                    CellCase{"(0..0.3]", "_ > 0 && _ <= 0.3"}, CellCase{"]0..10[", "_ > 0 && _ < 10"},
                    CellCase{"[.5..1.5]", "_ >= .5 && _ <= 1.5"}, CellCase{"[1...5]", "_ >= 1 && _ <= .5"},
                    CellCase{"[-3 .. -1]", "_ >= -3 && _ <= -1"}, CellCase{"[a.b..c.d]", "_ >= a.b && _ <= c.d"},
                    CellCase{"[(1 + 2)..size([1, 2])[", "_ >= 1 + 2 && _ < size([1, 2])"},
                    CellCase{"in {'A', 'B'}", "_ in ['A', 'B']"}, CellCase{"in ['A', 'B']", "_ in ['A', 'B']"},
                    CellCase{"in names", "_ in names"},
                    CellCase{"in {[1..3], 7, > 10}", "_ >= 1 && _ <= 3 || _ > 10 || _ == 7"},
                    CellCase{"not('A')", "!(_ == 'A')"}, CellCase{"not([1..3], 7)", "!(_ >= 1 && _ <= 3 || _ == 7)"},
                    CellCase{"not(not(> 5))", "!!(_ > 5)"}, CellCase{"1, 3, > 9", "_ > 9 || _ in [1, 3]"},
                    CellCase{"_ > 5 && _ != 7", "_ > 5 && _ != 7"}, CellCase{"_.startsWith('a')", "_.startsWith('a')"},
                    CellCase{"(1 + 2) * 3", "_ == (1 + 2) * 3"}, CellCase{"['a', 'b']", "_ == ['a', 'b']"},
                    CellCase{"true", "_ == true"}, CellCase{"date('2026-01-01')", "_ == date('2026-01-01')"},
                    CellCase{"[date('2026-01-01')..date('2026-02-01')[",
                             "_ >= date('2026-01-01') && _ < date('2026-02-01')"}));

class BadUnaryTestsTest : public testing::TestWithParam<CellCase> {};

TEST_P(BadUnaryTestsTest, SayWhatIsWrongWhereItIs) { EXPECT_EQ(Parsed(GetParam().cell), GetParam().condition); }

INSTANTIATE_TEST_SUITE_P(
    Cells, BadUnaryTestsTest,
    testing::Values(CellCase{"[1..", "5: expected a value, found the end of the expression\n"},
                    CellCase{"[1..2", "6: expected ']' or ')' behind the range, found the end of the expression\n"},
                    CellCase{"[1..2..3]", "6: expected ']' or ')' behind the range, found '..'\n"},
                    CellCase{"> 5 && _ < 7", "5: expected ',' or the end of the test, found '&&'\n"},
                    CellCase{"in {1, 2", "9: expected '}' to close '{1, 2', found the end of the expression\n"},
                    CellCase{"not(1", "6: expected ')' to close '(1', found the end of the expression\n"},
                    CellCase{"1, ", "4: expected a value, found the end of the expression\n"},
                    CellCase{"in {}", "5: expected a value, found '}'\n"},
                    CellCase{"1..2", "2: expected ',' or the end of the test, found '..'\n"},
                    CellCase{"> ", "3: expected a value, found the end of the expression\n"},
                    CellCase{"'a' 'b'", "5: expected ',' or the end of the test, found ''b''\n"}));

TEST(UnaryTestsLimitsTest, DeepNestingIsRefused) {
  std::string cell;
  for (int i = 0; i < 100'000; ++i) cell += "not(";
  EXPECT_NE(Parsed(cell.substr(0, 4 * 20'000)).find("nested deeper than 250"), std::string::npos);
  EXPECT_NE(Parsed(std::string(20'000, '[')).find("nested deeper than 250"), std::string::npos);
}

TEST(UnaryTestsLimitsTest, ALongListOfTestsIsRead) {
  std::string cell = "0";
  for (int i = 1; i < 5000; ++i) cell += ", [" + std::to_string(3 * i) + ".." + std::to_string(3 * i + 1) + "]";
  EXPECT_EQ(Parsed(cell).find("nested"), std::string::npos);
}

}  // namespace
}  // namespace assay
