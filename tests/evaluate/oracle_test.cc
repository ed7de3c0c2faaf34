// Random rulebooks over random rows: every finding, value and verdict of an evaluation is what the plain evaluator
// makes of the rulebook's own words.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "evaluate/output_values.h"
#include "schema/enum_names.h"
#include "tests/evaluate/plain_rows.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr char kHead[] = R"yml(
name: test.random
time_zone: Asia/Shanghai
input: {name: complaint, type: assay.v1.Complaint}
levels: [{name: compensation, of: complaint.compensations}, {name: event, of: complaint.events}]
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins:
  - {name: partner, dataset: partners, on: [complaint.partner_id]}
  - {name: twins, dataset: batch.complaint, key: [lot], on: [complaint.lot], many: true, order_by: [id]}
  - {name: alike, dataset: batch.complaint, key: [lot, fate], on: [complaint.lot, complaint.fate], many: true, order_by: [id]}
  - {name: rivals, dataset: batch.complaint, key: [fate], on: [complaint.handler], last: size(complaint.compensations), many: true, order_by: [id]}
parameters: [{name: cap, type: decimal, default: 100.00}]
variables:
  - {name: granted, expression: "sum(complaint.compensations.map(c, c.amount))"}
  - {name: fate, expression: "complaint.claim_amount > 100 ? 'A' : complaint.severity == 'MAJOR' ? 'B' : ''"}
  - {name: share, each: compensation, expression: compensation.amount - complaint.claim_amount}
evaluation: {id: complaint.id}
)yml";

// By level: what holds of a row there, and values of it.
const std::vector<std::vector<std::string>> kConditions = {
    {"complaint.partner.level == 'VIP'", "has(complaint.partner)", "complaint.twins.size() > 1",
     "complaint.alike.size() > 1", "complaint.rivals.exists(t, t.severity == 'MAJOR')",
     "variables.granted > parameters.cap", "complaint.severity == 'MAJOR'",
     "complaint.claim_amount < variables.granted", "complaint.compensations.exists(c, c.share > 0)",
     "complaint.root_cause == ''", "has(complaint.valid)", "complaint.valid",
     "complaint.twins.exists(t, t.severity == 'MAJOR')", "complaint.events.all(e, e.actor != 'B')",
     "date(complaint.received_at) < date(now)"},
    {"compensation.amount > parameters.cap", "compensation.share > 0", "compensation.kind in ['A', 'B']",
     "complaint.partner.name == compensation.kind", "compensation.amount <= variables.granted",
     "complaint.severity == 'NORMAL'"},
    {"event.state == 'CLOSED'", "event.actor == complaint.handler", "event.at > complaint.received_at",
     "has(event.at) && event.decision == 'ACCEPTED'"},
};
const std::vector<std::vector<std::string>> kValues = {
    {"variables.granted", "complaint.severity", "complaint.claim_amount", "complaint.twins.map(t, t.id)",
     "complaint.alike.map(t, t.id)", "complaint.rivals.map(t, t.id)", "complaint.alike.size()",
     "complaint.rivals.size()", "complaint.partner.name", "complaint.compensations.map(c, c.share)",
     "complaint.twins.size()", "date(complaint.received_at)", "now - complaint.received_at", "complaint.valid",
     "{'n': complaint.events.size(), 'm': complaint.twins.size()}",
     "has(complaint.valid) ? optional.of(complaint.id) : optional.none()", "complaint.events.map(e, e.state)"},
    {"compensation.amount", "compensation.share", "compensation.kind + complaint.partner.name",
     "compensation.amount + variables.granted"},
    {"event.state", "event.at", "event.at - complaint.received_at"},
};
const std::vector<std::string> kLevels = {"", "compensation", "event"};

class Draws {
 public:
  explicit Draws(uint32_t seed) : random_(seed) {}
  int Below(int bound) { return static_cast<int>(random_() % static_cast<uint32_t>(bound)); }
  bool OneIn(int n) { return Below(n) == 0; }
  const std::string& Of(const std::vector<std::string>& texts) { return texts[Below(static_cast<int>(texts.size()))]; }

