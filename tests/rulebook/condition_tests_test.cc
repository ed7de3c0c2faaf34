// Conditions taken apart: every test once, with the single values it reads.
#include "rulebook/condition_tests.h"

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "lang/unparse.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {
namespace {

// A rulebook with one rule of this condition over an order.
std::shared_ptr<const CompiledRulebook> Book(const std::string& condition) {
  const std::string text = absl::StrCat(R"(
name: test
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
variables:
  - {name: net, each: line, expression: line.quantity * line.unit_price}
rules:
  - {id: R, each: line, outcome: NOTE, message: {en: x, zh: x}, condition: ")",
                                        condition, "\"}\n");
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", text, &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  EXPECT_NE(book, nullptr) << Format(issues);
  return book;
}

// "test [read, read]; test […]"
std::string TestsAndReads(const std::string& condition) {
  std::vector<std::string> tests;
  const auto book = Book(condition);
  for (const RuleTest& test : book->rules[0].tests) {
    std::vector<std::string> reads;
    for (const auto& [text, value] : test.reads) {
      EXPECT_TRUE(value.exists());
      reads.push_back(text);
    }
    tests.push_back(absl::StrCat(test.text, " [", absl::StrJoin(reads, ", "), "]"));
  }
  return absl::StrJoin(tests, "; ");
}

TEST(ConditionTestsTest, ConnectivesJoinTestsInTheOrderOfTheText) {
  EXPECT_EQ(TestsAndReads("line.free_goods || !(line.quantity > 5 && line.id == order.id)"),
            "line.free_goods []; line.quantity > 5 [line.quantity]; line.id == order.id [line.id, order.id]");
  EXPECT_EQ(TestsAndReads("has(line.quantity) ? line.quantity > 1 : line.free_goods"),
            "has(line.quantity) []; line.quantity > 1 [line.quantity]; line.free_goods []");
}

// The texts of the tests that decide, which are named after what they are: yes, no, or err.
std::string Deciding(const std::string& condition) {
  const auto book = Book(condition);
  const CompiledRule& rule = book->rules[0];
  std::vector<Truth> truths;
  for (const RuleTest& test : rule.tests) {
    truths.push_back(absl::StrContains(test.text, "yes")  ? Truth::kTrue
                     : absl::StrContains(test.text, "no") ? Truth::kFalse
                                                          : Truth::kErrs);
  }
  std::vector<std::string> deciding;
  for (int test : DecidingTests(rule.condition_join, truths)) {
    deciding.push_back(rule.tests[static_cast<size_t>(test)].text.substr(11));
  }
  return absl::StrJoin(deciding, " ");
}

TEST(ConditionTestsTest, TheFirstPartThatSettlesAConnectiveDecides) {
  // line.id == 'yes-1' reads 'yes-1'.
  const auto of = [](const std::string& text) {
    std::string condition = text;
    for (const char* what : {"yes", "no", "err"}) {
      absl::StrReplaceAll({{absl::StrCat("<", what), absl::StrCat("line.id == '", what)}}, &condition);
    }
    absl::StrReplaceAll({{">", "'"}}, &condition);
    return Deciding(condition);
  };
  EXPECT_EQ(of("<yes1> && <no2> && <no3>"), "'no2'");
  EXPECT_EQ(of("<err1> && <no2>"), "'no2'");
  EXPECT_EQ(of("<yes1> && <err2> && <err3>"), "'err2'");
  EXPECT_EQ(of("<yes1> && <yes2>"), "'yes1' 'yes2'");
  EXPECT_EQ(of("<no1> || <yes2> || <yes3>"), "'yes2'");
  EXPECT_EQ(of("<no1> || <no2>"), "'no1' 'no2'");
  EXPECT_EQ(of("<yes1> && !(<no2> || <yes3> && <yes4>)"), "'yes3' 'yes4'");
  EXPECT_EQ(of("<no1> ? <yes2> : <no3> || <yes4>"), "'no1' 'yes4'");
  EXPECT_EQ(of("<err1> ? <yes2> : <no3>"), "'err1'");
}

TEST(ConditionTestsTest, ASideThatComputesStandsBeforeWhatItReads) {
  EXPECT_EQ(TestsAndReads("line.net - 1 > line.unit_price"),
            "line.net - 1 > line.unit_price [line.net - 1, line.net, line.unit_price]");
}

TEST(ConditionTestsTest, ListsAndTheirElementsAreNoSingleValues) {
  EXPECT_EQ(TestsAndReads("order.lines.exists(l, l.id == line.id)"),
            "order.lines.exists(l, l.id == line.id) [line.id]");
  EXPECT_EQ(TestsAndReads("sum(order.lines.map(l, l.net)) > 10"),
            "sum(order.lines.map(l, l.net)) > 10 [sum(order.lines.map(l, l.net))]");
}

TEST(ConditionTestsTest, TextIsTheAuthorsOwnOnOneLine) {
  EXPECT_EQ(TestsAndReads("order.kind   != 'RETURN'"), "order.kind != 'RETURN' [order.kind]");
}

}  // namespace
}  // namespace assay
