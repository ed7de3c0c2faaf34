// Evaluations of complaints by a small rulebook: verdicts, findings on rows and below, outputs of all types, tasks, and
// what is held as a whole.
#include "evaluate/evaluation.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "evaluate/output_values.h"
#include "gtest/gtest.h"
#include "tests/base/few_threads.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yml(
name: test.complaints
version: "7"
time_zone: Asia/Shanghai
input: {name: complaint, type: assay.v1.Complaint}
levels: [{name: compensation, of: complaint.compensations}]
as_of: complaint.received_at
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins:
  - {name: partner, dataset: partners, on: [complaint.partner_id]}
  - {name: twins, dataset: batch.complaint, key: [lot], on: [complaint.lot], many: true, order_by: [id]}
parameters: [{name: cap, type: decimal, default: 100.00}]
evaluation:
  id: complaint.id
  verdicts: {NONE: FINE, NOTE: NOTED, HOLD: TO_DECIDE, REJECT: REFUSED}
  row_ids: {compensation: compensation.kind}
roles:
  - {name: MANAGER, title: {en: Manager, zh: 经理}}
reason_codes:
  - {code: NO_CAUSE, text: {en: No root cause, zh: 无根本原因}, route: MANAGER, cure: {en: Find it., zh: 请查明。}}
rules:
  - id: C-1
    title: {en: Find the root cause, zh: 查明原因}
    condition: complaint.root_cause == ''
    outcome: NOTE
    reason: NO_CAUSE
    message: {en: "{subject} has no cause", zh: "{subject} 无原因"}
    values: {subject: complaint.subject}
    task: {due: "addDays(date(complaint.received_at), 2)", priority: "complaint.severity == 'MAJOR' ? 1 : 2"}
  - id: C-2
    title: {en: Cut the claim, zh: 核减}
    each: compensation
    condition: compensation.amount > parameters.cap
    outcome: CUT
    cut: compensation.amount - parameters.cap
    expected: parameters.cap
    actual: compensation.amount
    task: {owner: complaint.handler, subject: complaint.partner_id, due: now}
  - id: C-3
    title: {en: Propose a recall, zh: 建议召回}
    condition: complaint.twins.size() > 1
    outcome: NOTE
    actual: complaint.twins.size()
  - id: C-4
    condition: complaint.partner.level == 'VIP'
    outcome: HOLD
    on_error: NOTE
    mode: OBSERVE
  - id: C-5
    condition: complaint.valid
    outcome: REJECT
    effective: {from: 2026-01-01}
  - id: C-6
    condition: "true"
    outcome: REJECT
    mode: OFF
applicability:
  - {rules: [C-3], when: complaint.lot != ''}
outputs:
  - {name: severity, expression: complaint.severity}
  - {name: days, expression: "(now - complaint.received_at).getHours() / 24"}
  - {name: granted, expression: "sum(complaint.compensations.map(c, c.amount))"}
  - {name: twins, expression: "complaint.twins.map(t, t.id)"}
  - {name: partner, expression: complaint.partner.name, on_error: NOTE}
  - {name: cause, expression: "complaint.root_cause == '' ? optional.none() : optional.of(complaint.root_cause)"}
  - {name: words, expression: complaint.description}
  - {name: told, expression: complaint.description.size(), unmasked: true}
  - {name: received, expression: complaint.received_at}
  - {name: day, expression: date(complaint.received_at)}
  - {name: open_for, expression: now - complaint.received_at}
  - {name: over, each: compensation, expression: compensation.amount - parameters.cap}
)yml";

const std::shared_ptr<const CompiledRulebook>& Book() {
  static const auto& book = *new std::shared_ptr<const CompiledRulebook>(CompileText(kBook));
  return book;
}

std::shared_ptr<const Snapshot> Partners() {
  return SnapshotOf(*Book(), {{"partners", R"({"id": "P", "name": "Plum", "level": "VIP"})"}});
}

// With `more` fields, each behind a comma, which stand instead of those that all have.
std::string Complaint(const std::string& id, const std::string& more) {
  std::string json = absl::StrCat(R"({"id": ")", id, R"(")");
  for (const auto& [name, value] :
       {std::pair("received_at", "2025-11-16T02:00:00Z"), std::pair("root_cause", "SEAL"), std::pair("partner_id", "P"),
        std::pair("handler", "ANN"), std::pair("severity", "COMPLAINT_SEVERITY_NORMAL")}) {
    const std::string quoted = absl::StrCat("\"", name, "\"");
    if (more.find(quoted) == std::string::npos) absl::StrAppend(&json, ", ", quoted, ": \"", value, "\"");
  }
  return WireRow(*Book(), "assay.v1.Complaint", absl::StrCat(json, more, "}"));
}

