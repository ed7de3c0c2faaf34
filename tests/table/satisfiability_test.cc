// What is proven never to hold against every row of a small world, by the plain evaluator; and where a condition is
// made of unary tests alone, the other way round as well.
#include "table/satisfiability.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "interp/evaluator.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"

namespace assay {
namespace {

constexpr int64_t kSteps = 100'000;

class World : public EmptyActivation {
 public:
  explicit World(std::vector<Value> values) : EmptyActivation(nullptr), values_(std::move(values)) {}
  Value Variable(int index) const override { return values_[static_cast<size_t>(index)]; }

 private:
  std::vector<Value> values_;
};

class SatisfiabilityTest : public ::testing::Test {
 protected:
  SatisfiabilityTest() : functions_(&types_) {
    env_.types = &types_;
    env_.functions = &functions_;
    env_.variables["a"] = {types_.Simple(TypeKind::kInt), 0};
    env_.variables["b"] = {types_.Simple(TypeKind::kInt), 1};
    env_.variables["p"] = {types_.Simple(TypeKind::kBool), 2};
    env_.variables["s"] = {types_.Simple(TypeKind::kString), 3};
    env_.variables["d"] = {types_.Decimal({5, 1}), 4};
    env_.variables["x"] = {types_.Simple(TypeKind::kDouble), 5};
  }

  Ast Read(const std::string& text) {
    IssueList issues;
    const absl::StatusOr<SourceText> source = SourceText::Create("", text);
    std::optional<Ast> ast = Parse(*source, Limits(), &issues);
    EXPECT_TRUE(ast.has_value() && Check(env_, *source, types_.Simple(TypeKind::kBool), &*ast, &issues))
        << text << "\n"
        << Format(issues);
    Fold(nullptr, &types_, &*ast);
    return *std::move(ast);
  }

  Satisfiability Ask(const std::string& text, bool wanted) {
    const Ast ast = Read(text);
    return CanHold({{ast.root, wanted}}, kSteps);
  }

