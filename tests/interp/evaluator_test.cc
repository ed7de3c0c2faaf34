// What an evaluation promises beside its result: the budget, the observer, and which operands are asked.
#include "interp/evaluator.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/interp/evaluating.h"

namespace assay {
namespace {

Ast Checked(const Sample& sample, absl::string_view text) {
  std::string errors;
  std::optional<Ast> ast = sample.CheckText(text, &errors);
  EXPECT_TRUE(ast.has_value()) << errors;
  return std::move(*ast);
}

std::string RunWithin(absl::string_view text, int64_t max_steps) {
  const Sample sample("count: 1");
  EvaluateOptions options;
  options.max_steps = max_steps;
  return ResultText(Evaluate(*Checked(sample, text).root, sample, options));
}

TEST(EvaluatorTest, ElementsOfComprehensionsAreCounted) {
  EXPECT_EQ(RunWithin("[1, 2, 3].all(x, x > 0)", 4), "true");
  EXPECT_EQ(RunWithin("[1, 2, 3].all(x, x > 0)", 3), "!budget");
  EXPECT_EQ(RunWithin("[1, 2].map(x, [1, 2, 3].map(y, y))", 11), "[[1,2,3],[1,2,3]]");
  EXPECT_EQ(RunWithin("[1, 2].map(x, [1, 2, 3].map(y, y))", 10), "!budget");
}

TEST(EvaluatorTest, ListsAndTextsAreCounted) {
  EXPECT_EQ(RunWithin("sum([1, 2, 3])", 2), "!budget");
  EXPECT_EQ(RunWithin("[1, 2] + [3]", 2), "!budget");
  EXPECT_EQ(RunWithin("3 in [1, 2]", 1), "!budget");
  const std::string grown =
      "cel.bind(a, s + s + s + s, cel.bind(b, a.replace('', a), cel.bind(c, b.replace('', b), c.replace('', c))))";
  EXPECT_EQ(RunWithin(grown, 1'000'000), "!budget");
}

TEST(EvaluatorTest, NothingAbsorbsASpentBudget) {
  EXPECT_EQ(RunWithin("[1, 2, 3].all(x, x > 0) || true", 2), "!budget");
  EXPECT_EQ(RunWithin("cel.bind(x, [1, 2, 3].map(y, y), 1)", 2), "!budget");
}

TEST(EvaluatorTest, WhatDecidesOnTheLeftSparesTheRight) {
  const Sample sample("");
  std::vector<std::string> seen;
  EvaluateOptions options;
  const Ast ast = Checked(sample, "i == 5 || u == 7u");
  options.observer = [&](const Expr& expr, const Value& value) {
    seen.push_back(absl::StrCat(
        ast.text.substr(static_cast<size_t>(expr.range.begin), static_cast<size_t>(expr.range.end - expr.range.begin)),
        " = ", DebugString(value)));
  };
  EXPECT_EQ(ResultText(Evaluate(*ast.root, sample, options)), "true");
  EXPECT_EQ(seen, (std::vector<std::string>{"i = 5", "5 = 5", "i == 5 = true", "i == 5 || u == 7u = true"}));
}

TEST(EvaluatorTest, TheObserverSeesEveryElement) {
  const Sample sample("");
  int turns = 0;
  EvaluateOptions options;
  const Ast ast = Checked(sample, "[4, 5, 6].exists(x, x == 5)");
  options.observer = [&](const Expr& expr, const Value& value) {
    turns += expr.ref.kind == Reference::Kind::kLocal && value.is(ValueKind::kInt) ? 1 : 0;
  };
  EXPECT_EQ(ResultText(Evaluate(*ast.root, sample, options)), "true");
  EXPECT_EQ(turns, 2);
}

TEST(EvaluatorTest, TreesAsDeepAsTheParserAllowsAreWalked) {
  std::string text = "i";
  for (int k = 0; k < 240; ++k) text = absl::StrCat("1 + (", text, ")");
  EXPECT_EQ(Sample("").Run(text), "245");
}

TEST(EvaluatorTest, WithoutNamesNoActivationIsNeeded) {
  const Sample sample("");
  const Ast ast = Checked(sample, "[1, 2].map(x, x + 1)");
  EXPECT_EQ(ResultText(Evaluate(*ast.root, EmptyActivation(nullptr), EvaluateOptions())), "[2,3]");
  EXPECT_EQ(ResultText(Evaluate(*Checked(sample, "i").root, EmptyActivation(nullptr), EvaluateOptions())),
            "!invalid argument");
}

}  // namespace
}  // namespace assay