v1::EvaluationResult RunAll(const std::vector<std::string>& rows) { return RunRows(Book(), Partners(), rows); }

v1::EvaluatedRow RunOne(const std::string& more) { return RunAll({Complaint("K", more)}).rows(0); }

std::string Output(const v1::EvaluatedRow& row, const std::string& name) {
  for (const v1::OutputValue& value : row.outputs()) {
    if (value.name() == name) return OutputText(value, "null");
  }
  return "no such output";
}

TEST(EvaluationTest, ARowWithoutFindingsHasTheWordForNone) {
  const v1::EvaluatedRow row = RunOne("");
  EXPECT_EQ(row.id(), "K");
  EXPECT_EQ(row.verdict(), "FINE");
  EXPECT_EQ(row.worst(), v1::OUTCOME_UNSPECIFIED);
}

TEST(EvaluationTest, TheWorstFindingThatCountsGivesTheVerdict) {
  EXPECT_EQ(RunOne(R"(, "root_cause": "")").verdict(), "NOTED");
  // CUT has no word of its own.
  EXPECT_EQ(RunOne(R"(, "compensations": [{"amount": "100.01"}])").verdict(), "TO_DECIDE");
}

TEST(EvaluationTest, FindingsNameTheRowsOfLevels) {
  const v1::EvaluatedRow row =
      RunOne(R"(, "compensations": [{"amount": "5", "kind": "A"}, {"amount": "140.5", "kind": "B"}])");
  EXPECT_EQ(FindingsOf(row), "C-2/B:CUT C-4:HOLD");
  EXPECT_EQ(row.findings(0).cut(), "40.5");
  EXPECT_EQ(row.findings(0).expected(), "100.00");
}

TEST(EvaluationTest, WhatIsObservedDecidesNothing) {
  const v1::EvaluatedRow row = RunOne("");
  EXPECT_EQ(FindingsOf(row), "C-4:HOLD");
  EXPECT_TRUE(row.findings(0).observed());
}

TEST(EvaluationTest, RuleVersionsAndApplicabilityHoldAsInReviews) {
  EXPECT_EQ(FindingsOf(RunOne(R"(, "valid": true)")), "C-4:HOLD");
  const std::vector<std::string> twins = {Complaint("A", R"(, "lot": "L")"), Complaint("B", R"(, "lot": "L")"),
                                          Complaint("C", ""), Complaint("D", "")};
  const v1::EvaluationResult result = RunAll(twins);
  EXPECT_EQ(FindingsOf(RowOf(result, "A")), "C-3:NOTE C-4:HOLD");
  EXPECT_EQ(FindingsOf(RowOf(result, "C")), "C-4:HOLD");
}

