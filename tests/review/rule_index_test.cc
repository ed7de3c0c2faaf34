// Rules found by an index decide as the same rules asked one by one, and explanations, which compute every condition,
// agree.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "review/session.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

class Draws {
 public:
  explicit Draws(uint64_t seed) : random_(seed) {}
  int Of(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  template <size_t N>
  const char* One(const char* const (&of)[N]) {
    return of[static_cast<size_t>(Of(0, static_cast<int>(N) - 1))];
  }

 private:
  std::mt19937_64 random_;
};

constexpr const char* kCurrencies[] = {"CNY", "USD", "JPY"};
constexpr const char* kKinds[] = {"STANDARD", "CAMPAIGN", "RETURN"};
constexpr const char* kProducts[] = {"P1", "P2", "P3", "P4"};

std::string OrderTest(Draws* draws) {
  switch (draws->Of(0, 7)) {
    case 0:
      return absl::StrCat("order.currency == '", draws->One(kCurrencies), "'");
    case 1:
      return absl::StrCat("order.total > ", draws->Of(0, 9), ".5");
    case 2:
      return absl::StrCat("order.total <= parameters.most");
    case 3:
      return absl::StrCat("order.kind != '", draws->One(kKinds), "'");
    case 4:
      return absl::StrCat("order.kind in ['", draws->One(kKinds), "', '", draws->One(kKinds), "']");
    case 5:
      return absl::StrCat("(order.revision < ", draws->Of(1, 4), " || order.revision == ", draws->Of(3, 6), ")");
    case 6:
      return draws->Of(0, 1) == 0 ? "order.tax_included" : "!order.tax_included";
    default:
      return absl::StrCat("order.requested_date >= date('2026-11-2", draws->Of(0, 9), "')");
  }
}

std::string LineTest(Draws* draws) {
  switch (draws->Of(0, 3)) {
    case 0:
      return absl::StrCat("line.product_id == '", draws->One(kProducts), "'");
    case 1:
      return absl::StrCat("line.quantity >= ", draws->Of(0, 9), ".0");
    case 2:
      return absl::StrCat("!(line.quantity == ", draws->Of(0, 9), ".0)");
    default:
      return OrderTest(draws);
  }
}

// The rules are indexed where `when` is "".
std::string Book(uint64_t seed, const std::string& when) {
  Draws draws(seed);
  std::string text = R"(
name: test.index
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
parameters: [{name: most, type: decimal, default: 6.0}]
rules:
)";
  for (int i = 0; i < 120; ++i) {
    const bool is_line = i % 2 == 1;
    std::vector<std::string> tests;
    for (int k = draws.Of(1, 4); k > 0; --k) tests.push_back(is_line ? LineTest(&draws) : OrderTest(&draws));
    absl::StrAppend(&text, "  - {id: R-", i, is_line ? ", each: line" : "", when,
                    ", outcome: HOLD, message: {en: x, zh: x}", ", condition: \"", absl::StrJoin(tests, " && "),
                    "\"}\n");
  }
  return text + "review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}\n";
}

std::string RandomOrder(const CompiledRulebook& book, int number, Draws* draws) {
  std::string json = absl::StrCat(R"({"id":"O)", number, R"(","revision":)", draws->Of(0, 6), R"(,"currency":")",
                                  draws->One(kCurrencies), R"(","kind":"ORDER_KIND_)", draws->One(kKinds), "\"");
  if (draws->Of(0, 1) > 0) absl::StrAppend(&json, R"(,"tax_included":true)");
  if (draws->Of(0, 4) > 0)
    absl::StrAppend(&json, R"(,"total":")", draws->Of(0, 9), draws->Of(0, 9) == 0 ? "x" : ".5", "\"");
  if (draws->Of(0, 4) > 0) absl::StrAppend(&json, R"(,"requested_date":"2026-11-2)", draws->Of(0, 9), "\"");
  std::vector<std::string> lines;
  for (int i = draws->Of(0, 3); i > 0; --i) {
    const std::string quantity = draws->Of(0, 7) == 0 ? "bad" : absl::StrCat(draws->Of(0, 9));
    lines.push_back(absl::StrCat(R"({"id":")", i, R"(","product_id":")", draws->One(kProducts), R"(","quantity":")",
                                 quantity, R"("})"));
  }
  return Wire(book, "assay.v1.Order", absl::StrCat(json, R"(,"lines":[)", absl::StrJoin(lines, ","), "]}"));
}

std::string FindingsOf(const v1::Decision& decision) {
  v1::Decision findings;
  *findings.mutable_findings() = decision.findings();
  return findings.ShortDebugString();
}

TEST(RuleIndexTest, DecidesAsRulesAskedOneByOneAndAsExplained) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const auto indexed = Compile(Book(seed, ""));
    const auto plain = Compile(Book(seed, ", when: \"true\""));
    ASSERT_EQ(indexed->rule_indexes.size(), 2) << seed;
    ASSERT_TRUE(plain->rule_indexes.empty()) << seed;
    EXPECT_GT(indexed->rule_indexes[0].rules.size(), 50) << seed;
    Draws draws(seed + 100);
    std::vector<std::string> orders;
    for (int i = 0; i < 300; ++i) orders.push_back(RandomOrder(*indexed, i, &draws));
    const auto first = *Session::Open(indexed, *BuildSnapshot(*indexed, {}), SessionOptions{});
    const auto second = *Session::Open(plain, *BuildSnapshot(*plain, {}), SessionOptions{});
    const v1::RunResult found = RunOrders(first.get(), orders);
    const v1::RunResult asked = RunOrders(second.get(), orders);
    ASSERT_EQ(found.decisions_size(), 300);
    for (int i = 0; i < 300; ++i) {
      ASSERT_EQ(FindingsOf(found.decisions(i)), FindingsOf(asked.decisions(i))) << seed << " " << i;
    }
    for (int i = 0; i < 6; ++i) {
      const absl::StatusOr<v1::Explanation> why = first->ExplainOrder(absl::StrCat("O", i));
      ASSERT_TRUE(why.ok()) << why.status();
      std::set<std::string> undecided;
      for (const v1::RuleVerdict& verdict : why->verdicts()) {
        if (verdict.verdict() == v1::RuleVerdict::VERDICT_UNEVALUABLE) undecided.insert(verdict.rule());
      }
      std::set<std::string> told;
      for (const v1::Finding& finding : why->decision().findings()) {
        for (const std::string& rule : finding.dependents()) told.insert(rule);
      }
      told.erase("review.quantity");
      EXPECT_EQ(told, undecided) << seed << " " << i;
    }
  }
}

}  // namespace
}  // namespace assay
