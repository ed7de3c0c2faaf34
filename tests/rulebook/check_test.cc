// What `assay check` finds. Every rulebook in tests/rulebook/check begins with the findings it must have, and no
// others:
//   # expect: line:column: severity: message [code]
//   # expect: FILE.csv:line:column: severity: message [code]
#include "rulebook/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/file_reader.h"

namespace assay {
namespace {

const char kFolder[] = ASSAY_SOURCE_DIR "/tests/rulebook/check/";

absl::StatusOr<std::string> ReadInFolder(absl::string_view name) {
  const std::string path = absl::StrCat(kFolder, name);
  return DiskFileReader(path)(path);
}

const std::shared_ptr<const Schema>& Standard() {
  static const std::shared_ptr<const Schema> schema = *Schema::CreateStandard();
  return schema;
}

std::vector<CheckFinding> Check(const std::optional<LoadedRulebook>& loaded, IssueList* issues,
                                const CheckOptions& options) {
  const auto book = loaded.has_value() ? CompileRulebook(*loaded, Standard(), issues) : nullptr;
  EXPECT_NE(book, nullptr) << Format(*issues);
  return book == nullptr ? std::vector<CheckFinding>() : CheckRulebook(*loaded, book->schema, options);
}

std::vector<CheckFinding> CheckInFolder(const std::string& name) {
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookFile(name, ReadInFolder, &issues);
  return Check(loaded, &issues, CheckOptions());
}

std::vector<CheckFinding> CheckText(const std::string& text, const CheckOptions& options) {
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookText("book.yaml", text, &issues);
  return Check(loaded, &issues, options);
}

// The first line of a finding, without the name of the rulebook's own file.
std::string Shortened(const CheckFinding& finding, const std::string& name) {
  const std::string line = FormatFinding(finding);
  return std::string(absl::StripPrefix(line.substr(0, line.find('\n')), absl::StrCat(name, ":")));
}

std::vector<std::string> Rulebooks() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class CheckedRulebookTest : public testing::TestWithParam<std::string> {};

TEST_P(CheckedRulebookTest, HasTheFindingsItSaysAndNoOthers) {
  const absl::StatusOr<std::string> text = ReadInFolder(GetParam());
  ASSERT_TRUE(text.ok()) << text.status();
  std::vector<std::string> expected;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    if (!absl::ConsumePrefix(&line, "# expect: ")) break;
    expected.emplace_back(line);
  }
  std::vector<std::string> found;
  for (const CheckFinding& finding : CheckInFolder(GetParam())) found.push_back(Shortened(finding, GetParam()));
  EXPECT_EQ(found, expected);
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  return info.param.substr(0, info.param.find('.'));
}

INSTANTIATE_TEST_SUITE_P(Planted, CheckedRulebookTest, testing::ValuesIn(Rulebooks()), TestName);

TEST(CheckRulebookTest, EveryCodeIsFoundInSomeRulebook) {
  std::set<std::string> found;
  for (const std::string& name : Rulebooks()) {
    for (const CheckFinding& finding : CheckInFolder(name)) found.insert(finding.code);
  }
  for (const CheckCode& code : CheckCodes()) {
    // Of rows: check_data_test.cc.
    EXPECT_TRUE(found.contains(code.code) || absl::StartsWith(code.code, "data-")) << code.code;
  }
}

TEST(CheckRulebookTest, EveryCodeStandsInTheManual) {
  const std::string path = ASSAY_SOURCE_DIR "/docs/check.md";
  const absl::StatusOr<std::string> manual = DiskFileReader(path)(path);
  ASSERT_TRUE(manual.ok()) << manual.status();
  for (const CheckCode& code : CheckCodes()) {
    const std::string row =
        absl::StrCat("| `", code.code, "` | ", SeverityName(code.severity), " | ", code.meaning, " |\n");
    EXPECT_TRUE(absl::StrContains(*manual, row)) << row;
  }
}

// -- Severities and steps
// ---------------------------------------------------------

constexpr char kGap[] = R"yaml(
name: gap
input: {name: order, type: assay.v1.Order}
tables:
  - name: cap
    inputs: [{name: level, type: string}, {name: discount, type: decimal, decimal: {precision: 3, scale: 2}}]
    outputs: [{name: ok, type: bool}]
    rows:
      - {cells: ["'VIP'", "<= 0.3", "true"]}
      - {cells: ["'VIP'", "[0.31..0.35)", "false"]}
      - {cells: ["!= 'VIP'", "-", "true"]}
rules:
  - {id: R1, condition: "!table.cap(order.id, 0.5)", outcome: NOTE, message: {en: cap, zh: 上限}}
)yaml";

