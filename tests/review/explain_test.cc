// Explanations: every rule on every row, in agreement with the decision.
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ingest/json_rows.h"
#include "review/session.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: test.explain
version: "1"
time_zone: UTC
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
as_of: order.submitted_at
datasets:
  - {name: partners, type: assay.v1.Partner, key: [id]}
joins:
  - {name: partner, dataset: partners, on: [order.sold_to]}
variables: [{name: cap, each: line, expression: "table.cap(order.kind, line.quantity)"}]
tables:
  - name: cap
    hit_policy: FIRST
    inputs: [{name: kind, type: assay.v1.OrderKind}, {name: quantity, type: decimal, decimal: {precision: 18, scale: 6}}]
    outputs: [{name: cap, type: decimal}]
    rows:
      - {cells: ["'RETURN'", "< 3", "1"]}
      - {id: large, cells: ["'STANDARD'", "> 5", "5.25"]}
    default: {cells: ["9"]}
  - name: listed
    hit_policy: COLLECT
    inputs: [{name: kind, type: assay.v1.OrderKind}]
    outputs: [{name: n, type: int}]
    rows:
      - {cells: ["-", "1"]}
      - {cells: ["'STANDARD'", "2"]}
      - {cells: ["_ == 'RETURN'", "3"]}
rules:
  - {id: R-BIG, each: line, condition: line.quantity > 5, outcome: HOLD, message: {en: x, zh: x}}
  - {id: R-WHEN, when: order.id == 'X', condition: order.sold_to == '', outcome: HOLD, message: {en: x, zh: x}}
  - {id: R-KIND, condition: "true", outcome: HOLD, message: {en: x, zh: x}}
  - {id: R-OLD, condition: "true", outcome: HOLD, effective: {to: 2020-01-01}, message: {en: x, zh: x}}
  - {id: R-OFF, condition: "true", outcome: HOLD, mode: MODE_OFF, message: {en: x, zh: x}}
  - {id: R-SHIP, condition: "true", at: {SHIP: HOLD}, message: {en: x, zh: x}}
  - {id: R-PARTNER, condition: order.partner.level == 'A', outcome: HOLD, message: {en: x, zh: x}}
  - {id: R-CAP, each: line, condition: line.quantity >= line.cap && line.quantity < 100, outcome: NOTE, message: {en: x, zh: x}}
  - {id: R-LIST, condition: size(table.listed(order.kind)) > 5, outcome: NOTE, message: {en: x, zh: x}}
  - {id: R-NOTE, condition: order.partner.name == 'A', outcome: NOTE, message: {en: x, zh: x}}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity, unevaluable_rule: SYS}
applicability: [{rules: [R-KIND], when: order.kind == 'RETURN'}]
)yaml";

std::unique_ptr<Session> OpenSession(v1::Checkpoint checkpoint, const std::string& order) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", kBook, &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  EXPECT_NE(book, nullptr) << Format(issues);
  auto session = *Session::Open(book, *BuildSnapshot(*book, {}), {checkpoint, {1'795'000'000, 0}, 1});
  std::string wire;
  EXPECT_TRUE(JsonToWire(*book->schema, *book->program().batch.message, order, &wire).ok());
  EXPECT_TRUE(session->Add({wire}).ok());
  return session;
}

constexpr char kOrder[] = R"({"id":"O","sold_to":"P","submitted_at":"2026-11-20T01:00:00Z","kind":"ORDER_KIND_STANDARD",
  "lines":[{"id":"1","quantity":"5"},{"id":"2","quantity":"5.5"}]})";

std::map<std::string, v1::RuleVerdict> ByRule(const v1::Explanation& explanation) {
  std::map<std::string, v1::RuleVerdict> rules;
  for (const v1::RuleVerdict& verdict : explanation.verdicts()) {
    rules[absl::StrCat(verdict.rule(), verdict.line_id().empty() ? "" : "/", verdict.line_id())] = verdict;
  }
  return rules;
}

TEST(ExplainTest, EveryRuleHasItsVerdictOnEveryRow) {
  const auto session = OpenSession(v1::CHECKPOINT_REVIEW, kOrder);
  const v1::Explanation explanation = *session->ExplainOrder("O");
  const auto rules = ByRule(explanation);
  const std::map<std::string, v1::RuleVerdict::Verdict> expected = {{"R-BIG/1", v1::RuleVerdict::VERDICT_NOT_FIRED},
                                                                    {"R-BIG/2", v1::RuleVerdict::VERDICT_FIRED},
                                                                    {"R-WHEN", v1::RuleVerdict::VERDICT_NOT_CONSIDERED},
                                                                    {"R-KIND", v1::RuleVerdict::VERDICT_NOT_APPLICABLE},
                                                                    {"R-OLD", v1::RuleVerdict::VERDICT_NOT_IN_FORCE},
                                                                    {"R-OFF", v1::RuleVerdict::VERDICT_OFF},
                                                                    {"R-SHIP", v1::RuleVerdict::VERDICT_OFF},
                                                                    {"R-PARTNER", v1::RuleVerdict::VERDICT_UNEVALUABLE},
                                                                    {"R-CAP/1", v1::RuleVerdict::VERDICT_NOT_FIRED},
                                                                    {"R-CAP/2", v1::RuleVerdict::VERDICT_FIRED},
                                                                    {"R-LIST", v1::RuleVerdict::VERDICT_NOT_FIRED},
                                                                    {"R-NOTE", v1::RuleVerdict::VERDICT_UNEVALUABLE}};
  ASSERT_EQ(rules.size(), expected.size());
  for (const auto& [rule, verdict] : expected) EXPECT_EQ(rules.at(rule).verdict(), verdict) << rule;
  EXPECT_EQ(rules.at("R-BIG/2").tests(0).expression(), "line.quantity > 5");
  EXPECT_EQ(rules.at("R-BIG/2").tests(0).result(), "true");
  EXPECT_TRUE(rules.at("R-BIG/2").tests(0).decides());
  EXPECT_EQ(rules.at("R-BIG/2").tests(0).reads(0).value(), "5.500000");
  EXPECT_TRUE(rules.at("R-PARTNER").tests(0).reads(0).is_error());
  EXPECT_EQ(rules.at("R-PARTNER").tests(0).reads(0).value(), "partners[P] is missing");
}

