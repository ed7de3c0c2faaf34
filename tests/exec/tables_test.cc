// Decision tables: every hit policy with no hit, one and many, typed outputs, errors, and the places tables are called
// from.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/exec/table_rows.h"

namespace assay {
namespace {

std::unique_ptr<TableRows> Rows(const std::string& text) {
  std::string problem;
  std::unique_ptr<TableRows> rows = TableRows::Create(text, &problem);
  EXPECT_NE(rows, nullptr) << problem;
  return rows;
}

std::string Problem(const std::string& text) {
  std::string problem;
  EXPECT_EQ(TableRows::Create(text, &problem), nullptr);
  return problem;
}

// Over the int i: rows hit below 10, from 5, at 7; texts and figures as answers.
constexpr char kMatrix[] = R"text(
tables:
  - name: t
    hit_policy: POLICY
    inputs: [{name: i, type: int}, {name: s, type: string}]
    outputs: [{name: o, type: TYPE VALUES}]
    rows:
      - {id: low, cells: ["[0..10)", "-", LOW]
}
      - {id: high, cells: [">= 5", "-", HIGH]}
      - {id: seven, cells: ["7", "'x'", SEVEN]}
)text";

struct PolicyCase {
  const char* policy;  // and further keys
  const char* type;
  const char* values;
  const char* answers[3];  // of low, high, seven
  // For i = -1 (no hit), 2 (low), 6 (low, high), 7 with s = 'x' (all), and where i is an error.
  const char* expected[5];
};

constexpr char kAbsent[] = "error: division by zero";

const PolicyCase kCases[] = {
    {"UNIQUE", "int", "", {"1", "2", "3"}, {"error: no hit", "1", "error: many hits", "error: many hits", kAbsent}},
    {"FIRST", "int", "", {"1", "2", "3"}, {"error: no hit", "1", "1", "1", kAbsent}},
    {"PRIORITY",
     "string",
     ", values: [\"'C'\", \"'B'\", \"'A'\"]",
     {"'A'", "'B'", "'C'"},
     {"error: no hit", "'A'", "'B'", "'C'", kAbsent}},
    {"ANY", "int", "", {"1", "1", "1"}, {"error: no hit", "1", "1", "1", kAbsent}},
    {"ANY", "int", "", {"1", "1", "3"}, {"error: no hit", "1", "1", "error: unlike hits", kAbsent}},
    {"ANY",
     "decimal",
     "",
     {"1.5", "1.50", "2"},
     {"error: no hit", "decimal 1.50", "decimal 1.50", "error: unlike hits", kAbsent}},
    {"COLLECT", "int", "", {"1", "2", "3"}, {"[]", "[1]", "[1, 2]", "[1, 2, 3]", kAbsent}},
    {"COLLECT, aggregation: LIST", "int", "", {"1", "2", "3"}, {"[]", "[1]", "[1, 2]", "[1, 2, 3]", kAbsent}},
    {"COLLECT, aggregation: SUM", "int", "", {"1", "2", "3"}, {"0", "1", "3", "6", kAbsent}},
    {"COLLECT, aggregation: SUM",
     "decimal",
     "",
     {"1.5", "0.25", "3"},
     {"decimal 0.00", "decimal 1.50", "decimal 1.75", "decimal 4.75", kAbsent}},
    {"COLLECT, aggregation: MIN", "int", "", {"1", "2", "-3"}, {"error: no hit", "1", "1", "-3", kAbsent}},
    {"COLLECT, aggregation: MAX", "int", "", {"1", "2", "3"}, {"error: no hit", "1", "2", "3", kAbsent}},
    {"COLLECT, aggregation: COUNT", "string", "", {"'A'", "'A'", "'C'"}, {"0", "1", "2", "3", kAbsent}},
    {"RULE_ORDER", "string", "", {"'A'", "'B'", "'C'"}, {"[]", "['A']", "['A', 'B']", "['A', 'B', 'C']", kAbsent}},
    {"OUTPUT_ORDER",
     "string",
     ", values: [\"'C'\", \"'B'\", \"'A'\"]",
     {"'A'", "'B'", "'C'"},
     {"[]", "['A']", "['B', 'A']", "['C', 'B', 'A']", kAbsent}},
};

std::string MatrixText(const PolicyCase& test) {
  const auto quoted = [](const char* text) { return absl::StrCat("\"", text, "\""); };
  return absl::StrReplaceAll(kMatrix, {{"POLICY", absl::StrReplaceAll(test.policy, {{", ", "\n    "}})},
                                       {"TYPE", test.type},
                                       {" VALUES", test.values},
                                       {"LOW", quoted(test.answers[0])},
                                       {"HIGH", quoted(test.answers[1])},
                                       {"SEVEN", quoted(test.answers[2])}});
}

TEST(TablesTest, EveryHitPolicyWithNoHitOneAndMany) {
  const char* const calls[] = {"table.t(-1, 'x')", "table.t(2, 'x')", "table.t(6, 'x')", "table.t(7, 'x')",
                               "table.t(1 / sample.i, 'x')"};
  for (const PolicyCase& test : kCases) {
    const std::unique_ptr<TableRows> rows = Rows(MatrixText(test));
    ASSERT_NE(rows, nullptr) << test.policy;
    rows->SetRow("{}");
    for (size_t i = 0; i < std::size(calls); ++i) {
      EXPECT_EQ(rows->Both(calls[i]), test.expected[i]) << test.policy << " " << calls[i];
    }
  }
}

TEST(TablesTest, TheDefaultRowStandsWhereNothingHits) {
  for (const PolicyCase& test : kCases) {
    if (std::string(test.policy).find("COUNT") != std::string::npos) continue;
    const std::string value = std::string(test.type) == "string" ? "'D'" : "9";
    std::string text = MatrixText(test);
    absl::StrAppend(&text, "    default: {cells: [\"", value, "\"]}\n");
    const std::unique_ptr<TableRows> rows = Rows(text);
    ASSERT_NE(rows, nullptr) << test.policy;
    rows->SetRow("{}");
    const bool is_list = test.expected[1][0] == '[';
    const std::string scaled = std::string(test.type) == "decimal" ? "decimal 9.00" : value;
    EXPECT_EQ(rows->Both("table.t(-1, 'x')"), is_list ? absl::StrCat("[", scaled, "]") : scaled) << test.policy;
    EXPECT_EQ(rows->Both("table.t(2, 'x')"), test.expected[1]) << test.policy;
  }
}

TEST(TablesTest, AnErrorNamesTableValuesAndRows) {
  const std::unique_ptr<TableRows> rows = Rows(MatrixText(kCases[0]));
  ASSERT_NE(rows, nullptr);
  rows->SetRow("{}");
  EXPECT_EQ(rows->First("table.t(-1, 'x')").as_error().detail, "table.t(-1, 'x')");
  EXPECT_EQ(rows->First("table.t(6, 'y')").as_error().detail, "table.t(6, 'y') rows low and high");
}

// What an input that errs does: nothing where no cell that decides looks at it.
TEST(TablesTest, AnErrorCountsOnlyWhereACellLooks) {
  const std::unique_ptr<TableRows> rows = Rows(R"text(
tables:
  - name: first
    hit_policy: FIRST
    inputs: [{name: a, type: int}, {name: b, type: int}]
    outputs: [{name: o, type: string}]
    rows:
      - {cells: ["1", "-", "'any b'"]}
      - {cells: ["2", "5", "'five'"]}
      - {cells: ["-", "_ == 7 || a == 3", "'seven'"]}
    default: {cells: ["'none'"]}
)text");
  ASSERT_NE(rows, nullptr);
  rows->SetRow("{}");
  EXPECT_EQ(rows->Both("table.first(1, 1 / sample.i)"), "'any b'");
  EXPECT_EQ(rows->Both("table.first(2, 1 / sample.i)"), "error: division by zero");
  EXPECT_EQ(rows->Both("table.first(3, 1 / sample.i)"), "'seven'");  // || is decided by a
  EXPECT_EQ(rows->Both("table.first(4, 1 / sample.i)"), "error: division by zero");
  EXPECT_EQ(rows->Both("table.first(1 / sample.i, 5)"), "error: division by zero");
  EXPECT_EQ(rows->Both("table.first(9, 7)"), "'seven'");
  EXPECT_EQ(rows->Both("table.first(9, 8)"), "'none'");
}

constexpr char kTerms[] = R"text(
parameters:
  - {name: most, type: int, default: "100"}
tables:
  - name: terms
    hit_policy: FIRST
    inputs: [{name: count, type: int}, {name: color, type: assay.sample.Color}]
    outputs:
      - {name: grade, type: string}
      - {name: days, type: int}
      - {name: rate, type: decimal, decimal: {precision: 10, scale: 4}}
    rows:
      - {cells: ["> parameters.most", "-", "'HUGE'", "count / 10", "0.1"]}
      - {cells: ["[10..parameters.most]", "in {'RED', 'GREEN'}", "'BIG'", "30", "table.rate(count)"]}
      - {cells: ["0", "not('RED')", "'ZERO'", "10 / count", "0.25"]}
    default: {cells: ["'SMALL'", "0", "1.5"]}
  - name: rate
    hit_policy: FIRST
    inputs: [{name: n, type: int}]
    outputs: [{name: r, type: decimal, decimal: {precision: 5, scale: 2}}]
    rows:
      - {cells: ["< 50", "0.5"]}
    default: {cells: ["0.75"]}
  - name: all
    hit_policy: RULE_ORDER
    inputs: [{name: n, type: int}]
    outputs: [{name: name, type: string}, {name: twice, type: int}]
    rows:
      - {cells: ["> 0", "'positive'", "n * 2"]}
      - {cells: ["> 10", "'large'", "n * 20"]}
      - {cells: ["_ % 2 == 0", "'even'", "2"]}
variables:
  - {name: terms, expression: "table.terms(sample.i, sample.color)"}
  - {name: rank, each: item, expression: "table.rate(item.count)"}
)text";

