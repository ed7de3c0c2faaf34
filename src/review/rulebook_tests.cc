// One session or evaluation per case, and the case's expressions on its row. Entry point: RunRulebookTests.
#include "review/rulebook_tests.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/decimal.h"
#include "base/status_macros.h"
#include "evaluate/evaluation.h"
#include "review/evaluation_case.h"
#include "review/rulebook_case.h"
#include "review/session.h"
#include "review/test_coverage.h"
#include "rulebook/reference.h"
#include "schema/enum_names.h"

namespace assay {
namespace {

std::string OutcomeName(v1::Outcome outcome) { return EnumShortName(*v1::Outcome_descriptor(), outcome); }

// "R-1 on line 2: HOLD, actual 5, expected 3".
std::string Described(const v1::Finding& finding) {
  std::string text = finding.rule();
  if (!finding.line_id().empty()) absl::StrAppend(&text, " on line ", finding.line_id());
  absl::StrAppend(&text, ": ", OutcomeName(finding.outcome()));
  if (!finding.actual().empty()) absl::StrAppend(&text, ", actual ", finding.actual());
  if (!finding.expected().empty()) absl::StrAppend(&text, ", expected ", finding.expected());
  return text;
}

bool Meets(const v1::Finding& finding, const v1::ExpectedFinding& expected) {
  return finding.rule() == expected.rule() && Matches(expected.line(), finding.line_id()) &&
         Matches(expected.outcome(), OutcomeName(finding.outcome())) && Matches(expected.actual(), finding.actual()) &&
         Matches(expected.expected(), finding.expected());
}

bool IsLookedAt(const std::string& rule, const v1::TestCase& test) {
  return test.only().empty() || std::any_of(test.only().begin(), test.only().end(),
                                            [&](const std::string& only) { return NamesRule(only, rule); });
}

class CaseRun {
 public:
  CaseRun(const std::shared_ptr<const CompiledRulebook>& book, int number, Coverage* coverage)
      : book_(book),
        test_(book->proto.tests(number)),
        path_(absl::StrCat("tests[", number, "]")),
        values_(book->test_values[static_cast<size_t>(number)]),
        coverage_(coverage) {}

  TestOutcome Run(const std::map<std::string, RulebookCase>& cases) {
    const absl::Status status = Compare(cases.at(test_.name()));
    if (!status.ok()) Fail("", std::string(status.message()));
    return {test_.name(), std::move(failures_)};
  }

 private:
  void Fail(const std::string& part, std::string message) {
    failures_.push_back({absl::StrCat(path_, part), std::move(message)});
  }

  absl::Status Compare(const RulebookCase& given) {
    RETURN_IF_ERROR(given.problem);
    ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> base, BuildSnapshot(*book_, given.datasets));
    RETURN_IF_ERROR(CompareValues(given, base));
    RETURN_IF_ERROR(CheckExpectations());
    std::vector<absl::string_view> rows = {given.input};
    rows.insert(rows.end(), given.others.begin(), given.others.end());
    if (book_->evaluation.exists) return CompareRow(given, base, rows);
    return book_->review.exists ? CompareOrder(given, base, rows) : absl::OkStatus();
  }

  // What only another kind of rulebook gives.
  absl::Status CheckExpectations() const {
    const bool is_evaluated = !test_.verdict().empty() || test_.outputs_size() > 0 || test_.tasks_size() > 0;
    if (is_evaluated && !book_->evaluation.exists)
      return absl::InvalidArgumentError("verdict, outputs and tasks are of rulebooks with 'evaluation'");
    const bool is_reviewed = !test_.disposition().empty() || !test_.checkpoint().empty();
    if (is_reviewed && !book_->review.exists)
      return absl::InvalidArgumentError("disposition and checkpoint are of rulebooks with 'review'");
    if (test_.findings_size() > 0 && !book_->review.exists && !book_->evaluation.exists)
      return absl::InvalidArgumentError(
          "this rulebook has neither 'review' nor 'evaluation': a case expects values only");
    return absl::OkStatus();
  }

  absl::Status CompareRow(const RulebookCase& given, const std::shared_ptr<const Snapshot>& base,
                          absl::Span<const absl::string_view> rows) {
    EvaluationSettings options;
    options.now = given.now;
    ASSIGN_OR_RETURN(const v1::EvaluationExplanation explanation, ExplainRow(book_, base, rows, id_, options));
    coverage_->AddVerdicts(explanation.verdicts(), explanation.row().findings());
    CompareFindings(explanation.row().findings());
    for (TestFailure& failure : CompareEvaluation(test_, path_, explanation)) failures_.push_back(std::move(failure));
    return absl::OkStatus();
  }

