// Overrides: a site's own modes, messages and figures; names that are not there.
#include "rulebook/overrides.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "rulebook/compiled_rulebook.h"

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

}  // namespace
}  // namespace assay