  TypeTable types_;
  FunctionTable functions_;
  Environment env_;
};

TEST_F(SatisfiabilityTest, WhatContradictsItselfIsTrueOfNoRow) {
  for (const char* text : {
           "a > 5 && a < 3",
           "a > 5 && a < 6",
           "d > 0.1 && d < 0.2",
           "s == 'x' && s == 'y'",
           "s in ['x', 'y'] && !(s in ['x', 'y', 'z'])",
           "p && !p",
           "a < b && b < a",
           "a < b && a == b",
           "a + 1 > 4 && a + 1 < 2",
           "(a == 1 || a == 2) && a > 2",
           "a == 1 ? a > 1 : a == 1",
           "s.startsWith('x') && !s.startsWith('x')",
           "a > 3 && [1, 2].exists(i, i == a) && !(a >= 2)",
           "5 < a && 3 > a",
           "x > 1.0 && x < 0.5",
           "x != x && x == x",
           "false && p",
           "a in []",
       }) {
    EXPECT_EQ(Ask(text, true), Satisfiability::kNever) << text;
  }
}

TEST_F(SatisfiabilityTest, WhatMayHoldIsLetStand) {
  for (const char* text :
       {"a > 5 && b < 3", "a > 5 || a < 3", "d > 0.1 && d < 0.3", "p || !p", "x != x", "!(x < 1.0) && !(x >= 1.0)",
        "a <= b && b <= a", "s == 'x' || s == 'y'", "a == 1 ? p : !p", "s > 'a' && s < 'b'"}) {
    EXPECT_EQ(Ask(text, true), Satisfiability::kPossible) << text;
  }
}

TEST_F(SatisfiabilityTest, WhatIsFalseOfNoRow) {
  for (const char* text : {"true", "a > 5 || a <= 5", "p || !p", "a == b || a != b", "s != 'x' || s != 'y'"}) {
    EXPECT_EQ(Ask(text, false), Satisfiability::kNever) << text;
  }
  EXPECT_EQ(Ask("x > 1.0 || x <= 1.0", false), Satisfiability::kPossible);  // not a number
}

TEST_F(SatisfiabilityTest, GoalsAreOfOneRow) {
  const Ast when = Read("a > 5");
  const Ast condition = Read("a < 3");
  EXPECT_EQ(CanHold({{when.root, true}, {condition.root, true}}, kSteps), Satisfiability::kNever);
  EXPECT_EQ(CanHold({{when.root, false}, {condition.root, true}}, kSteps), Satisfiability::kPossible);
}

TEST_F(SatisfiabilityTest, WaysWithoutEndEndWithTheSteps) {
  std::string text = "a > 1000";
  for (int i = 0; i < 40; ++i) absl::StrAppend(&text, " && (b + ", i, " > 5 || b + ", i, " < 2)");
  for (int i = 0; i < 40; ++i) absl::StrAppend(&text, " && (s + '", i, "' == 'x' || a == ", i, ")");
  EXPECT_EQ(Ask(text, true), Satisfiability::kPossible);
  std::string ways = "p";
  for (int i = 0; i < 30; ++i) absl::StrAppend(&ways, " && (b + ", i, " > 5 || b + ", i, " < 2)");
  const std::string never = "(a > 3 ? a < 1 : a > 5)";
  const Ast early = Read(absl::StrCat(never, " && ", ways));
  EXPECT_EQ(CanHold({{early.root, true}}, 1000), Satisfiability::kNever);
  const Ast late = Read(absl::StrCat(ways, " && ", never));
  EXPECT_EQ(CanHold({{late.root, true}}, 1000), Satisfiability::kNotDecided);
}

TEST_F(SatisfiabilityTest, RandomConditionsAgreeWithEveryRowOfASmallWorld) {
  std::mt19937 random(20261127);
  const std::vector<std::string> unary = {"a > K",       "a < K",       "a == K",   "a != K",   "a >= K",
                                          "K < a",       "a in [0, K]", "b > K",    "b <= K",   "b == K",
                                          "b in [1, K]", "p",           "s == 'K'", "s != 'K'", "s in ['1', 'K']"};
  const std::vector<std::string> others = {"a < b",     "a <= b",     "a == b",          "b != a",   "b > a",
                                           "a + b > K", "a % 2 == 0", "s.contains('K')", "K / a > 0"};
  auto pick = [&](const std::vector<std::string>& from) {
    std::string text = from[random() % from.size()];
    const size_t at = text.find('K');
    return at == std::string::npos ? text : text.replace(at, 1, std::to_string(random() % 4));
  };
  auto condition = [&](auto& self, int depth, bool only_unary) -> std::string {
    if (depth == 0) return pick(only_unary || random() % 2 == 0 ? unary : others);
    const std::string one = self(self, depth - 1, only_unary);
    const std::string two = self(self, depth - 1, only_unary);
    switch (random() % 6) {
      case 0:
        return absl::StrCat("!(", one, ")");
      case 1:
        return absl::StrCat("((", one, ") || (", two, "))");
      case 2:
        return absl::StrCat("((", one, ") ? (", two, ") : (", self(self, depth - 1, only_unary), "))");
      default:
        return absl::StrCat("((", one, ") && (", two, "))");
    }
  };
  // Enough values that every piece between the constants 0 to 3 has one.
  std::vector<World> rows;
  for (int a = -1; a <= 4; ++a) {
    for (int b = -1; b <= 4; ++b) {
      for (const bool p : {false, true}) {
        for (const char* s : {"0", "1", "2", "3", "other"}) {
          rows.push_back(World({Value::Int(a), Value::Int(b), Value::Bool(p), Value::String(s)}));
        }
      }
    }
  }
  int refuted = 0;
  for (int i = 0; i < 10'000; ++i) {
    const bool only_unary = random() % 2 == 0;
    const std::string text = condition(condition, 1 + static_cast<int>(random() % 3), only_unary);
    const bool wanted = random() % 4 != 0;
    const Ast ast = Read(text);
    const Satisfiability answer = CanHold({{ast.root, wanted}}, kSteps);
    bool holds = false;
    for (const World& row : rows) {
      const Value value = Evaluate(*ast.root, row, EvaluateOptions());
      holds = holds || (value.is(ValueKind::kBool) && value.as_bool() == wanted);
      if (holds) break;
    }
    refuted += answer == Satisfiability::kNever;
    ASSERT_FALSE(answer == Satisfiability::kNever && holds) << text;
    ASSERT_FALSE(only_unary && answer != (holds ? Satisfiability::kPossible : Satisfiability::kNever)) << text;
  }
  EXPECT_GT(refuted, 300);
}

}  // namespace
}  // namespace assay
