// Every rulebook in tests/rulebook/bad has one mistake planted, or several: its first lines say which issues it has.
//   # expect: line:column: message
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/issue.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

const char kFolder[] = ASSAY_SOURCE_DIR "/tests/rulebook/bad/";

// Files by their name in the folder, so that messages hold no longer paths.
absl::StatusOr<std::string> ReadInFolder(absl::string_view name) {
  const std::string path = absl::StrCat(kFolder, name);
  return DiskFileReader(path)(path);
}

std::vector<std::string> ExpectedIssues(absl::string_view text) {
  std::vector<std::string> expected;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!absl::ConsumePrefix(&line, "# expect: ")) break;
    expected.emplace_back(absl::StripSuffix(line, "\r"));
  }
  return expected;
}

// line:column: message, with the file's name and the severity taken off.
std::string Shortened(const Issue& issue, const std::string& name) {
  std::string line = FormatLine(issue);
  const std::string prefix = name + ":";
  EXPECT_TRUE(absl::StartsWith(line, prefix)) << line;
  line.erase(0, prefix.size());
  const size_t severity = line.find(" error:");
  EXPECT_NE(severity, std::string::npos) << line;
  return line.erase(severity, std::string(" error:").size());
}

std::vector<std::string> BadRulebooks() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

class BadRulebookTest : public testing::TestWithParam<std::string> {};

TEST_P(BadRulebookTest, HasTheIssuesItSaysWhereItSays) {
  const absl::StatusOr<std::string> text = ReadInFolder(GetParam());
  ASSERT_TRUE(text.ok()) << text.status();
  const std::vector<std::string> expected = ExpectedIssues(*text);
  ASSERT_FALSE(expected.empty()) << "a bad rulebook begins with # expect: line:column: message";

  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookFile(GetParam(), ReadInFolder, &issues);
  if (loaded.has_value()) {
    loaded->compiles_tests = true;
    EXPECT_EQ(CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues), nullptr);
  }
  std::vector<std::string> found;
  for (const Issue& issue : issues.issues()) found.push_back(Shortened(issue, GetParam()));
  EXPECT_EQ(found, expected);
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  return info.param.substr(0, info.param.find('.'));
}

INSTANTIATE_TEST_SUITE_P(Planted, BadRulebookTest, testing::ValuesIn(BadRulebooks()), TestName);

TEST(BadRulebooksTest, AreManyAndOfManyKinds) { EXPECT_GE(BadRulebooks().size(), 120u); }

}  // namespace
}  // namespace assay
