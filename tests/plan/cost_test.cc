// The static cost of expressions: from declared sizes of lists, at the limit and one beyond.
#include "plan/cost.h"

#include <limits>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "plan/planner.h"

namespace assay {
namespace {

class CostTest : public testing::Test {
 protected:
  void SetUp() override { Use({}); }

  void Use(std::vector<FieldOverride> fields) {
    schema_ = *(*Schema::CreateStandard())->WithOverrides(fields);
    inputs_ = PlanInputs();
    inputs_.schema = schema_;
    inputs_.input = *schema_->FindMessage("assay.v1.Order");
    inputs_.levels = {types_.Message(inputs_.input)};
    inputs_.variables.resize(1);
    inputs_.env.types = &types_;
    inputs_.env.functions = &functions_;
    inputs_.env.schema = schema_.get();
    inputs_.env.variables["order"] = {types_.Row(inputs_.levels[0]), 0};
  }

  // What the limit says of the expression; *estimate is its cost.
  std::string Refusal(const std::string& text, CostEstimate* estimate) {
    IssueList issues;
    const auto source = SourceText::Create("", text);
    std::optional<Ast> ast = Parse(*source, inputs_.env.limits, &issues);
    EXPECT_TRUE(ast.has_value() && Check(inputs_.env, *source, nullptr, &*ast, &issues)) << Format(issues);
    ast->text = text;
    Planner planner(&inputs_);
    const std::optional<NodeId> node = planner.PlanColumn(*ast, 0, &issues);
    EXPECT_TRUE(node.has_value()) << Format(issues);
    *estimate = EstimateCost(planner.graph().program(), {*node});
    return CostRefusal(planner.graph().program(), {*node});
  }

  int64_t Cost(const std::string& text) {
    CostEstimate estimate;
    Refusal(text, &estimate);
    return estimate.elements;
  }

  std::shared_ptr<const Schema> schema_;
  TypeTable types_;
  FunctionTable functions_{&types_};
  PlanInputs inputs_;
};

TEST_F(CostTest, ALoopCostsAsManyElementsAsAreDeclared) {
  EXPECT_EQ(Cost("order.id == 'P'"), 0);
  EXPECT_EQ(Cost("order.lines.all(l, l.product_id == 'P')"), 10'000);
  Use({{"assay.v1.Order.lines", std::nullopt, false, false, 7}});
  EXPECT_EQ(Cost("order.lines.all(l, l.product_id == 'P')"), 7);
}

TEST_F(CostTest, LoopsInLoopsMultiply) {
  Use({{"assay.v1.Order.lines", std::nullopt, false, false, 100}});
  const int64_t one = Cost("order.lines.all(a, a.id != '')");
  const int64_t two = Cost("order.lines.all(a, order.lines.all(b, a.id != b.id))");
  const int64_t three = Cost("order.lines.all(a, order.lines.all(b, order.lines.all(c, a.id != b.id + c.id)))");
  EXPECT_GT(two, 50 * one);
  EXPECT_GT(three, 50 * two);
}

TEST_F(CostTest, AtTheLimitAnExpressionIsTakenAndOneBeyondItIsRefused) {
  const std::string text = "order.lines.all(a, order.lines.all(b, a.id != b.id))";
  CostEstimate estimate;
  EXPECT_EQ(Refusal(text, &estimate), "");
  inputs_.env.limits.max_expression_cost = estimate.elements;
  EXPECT_EQ(Refusal(text, &estimate), "");
  inputs_.env.limits.max_expression_cost -= 1;
  EXPECT_EQ(Refusal(text, &estimate),
            absl::StrCat("an expression may go over ", estimate.elements - 1,
                         " elements for one row of the input; declare the max_items in 'fields', or put fewer loops "
                         "inside each other; estimated: ",
                         estimate.elements));
}

TEST_F(CostTest, TwelveLoopsInEachOtherAreRefused) {
  std::string text = "a0.id + a1.id + a2.id + a3.id + a4.id + a5.id + a6.id + a7.id + a8.id + a9.id + a10.id != a11.id";
  for (int i = 11; i >= 0; --i) text = absl::StrCat("order.lines.all(a", i, ", ", text, ")");
  CostEstimate estimate;
  EXPECT_TRUE(absl::StrContains(Refusal(text, &estimate), " or more"));
  std::string literals = "a15 > a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + a12 + a13 + a14";
  for (int i = 15; i >= 0; --i)
    literals = absl::StrCat("[1,2,3,4,5,6,7,8,9,order.id.size()].all(a", i, ", ", literals, ")");
  EXPECT_NE(Refusal(literals, &estimate), "");
}

TEST_F(CostTest, AListAddedToItselfManyTimesIsCountedAtOnce) {
  std::string list = "order.lines.map(l, l.id)";
  for (int i = 0; i < 80; ++i) list = absl::StrCat("cel.bind(t", i, ", ", list, ", t", i, " + t", i, ")");
  CostEstimate estimate;
  EXPECT_TRUE(absl::StrContains(Refusal(absl::StrCat("size(", list, ")"), &estimate), " or more"));
  EXPECT_EQ(estimate.elements, std::numeric_limits<int64_t>::max() / 2);
}

}  // namespace
}  // namespace assay
