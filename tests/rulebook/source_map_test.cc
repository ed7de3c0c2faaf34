// A place in a decoded text is found in the file, in every style a text can be written in.
#include "rulebook/source_map.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/utf8.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

LoadedRulebook Load(const std::string& text) {
  IssueList issues;
  std::optional<LoadedRulebook> rulebook = LoadRulebookText("r.yaml", text, &issues);
  EXPECT_TRUE(rulebook.has_value()) << Format(issues);
  return rulebook.has_value() ? *std::move(rulebook) : LoadedRulebook();
}

// line:column-line:column of bytes of the text at a path.
std::string Place(const LoadedRulebook& rulebook, const std::string& path, SourceRange decoded) {
  const std::optional<SourceSpan> span = rulebook.sources.Locate(path, decoded);
  if (!span.has_value()) return "none";
  return absl::StrCat(span->begin.line, ":", span->begin.column, "-", span->end.line, ":", span->end.column);
}

// The place of a word in the condition of rule 0, which must hold it once.
std::string PlaceInCondition(const LoadedRulebook& rulebook, const std::string& word) {
  const size_t at = rulebook.proto.rules(0).condition().find(word);
  EXPECT_NE(at, std::string::npos) << rulebook.proto.rules(0).condition();
  return Place(rulebook, "rules[0].condition", {static_cast<int32_t>(at), static_cast<int32_t>(at + word.size())});
}

TEST(SourceMapTest, FindsAWordInAPlainText) {
  const LoadedRulebook rulebook = Load("rules:\n  - condition: line.单价 > line.list\n");
  EXPECT_EQ(PlaceInCondition(rulebook, "line.单价"), "2:16-2:23");
  EXPECT_EQ(PlaceInCondition(rulebook, ">"), "2:24-2:25");
}

