// Rows that cost too much: each is held with one finding, draws nothing, and the others are decided as if it were not
// there; and batches that are cut into chunks give the same bytes as whole ones.
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ingest/json_rows.h"
#include "review/session.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yml(
name: test.limits
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
fields: [{path: assay.v1.Order.lines, max_items: 500}]
levels: [{name: line, of: order.lines}]
datasets:
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
joins:
  - {name: lots, each: line, dataset: lots, on: [order.warehouse, line.product_id], many: true, order_by: [lot]}
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
reason_codes: [{code: BIG, text: {en: Big, zh: 大}, route: CLERK, releasable: true}]
rules:
  - id: R-SAME
    each: line
    condition: order.lines.exists(l, l.id != line.id && l.product_id < line.id)
    outcome: HOLD
    reason: BIG
  - id: R-BIG
    each: line
    condition: line.quantity > 90
    outcome: HOLD
    reason: BIG
    actual: line.quantity
variables:
  - name: pairs
    expression: |-
      sum(order.lines.map(a, order.lines.filter(b,
        b.id != a.id && b.quantity * 2 < a.quantity * 3 && b.product_id + a.id != a.product_id + b.id).size()))
ledgers:
  - name: stock
    kind: KIND_LOTS
    each: line
    key: [order.warehouse, line.product_id]
    amount: line.quantity
    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}
review:
  id: order.id
  lines: line
  line_id: line.id
  quantity: line.quantity
  product: line.product_id
  stock: stock
  priority: [order.submitted_at]
  unevaluable_rule: SYS
)yml";

std::shared_ptr<const CompiledRulebook> Compile(const Limits& limits) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", kBook, &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) {
    loaded->limits = limits;
    book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  }
  EXPECT_NE(book, nullptr) << Format(issues);
  return book;
}

std::string Wire(const CompiledRulebook& book, const char* type, const std::string& json) {
  std::string wire;
  EXPECT_TRUE(JsonToWire(*book.schema, **book.schema->FindMessage(type), json, &wire).ok());
  return wire;
}

std::string Order(const CompiledRulebook& book, int number, int lines) {
  std::string json = absl::StrCat(R"({"id":"O)", number, R"(","warehouse":"W","submitted_at":"2026-11-20T01:00:)",
                                  number / 10, number % 10, R"(Z","lines":[)");
  for (int i = 0; i < lines; ++i) {
    absl::StrAppend(&json, i == 0 ? "" : ",", R"({"id":")", i, R"(","product_id":"P","quantity":"1"})");
  }
  return Wire(book, "assay.v1.Order", json + "]}");
}

