// Overrides: a site's own modes, messages and figures; names that are not there.
#include "rulebook/overrides.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/merged_view.h"

namespace assay {
namespace {

constexpr char kBook[] = R"(
name: test
version: "1"
input: {name: order, type: assay.v1.Order}
parameters: [{name: most, type: decimal, default: "5"}]
rules:
  - {id: A, condition: order.total > parameters.most, outcome: HOLD, message: {en: a, zh: a}}
)";

std::shared_ptr<const CompiledRulebook> Compile(const std::string& overrides, IssueList* issues) {
  std::optional<LoadedRulebook> loaded =
      LoadRulebookText("test.yaml", absl::StrCat(kBook, "overrides:\n", overrides), issues);
  if (!loaded.has_value()) return nullptr;
  return CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), issues);
}

TEST(OverridesTest, RulesAndParametersTakeWhatIsStated) {
  IssueList issues;
  const auto book = Compile(
      "  - {rule: A, mode: OBSERVE, message: {en: b, zh: b}}\n  - {parameter: most, default: \"7\"}\n", &issues);
  ASSERT_NE(book, nullptr) << Format(issues);
  EXPECT_EQ(book->rules[0].proto->mode(), v1::MODE_OBSERVE);
  EXPECT_EQ(book->rules[0].proto->message().en(), "b");
  EXPECT_EQ(book->proto.parameters(0).default_(), "7");
}

TEST(OverridesTest, NamesThatAreNotThereAreToldWithTheNearest) {
  IssueList issues;
  EXPECT_EQ(Compile("  - {parameter: mst, default: \"7\"}\n  - {rule: B, mode: OFF}\n  - {mode: OFF}\n", &issues),
            nullptr);
  ASSERT_EQ(issues.issues().size(), 3u);
  EXPECT_EQ(FormatLine(issues.issues()[0]), "test.yaml:9:17: error: no such parameter: 'mst'; did you mean 'most'?");
  EXPECT_EQ(issues.issues()[1].path, "overrides[1].rule");
  EXPECT_EQ(issues.issues()[2].message, "an override changes one rule or one parameter");
}

TEST(OverridesTest, WhatAnOverridePutsInIsWrongAtTheOverridesOwnPlace) {
  IssueList issues;
  EXPECT_EQ(Compile("  - {parameter: most, default: \"seven\"}\n", &issues), nullptr);
  ASSERT_EQ(issues.issues().size(), 1u);
  EXPECT_EQ(issues.issues()[0].line, 9);
  EXPECT_EQ(issues.issues()[0].path, "parameters[0].default");
}

TEST(OverridesTest, TheFingerprintIsThatOfTheSameChangeWrittenInPlace) {
  IssueList issues;
  const auto overridden = Compile("  - {parameter: most, default: \"7\"}\n", &issues);
  std::optional<LoadedRulebook> written =
      LoadRulebookText("test.yaml", absl::StrReplaceAll(kBook, {{"\"5\"", "\"7\""}}), &issues);
  const auto changed = CompileRulebook(*std::move(written), *Schema::CreateStandard(), &issues);
  ASSERT_TRUE(overridden != nullptr && changed != nullptr) << Format(issues);
  EXPECT_EQ(overridden->fingerprint, changed->fingerprint);
}

TEST(OverridesTest, TheMergedViewNamesThePlaceOfEachPartAndOfItsChanges) {
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookText(
      "test.yaml",
      absl::StrCat(kBook, "overrides:\n  - {rule: A, mode: OBSERVE}\n  - {parameter: most, default: \"7\"}\n"),
      &issues);
  ASSERT_TRUE(loaded.has_value()) << Format(issues);
  EXPECT_EQ(DescribeMerged(*loaded),
            "parameters\n  most  7  test.yaml:5; default by test.yaml:10\n"
            "rules\n  A  HOLD OBSERVE  test.yaml:7; mode by test.yaml:9\n");
}

// -- Versions of one rule
// -----------------------------------------------------------------------------------------------

std::string VersionsIssue(const std::string& first, const std::string& second) {
  IssueList issues;
  const std::string rule = "  - {id: A, condition: order.total > 1, outcome: HOLD, message: {en: a, zh: a}";
  LoadRulebookText("test.yaml", absl::StrCat("name: t\nrules:\n", rule, first, "}\n", rule, second, "}\n"), &issues);
  return issues.issues().empty() ? "" : FormatLine(issues.issues()[0]);
}

TEST(RuleVersionsTest, OneAfterTheOtherIsFine) {
  EXPECT_EQ(VersionsIssue(", effective: {to: 2025-12-31}", ", effective: {from: 2026-01-01}"), "");
  EXPECT_EQ(VersionsIssue(", effective: {from: 2026-01-01}", ", effective: {from: 2025-01-01, to: 2025-12-31}"), "");
}

TEST(RuleVersionsTest, TwoOnOneDayAreAnErrorWithBothPlaces) {
  EXPECT_EQ(VersionsIssue(", effective: {to: 2026-01-01}", ", effective: {from: 2026-01-01}"),
            "test.yaml:4:10: error: another version of this rule, at test.yaml:3, is in force at the same time, from "
            "2026-01-01 to 2026-01-01; let one end before the other begins: 'A'");
  EXPECT_EQ(VersionsIssue("", ", effective: {from: 2026-01-01}"),
            "test.yaml:4:10: error: another version of this rule, at test.yaml:3, is in force at the same time, from "
            "2026-01-01; let one end before the other begins: 'A'");
}

}  // namespace
}  // namespace assay
