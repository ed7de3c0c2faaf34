// Rows that all lie in one another's window: what is only counted, or of which the last few are looked at, costs each
// row no more the more there are, and what looks at every pair runs into the budget of a row.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "evaluate/output_values.h"
#include "gtest/gtest.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr int kRows = 5000;

// One output over the complaints of one lot, product and month that came in before.
std::string Book(const std::string& expression) {
  return absl::StrCat(R"yml(
name: test.repeated
version: "1"
time_zone: Asia/Shanghai
input: {name: complaint, type: assay.v1.Complaint}
joins:
  - name: before
    dataset: batch.complaint
    key: [lot, month]
    on: [complaint.lot, complaint.month]
    within: {field: received_at, hours: 720}
    many: true
  - name: last_before
    dataset: batch.complaint
    key: [lot, month]
    on: [complaint.lot, complaint.month]
    within: {field: received_at, hours: 720}
    last: 3
    many: true
variables:
  - {name: month, expression: "string(date(complaint.received_at)).substring(0, 7)"}
evaluation: {id: complaint.id}
outputs:
  - {name: it, expression: ")yml",
                      expression, "\"}\n");
}

// What the book gives for the last of the rows, or the text of its finding.
std::string OfTheLast(const std::string& expression) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", Book(expression), &issues);
  EXPECT_TRUE(loaded.has_value()) << Format(issues);
  loaded->limits.max_row_cost = 500;
  const std::shared_ptr<const CompiledRulebook> book =
      CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  EXPECT_NE(book, nullptr) << Format(issues);
  std::vector<std::string> rows;
  for (int i = 0; i < kRows; ++i) {
    rows.push_back(
        WireRow(*book, "assay.v1.Complaint",
                absl::StrCat(R"({"id": "K)", 10'000 + i, R"(", "lot": "L", "received_at": "2025-11-16T02:00:00Z"})")));
  }
  const v1::EvaluationResult result = RunRows(book, SnapshotOf(*book, {}), rows);
  const v1::EvaluatedRow& last = RowOf(result, absl::StrCat("K", 10'000 + kRows - 1));
  return last.findings().empty() ? OutputText(last.outputs(0), "null") : last.findings(0).message().en();
}

TEST(RepeatedRowsTest, AreCountedWithoutBeingListed) { EXPECT_EQ(OfTheLast("size(complaint.before)"), "4999"); }

TEST(RepeatedRowsTest, OfTheLastFewNoMoreAreLookedAt) {
  EXPECT_EQ(OfTheLast("complaint.last_before.map(b, b.id).join(' ')"), "K14996 K14997 K14998");
  EXPECT_EQ(OfTheLast("size(complaint.last_before)"), "3");
}

TEST(RepeatedRowsTest, ThatAreLookedAtInPairsCostTooMuch) {
  EXPECT_EQ(OfTheLast("complaint.before.exists(b, b.handler == 'X')"),
            "Cannot be evaluated: the row takes more values to compute than one row may: 500");
}

}  // namespace
}  // namespace assay