 private:
  std::mt19937 random_;
};

std::string Condition(int level, int depth, Draws* draws) {
  if (depth == 0 || draws->OneIn(3)) return draws->Of(kConditions[static_cast<size_t>(draws->OneIn(3) ? 0 : level)]);
  const std::string a = Condition(level, depth - 1, draws);
  const std::string b = Condition(level, depth - 1, draws);
  switch (draws->Below(4)) {
    case 0:
      return absl::StrCat("(", a, " && ", b, ")");
    case 1:
      return absl::StrCat("(", a, " || ", b, ")");
    case 2:
      return absl::StrCat("!(", a, ")");
    default:
      return absl::StrCat("(", a, " ? ", b, " : ", Condition(level, depth - 1, draws), ")");
  }
}

constexpr const char* kOutcomes[] = {"NOTE", "CUT", "HOLD", "REJECT"};

std::string RandomBook(Draws* draws) {
  std::string book = absl::StrCat(kHead, "rules:\n");
  for (int i = 0; i < 12; ++i) {
    const int level = draws->Below(3);
    absl::StrAppend(&book, "  - id: R-", i, "\n    outcome: ", kOutcomes[draws->Below(4)], "\n    condition: \"",
                    Condition(level, 2, draws), "\"\n");
    if (level > 0) absl::StrAppend(&book, "    each: ", kLevels[static_cast<size_t>(level)], "\n");
    if (draws->OneIn(3)) absl::StrAppend(&book, "    when: \"", Condition(level, 1, draws), "\"\n");
    if (draws->OneIn(4)) absl::StrAppend(&book, "    mode: OBSERVE\n");
    if (draws->OneIn(4)) absl::StrAppend(&book, "    on_error: ", kOutcomes[draws->Below(4)], "\n");
  }
  absl::StrAppend(&book, "outputs:\n");
  for (int i = 0; i < 8; ++i) {
    const int level = draws->Below(3);
    absl::StrAppend(&book, "  - {name: v", i, ", unmasked: true, expression: \"",
                    draws->Of(kValues[static_cast<size_t>(level)]), "\"");
    if (level > 0) absl::StrAppend(&book, ", each: ", kLevels[static_cast<size_t>(level)]);
    if (draws->OneIn(3)) absl::StrAppend(&book, ", on_error: NOTE");
    absl::StrAppend(&book, "}\n");
  }
  return book;
}

std::string RandomList(const char* name, Draws* draws, std::string (*element)(Draws*)) {
  std::vector<std::string> elements;
  for (int i = draws->Below(4); i > 0; --i) elements.push_back(element(draws));
  return absl::StrCat(R"(, ")", name, R"(": [)", absl::StrJoin(elements, ","), "]");
}

std::string RandomCompensation(Draws* draws) {
  return absl::StrCat(R"({"kind": ")", draws->Of({"A", "B", "C"}), R"(")",
                      draws->OneIn(6) ? "" : absl::StrCat(R"(, "amount": ")", draws->Below(150), R"(.5")"), "}");
}

std::string RandomEvent(Draws* draws) {
  return absl::StrCat(R"({"actor": ")", draws->Of({"A", "B", "C"}), R"(", "state": )", draws->Below(12),
                      draws->OneIn(5) ? "" : absl::StrCat(R"(, "at": "2025-11-1)", draws->Below(9), R"(T04:00:00Z")"),
                      R"(, "decision": )", draws->Below(3), "}");
}

