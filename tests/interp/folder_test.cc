// What the folder folds and what it leaves alone. That it changes no result is tested with every case of cases_test.cc.
#include "interp/folder.h"

#include "gtest/gtest.h"
#include "tests/interp/evaluating.h"

namespace assay {
namespace {

Ast Folded(const Sample& sample, absl::string_view text) {
  std::string errors;
  std::optional<Ast> ast = sample.CheckText(text, &errors);
  EXPECT_TRUE(ast.has_value()) << errors;
  Fold(sample.schema(), sample.types(), &*ast);
  return std::move(*ast);
}

// Calls and comprehensions that are left.
int OperationsLeft(const Expr& expr) {
  int count = expr.kind == ExprKind::kCall || expr.kind == ExprKind::kComprehension ? 1 : 0;
  if (expr.operand != nullptr) count += OperationsLeft(*expr.operand);
  for (const Expr* arg : expr.args) count += OperationsLeft(*arg);
  return count;
}

TEST(FolderTest, ClosedTreesBecomeConstants) {
  const Sample sample("");
  for (absl::string_view text :
       {"1 + 2 * 3", "date('2024-01-31').addMonths(1)", "'a,b'.split(',').map(x, x + '!')", "{'a': 1 + 1}",
        "[1, 2].all(x, [x].exists(y, y == x))", "cel.bind(x, 2, x * x)", "duration('1h') > duration('59m')",
        "round(1.005, 2)", "true || 1 / 0 == 1", "type(1)", "dyn([1, 2])", "null == null", "timestamp(0)"}) {
    EXPECT_EQ(OperationsLeft(*Folded(sample, text).root), 0) << text;
  }
}

TEST(FolderTest, WhatAsksForANameStaysWithItsConstantPartsFolded) {
  const Sample sample("");
  const Ast ast = Folded(sample, "i + (2 + 3) * 4");
  EXPECT_EQ(OperationsLeft(*ast.root), 1);
  EXPECT_EQ(ast.root->args[1]->constant.int_value, 20);
  EXPECT_EQ(OperationsLeft(*Folded(sample, "order.count + 1").root), 1);
  EXPECT_EQ(OperationsLeft(*Folded(sample, "table.twice(1 + 1)").root), 1);
  // The inner variable's range is closed, its body is not.
  EXPECT_EQ(OperationsLeft(*Folded(sample, "[1, 2].map(x, x + i)").root), 2);
  EXPECT_EQ(OperationsLeft(*Folded(sample, "order.lines.exists(l, [1 + 1, 3].exists(x, x == 2))").root), 1);
}

TEST(FolderTest, WhatAlwaysErrsStays) {
  const Sample sample("");
  EXPECT_EQ(OperationsLeft(*Folded(sample, "1 / 0").root), 1);
  EXPECT_EQ(OperationsLeft(*Folded(sample, "[1 / 0, 1 + 1]").root), 1);
  EXPECT_EQ(OperationsLeft(*Folded(sample, "i > 1 && 9223372036854775807 + 1 > 0").root), 4);
}

TEST(FolderTest, ListsOfListsStayWhatMakesThem) {
  const Sample sample("");
  EXPECT_EQ(OperationsLeft(*Folded(sample, "[1 + 1, 2].map(x, [x, 1 + 1])").root), 1);
  EXPECT_EQ(OperationsLeft(*Folded(sample, "[1, 2].map(x, [x]).size()").root), 0);
}

TEST(FolderTest, ListsKeepTheJoinedScaleOfTheirElements) {
  const Sample sample("");
  const Ast ast = Folded(sample, "d2 in [1.5, d2 - d2, 2.25]");
  EXPECT_EQ(OperationsLeft(*ast.root), 2);
  const Ast closed = Folded(sample, "[decimal('1.5'), decimal('2.25')]");
  ASSERT_EQ(closed.root->args.size(), 2u);
  EXPECT_EQ(closed.root->args[0]->constant.decimal.scale, 2);
  EXPECT_EQ(closed.root->args[0]->type, closed.root->type->element);
}

TEST(FolderTest, DynIsReplacedByTheTypeOfTheValue) {
  const Sample sample("");
  EXPECT_EQ(TypeName(*Folded(sample, "dyn(1)").root->type), "int");
  EXPECT_EQ(TypeName(*Folded(sample, "dyn(1.5) + dyn(2.5)").root->type), "double");
  EXPECT_EQ(TypeName(*Folded(sample, "[dyn(1), dyn(2)]").root->type), "list(int)");
  EXPECT_EQ(TypeName(*Folded(sample, "dyn({'a': [dyn(1u)]})").root->type), "map(string, list(uint))");
  EXPECT_EQ(TypeName(*Folded(sample, "[dyn(1), dyn('a')].size()").root->type), "int");
  // A mixed list is no column; what is made of it may be.
  EXPECT_EQ(TypeName(*Folded(sample, "[dyn(1), dyn('a')]").root->type), "list(dyn)");
}

TEST(FolderTest, EnumsStayEnums) {
  const Sample sample("");
  const Ast ast = Folded(sample, "order.kind in ['CAMPAIGN', 'STANDARD']");
  EXPECT_NE(ast.root->args[1]->type->element->enum_type, nullptr);
}

TEST(FolderTest, FoldedNodesKeepTheirPlaceInTheText) {
  const Sample sample("");
  const Ast ast = Folded(sample, "i + (2 + 3)");
  const SourceRange range = ast.root->args[1]->range;
  EXPECT_EQ(ast.text.substr(static_cast<size_t>(range.begin), static_cast<size_t>(range.end - range.begin)), "(2 + 3)");
}

TEST(FolderTest, VeryLargeValuesStayOperations) {
  const Sample sample("");
  std::string text = "'0123456789abcdef'";
  for (int k = 0; k < 17; ++k) text = "cel.bind(x, " + text + ", x + x)";
  EXPECT_GT(OperationsLeft(*Folded(sample, text).root), 0);
}

}  // namespace
}  // namespace assay