TEST(TablesTest, SeveralOutputsAreFieldsOfTheAnswer) {
  const std::unique_ptr<TableRows> rows = Rows(kTerms);
  ASSERT_NE(rows, nullptr);
  rows->SetRow(R"({"i": "40", "color": "COLOR_RED"})");
  EXPECT_EQ(rows->Both("table.terms(sample.i, sample.color).grade"), "'BIG'");
  EXPECT_EQ(rows->Both("variables.terms.days"), "30");
  EXPECT_EQ(rows->Both("variables.terms.rate"), "decimal 0.50");
  EXPECT_EQ(rows->Both("table.terms(sample.i * 5, 'RED').days"), "20");
  EXPECT_EQ(rows->Both("table.terms(0, sample.color).grade"), "'SMALL'");
  // An output that errs is no error of the others.
  EXPECT_EQ(rows->Both("table.terms(0, 'GREEN').grade"), "'ZERO'");
  EXPECT_EQ(rows->Both("table.terms(0, 'GREEN').days"), "error: division by zero");
  EXPECT_EQ(rows->Both("(sample.flag ? table.terms(500, 'RED') : table.terms(700, 'RED')).days"), "70");
  EXPECT_EQ(rows->Both("cel.bind(t, table.terms(60, 'RED'), t.grade + string(t.rate))"), "'BIG0.75'");
}

