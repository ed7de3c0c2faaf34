// Scorecards by columns and by the plain evaluator: points, reasons by what they cost, grades; and what is wrong with
// one, said at its place. An oracle in hundredths adds up random cards.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tests/exec/table_rows.h"

namespace assay {
namespace {

std::unique_ptr<TableRows> Rows(const std::string& text) {
  std::string problem;
  std::unique_ptr<TableRows> rows = TableRows::Create(text, &problem);
  EXPECT_NE(rows, nullptr) << problem;
  if (rows != nullptr) rows->SetRow("{}");
  return rows;
}

constexpr char kPartner[] = R"yaml(
parameters:
  - {name: least, type: decimal, default: 80.00}
scorecards:
  - name: partner
    inputs: [{name: completion, type: decimal}, {name: overdue, type: int}]
    initial_score: 5
    characteristics:
      - name: completion
        weight: 0.5
        reason_code: TARGET
        baseline_score: 100
        attributes:
          - {predicate: ">= 1.1", partial_score: 100}
          - {predicate: "[0.8..1.1)",
               partial_score : completion * 90
}
          - {predicate: "-", partial_score: 10, reason_code: TARGET_MISSED}
      - name: payment
        input: overdue
        reason_code: OVERDUE
        baseline_score: 40
        attributes:
          - {id: none, predicate: "0", partial_score: 40}
          - {id: some, predicate: "_ > 0 && _ <= 30 && completion > 0.5", partial_score: 20}
          - {id: long, predicate: "> 0", partial_score: -20}
    bands:
      - {grade: A, floor: parameters.least}
      - {grade: B, floor: 50}
      - {grade: C}
)yaml";

TEST(ScorecardsTest, AddUpPointsNameReasonsAndGrade) {
  const auto rows = Rows(kPartner);
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->Both("scorecard.partner(1.2, 0).score"), "decimal 95.000000");
  EXPECT_EQ(rows->Both("scorecard.partner(1.2, 0).grade"), "'A'");
  EXPECT_EQ(rows->Both("scorecard.partner(1.2, 0).reasons"), "[]");
  // 5 + 0.5 x 81 + 20: 9.5 points lost by the target, 20 by payment.
  EXPECT_EQ(rows->Both("scorecard.partner(0.9, 12).score"), "decimal 65.500000");
  EXPECT_EQ(rows->Both("scorecard.partner(0.9, 12).grade"), "'B'");
  EXPECT_EQ(rows->Both("scorecard.partner(0.9, 12).reasons"), "['OVERDUE', 'TARGET']");
  // 5 + 0.5 x 10 - 20: 45 lost by the target, 60 by payment.
  EXPECT_EQ(rows->Both("scorecard.partner(0.2, 12).grade"), "'C'");
  EXPECT_EQ(rows->Both("scorecard.partner(0.2, 12).reasons"), "['OVERDUE', 'TARGET_MISSED']");
}

TEST(ScorecardsTest, ABandBeginsAtItsFloor) {
  const auto rows = Rows(absl::StrReplaceAll(kPartner, {{"initial_score: 5", "initial_score: -10.00"}}));
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->Both("scorecard.partner(1.2, 0).score"), "decimal 80.000000");
  EXPECT_EQ(rows->Both("scorecard.partner(1.2, 0).grade"), "'A'");
  const auto below = Rows(absl::StrReplaceAll(kPartner, {{"initial_score: 5", "initial_score: -10.01"}}));
  ASSERT_NE(below, nullptr);
  EXPECT_EQ(below->Both("scorecard.partner(1.2, 0).grade"), "'B'");
}

TEST(ScorecardsTest, ACharacteristicMayBeAskedByItself) {
  const auto rows = Rows(kPartner);
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->Both("scorecard.partner.payment(0.9, 12).partial_score"), "decimal 20");
  EXPECT_EQ(rows->Both("scorecard.partner.payment(0.9, 12).reason_code"), "'OVERDUE'");
  EXPECT_EQ(rows->Both("scorecard.partner.grade(50.0)"), "'B'");
}

TEST(ScorecardsTest, WithoutAnAttributeThatFitsThereIsNoScore) {
  const auto rows = Rows(kPartner);
  ASSERT_NE(rows, nullptr);
  const Value score = rows->First("scorecard.partner(0.9, -1).score");
  ASSERT_TRUE(score.is_error());
  EXPECT_EQ(score.as_error().kind, ErrorKind::kNoHit);
  EXPECT_NE(score.as_error().detail.find("scorecard.partner.payment("), std::string::npos) << score.as_error().detail;
}