std::string RandomComplaint(int number, Draws* draws) {
  std::string json = absl::StrCat(R"({"id": "K)", 100 + number, R"(", "partner_id": ")", draws->Of({"P", "Q", "R"}),
                                  R"(", "lot": ")", draws->Of({"L", "M", "N", ""}), R"(", "handler": ")",
                                  draws->Of({"A", "B"}), R"(", "severity": )", draws->Below(3));
  if (!draws->OneIn(4)) absl::StrAppend(&json, R"(, "claim_amount": ")", draws->Below(200), R"(")");
  if (!draws->OneIn(4)) absl::StrAppend(&json, R"(, "received_at": "2025-11-1)", draws->Below(9), R"(T20:00:00Z")");
  if (draws->OneIn(2)) absl::StrAppend(&json, R"(, "valid": )", draws->OneIn(2) ? "true" : "false");
  if (draws->OneIn(2)) absl::StrAppend(&json, R"(, "root_cause": "SEAL")");
  return absl::StrCat(json, RandomList("compensations", draws, RandomCompensation),
                      RandomList("events", draws, RandomEvent), "}");
}

// What a row must have come to.
struct Expected {
  std::set<std::string> fired;       // "R-1/2 HOLD": rule, row of its level, outcome
  std::set<std::string> dependents;  // rules and outputs that could not be had
  v1::Outcome worst = v1::OUTCOME_UNSPECIFIED;
};

class PlainRun {
 public:
  PlainRun(const CompiledRulebook& book, const PlainRows& rows) : book_(book), rows_(rows) {}

  Expected Judge(const google::protobuf::Message& input) const {
    Expected expected;
    for (const CompiledRule& rule : book_.rules) {
      for (const auto& [place, name] : Places(input, rule.level)) JudgeRule(*rule.proto, place, name, &expected);
    }
    return expected;
  }

  // The output's values on the rows of its level, each as text; "null" where there is none.
  std::vector<std::string> Values(const google::protobuf::Message& input, const CompiledOutput& output,
                                  Expected* expected) const {
    std::vector<std::string> values;
    for (const auto& [place, name] : Places(input, output.level)) {
      const Value value = rows_.Evaluate(output.proto->expression(), place);
      v1::OutputValue shown;
      if (!value.is_error()) SetOutput(value, output.columns, &shown);
      values.push_back(OutputText(shown, "null"));
      if (!value.is_error()) continue;
      expected->dependents.insert(absl::StrCat("outputs.", output.proto->name()));
      const v1::Outcome stated = output.proto->on_error();
      expected->worst = std::max(expected->worst, stated == v1::OUTCOME_UNSPECIFIED ? v1::OUTCOME_HOLD : stated);
    }
    return values;
  }

 private:
  std::vector<std::pair<PlainRows::Place, std::string>> Places(const google::protobuf::Message& input,
                                                               int level) const {
    if (level == 0) return {{{&input, 0, nullptr}, ""}};
    std::vector<std::pair<PlainRows::Place, std::string>> places;
    const auto* field = input.GetDescriptor()->FindFieldByName(level == 1 ? "compensations" : "events");
    for (int i = 0; i < input.GetReflection()->FieldSize(input, field); ++i) {
      places.push_back(
          {{&input, level, &input.GetReflection()->GetRepeatedMessage(input, field, i)}, absl::StrCat("/", i + 1)});
    }
    return places;
  }

  void JudgeRule(const v1::Rule& rule, const PlainRows::Place& place, const std::string& name,
                 Expected* expected) const {
    const bool observed = rule.mode() == v1::MODE_OBSERVE;
    const Value when = rule.when().empty() ? Value::Bool(true) : rows_.Evaluate(rule.when(), place);
    const bool is_considered = when.is_error() || when.as_bool();
    const Value holds = !when.is_error() && is_considered ? rows_.Evaluate(rule.condition(), place) : when;
    if (holds.is_error()) {
      expected->dependents.insert(rule.id());
      v1::Outcome outcome = rule.outcome() == v1::OUTCOME_NOTE ? v1::OUTCOME_NOTE : v1::OUTCOME_HOLD;
      if (rule.on_error() != v1::OUTCOME_UNSPECIFIED) outcome = rule.on_error();
      expected->worst = std::max(expected->worst, observed ? v1::OUTCOME_NOTE : outcome);
    } else if (is_considered && holds.as_bool()) {
      expected->fired.insert(
          absl::StrCat(rule.id(), name, " ", EnumShortName(*v1::Outcome_descriptor(), rule.outcome())));
      if (!observed) expected->worst = std::max(expected->worst, rule.outcome());
    }
  }