TEST(TablesTest, ListsOfAnswersAreWalkedAsOthers) {
  const std::unique_ptr<TableRows> rows = Rows(kTerms);
  ASSERT_NE(rows, nullptr);
  rows->SetRow(R"({"i": "40", "numbers": [1, 12, 50]})");
  EXPECT_EQ(rows->Both("table.all(sample.i).map(a, a.name)"), "['positive', 'large', 'even']");
  EXPECT_EQ(rows->Both("table.all(sample.i).filter(a, a.twice > 50).map(a, a.twice)"), "[80, 800]");
  EXPECT_EQ(rows->Both("size(table.all(-1))"), "0");
  EXPECT_EQ(rows->Both("table.all(7).exists(a, a.name == 'even')"), "false");
  EXPECT_EQ(rows->Both("table.all(sample.i)[1].twice"), "800");
}

TEST(TablesTest, AreCalledFromComprehensionsAndOtherLevels) {
  const std::unique_ptr<TableRows> rows = Rows(kTerms);
  ASSERT_NE(rows, nullptr);
  rows->SetRow(R"({"i": "40", "numbers": [1, 12, 80], "items": [{"count": 3}, {"count": 90}]})");
  EXPECT_EQ(rows->Both("sample.numbers.map(n, table.rate(n))"), "[decimal 0.50, decimal 0.50, decimal 0.75]");
  EXPECT_EQ(rows->Both("sample.numbers.exists(n, table.all(n).exists(a, a.twice == 1600))"), "true");
  EXPECT_EQ(rows->Both("sum(sample.items.map(x, x.rank))"), "decimal 1.25");
  std::string problem;
  const std::vector<std::string> expected = {"decimal 0.50", "decimal 0.75"};
  EXPECT_EQ(rows->Columns("item.rank", 1, &problem), expected) << problem;
  EXPECT_EQ(rows->Plainly("item.rank", 1, &problem), expected) << problem;
  EXPECT_EQ(rows->Columns("table.terms(sample.i + item.count, 'RED').grade", 1, &problem),
            rows->Plainly("table.terms(sample.i + item.count, 'RED').grade", 1, &problem))
      << problem;
}