std::unique_ptr<Session> Open(const Limits& limits, const std::vector<int>& lines) {
  const auto book = Compile(limits);
  auto lots = std::make_shared<RowBytes>();
  lots->Add(Wire(*book, "assay.v1.StockLot", R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":"100"})"));
  SessionOptions options;
  options.now = {1'795'000'000, 0};
  auto session = *Session::Open(book, *BuildSnapshot(*book, {{"lots", lots}}), options);
  std::vector<std::string> orders;
  for (size_t i = 0; i < lines.size(); ++i) orders.push_back(Order(*book, static_cast<int>(i), lines[i]));
  EXPECT_TRUE(session->Add(std::vector<absl::string_view>(orders.begin(), orders.end())).ok());
  return session;
}

v1::RunResult Review(const Limits& limits, const std::vector<int>& lines) {
  const auto session = Open(limits, lines);
  absl::StatusOr<v1::RunResult> result = session->RunWave();
  EXPECT_TRUE(result.ok()) << result.status();
  return *result;
}

v1::Decision Of(const v1::RunResult& result, const std::string& id) {
  for (const v1::Decision& decision : result.decisions()) {
    if (decision.order_id() == id) return decision;
  }
  ADD_FAILURE() << "no decision of " << id;
  return {};
}

TEST(LimitsTest, AnOrderOverItsBudgetIsHeldWithOneFindingAndTheOthersGoOn) {
  Limits limits;
  limits.max_row_cost = 20'000;
  const v1::RunResult result = Review(limits, {3, 300, 3});
  const v1::Decision held = Of(result, "O1");
  EXPECT_EQ(held.disposition(), v1::DISPOSITION_HELD);
  ASSERT_EQ(held.findings_size(), 1);
  EXPECT_EQ(held.findings(0).rule(), "SYS");
  EXPECT_FALSE(held.findings(0).releasable());
  EXPECT_EQ(held.findings(0).message().en(),
            "Cannot be evaluated: the order takes more values to compute than one row may: 20000");
  EXPECT_EQ(held.lines_size(), 300);
  EXPECT_EQ(held.lines(0).confirmed(), "0");
  for (const char* id : {"O0", "O2"}) EXPECT_EQ(Of(result, id).disposition(), v1::DISPOSITION_CONFIRMED) << id;
}

TEST(LimitsTest, AnExplanationMayCostAsMuchAgainAsTheOrderAndNoMore) {
  Limits limits;
  limits.max_row_cost = 20'000;
  const auto session = Open(limits, {20, 40});
  const absl::StatusOr<v1::Explanation> near = session->ExplainOrder("O0");
  ASSERT_TRUE(near.ok()) << near.status();
  EXPECT_EQ(near->decision().disposition(), v1::DISPOSITION_CONFIRMED);
  const absl::Status beyond = session->ExplainOrder("O1").status();
  EXPECT_EQ(beyond.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(beyond.message(), "to explain the order takes more values to compute than one row may: 20000");
  EXPECT_EQ(Of(*session->RunWave(), "O1").disposition(), v1::DISPOSITION_CONFIRMED);
}

TEST(LimitsTest, AListOfAsManyItemsAsDeclaredIsJudgedAndOneMoreHoldsTheRow) {
  const v1::RunResult result = Review(Limits{}, {500, 501, 1});
  EXPECT_EQ(Of(result, "O0").lines_size(), 500);
  const v1::Decision held = Of(result, "");
  EXPECT_EQ(held.disposition(), v1::DISPOSITION_HELD);
  ASSERT_EQ(held.findings_size(), 1);
  EXPECT_TRUE(absl::StrContains(held.findings(0).message().en(), "assay.v1.Order.lines")) << held.ShortDebugString();
  EXPECT_EQ(Of(result, "O2").lines_size(), 1);
}

TEST(LimitsTest, ARowOfAsManyElementsAsAllowedIsJudgedAndOneMoreIsHeld) {
  Limits limits;
  limits.max_row_elements = 4;
  const v1::RunResult result = Review(limits, {4, 5});
  EXPECT_EQ(Of(result, "O0").lines_size(), 4);
  EXPECT_EQ(Of(result, "").findings_size(), 1);
}

TEST(LimitsTest, ABatchCutIntoChunksGivesTheSameBytes) {
  std::vector<int> lines;
  for (int i = 0; i < 40; ++i) lines.push_back(i % 7);
  lines.push_back(200);
  const std::string whole = Review(Limits{}, lines).SerializeAsString();
  for (const int32_t cost : {1, 1'000, 100'000}) {
    Limits limits;
    limits.max_chunk_cost = cost;
    EXPECT_EQ(Review(limits, lines).SerializeAsString(), whole) << cost;
  }
}

// Wherever the budget ends, before the draws or among them, the order is held as a whole and what it drew is given
// back.
TEST(LimitsTest, WhereverTheBudgetEndsNothingIsDrawn) {
  const auto firm = [](const v1::Decision& decision) { return decision.disposition() == v1::DISPOSITION_CONFIRMED; };
  bool was_held = false;
  bool was_confirmed = false;
  for (int32_t budget = 20; budget < 3'000; budget += 7) {
    Limits limits;
    limits.max_row_cost = budget;
    const v1::RunResult result = Review(limits, {9, 1});
    ASSERT_EQ(result.decisions_size(), 2);
    for (const v1::Decision& decision : result.decisions()) {
      (firm(decision) ? was_confirmed : was_held) = true;
      if (firm(decision)) continue;
      EXPECT_EQ(decision.disposition(), v1::DISPOSITION_HELD) << budget;
      EXPECT_EQ(decision.findings_size(), 1) << budget << decision.ShortDebugString();
      for (const v1::LineDecision& line : decision.lines()) EXPECT_EQ(line.confirmed(), "0") << budget;
    }
    if (result.decisions(0).disposition() == v1::DISPOSITION_HELD) {
      EXPECT_TRUE(firm(result.decisions(1)) || result.decisions(1).findings_size() == 1) << budget;
    }
  }
  EXPECT_TRUE(was_held && was_confirmed);
}

}  // namespace
}  // namespace assay
