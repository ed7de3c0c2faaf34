// Every expression of CEL's conformance suite parses, and survives being written out and parsed again.
// The suite is data beside the repository, found by ASSAY_SHARED_DIR; without it the test is skipped.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lang/unparse.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

std::filesystem::path SuiteFolder() {
  const char* shared = std::getenv("ASSAY_SHARED_DIR");
  return std::filesystem::path(shared != nullptr ? shared : ASSAY_SOURCE_DIR "/../shared") / "cel-spec";
}

// Reads the text format just as far as strings, comments and words go.
class SuiteScanner {
 public:
  explicit SuiteScanner(std::string text) : text_(std::move(text)) {}

  // The values of all fields named `expr`.
  std::vector<std::string> Expressions() {
    std::vector<std::string> found;
    std::string word;
    while (SkipBlanks()) {
      if (IsQuote()) {
        ReadStrings();
      } else if (absl::ascii_isalnum(text_[at_]) || text_[at_] == '_') {
        word.clear();
        while (at_ < text_.size() && (absl::ascii_isalnum(text_[at_]) || text_[at_] == '_')) word += text_[at_++];
      } else if (text_[at_++] == ':' && word == "expr" && SkipBlanks() && IsQuote()) {
        found.push_back(ReadStrings());
      }
    }
    return found;
  }

 private:
  bool IsQuote() const { return text_[at_] == '"' || text_[at_] == '\''; }

  // Blanks and comments; false at the end.
  bool SkipBlanks() {
    while (at_ < text_.size() && (absl::ascii_isspace(text_[at_]) || text_[at_] == '#')) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        ++at_;
      }
    }
    return at_ < text_.size();
  }

  // One or more strings side by side are one value.
  std::string ReadStrings() {
    std::string value;
    while (SkipBlanks() && IsQuote()) {
      const char quote = text_[at_++];
      const size_t begin = at_;
      while (text_[at_] != quote) at_ += text_[at_] == '\\' ? 2 : 1;
      std::string part;
      std::string error;
      EXPECT_TRUE(absl::CUnescape(text_.substr(begin, at_ - begin), &part, &error)) << error;
      value += part;
      ++at_;
    }
    return value;
  }

  std::string text_;
  size_t at_ = 0;
};

// The suite's own macro cel.iterVar(0, 1), which names a variable that no author could; here it_0_1.
std::string WithoutSuiteMacros(const std::string& expr) {
  static const std::regex variable(R"(cel\.iterVar\((\d+), (\d+)\))");
  return std::regex_replace(expr, variable, "it_$1_$2");
}

TEST(CelSpecParseTest, EveryExpressionOfTheSuiteParsesAndIsUnparsedFaithfully) {
  if (!std::filesystem::is_directory(SuiteFolder())) {
    GTEST_SKIP() << "no conformance suite at " << SuiteFolder()
                 << "; set ASSAY_SHARED_DIR to the folder above cel-spec";
  }
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SuiteFolder())) {
    if (entry.path().extension() != ".textproto") continue;
    std::ifstream file(entry.path());
    SuiteScanner scanner(std::string(std::istreambuf_iterator<char>(file), {}));
    for (const std::string& field : scanner.Expressions()) {
      const std::string expr = WithoutSuiteMacros(field);
      SCOPED_TRACE(absl::StrCat(entry.path().filename().string(), ": ", expr));
      ++count;
      IssueList issues;
      const std::optional<Ast> ast = ParseText(expr, Limits(), &issues);
      ASSERT_TRUE(ast.has_value()) << Format(issues);
      const std::string tree = TreeText(*ast->root);
      const std::string written = Unparse(*ast->root);
      EXPECT_EQ(TreeOf(written), tree) << written;
      EXPECT_EQ(written.find('\n'), std::string::npos) << written;
    }
  }
  EXPECT_GE(count, 2400) << "the scanner lost expressions";
}

}  // namespace
}  // namespace assay