constexpr char kDated[] = R"text(
as_of: sample.day
tables:
  - name: rate
    hit_policy: UNIQUE
    inputs: [{name: n, type: int}]
    outputs: [{name: r, type: decimal}]
    rows:
      - {id: old, cells: ["-", "0.1"], effective: {to: 2025-12-31}}
      - {id: new, cells: ["-", "0.2"], effective: {from: 2026-01-01, to: 2026-06-30}}
      - {id: late, cells: ["> 5", "0.3"], effective: {from: 2026-07-01}}
)text";

TEST(TablesTest, DatedRowsAreThoseInForceOnTheDayOfTheRow) {
  const std::unique_ptr<TableRows> rows = Rows(kDated);
  ASSERT_NE(rows, nullptr);
  const char* const days[][2] = {{"2025-12-31", "decimal 0.1"},
                                 {"2026-01-01", "decimal 0.2"},
                                 {"2026-06-30", "decimal 0.2"},
                                 {"2026-07-01", "decimal 0.3"},
                                 {"", "error: absent"}};
  for (const auto& [day, expected] : days) {
    rows->SetRow(absl::StrCat(R"({"day": ")", day, R"(", "numbers": [7]})"));
    EXPECT_EQ(rows->Both("table.rate(7)"), expected) << day;
    EXPECT_EQ(rows->Both("sample.numbers.map(n, table.rate(n))[0]"), expected) << day;
  }
  rows->SetRow(R"({"day": "2026-08-01"})");
  EXPECT_EQ(rows->Both("table.rate(1)"), "error: no hit");
  EXPECT_EQ(rows->First("table.rate(1)").as_error().detail, "table.rate(1, 2026-08-01)");
  std::string timed = kDated;
  const std::unique_ptr<TableRows> by_time = Rows(absl::StrReplaceAll(timed, {{"sample.day", "sample.at"}}));
  ASSERT_NE(by_time, nullptr);
  by_time->SetRow(R"({"at": "2025-12-31T16:30:00Z"})");  // the new year in Shanghai
  EXPECT_EQ(by_time->Both("table.rate(7)"), "decimal 0.2");
}