TEST(ScorecardsTest, WhereManyPointsAreBadReasonsAreThoseAbove) {
  const auto rows = Rows(
      absl::StrReplaceAll(kPartner, {{"initial_score: 5", "initial_score: 5\n    reason_code_algorithm: POINTS_ABOVE"},
                                     {"baseline_score: 100", "baseline_score: 20"}}));
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->Both("scorecard.partner(1.2, 0).reasons"), "['TARGET']");
  EXPECT_EQ(rows->Both("scorecard.partner(0.2, 12).reasons"), "[]");
}

struct Mistake {
  const char* in;
  const char* instead;
  const char* expected;
};

TEST(ScorecardsTest, WhatIsWrongIsSaidAtItsPlace) {
  const Mistake mistakes[] = {
      {"\">= 1.1\"", "\">= wrong\"", "20:29: error: nothing has this name: 'wrong'"},
      {"partial_score: 100", "partial_score: \"'x'\"", "20:51: error: this text is not a decimal number"},
      {"initial_score: 5", "initial_score: 5 + nothing", "13:24: error: nothing has this name: 'nothing'"},
      {"weight: 0.5", "weight: 0.5 * lead", "16:23: error: nothing has this name: 'lead'"},
      {"floor: 50", "floor: fifty", "35:27: error: nothing has this name: 'fifty'"},
      {"input: overdue", "input: due", "26:16: error: no such input, one of: completion, overdue: 'due'"},
      {"        input: overdue\n", "",
       "state the 'input' that predicates test, one of: completion, overdue: 'payment'"},
      {"name: payment", "name: completion", "a characteristic needs a name of its own"},
      {"name: payment", "name: grade", "a characteristic needs a name of its own"},
  };
  for (const Mistake& mistake : mistakes) {
    const std::string text = absl::StrReplaceAll(kPartner, {{mistake.in, mistake.instead}});
    ASSERT_NE(text, kPartner) << mistake.in;
    std::string problem;
    EXPECT_EQ(TableRows::Create(text, &problem), nullptr) << mistake.instead;
    EXPECT_NE(problem.find(mistake.expected), std::string::npos) << mistake.instead << ": " << problem;
    EXPECT_EQ(std::count(problem.begin(), problem.end(), '\n'), 1) << problem;
  }
}

// A card over ints: characteristic k adds weight[k] x points[k][x mod attributes].
struct RandomCard {
  std::vector<int> weights;
  std::vector<int> baselines;
  std::vector<std::vector<int>> points;
  std::vector<int> floors;

  explicit RandomCard(std::mt19937_64* random) {
    const auto pick = [random](int from, int to) { return std::uniform_int_distribution<int>(from, to)(*random); };
    for (int k = pick(1, 4); k > 0; --k) {
      weights.push_back(pick(0, 30));
      baselines.push_back(pick(0, 20));
      points.emplace_back(static_cast<size_t>(pick(1, 4)));
      for (int& p : points.back()) p = pick(-10, 20);
    }
    for (int i = 0, floor = pick(0, 400); i < 3; ++i, floor -= pick(1, 200)) floors.push_back(floor);
  }

  // Weights and floors are tenths.
  std::string Text() const {
    const auto tenths = [](int n) { return absl::StrCat(n < 0 ? "-" : "", std::abs(n) / 10, ".", std::abs(n) % 10); };
    std::string text = "scorecards:\n  - name: c\n    inputs: [{name: x, type: int}]\n    characteristics:\n";
    for (size_t k = 0; k < weights.size(); ++k) {
      absl::StrAppend(&text, "      - name: n", k, "\n        weight: ", tenths(weights[k]), "\n        reason_code: R",
                      k, "\n        baseline_score: ", baselines[k], "\n        attributes:\n");
      for (size_t a = 0; a < points[k].size(); ++a) {
        absl::StrAppend(&text, "          - {predicate: _ % ", points[k].size(), " == ", a,
                        ", partial_score: ", points[k][a], "}\n");
      }
    }
    absl::StrAppend(&text, "    bands:\n");
    for (size_t i = 0; i < floors.size(); ++i) {
      absl::StrAppend(&text, "      - {grade: G", i, ", floor: \"", tenths(floors[i]), "\"}\n");
    }
    absl::StrAppend(&text, "      - {grade: last}\n");
    return text;
  }

  int Points(size_t k, int x) const { return points[k][static_cast<size_t>(x) % points[k].size()]; }

  std::string Score(int x) const {
    int tenths = 0;
    for (size_t k = 0; k < weights.size(); ++k) tenths += weights[k] * Points(k, x);
    return absl::StrCat(tenths);
  }

  std::string Grade(int x) const {
    for (size_t i = 0; i < floors.size(); ++i) {
      if (std::stoi(Score(x)) >= floors[i]) return absl::StrCat("'G", i, "'");
    }
    return "'last'";
  }