TEST(SourceMapTest, FindsAWordBehindTheFoldOfAPlainText) {
  const LoadedRulebook rulebook =
      Load("rules:\n  - condition:\n      first   \n        second\n\n\n      third # not\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "first second\n\nthird");
  EXPECT_EQ(PlaceInCondition(rulebook, "first"), "3:7-3:12");
  EXPECT_EQ(PlaceInCondition(rulebook, "second"), "4:9-4:15");
  EXPECT_EQ(PlaceInCondition(rulebook, "third"), "7:7-7:12");
  EXPECT_EQ(Place(rulebook, "rules[0].condition", {5, 6}), "3:15-4:1");  // the blank is the line's end
}

TEST(SourceMapTest, FindsAWordBehindAQuoteWrittenTwice) {
  const LoadedRulebook rulebook = Load("rules:\n  - condition: 'x == ''订单'' && y'\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "x == '订单' && y");
  EXPECT_EQ(PlaceInCondition(rulebook, "订单"), "2:24-2:26");
  EXPECT_EQ(PlaceInCondition(rulebook, "y"), "2:32-2:33");
  EXPECT_EQ(PlaceInCondition(rulebook, "' &&"), "2:26-2:31");
}

TEST(SourceMapTest, FindsAWordBehindEscapes) {
  const LoadedRulebook rulebook =
      Load("rules:\n  - condition: \"a \\u4ef7\\u683c \\\"q\\\" \\U0001F600 \\ud83d\\ude00 \\N\\_ \\\n     tail\"\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "a 价格 \"q\" 😀 😀 \u0085\u00A0 tail");
  EXPECT_EQ(PlaceInCondition(rulebook, "价"), "2:19-2:25");
  EXPECT_EQ(PlaceInCondition(rulebook, "价格"), "2:19-2:31");
  EXPECT_EQ(PlaceInCondition(rulebook, "q"), "2:34-2:35");
  EXPECT_EQ(PlaceInCondition(rulebook, "😀 😀"), "2:38-2:61");
  EXPECT_EQ(PlaceInCondition(rulebook, "\u00A0"), "2:64-2:66");
  EXPECT_EQ(PlaceInCondition(rulebook, "tail"), "3:6-3:10");
}

TEST(SourceMapTest, FindsAWordInALiteralBlock) {
  const LoadedRulebook rulebook = Load(
      "rules:\n"
      "  - condition: |  # why\n"
      "      订单.total > 0 &&\n"
      "\n"
      "        order.kind == '促销'\n"
      "    outcome: HOLD\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "订单.total > 0 &&\n\n  order.kind == '促销'\n");
  EXPECT_EQ(PlaceInCondition(rulebook, "订单"), "3:7-3:9");
  EXPECT_EQ(PlaceInCondition(rulebook, "&&"), "3:20-3:22");
  EXPECT_EQ(PlaceInCondition(rulebook, "kind"), "5:15-5:19");
  EXPECT_EQ(PlaceInCondition(rulebook, "促销"), "5:24-5:26");
}

TEST(SourceMapTest, FindsAWordInABlockThatSaysItsIndentation) {
  const LoadedRulebook rulebook = Load("rules:\n  - condition: |1-\n       indented\n     x\n\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "  indented\nx");
  EXPECT_EQ(PlaceInCondition(rulebook, "indented"), "3:8-3:16");
  EXPECT_EQ(PlaceInCondition(rulebook, "x"), "4:6-4:7");
}

TEST(SourceMapTest, FindsAWordInAFoldedBlock) {
  const LoadedRulebook rulebook = Load(
      "rules:\n"
      "  - condition: >+\n"
      "\n"
      "      one\n"
      "      two\n"
      "\n"
      "      three\n"
      "        more\n"
      "      four\n"
      "\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "\none two\nthree\n  more\nfour\n");
  EXPECT_EQ(PlaceInCondition(rulebook, "one"), "4:7-4:10");
  EXPECT_EQ(PlaceInCondition(rulebook, "two"), "5:7-5:10");
  EXPECT_EQ(PlaceInCondition(rulebook, "three"), "7:7-7:12");
  EXPECT_EQ(PlaceInCondition(rulebook, "  more"), "8:7-8:13");
  EXPECT_EQ(PlaceInCondition(rulebook, "four"), "9:7-9:11");
  EXPECT_EQ(Place(rulebook, "rules[0].condition", {8, 9}), "6:1-7:1");  // the line feed is the empty line's
}

TEST(SourceMapTest, CountsWithCarriageReturnsAndAByteOrderMark) {
  const std::string unix_text = "name: 名\nrules:\n  - condition: >\n      a\n      '行' b\n    outcome: HOLD\n";
  const LoadedRulebook rulebook = Load(absl::StrCat("\xEF\xBB\xBF", absl::StrReplaceAll(unix_text, {{"\n", "\r\n"}})));
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "a '行' b\n");
  EXPECT_EQ(Place(rulebook, "name", {0, 3}), "1:7-1:8");
  EXPECT_EQ(PlaceInCondition(rulebook, "行"), "5:8-5:9");
  EXPECT_EQ(PlaceInCondition(rulebook, "b"), "5:11-5:12");
}

TEST(SourceMapTest, PlacesWhatIsMissingAtTheEndBehindTheText) {
  const LoadedRulebook rulebook = Load("rules:\n  - condition: |\n      a +\n\n    outcome: HOLD\n");
  ASSERT_EQ(rulebook.proto.rules(0).condition(), "a +\n");
  EXPECT_EQ(Place(rulebook, "rules[0].condition", {4, 4}), "3:10-3:10");
  EXPECT_EQ(Place(rulebook, "rules[0].condition", {100, 200}), "3:10-3:10");
}

TEST(SourceMapTest, FindsPlacesInJson) {
  const LoadedRulebook rulebook =
      Load("{\n\t\"rules\": [\n\t\t{\"id\":\"A\\/\\ud83d\\ude00-1\",\"condition\":\"x > 1\"}]\n}\n");
  ASSERT_EQ(rulebook.proto.rules(0).id(), "A/😀-1");
  EXPECT_EQ(Place(rulebook, "rules[0].id", {2, 6}), "3:13-3:25");
  EXPECT_EQ(Place(rulebook, "rules[0].id", {7, 8}), "3:26-3:27");
  EXPECT_EQ(PlaceInCondition(rulebook, ">"), "3:44-3:45");
}

TEST(SourceMapTest, MakesAnIssueWithTheSourceLineAndAMark) {
  const LoadedRulebook rulebook = Load("rules:\n  - {title: {zh: 折扣}, condition: line.dicount > 0}\n");
  Issue issue = rulebook.sources.MakeIssue(Severity::kError, "rules[0].condition", {0, 12}, "no such field");
  issue.suggestion = "line.discount";
  EXPECT_EQ(issue.path, "rules[0].condition");
  EXPECT_EQ(Format(issue),
            "r.yaml:2:34: error: no such field; did you mean 'line.discount'?\n"
            "  - {title: {zh: 折扣}, condition: line.dicount > 0}\n"
            "                                   ^~~~~~~~~~~~\n");
}

TEST(SourceMapTest, FindsValuesOfMapsByTheirKeys) {
  const LoadedRulebook rulebook = Load("rules:\n  - values: {a: '1', \"b.\\\"]\\\\\": '22'}\n");
  const std::string path = "rules[0].values" + MapKeyPath("b.\"]\\");
  EXPECT_EQ(path, "rules[0].values[\"b.\\\"]\\\\\"]");
  EXPECT_TRUE(rulebook.sources.Contains(path));
  EXPECT_EQ(Place(rulebook, path, {0, 2}), "2:34-2:36");
  EXPECT_EQ(rulebook.sources.MakeKeyIssue(Severity::kError, "rules[0].values[\"a\"]", "m").column, 14);
}

TEST(SourceMapTest, PlacesAnIssueAboutSomethingLeftOutAtWhatIsAroundIt) {
  const LoadedRulebook rulebook = Load("name: n\nreview:\n  id: order.id\nrules:\n  - id: A\n  - id: B\n    cut:\n");
  const auto line_column = [&](const char* path) {
    const Issue issue = rulebook.sources.MakeIssue(Severity::kError, path, "m");
    EXPECT_EQ(issue.path, path);
    return absl::StrCat(issue.line, ":", issue.column);
  };
  EXPECT_EQ(line_column("rules[1].outcome"), "6:5");
  EXPECT_EQ(line_column("rules[1].cut"), "7:5");
  EXPECT_EQ(line_column("rules[1]"), "6:5");
  EXPECT_EQ(line_column("rules[7].id"), "4:1");
  EXPECT_EQ(line_column("rules"), "4:1");
  EXPECT_EQ(line_column("review.lines"), "2:1");
  EXPECT_EQ(line_column("time_zone"), "1:1");
  EXPECT_FALSE(rulebook.sources.Contains("rules[1].outcome"));
}

TEST(SourceMapTest, KeepsOnlyThePathWhereThereIsNoText) {
  const Issue issue = SourceMap().MakeIssue(Severity::kError, "rules[0].condition", {1, 2}, "m");
  EXPECT_EQ(FormatLine(issue), "rules[0].condition: error: m");
}

}  // namespace
}  // namespace assay