TEST(TablesTest, CellsAreOfEveryType) {
  const std::unique_ptr<TableRows> rows = Rows(R"text(
tables:
  - name: t
    hit_policy: RULE_ORDER
    inputs:
      - {name: day, type: date}
      - {name: at, type: timestamp}
      - {name: span, type: duration}
      - {name: amount, type: decimal}
      - {name: rate, type: double}
      - {name: flag, type: bool}
      - {name: words, type: list(string)}
    outputs: [{name: o, type: int}]
    rows:
      - {cells: ["['2026-01-01'..date('2026-12-31')]", "-", "-", "-", "-", "-", "-", "1"]}
      - {cells: ["-", "> '2026-06-01T00:00:00Z'", "-", "-", "-", "-", "-", "2"]}
      - {cells: ["-", "-", "]'1h'..'2h']", "-", "-", "-", "-", "3"]}
      - {cells: ["-", "-", "-", "12.5, > 100", "-", "-", "-", "4"]}
      - {cells: ["-", "-", "-", "-", "> 0", "-", "-", "5"]}
      - {cells: ["-", "-", "-", "-", "-", "false", "-", "6"]}
      - {cells: ["-", "-", "-", "-", "-", "-", "'A' in _", "7"]}
)text");
  ASSERT_NE(rows, nullptr);
  const std::string call =
      "table.t(sample.day, sample.at, sample.span, sample.amount, sample.f, sample.flag, sample.words)";
  rows->SetRow(R"({"day": "2026-01-01", "at": "2026-06-01T00:00:00.5Z", "span": "7200s", "amount": "12.5000",
                   "f": 0.5, "words": ["B", "A"]})");
  EXPECT_EQ(rows->Both(call), "[1, 2, 3, 4, 5, 6, 7]");
  rows->SetRow(R"({"day": "2027-01-01", "at": "2026-06-01T00:00:00Z", "span": "3600s", "amount": "100",
                   "f": 0, "flag": true})");
  EXPECT_EQ(rows->Both(call), "[]");
  rows->SetRow(R"({"day": "2027-01-01", "at": "2026-06-01T00:00:00Z", "span": "3600s", "f": "NaN"})");
  EXPECT_EQ(rows->Both(call), "error: absent");
}

struct BadTable {
  const char* text;
  const char* issue;
};

TEST(TablesTest, WhatIsWrongIsSaidAtItsCell) {
  const BadTable bad[] = {
      {"    rows: [{cells: ['> x', '1']}]", "nothing has this name: 'x'"},
      {"    rows: [{cells: ['1', '2', '3']}]", "a row has 2 cells, this one has 3"},
      {"    rows: [{cells: [\"'A'\", '1']}]", "only values of one type can be compared: int and string"},
      {"    rows: [{cells: ['[1..', '1']}]", "expected a value, found the end of the expression"},
      {"    rows: [{cells: ['1', \"'A'\"]}]", "this must be an int, it is a string"},
      {"    rows: [{cells: ['1', 1 / 0]}]", "this never has a value: division by zero"},
      {"    rows: [{cells: ['1', table.t(1)]}]", "these tables are defined by each other: t -> t"},
      {"    rows: [{cells: ['1', '1'], effective: {from: 2026-01-01}}]",
       "rows are dated: the rulebook needs 'as_of', the day that picks them"},
      {"    default: {cells: ['1', '2']}", "the default row has a cell for each output, 1, this one has 2"},
      {"    aggregation: SUM", "only hit policy COLLECT has an aggregation"},
  };
  for (const BadTable& test : bad) {
    const std::string problem =
        Problem(absl::StrCat("tables:\n  - name: t\n    hit_policy: FIRST\n    inputs: [{name: i, type: int}]\n    "
                             "outputs: [{name: o, type: "
                             "int}]\n",
                             test.text, "\n"));
    EXPECT_NE(problem.find(test.issue), std::string::npos) << problem;
    EXPECT_EQ(problem.rfind("tables.yaml:12:", 0) == 0 || problem.rfind("tables.yaml:8:", 0) == 0, true) << problem;
  }
}

}  // namespace
}  // namespace assay
