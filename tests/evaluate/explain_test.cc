// What explanations of a row tell beside its verdicts: what variables were made of; and that a verdict which is not the
// one decided is never told.
#include "evaluate/explain.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yml(
name: test.explained
version: "1"
time_zone: UTC
input: {name: complaint, type: assay.v1.Complaint}
levels: [{name: compensation, of: complaint.compensations}]
as_of: complaint.received_at
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins: [{name: partner, dataset: partners, on: [complaint.partner_id]}]
parameters: [{name: rate, type: decimal, default: 0.5}]
variables:
  - {name: half, each: compensation, expression: "round(compensation.amount * parameters.rate, 2)"}
  - {name: total, expression: "sum(complaint.compensations.map(c, c.amount))"}
  - {name: kinds, expression: "complaint.compensations.map(c, c.kind)"}
  - {name: tag, expression: "complaint.partner.tax_number + complaint.id"}
evaluation: {id: complaint.id, verdicts: {NONE: FINE, HOLD: ASKED}, row_ids: {compensation: compensation.kind}}
rules:
  - {id: C-1, each: compensation, condition: compensation.half > 40.0, outcome: NOTE, message: {en: x, zh: x}}
  - {id: C-2, condition: complaint.total > 1000.0, outcome: NOTE, message: {en: x, zh: x}}
)yml";

constexpr char kPartner[] = R"({"id": "P", "tax_number": "T-9"})";
constexpr char kComplaint[] = R"({"id": "X", "partner_id": "P", "received_at": "2025-11-01T00:00:00Z",
  "compensations": [{"kind": "CASH", "amount": "90"}, {"kind": "GOODS", "amount": "10"}]})";

std::string Told(const v1::EvaluationExplanation& explanation) {
  std::string told;
  for (const v1::VariableValue& variable : explanation.variables()) {
    absl::StrAppend(&told, variable.name(), variable.line_id().empty() ? "" : "/", variable.line_id(),
                    variable.is_error() ? " errs: " : " = ", variable.value(), " of ", variable.expression(), ":");
    for (const v1::ReadValue& read : variable.reads())
      absl::StrAppend(&told, " ", read.expression(), "=", read.value());
    absl::StrAppend(&told, "\n");
  }
  return told;
}

TEST(ExplainTest, VariablesThatAreSingleValuesAreToldWithWhatTheyRead) {
  const auto book = CompileText(kBook);
  const std::string row = WireRow(*book, "assay.v1.Complaint", kComplaint);
  const auto with = ExplainRow(book, SnapshotOf(*book, {{"partners", kPartner}}), {row}, "X", Settings(1));
  ASSERT_TRUE(with.ok()) << with.status();
  EXPECT_EQ(Told(*with),
            "compensation.half/CASH = 45.00 of round(compensation.amount * parameters.rate, 2): "
            "compensation.amount * parameters.rate=45.00000 compensation.amount=90.0000 parameters.rate=0.5\n"
            "compensation.half/GOODS = 5.00 of round(compensation.amount * parameters.rate, 2): "
            "compensation.amount * parameters.rate=5.00000 compensation.amount=10.0000 parameters.rate=0.5\n"
            "complaint.total = 100.0000 of sum(complaint.compensations.map(c, c.amount)):\n"
            "complaint.tag = *** of complaint.partner.tax_number + complaint.id: "
            "complaint.partner.tax_number=*** complaint.id=X\n");
}

TEST(ExplainTest, AVariableThatCannotBeHadSaysWhy) {
  const auto book = CompileText(kBook);
  const std::string row = WireRow(*book, "assay.v1.Complaint", kComplaint);
  const auto without = ExplainRow(book, SnapshotOf(*book, {}), {row}, "X", Settings(1));
  ASSERT_TRUE(without.ok()) << without.status();
  const v1::VariableValue& tag = without->variables(without->variables_size() - 1);
  EXPECT_TRUE(tag.is_error());
  EXPECT_EQ(tag.value(), "partners[P] is missing");
  EXPECT_FALSE(tag.error_zh().empty());
}

// The findings that a row's decision was made from, and the chunk they come from.
class Judged {
 public:
  explicit Judged(const std::shared_ptr<const CompiledRulebook>& book)
      : context_(*NewRunContext(book, SnapshotOf(*book, {}), v1::CHECKPOINT_UNSPECIFIED, Settings(1).now)),
        row_(WireRow(*book, "assay.v1.Complaint", kComplaint)),
        chunk_(context_.get()) {
    const absl::string_view rows[] = {row_};
    EXPECT_TRUE(chunk_.Load(rows).ok());
    RowState* const states[] = {&state_};
    chunk_.Compute(context_->needs->own);
    chunk_.ReadRows(states);
    chunk_.Compute(context_->needs->early);
    chunk_.Findings(false, states);
  }

  RowState& state() { return state_; }

  absl::Status Explain() {
    RuleVerdicts verdicts;
    VariableValues variables;
    return assay::Explain(state_, &chunk_, &verdicts, &variables);
  }

 private:
  std::unique_ptr<RunContext> context_;
  std::string row_;
  Chunk chunk_;
  RowState state_;
};

TEST(ExplainTest, AVerdictThatIsNotTheOneDecidedIsInternal) {
  Judged judged(CompileText(kBook));
  EXPECT_TRUE(judged.Explain().ok());
  ASSERT_EQ(judged.state().findings.size(), 1);
  const RawFinding finding = judged.state().findings[0];
  judged.state().findings.clear();
  const absl::Status lost = judged.Explain();
  EXPECT_EQ(lost.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(lost.message(),
            "an explanation differs from the decision: rule C-1 fired explained, did not fire decided, line 'CASH'");
  judged.state().findings = {finding, finding};
  judged.state().findings[1].rule = 1;
  judged.state().findings[1].line = -1;
  const absl::Status added = judged.Explain();
  EXPECT_EQ(added.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(added.message(),
            "an explanation differs from the decision: rule C-2 did not fire explained, fired decided, line ''");
}

}  // namespace
}  // namespace assay