TEST(EvaluationTest, OutputsAreTypedValues) {
  const v1::EvaluatedRow row = RunAll({Complaint("K", R"(, "lot": "L", "description": "secret", "compensations":
      [{"amount": "5", "kind": "A"}, {"amount": "140.5", "kind": "B"}])"),
                                       Complaint("J", R"(, "lot": "L")")})
                                   .rows(1);
  EXPECT_EQ(Output(row, "severity"), "NORMAL");
  EXPECT_EQ(row.outputs(1).int_value(), 2);
  EXPECT_EQ(Output(row, "granted"), "145.5000");
  EXPECT_EQ(Output(row, "twins"), R"(["J","K"])");
  EXPECT_EQ(Output(row, "partner"), "Plum");
  EXPECT_EQ(Output(row, "cause"), "SEAL");
  EXPECT_EQ(row.outputs(8).timestamp_value().seconds(), 1'763'258'400);
  EXPECT_EQ(Output(row, "day"), "2025-11-16");
  EXPECT_EQ(row.outputs(10).duration_value().seconds(), 205'600);
  ASSERT_EQ(row.level_rows_size(), 2);
  EXPECT_EQ(row.level_rows(1).level(), "compensation");
  EXPECT_EQ(row.level_rows(1).id(), "B");
  EXPECT_EQ(OutputText(row.level_rows(1).outputs(0), ""), "40.5000");
}

TEST(EvaluationTest, WhatReadsSensitiveFieldsIsMaskedUnlessItSaysOtherwise) {
  const v1::EvaluatedRow row = RunOne(R"(, "description": "secret")");
  EXPECT_TRUE(row.outputs(6).masked());
  EXPECT_EQ(row.outputs(6).kind_case(), v1::OutputValue::KIND_NOT_SET);
  EXPECT_EQ(Output(row, "told"), "6");
}

TEST(EvaluationTest, AnOptionalWithoutAValueIsNullAndNoFinding) {
  const v1::EvaluatedRow row = RunOne(R"(, "root_cause": "")");
  EXPECT_EQ(Output(row, "cause"), "null");
  EXPECT_EQ(FindingsOf(row), "C-1:NOTE C-4:HOLD");
}

TEST(EvaluationTest, AnOutputThatErrsIsNullAndAFinding) {
  const v1::EvaluatedRow row = RunOne(R"(, "partner_id": "Q", "compensations": [{"kind": "A"}])");
  EXPECT_EQ(Output(row, "partner"), "null");
  EXPECT_EQ(Output(row, "granted"), "null");
  EXPECT_EQ(FindingsOf(row), "SYS:HOLD SYS:NOTE");
  EXPECT_EQ(row.findings(0).message().en(), "Cannot be evaluated: compensation A: amount is absent");
  EXPECT_EQ(absl::StrJoin(row.findings(0).dependents(), " "), "C-2 outputs.granted outputs.over");
  EXPECT_EQ(absl::StrJoin(row.findings(1).dependents(), " "), "C-4 outputs.partner");
  EXPECT_EQ(row.verdict(), "TO_DECIDE");
}

TEST(EvaluationTest, TasksAreSortedByPriorityThenByWhatIsDueFirst) {
  const v1::EvaluationResult result =
      RunAll({Complaint("A", R"(, "root_cause": "")"),
              Complaint("B", R"(, "root_cause": "", "received_at": "2025-11-10T02:00:00Z")"),
              Complaint("C", R"(, "root_cause": "", "severity": "COMPLAINT_SEVERITY_MAJOR", "subject": "LEAK")"),
              Complaint("D", R"(, "partner_id": "P", "compensations": [{"amount": "101", "kind": "X"}])")});
  ASSERT_EQ(result.worklist_size(), 4);
  std::vector<std::string> order;
  for (const v1::WorklistTask& task : result.worklist()) order.push_back(task.row_id());
  EXPECT_EQ(absl::StrJoin(order, " "), "C B A D");
  const v1::WorklistTask& first = result.worklist(0);
  EXPECT_EQ(first.owner(), "MANAGER");  // the reason's route
  EXPECT_EQ(first.what().zh(), "查明原因");
  EXPECT_EQ(first.why().en(), "LEAK has no cause");
  EXPECT_EQ(first.due(), "2025-11-18");
  EXPECT_EQ(first.priority(), "1");
  const v1::WorklistTask& last = result.worklist(3);
  EXPECT_EQ(last.owner(), "ANN");
  EXPECT_EQ(last.line_id(), "X");
  EXPECT_EQ(last.subject(), "P");
  EXPECT_EQ(last.due(), "2025-11-18T11:06:40Z");
  EXPECT_EQ(last.priority(), "");
}

TEST(EvaluationTest, ATaskWithoutAValueThatCannotBeHadStandsAndAFindingSaysWhy) {
  const auto book = CompileText(R"yml(
name: t.tasks
input: {name: complaint, type: assay.v1.Complaint}
evaluation: {id: complaint.id}
rules:
  - {id: R, title: {en: x, zh: x}, condition: "true", outcome: NOTE,
     task: {owner: complaint.handler, priority: complaint.claim_amount}}
)yml");
  const v1::EvaluationResult result =
      RunRows(book, SnapshotOf(*book, {}),
              {WireRow(*book, "assay.v1.Complaint", R"({"id": "A"})"),
               WireRow(*book, "assay.v1.Complaint", R"({"id": "B", "claim_amount": "9", "handler": "ANN"})")});
  ASSERT_EQ(result.worklist_size(), 2);
  EXPECT_EQ(result.worklist(0).row_id(), "B");
  EXPECT_EQ(result.worklist(0).priority(), "9.0000");
  EXPECT_EQ(result.worklist(1).priority(), "");
  EXPECT_EQ(FindingsOf(result.rows(0)), "R:NOTE SYS:NOTE");
  EXPECT_EQ(absl::StrJoin(result.rows(0).findings(1).dependents(), " "), "R.task.priority");
}

TEST(EvaluationTest, TheSameRowTwiceCountsOnceHoweverItIsEncoded) {
  const std::string row = Complaint("A", R"(, "lot": "L")");
  // The last of several values of a field counts: the same message in other bytes.
  const std::string again = absl::StrCat(WireRow(*Book(), "assay.v1.Complaint", R"({"lot": "M"})"), row);
  const v1::EvaluationResult result = RunAll({row, row, again});
  EXPECT_EQ(result.rows_size(), 1);
  EXPECT_EQ(result.repeated_rows(), 2);
  EXPECT_EQ(Output(result.rows(0), "twins"), R"(["A"])");
}

TEST(EvaluationTest, RowsOfOneIdWithOtherContentAreHeldAndUnseenByOthers) {
  const v1::EvaluationResult result =
      RunAll({Complaint("A", R"(, "lot": "L")"), Complaint("A", R"(, "lot": "M")"), Complaint("B", R"(, "lot": "L")")});
  ASSERT_EQ(result.rows_size(), 3);
  EXPECT_EQ(FindingsOf(result.rows(0)), "SYS:HOLD");
  EXPECT_EQ(FindingsOf(result.rows(1)), "SYS:HOLD");
  EXPECT_EQ(result.rows(0).findings(0).message().en(),
            "Cannot be evaluated: several rows with other content have this id: 'A'");
  EXPECT_EQ(Output(result.rows(0), "severity"), "null");
  EXPECT_EQ(Output(result.rows(2), "twins"), R"(["B"])");
}

TEST(EvaluationTest, BytesThatAreNoMessageAreHeldAndTheOthersGoOn) {
  const v1::EvaluationResult result = RunAll({Complaint("A", ""), "\x0a\xff"});
  ASSERT_EQ(result.rows_size(), 2);
  EXPECT_EQ(result.rows(0).id(), "");
  EXPECT_EQ(result.rows(0).verdict(), "TO_DECIDE");
  EXPECT_EQ(result.rows(0).findings_size(), 1);
  EXPECT_NE(result.rows(0).findings(0).message().en().find("the row's bytes (SHA-256 "), std::string::npos);
  EXPECT_EQ(result.rows(1).verdict(), "FINE");
}

TEST(EvaluationTest, CountsAndProvenanceSayWhatTheRunWas) {
  const v1::EvaluationResult result = RunAll({Complaint("A", ""), Complaint("B", R"(, "root_cause": "")")});
  ASSERT_EQ(result.verdict_counts_size(), 2);
  EXPECT_EQ(result.verdict_counts(0).name(), "FINE");
  ASSERT_EQ(result.finding_counts_size(), 2);
  EXPECT_EQ(result.finding_counts(1).name(), "C-4");
  EXPECT_EQ(result.finding_counts(1).count(), 2);
  EXPECT_EQ(result.provenance().rulebook(), "test.complaints");
  EXPECT_EQ(result.provenance().version(), "7");
  EXPECT_EQ(result.provenance().fingerprint(), Book()->fingerprint);
  EXPECT_EQ(result.provenance().snapshot(), Partners()->id());
  EXPECT_EQ(result.provenance().checkpoint(), v1::CHECKPOINT_UNSPECIFIED);
  EXPECT_EQ(result.outputs(0).type(), "assay.v1.ComplaintSeverity");
  EXPECT_EQ(result.outputs(2).type(), "decimal");
  EXPECT_EQ(result.outputs(11).level(), "compensation");
}

TEST(EvaluationTest, AnyOrderOfRowsAndAnyNumberOfThreadsGiveTheSameBytes) {
  std::mt19937 random(3);
  std::vector<std::string> rows;
  rows.reserve(2000);
  for (int i = 0; i < 2000; ++i) {
    rows.push_back(Complaint(
        absl::StrCat("N", random() % 1500),
        absl::StrCat(R"(, "lot": "L)", random() % 300, R"(", "root_cause": ")", random() % 3 == 0 ? "" : "SEAL", R"(")",
                     random() % 2 == 0 ? "" : R"(, "compensations": [{"amount": "150"}])")));
  }
  const std::string bytes = RunAll(rows).SerializeAsString();
  for (const int threads : {1, 3, 7}) {
    std::shuffle(rows.begin(), rows.end(), random);
    const std::vector<absl::string_view> views(rows.begin(), rows.end());
    EXPECT_EQ(Evaluate(Book(), Partners(), views, Settings(threads))->SerializeAsString(), bytes);
  }
}

TEST(EvaluationTest, WhereNoMoreThreadsStartTheRowsAreJudgedTheSame) {
  std::vector<std::string> rows;
  rows.reserve(3000);
  for (int i = 0; i < 3000; ++i) {
    rows.push_back(Complaint(absl::StrCat("N", i), absl::StrCat(R"(, "lot": "L)", i % 9, R"(")")));
  }
  const std::string bytes = RunAll(rows).SerializeAsString();
  const std::vector<absl::string_view> views(rows.begin(), rows.end());
  for (const size_t few : {0, 1, 2}) {
    const FewThreads machine(few);
    EXPECT_TRUE(Evaluate(Book(), Partners(), views, Settings(5))->SerializeAsString() == bytes) << few;
  }
}

TEST(EvaluationTest, NumbersOrderAsNumbers) {
  const auto book = CompileText(R"(
name: t.numbers
input: {name: order, type: assay.v1.Order}
evaluation: {id: order.revision}
)");
  std::vector<std::string> rows;
  for (const int revision : {10, -3, 9, 0, -20}) {
    rows.push_back(WireRow(*book, "assay.v1.Order", absl::StrCat(R"({"revision": ")", revision, R"("})")));
  }
  std::vector<std::string> ids;
  const v1::EvaluationResult result = RunRows(book, SnapshotOf(*book, {}), rows);
  for (const v1::EvaluatedRow& row : result.rows()) ids.push_back(row.id());
  EXPECT_EQ(absl::StrJoin(ids, " "), "-20 -3 0 9 10");
}

TEST(EvaluationTest, ARowThatTakesTooMuchIsHeldWhetherAloneOrNot) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("t.yaml", R"yml(
name: t.costs
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
evaluation: {id: order.id}
rules: [{id: R, condition: "order.lines.exists(a, order.lines.exists(b, a.id < b.id))", outcome: NOTE}]
outputs: [{name: size, expression: order.lines.size()}]
)yml",
                                                          &issues);
  ASSERT_TRUE(loaded.has_value()) << Format(issues);
  loaded->limits.max_row_cost = 20'000;
  const auto book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  ASSERT_NE(book, nullptr) << Format(issues);
  std::string lines;
  for (int i = 0; i < 400; ++i) absl::StrAppend(&lines, i == 0 ? "" : ",", R"({"id": "1"})");
  const std::string large =
      WireRow(*book, "assay.v1.Order", absl::StrCat(R"({"id": "LARGE", "lines": [)", lines, "]}"));
  const std::string small = WireRow(*book, "assay.v1.Order", R"({"id": "SMALL", "lines": [{"id": "1"}, {"id": "2"}]})");
  const v1::EvaluationResult result = RunRows(book, SnapshotOf(*book, {}), {small, large});
  EXPECT_EQ(FindingsOf(result.rows(0)), "SYS:HOLD");
  EXPECT_EQ(result.rows(0).findings(0).message().en(),
            "Cannot be evaluated: the row takes more values to compute than one row may: 20000");
  EXPECT_EQ(FindingsOf(result.rows(1)), "R:NOTE");
  EXPECT_EQ(Output(result.rows(1), "size"), "2");
  EXPECT_EQ(RunRows(book, SnapshotOf(*book, {}), {large}).rows(0).SerializeAsString(),
            result.rows(0).SerializeAsString());
}