  const CompiledRulebook& book_;
  const PlainRows& rows_;
};

std::vector<std::string> GivenValues(const v1::EvaluatedRow& row, const CompiledOutput& output,
                                     const std::string& level) {
  std::vector<std::string> values;
  const auto add = [&](const google::protobuf::RepeatedPtrField<v1::OutputValue>& outputs) {
    for (const v1::OutputValue& value : outputs) {
      if (value.name() == output.proto->name()) values.push_back(OutputText(value, "null"));
    }
  };
  if (output.level == 0) add(row.outputs());
  for (const v1::LevelRow& below : row.level_rows()) {
    if (below.level() == level) add(below.outputs());
  }
  return values;
}

void ExpectAsPlain(const CompiledRulebook& book, const PlainRun& plain, const google::protobuf::Message& input,
                   const v1::EvaluatedRow& row) {
  Expected expected = plain.Judge(input);
  for (const CompiledOutput& output : book.outputs) {
    EXPECT_EQ(GivenValues(row, output, kLevels[static_cast<size_t>(output.level)]),
              plain.Values(input, output, &expected))
        << output.proto->expression();
  }
  std::set<std::string> fired, dependents;
  for (const v1::Finding& finding : row.findings()) {
    dependents.insert(finding.dependents().begin(), finding.dependents().end());
    if (finding.rule() == "SYS") continue;
    fired.insert(absl::StrCat(finding.rule(), finding.line_id().empty() ? "" : "/", finding.line_id(), " ",
                              EnumShortName(*v1::Outcome_descriptor(), finding.outcome())));
  }
  EXPECT_EQ(fired, expected.fired);
  EXPECT_EQ(dependents, expected.dependents);
  EXPECT_EQ(row.worst(), expected.worst);
}

TEST(EvaluationOracleTest, FindingsValuesAndVerdictsAreThePlainEvaluators) {
  size_t findings = 0, errors = 0;
  for (uint32_t seed = 1; seed <= 30; ++seed) {
    Draws draws(seed);
    const std::string text = RandomBook(&draws);
    const auto book = CompileText(text);
    ASSERT_NE(book, nullptr) << text;
    std::map<std::string, std::vector<std::string>> datasets;
    std::string partners;
    for (const char* json : {R"({"id": "P", "level": "VIP", "name": "A"})", R"({"id": "Q", "level": "B"})"}) {
      absl::StrAppend(&partners, json, "\n");
      datasets["partners"].push_back(WireRow(*book, "assay.v1.Partner", json));
    }
    std::vector<std::string>& rows = datasets["batch.complaint"];
    for (int i = 0; i < 40; ++i) rows.push_back(WireRow(*book, "assay.v1.Complaint", RandomComplaint(i, &draws)));
    const PlainRows plain_rows(*book, Settings(1).now, datasets);
    const PlainRun plain(*book, plain_rows);
    const v1::EvaluationResult result = RunRows(book, SnapshotOf(*book, {{"partners", partners}}), rows);
    ASSERT_EQ(result.rows_size(), 40);
    for (int i = 0; i < 40; ++i) {
      ExpectAsPlain(*book, plain, *plain_rows.rows("batch.complaint")[static_cast<size_t>(i)], result.rows(i));
      findings += static_cast<size_t>(result.rows(i).findings_size());
      for (const v1::Finding& finding : result.rows(i).findings()) errors += finding.rule() == "SYS" ? 1 : 0;
    }
    ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n" << text;
  }
  EXPECT_GT(findings - errors, 3000u);
  EXPECT_GT(errors, 500u);
}

}  // namespace
}  // namespace assay