  std::string Reasons(int x) const {
    std::vector<size_t> costly;
    const auto cost = [&](size_t k) { return weights[k] * (baselines[k] - Points(k, x)); };
    for (size_t k = 0; k < weights.size(); ++k) {
      if (cost(k) > 0) costly.push_back(k);
    }
    std::stable_sort(costly.begin(), costly.end(), [&](size_t a, size_t b) { return cost(a) > cost(b); });
    return absl::StrCat(
        "[", absl::StrJoin(costly, ", ", [](std::string* out, size_t k) { absl::StrAppend(out, "'R", k, "'"); }), "]");
  }
};

TEST(ScorecardsTest, RandomCardsAddUpAsByHand) {
  std::mt19937_64 random(20261127);  // NOLINT(cert-msc51-cpp): the same cards every time
  for (int i = 0; i < 60; ++i) {
    const RandomCard card(&random);
    const auto rows = Rows(card.Text());
    ASSERT_NE(rows, nullptr) << card.Text();
    for (int x = 0; x < 5; ++x) {
      const std::string call = absl::StrCat("scorecard.c(", x, " + sample.i)");
      EXPECT_EQ(rows->Both(absl::StrCat(call, ".score * 10.0 == decimal('", card.Score(x), "')")), "true")
          << card.Text() << x;
      EXPECT_EQ(rows->Both(call + ".grade"), card.Grade(x)) << card.Text() << x;
      EXPECT_EQ(rows->Both(call + ".reasons"), card.Reasons(x)) << card.Text() << x;
    }
  }
}

constexpr char kVersions[] = R"(
as_of: sample.day
tables:
  - name: cap
    hit_policy: FIRST
    inputs: [{name: level, type: string}]
    outputs: [{name: cap, type: int}, {name: name, type: string}]
    effective: {to: 2026-06-30}
    rows:
      - {cells: ["'A'", "1", "'old A'"]}
    default: {cells: ["2", "'old'"]}
  - name: cap
    hit_policy: FIRST
    inputs: [{name: level, type: string}]
    outputs: [{name: cap, type: int}, {name: name, type: string}]
    effective: {from: 2026-07-01, to: 2026-12-31}
    rows:
      - {cells: ["'A'", "3", "'new A'"], effective: {from: 2026-08-01}}
      - {cells: ["'B'", "4", "'new B'"], effective: {to: 2027-12-31}}
)";

TEST(TableVersionsTest, TheDayPicksTheVersionAndItsDefault) {
  const auto rows = Rows(kVersions);
  ASSERT_NE(rows, nullptr);
  const auto name = [&](const char* day, const char* level) {
    rows->SetRow(absl::StrCat(R"({"day": ")", day, R"("})"));
    return rows->Both(absl::StrCat("table.cap('", level, "').name"));
  };
  EXPECT_EQ(name("2026-06-30", "A"), "'old A'");
  EXPECT_EQ(name("2026-06-30", "B"), "'old'");
  EXPECT_EQ(name("2026-07-01", "A"), "error: no hit");
  EXPECT_EQ(name("2026-08-01", "A"), "'new A'");
  EXPECT_EQ(name("2026-07-01", "B"), "'new B'");
  EXPECT_EQ(name("2026-12-31", "B"), "'new B'");
  EXPECT_EQ(name("2027-01-01", "B"), "error: no hit");
}

TEST(TableVersionsTest, WhatIsWrongIsSaidAtItsPlace) {
  const Mistake mistakes[] = {
      {"\"4\"", "\"'x'\"", "25:26: error:"},
      {"from: 2026-07-01, to", "from: 2026-06-30, to",
       "another version of this table, at tables.yaml:10, is in force at the same time, from 2026-06-30 to "
       "2026-06-30"},
      {"from: 2026-07-01, to", "from: 2026-7-1, to", "22:23: error: not a date YYYY-MM-DD: '2026-7-1'"},
      {"[\"2\", ", "[\"'x'\", ", "17:24: error:"},
  };
  for (const Mistake& mistake : mistakes) {
    const std::string text = absl::StrReplaceAll(kVersions, {{mistake.in, mistake.instead}});
    ASSERT_NE(text, kVersions) << mistake.in;
    std::string problem;
    EXPECT_EQ(TableRows::Create(text, &problem), nullptr) << mistake.instead;
    EXPECT_NE(problem.find(mistake.expected), std::string::npos) << mistake.instead << ": " << problem;
  }
  std::string problem;
  std::string text = kVersions;
  text.replace(text.rfind("type: int"), 9, "type: uint");
  EXPECT_EQ(TableRows::Create(text, &problem), nullptr);
  EXPECT_NE(problem.find("the versions of a table have the same inputs, outputs and hit policy: 'cap'"),
            std::string::npos)
      << problem;
}

}  // namespace
}  // namespace assay