TEST(EvaluationTest, OnlyRulebooksWithAnEvaluationAreRun) {
  const auto book = CompileText("name: t.none\ninput: {name: order, type: assay.v1.Order}\n");
  const auto result = Evaluate(book, SnapshotOf(*book, {}), {}, Settings(1));
  EXPECT_EQ(result.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Evaluate(Book(), Partners(), {}, Settings(0)).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Evaluate(Book(), Partners(), {}, Settings(2))->rows_size(), 0);
}

TEST(EvaluationTest, AnExplanationTellsWhatEachRuleSaw) {
  const std::vector<std::string> rows = {Complaint("A", R"(, "root_cause": "", "lot": "L")"),
                                         Complaint("B", R"(, "lot": "L", "compensations": [{"amount": "150"}])")};
  const std::vector<absl::string_view> views(rows.begin(), rows.end());
  const auto explanation = ExplainRow(Book(), Partners(), views, "B", Settings(1));
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->row().SerializeAsString(), RowOf(RunAll(rows), "B").SerializeAsString());
  ASSERT_EQ(explanation->tasks_size(), 1);
  EXPECT_EQ(explanation->verdicts_size(), 6);
  EXPECT_EQ(explanation->verdicts(0).verdict(), v1::RuleVerdict::VERDICT_NOT_FIRED);
  EXPECT_EQ(explanation->verdicts(1).verdict(), v1::RuleVerdict::VERDICT_FIRED);
  EXPECT_EQ(explanation->verdicts(4).verdict(), v1::RuleVerdict::VERDICT_NOT_IN_FORCE);
  EXPECT_EQ(ExplainRow(Book(), Partners(), views, "C", Settings(1)).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace assay
