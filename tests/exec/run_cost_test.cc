// What a run costs: at its budget it gives every value, one less and it stops with every value an error, whatever the
// expression multiplies.
#include "exec/run_cost.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "evaluate/result_values.h"
#include "exec/executable.h"
#include "gtest/gtest.h"
#include "ingest/json_rows.h"
#include "ingest/wire_decoder.h"
#include "interp/evaluator.h"
#include "lang/checker.h"
#include "lang/parser.h"

namespace assay {
namespace {

class OrderActivation : public EmptyActivation {
 public:
  OrderActivation(const Schema* schema, Value order) : EmptyActivation(schema), order_(std::move(order)) {}
  Value Variable(int) const override { return order_; }

 private:
  Value order_;
};

struct Outcome {
  std::vector<Value> values;
  int64_t cost = 0;
  bool is_over_budget = false;
  size_t bytes = 0;
};

class RunCostTest : public testing::Test {
 protected:
  RunCostTest() : schema_(*Schema::CreateStandard()), functions_(&types_) {
    inputs_.schema = schema_;
    inputs_.input = *schema_->FindMessage("assay.v1.Order");
    inputs_.levels = {types_.Message(inputs_.input)};
    inputs_.variables.resize(1);
    inputs_.env.types = &types_;
    inputs_.env.functions = &functions_;
    inputs_.env.schema = schema_.get();
    inputs_.env.variables["order"] = {types_.Row(inputs_.levels[0]), 0};
  }

  Ast Checked(const std::string& text) {
    IssueList issues;
    const auto source = SourceText::Create("", text);
    std::optional<Ast> ast = Parse(*source, inputs_.env.limits, &issues);
    EXPECT_TRUE(ast.has_value() && Check(inputs_.env, *source, nullptr, &*ast, &issues)) << Format(issues);
    ast->text = text;
    return *std::move(ast);
  }

  Outcome Columns(const std::string& text, const std::vector<std::string>& rows) {
    const Ast ast = Checked(text);
    Planner planner(&inputs_);
    IssueList issues;
    const auto results = ResultColumns::Plan(&planner, ast, 0, &issues);
    EXPECT_TRUE(results.has_value()) << Format(issues);
    std::vector<NodeId> roots;
    results->AddRoots(&roots);
    const auto executable = *Executable::Create(planner.graph().Finish());
    const Program& program = executable->program();
    ColumnSet batch = program.batch.projection->NewColumns();
    const std::vector<absl::string_view> views(rows.begin(), rows.end());
    EXPECT_TRUE(WireDecoder(program.batch.projection).Decode(views, program.limits, &batch).ok());
    Arena arena(1 << 16);
    Frame frame;
    BeginRun(*executable, &batch, nullptr, &arena, &batch.errors(), &frame);
    const int64_t allotted = frame.cost_left;
    assay::Run(&frame, Needs(program, roots, false));
    Outcome outcome;
    outcome.cost = allotted - frame.cost_left;
    outcome.is_over_budget = frame.is_over_budget;
    outcome.values = ReadResults(frame, *results);
    outcome.bytes = arena.bytes_reserved();
    return outcome;
  }

  Value Plain(const std::string& text, const std::string& row) {
    const Ast ast = Checked(text);
    const std::unique_ptr<google::protobuf::Message> message(schema_->Prototype(*inputs_.input).New());
    EXPECT_TRUE(message->ParseFromString(row));
    const OrderActivation activation(schema_.get(), Value::Row({message.get(), inputs_.levels[0], -1}));
    EvaluateOptions options;
    options.max_steps = 1'000'000;
    return Evaluate(*ast.root, activation, options);
  }

  std::string Order(int lines) const {
    std::string json = R"({"id":"O-1","customer_document_number":"some text of more than sixteen bytes","lines":[)";
    for (int i = 0; i < lines; ++i) {
      absl::StrAppend(&json, i == 0 ? "" : ",", R"({"id":")", i, R"(","quantity":"1","product_id":"P,Q,R"})");
    }
    std::string wire;
    EXPECT_TRUE(JsonToWire(*schema_, *inputs_.input, json + "]}", &wire).ok());
    return wire;
  }