std::vector<std::string> Lines(const std::vector<CheckFinding>& findings) {
  std::vector<std::string> lines;
  for (const CheckFinding& finding : findings) lines.push_back(Shortened(finding, "book.yaml"));
  return lines;
}

TEST(CheckRulebookTest, AGapIsShownByTheValuesOfOneCase) {
  EXPECT_EQ(
      Lines(CheckText(kGap, CheckOptions())),
      std::vector<std::string>{"5:11: warning: no row fits level = 'VIP', discount = 0.35, and there is no default: "
                               "'cap' [table-gap]"});
}

TEST(CheckRulebookTest, ASeverityCanBeChangedOrTurnedOff) {
  CheckOptions options;
  ASSERT_TRUE(ReadSeverities("table-gap=error", &options.severities).ok());
  const std::vector<CheckFinding> findings = CheckText(kGap, options);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].issue.severity, Severity::kError);
  ASSERT_TRUE(ReadSeverities("not-decided=note,table-gap=off", &options.severities).ok());
  EXPECT_TRUE(CheckText(kGap, options).empty());
}

TEST(CheckRulebookTest, ASeverityThatIsNoneIsTold) {
  CheckSeverities severities;
  EXPECT_EQ(ReadSeverities("table-gab=off", &severities).message(),
            "no such code of a finding: 'table-gab'; did you mean 'table-gap'?");
  EXPECT_EQ(ReadSeverities("table-gap=fatal", &severities).message(),
            "a severity is error, warning, note or off, as table-gap=off: 'fatal'");
}

TEST(CheckRulebookTest, WithoutStepsAQuestionIsNotDecided) {
  CheckOptions options;
  options.steps = 1;
  const std::string undecided = "note: not decided within 1 steps (--steps): whether ";
  EXPECT_EQ(
      Lines(CheckText(kGap, options)),
      (std::vector<std::string>{
          absl::StrCat("5:11: ", undecided, "every case fits a row of table 'cap' [not-decided]"),
          absl::StrCat("5:11: ", undecided, "two rows fit one case of table 'cap' [not-decided]"),
          absl::StrCat("13:26: ", undecided, "this is true of no row, so the rule never fires: 'R1' [not-decided]")}));
}

TEST(CheckRulebookTest, OfOneCodeAHundredAreShownAndTheRestIsCounted) {
  std::string text = kGap;
  text.erase(text.find("      - {cells"));
  for (int i = 0; i < 103; ++i) text += "      - {cells: [\"in []\", \"-\", \"true\"]}\n";
  text +=
      "    default: {cells: [\"true\"]}\nrules:\n  - {id: R1, condition: \"table.cap('', 0.1)\", outcome: NOTE, "
      "message: {en: a, zh: b}}\n";
  const std::vector<CheckFinding> findings = CheckText(text, CheckOptions());
  ASSERT_EQ(findings.size(), 101u);
  EXPECT_EQ(findings[100].issue.message, "and 3 more of this kind");
}

TEST(CheckRulebookTest, FindingsAreWrittenAsJson) {
  EXPECT_EQ(
      FindingsJson(CheckText(kGap, CheckOptions())),
      "[\n{\"code\":\"table-gap\",\"severity\":\"warning\",\"file\":\"book.yaml\",\"path\":\"tables[0].name\","
      "\"message\":\"no row fits level = 'VIP', discount = 0.35, and there is no default: 'cap'\",\"suggestion\":\"\","
      "\"line\":5,\"column\":11,\"length\":3}]\n");
  EXPECT_EQ(FindingsJson({}), "[]\n");
}

}  // namespace
}  // namespace assay