  absl::Status CompareOrder(const RulebookCase& given, const std::shared_ptr<const Snapshot>& base,
                            absl::Span<const absl::string_view> rows) {
    SessionOptions options;
    options.checkpoint = given.checkpoint;
    options.now = given.now;
    ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(book_, base, options));
    RETURN_IF_ERROR(session->Add(rows));
    ASSIGN_OR_RETURN(const v1::Explanation explanation, session->ExplainOrder(id_));
    coverage_->AddVerdicts(explanation.verdicts(), explanation.decision().findings());
    CompareFindings(explanation.decision().findings());
    const std::string disposition = EnumShortName(*v1::Disposition_descriptor(), explanation.decision().disposition());
    if (!Matches(test_.disposition(), disposition)) {
      Fail(".disposition", absl::StrCat("expected ", test_.disposition(), ", got ", disposition));
    }
    return absl::OkStatus();
  }

  // Values come first: the row's id is one of them.
  absl::Status CompareValues(const RulebookCase& given, const std::shared_ptr<const Snapshot>& base) {
    auto batch = std::make_shared<RowBytes>();
    if (book_->batch_dataset >= 0) batch->Add(given.input);
    for (const std::string& other : given.others) {
      if (book_->batch_dataset >= 0) batch->Add(other);
    }
    ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> snapshot, WithBatch(*book_, base, batch));
    ASSIGN_OR_RETURN(
        const std::unique_ptr<RunContext> context,
        NewRunContext(book_, snapshot, book_->evaluation.exists ? v1::CHECKPOINT_UNSPECIFIED : given.checkpoint,
                      given.now));
    Chunk chunk(context.get());
    const absl::string_view row = given.input;
    RETURN_IF_ERROR(chunk.Load(absl::MakeConstSpan(&row, 1)));
    std::vector<NodeId> roots = coverage_->calls();
    for (const PlannedValue& value : values_) roots.push_back(value.node);
    const PlannedValue& id = book_->evaluation.exists ? book_->evaluation.id : book_->review.id;
    if (id.exists()) roots.push_back(id.node);
    chunk.Compute(Needs(book_->program(), roots, false));
    if (chunk.is_over_budget()) return absl::ResourceExhaustedError("the row takes more than a row may");
    id_ = chunk.Text(id, 0);
    coverage_->AddTables(&chunk);
    for (size_t i = 0; i < values_.size(); ++i) {
      const v1::ExpectedValue& expected = test_.values(static_cast<int>(i));
      const ErrorCode error = chunk.Error(values_[i], 0);
      const std::string got = error != 0 ? "error" : chunk.Text(values_[i], 0);
      if (IsSame(expected.value(), got)) continue;
      Fail(absl::StrCat(".values[", i, "].value"),
           absl::StrCat("expected ", expected.value(), ", got ", error != 0 ? chunk.Origin(error).first : got));
    }
    return absl::OkStatus();
  }

  using Findings = google::protobuf::RepeatedPtrField<v1::Finding>;

  void CompareFindings(const Findings& findings) {
    std::vector<const v1::Finding*> left;
    for (const v1::Finding& finding : findings) {
      if (IsLookedAt(finding.rule(), test_)) left.push_back(&finding);
    }
    for (int i = 0; i < test_.findings_size(); ++i) {
      const auto met =
          std::find_if(left.begin(), left.end(), [&](const v1::Finding* f) { return Meets(*f, test_.findings(i)); });
      if (met == left.end()) {
        ReportMissing(i, findings);
      } else {
        left.erase(met);
      }
    }
    for (const v1::Finding* finding : left)
      Fail("", absl::StrCat("a finding that is not expected: ", Described(*finding)));
  }

  void ReportMissing(int i, const Findings& findings) {
    std::vector<std::string> like;
    for (const v1::Finding& finding : findings) {
      if (finding.rule() == test_.findings(i).rule()) like.push_back(Described(finding));
    }
    const std::string& rule = test_.findings(i).rule();
    Fail(absl::StrCat(".findings[", i, "]"),
         like.empty() ? absl::StrCat("no finding of ", rule)
                      : absl::StrCat("no finding is as expected; there is ", absl::StrJoin(like, "; ")));
  }

  const std::shared_ptr<const CompiledRulebook>& book_;
  const v1::TestCase& test_;
  std::string path_;
  const std::vector<PlannedValue>& values_;
  Coverage* coverage_;
  std::string id_;
  std::vector<TestFailure> failures_;
};

bool IsAsked(const std::string& name, absl::Span<const std::string> names) {
  return names.empty() || std::any_of(names.begin(), names.end(),
                                      [&](const std::string& part) { return absl::StrContains(name, part); });
}

}  // namespace

TestReport RunRulebookTests(const std::shared_ptr<const CompiledRulebook>& book, absl::Span<const std::string> names) {
  TestReport report;
  Coverage coverage(*book, &report);
  const std::map<std::string, RulebookCase> cases = ReadCases(*book);
  for (int i = 0; i < book->proto.tests_size(); ++i) {
    if (!IsAsked(book->proto.tests(i).name(), names)) continue;
    report.outcomes.push_back(CaseRun(book, i, &coverage).Run(cases));
  }
  return report;
}

}  // namespace assay