  std::shared_ptr<const Schema> schema_;
  TypeTable types_;
  FunctionTable functions_;
  PlanInputs inputs_;
};

constexpr const char* kMultiplying[] = {
    "order.lines.all(l, order.lines.exists(m, l.id == m.id))",
    "sum(order.lines.map(l, l.product_id.split(',').size()))",
    "(order.lines.map(l, l.id) + order.lines.map(l, l.id)).size()",
    "order.lines.filter(l, l.quantity > 0).map(l, l.id).join('--------------------------------')",
    "order.lines.map(l, l.product_id.replace(',', order.id + order.id)).join()",
    "order.lines.map(l, [1, 2, 3].map(x, x + l.id.size())).size()",
    "order.lines.exists(l, l.product_id.matches(l.id + '.*'))",
};

TEST_F(RunCostTest, AtItsBudgetARunGivesEveryValueAndWithOneLessNone) {
  const std::string order = Order(20);
  for (const char* text : kMultiplying) {
    inputs_.env.limits = Limits{};
    const Outcome whole = Columns(text, {order});
    ASSERT_FALSE(whole.is_over_budget) << text;
    EXPECT_GT(whole.cost, 20) << text;
    EXPECT_EQ(DebugString(whole.values[0]), DebugString(Plain(text, order))) << text;
    inputs_.env.limits.max_row_cost = static_cast<int32_t>(whole.cost);
    EXPECT_EQ(DebugString(Columns(text, {order}).values[0]), DebugString(whole.values[0])) << text;
    inputs_.env.limits.max_row_cost = static_cast<int32_t>(whole.cost) - 1;
    const Outcome stopped = Columns(text, {order});
    EXPECT_TRUE(stopped.is_over_budget) << text;
    ASSERT_TRUE(stopped.values[0].is_error()) << text;
    EXPECT_EQ(stopped.values[0].as_error().kind, ErrorKind::kBudget) << text;
  }
}

// A run may be stopped at any node: what reads the columns then finds errors, never memory that is not there.
TEST_F(RunCostTest, ARunStoppedAnywhereCanBeRead) {
  const std::string order = Order(5);
  for (const char* text : kMultiplying) {
    inputs_.env.limits = Limits{};
    const int64_t cost = Columns(text, {order, order}).cost;
    for (int32_t budget = 1; int64_t{2} * budget < cost; ++budget) {
      inputs_.env.limits.max_row_cost = budget;
      const Outcome stopped = Columns(text, {order, order});
      ASSERT_TRUE(stopped.is_over_budget) << text << " within " << budget;
      for (const Value& value : stopped.values) EXPECT_EQ(value.as_error().kind, ErrorKind::kBudget) << text;
    }
  }
}

// Elements with the text of another are found, not sought: twice the lines cost about twice as much.
TEST_F(RunCostTest, LoopsThatLookForAnEqualTextCostWhatTheyFind) {
  for (const char* text : {
           "order.lines.all(l, order.lines.exists(m, l.id == m.id))",
           "order.lines.map(l, order.lines.filter(m, m.id == l.id && m.quantity > 0).size())",
           "order.lines.map(l, order.lines.exists_one(m, l.product_id == 'P,Q,R' && m.id + 'x' == l.id + 'x'))",
           "sum(order.lines.map(l, sum(order.lines.map(m, 'L' + l.id == 'L' + m.id, m.quantity))))",
       }) {
    const Outcome once = Columns(text, {Order(200)});
    const Outcome twice = Columns(text, {Order(400)});
    EXPECT_FALSE(twice.is_over_budget) << text;
    EXPECT_LT(twice.cost, 2.5 * static_cast<double>(once.cost)) << text;
    EXPECT_EQ(DebugString(twice.values[0]), DebugString(Plain(text, Order(400)))) << text;
  }
}

TEST_F(RunCostTest, WhereATextErrsTheLoopIsWhatThePlainOneIs) {
  for (const char* text : {
           "order.lines.map(l, order.lines.exists(m, m.product_id.split(',')[int(m.id)] == l.id))",
           "order.lines.map(l, order.lines.exists(m, m.id == l.product_id.split(',')[int(l.id)]))",
           "order.lines.map(l, order.lines.exists(m, m.product_id.split(',')[int(m.id)] == l.id) || true)",
           "order.lines.map(l, order.lines.filter(m, m.product_id.split(',')[int(m.id)] == l.product_id).size())",
           "order.lines.map(l, order.lines.exists_one(m, int(m.id) < 3 && m.product_id.split(',')[int(m.id)] == l.id))",
       }) {
    for (int lines : {0, 1, 3, 5}) {
      const Value value = Columns(text, {Order(lines)}).values[0];
      const Value plain = Plain(text, Order(lines));
      const std::string where = absl::StrCat(text, " of ", lines, " lines");
      ASSERT_EQ(value.is_error(), plain.is_error()) << where;
      if (plain.is_error()) {
        EXPECT_EQ(value.as_error().kind, plain.as_error().kind) << where;
      } else {
        EXPECT_EQ(DebugString(value), DebugString(plain)) << where;
      }
    }
  }
}

TEST_F(RunCostTest, TextsAndListsThatDoubleEndInBothEngines) {
  std::string text = "order.customer_document_number";
  std::string list = "order.lines.map(l, l.id)";
  for (int i = 0; i < 60; ++i) {
    text = absl::StrCat("cel.bind(t", i, ", ", text, ", t", i, " + t", i, ")");
    list = absl::StrCat("cel.bind(t", i, ", ", list, ", t", i, " + t", i, ")");
  }
  const std::string row = Order(5);
  for (const std::string& doubled : {absl::StrCat("size(", text, ")"), absl::StrCat("size(", list, ")")}) {
    inputs_.env.limits.max_row_cost = 1'000'000;
    const Outcome outcome = Columns(doubled, {row});
    EXPECT_TRUE(outcome.is_over_budget);
    EXPECT_LT(outcome.bytes, size_t{200} << 20);
    EXPECT_EQ(outcome.values[0].as_error().kind, ErrorKind::kBudget);
    EXPECT_EQ(Plain(doubled, row).as_error().kind, ErrorKind::kBudget);
  }
}

TEST_F(RunCostTest, APatternFromARowIsBoundedToo) {
  const std::string row = Order(1);
  const std::string text = "order.customer_document_number.matches(order.id + '{900}(b{900}|c{900})')";
  EXPECT_FALSE(Columns(text, {row}).values[0].is_error());
  inputs_.env.limits.max_pattern_size = 1'000;
  const Value refused = Columns(text, {row}).values[0];
  ASSERT_TRUE(refused.is_error());
  EXPECT_EQ(refused.as_error().kind, ErrorKind::kInvalidArgument);
}

}  // namespace
}  // namespace assay
