// How an issue is drawn, and what a list of them keeps.
#include "base/issue.h"

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

SourceText Text(absl::string_view text) { return SourceText::Create("order_review.yaml", std::string(text)).value(); }

// An issue at the first place where `marked` stands in the text.
Issue At(const SourceText& source, absl::string_view marked, std::string message) {
  const int32_t begin = static_cast<int32_t>(source.text().find(marked));
  return MakeIssue(Severity::kError, source, {begin, begin + static_cast<int32_t>(marked.size())}, std::move(message));
}

Issue Numbered(Severity severity, int number) {
  Issue issue;
  issue.severity = severity;
  issue.message = absl::StrCat("number ", number);
  return issue;
}

TEST(IssueTest, ShowsPlaceMessageSuggestionLineAndCaret) {
  const SourceText source = Text("rules:\n  condition: line.dicount > line.discount_cap\n");
  Issue issue = At(source, "dicount", "'line.dicount' is not a field of line");
  issue.suggestion = "line.discount";
  EXPECT_EQ(Format(issue),
            "order_review.yaml:2:19: error: 'line.dicount' is not a field of line; did you mean 'line.discount'?\n"
            "  condition: line.dicount > line.discount_cap\n"
            "                  ^~~~~~~\n");
}

TEST(IssueTest, CaretStandsBelowWideCharacters) {
  const SourceText source = Text("折扣: 上限 > 0");
  const Issue issue = At(source, "上限", "unknown name");
  EXPECT_EQ(issue.column, 5);
  EXPECT_EQ(issue.length, 2);
  EXPECT_EQ(Format(issue),
            "order_review.yaml:1:5: error: unknown name\n"
            "折扣: 上限 > 0\n"
            "      ^~~~\n");
}

TEST(IssueTest, CaretKeepsTabsAndSkipsCombiningMarks) {
  EXPECT_EQ(Format(At(Text("\te\u0301 x"), "x", "no")), "order_review.yaml:1:5: error: no\n\te\u0301 x\n\t  ^\n");
}

TEST(IssueTest, MarksToTheEndOfTheLineOnly) {
  const SourceText source = Text("a: (1\n  + 2)\n");
  const Issue issue = MakeIssue(Severity::kWarning, source, {3, 12}, "odd");
  EXPECT_EQ(Format(issue), "order_review.yaml:1:4: warning: odd\na: (1\n   ^~\n");
}

TEST(IssueTest, OfALongLineThePartAroundThePlaceIsShown) {
  const SourceText source = Text(absl::StrCat("a: ", std::string(200, '('), "折扣", std::string(200, ')'), "\nb"));
  const Issue issue = At(source, "扣", "no");
  EXPECT_EQ(issue.column, 205);
  EXPECT_EQ(issue.snippet_column, 145);
  EXPECT_EQ(CountCodePoints(issue.snippet), static_cast<size_t>(kMaxSnippet));
  EXPECT_EQ(Format(issue), absl::StrCat("order_review.yaml:1:205: error: no\n…", std::string(58, '('), "折扣",
                                        std::string(98, ')'), "…\n", std::string(61, ' '), "^~\n"));
}

TEST(IssueTest, TheEndsOfALongLineAreShownWithoutEllipsis) {
  const SourceText source = Text(absl::StrCat("x", std::string(400, '.'), "y"));
  EXPECT_EQ(Format(At(source, "x", "no")),
            absl::StrCat("order_review.yaml:1:1: error: no\nx", std::string(158, '.'), "…\n^\n"));
  EXPECT_EQ(Format(At(source, "y", "no")), absl::StrCat("order_review.yaml:1:402: error: no\n…", std::string(59, '.'),
                                                        "y\n", std::string(60, ' '), "^\n"));
}

TEST(IssueTest, ALineOfTheGreatestShownLengthIsShownWhole) {
  const std::string line = absl::StrCat(std::string(kMaxSnippet - 1, '.'), "折");
  EXPECT_EQ(At(Text(line), "折", "no").snippet, line);
  EXPECT_NE(At(Text(line + "."), "折", "no").snippet, line + ".");
}

TEST(IssueTest, AnEmptyRangeOrTheEndOfTheTextIsOneCaret) {
  EXPECT_EQ(Format(MakeIssue(Severity::kError, Text("ab"), {2, 2}, "ended")),
            "order_review.yaml:1:3: error: ended\nab\n  ^\n");
  EXPECT_EQ(Format(MakeIssue(Severity::kError, Text(""), {0, 0}, "empty")), "order_review.yaml:1:1: error: empty\n");
}

TEST(IssueTest, UnknownPartsAreLeftOut) {
  Issue issue;
  issue.message = "no rules";
  EXPECT_EQ(FormatLine(issue), "error: no rules");
  issue.path = "rules[3].condition";
  EXPECT_EQ(FormatLine(issue), "rules[3].condition: error: no rules");
  issue.file = "a.yaml";
  EXPECT_EQ(FormatLine(issue), "a.yaml: rules[3].condition: error: no rules");
  issue.line = 7;
  EXPECT_EQ(FormatLine(issue), "a.yaml:7: error: no rules");
}

TEST(IssueTest, ControlCharactersNeverBreakTheLine) {
  Issue issue;
  issue.message = "bad name 'a\n\x1B[31m'";
  issue.column = 3;
  issue.line = 1;
  issue.snippet = "\x1B]x";
  EXPECT_EQ(Format(issue), "1:3: error: bad name 'a  [31m'\n ]x\n  ^\n");
}

TEST(IssueListTest, CountsAndGivesTheFirstErrorAsStatus) {
  IssueList list;
  EXPECT_TRUE(list.ToStatus().ok());
  list.Add(Numbered(Severity::kWarning, 1));
  EXPECT_TRUE(list.ToStatus().ok());
  list.Add(Numbered(Severity::kError, 2));
  EXPECT_EQ(list.ToStatus(), absl::InvalidArgumentError("error: number 2"));
  list.Add(Numbered(Severity::kError, 3));
  EXPECT_EQ(list.ToStatus().message(), "error: number 2 (and 1 more error)");
  list.Add(Numbered(Severity::kError, 4));
  EXPECT_EQ(list.ToStatus().message(), "error: number 2 (and 2 more errors)");
  EXPECT_EQ(list.error_count(), 3u);
  EXPECT_EQ(list.warning_count(), 1u);
}

TEST(IssueListTest, AFullListStillTakesErrorsInPlaceOfWarnings) {
  IssueList list;
  for (int i = 0; i < 150; ++i) list.Add(Numbered(Severity::kWarning, i));
  list.Add(Numbered(Severity::kError, 1000));
  EXPECT_EQ(list.issues().size(), IssueList::kMaxKept);
  EXPECT_EQ(list.issues().back().message, "number 1000");
  EXPECT_EQ(list.issues()[98].message, "number 98");
  EXPECT_EQ(list.dropped_count(), 51u);
  EXPECT_EQ(list.warning_count(), 150u);
  EXPECT_EQ(list.ToStatus().message(), "error: number 1000");
}

TEST(IssueListTest, AppendingKeepsTheCounts) {
  IssueList first, second;
  for (int i = 0; i < 130; ++i) second.Add(Numbered(Severity::kError, i));
  first.Add(Numbered(Severity::kNote, -1));
  first.Append(std::move(second));
  EXPECT_EQ(first.error_count(), 130u);
  EXPECT_EQ(first.issues().size() + first.dropped_count(), 131u);
  EXPECT_NE(Format(first).find("and 31 more not shown\n"), std::string::npos);
}

}  // namespace
}  // namespace assay