TEST(ExplainTest, OfATableTheRowThatCountedAndTheNearestOtherAreNamed) {
  const auto session = OpenSession(v1::CHECKPOINT_REVIEW, kOrder);
  const auto rules = ByRule(*session->ExplainOrder("O"));
  const v1::RuleVerdict& first = rules.at("R-CAP/1");
  ASSERT_EQ(first.tables_size(), 1);
  EXPECT_EQ(first.tables(0).table(), "cap");
  ASSERT_EQ(first.tables(0).inputs_size(), 2);
  EXPECT_EQ(first.tables(0).inputs(0).value(), "STANDARD");
  EXPECT_EQ(first.tables(0).inputs(1).value(), "5.000000");
  EXPECT_TRUE(first.tables(0).is_default());
  EXPECT_EQ(first.tables(0).nearest(), "large");
  ASSERT_EQ(first.tables(0).failed_size(), 1);
  EXPECT_EQ(first.tables(0).failed(0).input(), "quantity");
  EXPECT_EQ(first.tables(0).failed(0).cell(), "> 5");
  const v1::TableVerdict& second = rules.at("R-CAP/2").tables(0);
  ASSERT_EQ(second.rows_size(), 1);
  EXPECT_EQ(second.rows(0), "large");
  EXPECT_EQ(second.nearest(), "1");
  EXPECT_EQ(second.failed_size(), 2);
  const v1::TableVerdict& list = rules.at("R-LIST").tables(0);
  ASSERT_EQ(list.rows_size(), 2);
  EXPECT_EQ(list.rows(1), "2");
  EXPECT_EQ(list.nearest(), "3");
  ASSERT_EQ(list.failed_size(), 1);
  EXPECT_EQ(list.failed(0).cell(), "_ == 'RETURN'");
}

TEST(ExplainTest, OfALimitThatWasPassedTheChangeThatKeepsItIsTold) {
  const auto session = OpenSession(v1::CHECKPOINT_REVIEW, kOrder);
  const auto rules = ByRule(*session->ExplainOrder("O"));
  EXPECT_EQ(rules.at("R-BIG/2").tests(0).cure().en(), "line.quantity 5.5 exceeds 5: lower by 0.5");
  EXPECT_EQ(rules.at("R-BIG/2").tests(0).cure().zh(), "line.quantity 5.5 高于 5：降低 0.5");
  EXPECT_FALSE(rules.at("R-BIG/1").tests(0).has_cure());
  EXPECT_EQ(rules.at("R-CAP/2").tests(0).cure().en(), "line.quantity 5.5 reaches 5.25: lower by more than 0.25");
  EXPECT_EQ(rules.at("R-CAP/2").tests(1).cure().en(), "line.quantity 5.5 is below 100: raise by 94.5");
}

TEST(ExplainTest, TheDecisionIsTheOneOfARun) {
  const auto session = OpenSession(v1::CHECKPOINT_REVIEW, kOrder);
  const v1::Explanation explanation = *session->ExplainOrder("O");
  const v1::RunResult result = *session->RunWave();
  EXPECT_EQ(explanation.decision().SerializeAsString(), result.decisions(0).SerializeAsString());
}

TEST(ExplainTest, RulesWithoutAnOutcomeHereAreOffAlsoWhereTheyCannotBeEvaluated) {
  const auto session = OpenSession(v1::CHECKPOINT_SHIP, kOrder);
  EXPECT_EQ(ByRule(*session->ExplainOrder("O")).at("R-SHIP").verdict(), v1::RuleVerdict::VERDICT_FIRED);
}

TEST(ExplainTest, AnOrderWithoutLinesHasNoRowsToJudge) {
  const auto session = OpenSession(v1::CHECKPOINT_REVIEW, R"({"id":"O","submitted_at":"2026-11-20T01:00:00Z"})");
  EXPECT_EQ(ByRule(*session->ExplainOrder("O")).at("R-BIG").verdict(), v1::RuleVerdict::VERDICT_NO_ROWS);
}

TEST(ExplainTest, AnOrderThatIsNotUnderReviewIsNotFound) {
  const auto session = OpenSession(v1::CHECKPOINT_REVIEW, kOrder);
  EXPECT_EQ(session->ExplainOrder("other").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace assay
