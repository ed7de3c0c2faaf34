// The canonical layout: what moves, what stays, and on random texts that nothing changes but white space.
#include "rulebook/layout.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "rulebook/yaml_reader.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

std::string LaidOut(absl::string_view text) {
  IssueList issues;
  const std::optional<std::string> result = LayOut("test.yaml", text, &issues);
  return result.has_value() ? *result : Format(issues);
}

bool IsYaml(absl::string_view text) {
  IssueList issues;
  const std::shared_ptr<const SourceText> source = AdmitText("test.yaml", text, &issues);
  return source != nullptr && ReadYaml(*source, 0, &issues).has_value() && !issues.has_errors();
}

TEST(LayoutTest, BlocksAreIndentedByTwoAndListsBelowTheirKey) {
  EXPECT_EQ(LaidOut("rules:\n- id: A\n  at:\n      ENTRY: NOTE\n-    id: B\n"),
            "rules:\n  - id: A\n    at:\n      ENTRY: NOTE\n  - id: B\n");
}

TEST(LayoutTest, BlanksInBracketsAreOneBehindCommasAndColonsAndNoneAtTheEdges) {
  EXPECT_EQ(LaidOut("input: { name :  order,type: T }\non: [ a,b ,  c ]\nnone: [ ]\n"),
            "input: {name: order, type: T}\non: [a, b, c]\nnone: []\n");
}

TEST(LayoutTest, LinesInBracketsStayBroken) {
  EXPECT_EQ(LaidOut("a:\n    b: [1,\n  2,\n           {x: 1,\n     y: 2}\n    ]\n"),
            "a:\n  b: [1,\n    2,\n    {x: 1,\n      y: 2}\n    ]\n");
  EXPECT_EQ(LaidOut("{\n\"a\" : 1,\n\"b\":[\n1]\n}"), "{\n  \"a\": 1,\n  \"b\": [\n    1]\n}\n");
}

TEST(LayoutTest, EmptyLinesAreOneAtMostAndOneBeforeASectionWithItsComment) {
  EXPECT_EQ(
      LaidOut("\n\nname: x\n\n\n\nversion: 1\n# What holds.\nrules:\n\n\n  - id: A\n# After.\nas_of: y\nz: 1\n\n\n"),
      "name: x\n\nversion: 1\n\n# What holds.\nrules:\n\n  - id: A\n\n# After.\nas_of: y\nz: 1\n");
}

TEST(LayoutTest, CommentsKeepTheirTextAndStandWithWhatTheyBelongTo) {
  EXPECT_EQ(
      LaidOut("a: 1 #one\nrules:   # all\n# first\n- id: A\n  # of A\n  x: 1\n  # still of A\n# of the list\n"),
      "a: 1  #one\n\nrules:  # all\n  # first\n  - id: A\n    # of A\n    x: 1\n    # still of A\n  # of the list\n");
}

TEST(LayoutTest, BlockTextsMoveAsAWhole) {
  EXPECT_EQ(
      LaidOut(
          "a:\n    b: |\n          one\n            two\n\n          three\n    c: >-   # folded\n     x\n     y\n"),
      "a:\n  b: |\n    one\n      two\n\n    three\n  c: >-   # folded\n    x\n    y\n");
  EXPECT_EQ(LaidOut("a:\n    b: |1\n      one\n     two\n"), "a:\n  b: |2\n     one\n    two\n");
  EXPECT_EQ(LaidOut("a: |+\n   one\n\n\nb: 1\nc: |+\n one\n\n"), "a: |+\n  one\n\n\nb: 1\nc: |+\n  one\n\n");
}

TEST(LayoutTest, QuotedAndPlainTextsOfSeveralLinesKeepTheirWords) {
  EXPECT_EQ(LaidOut("a:\n  b: one\n         two  \n\n     three\n  c: \"x \\\n        y \\ \n     z\"\n"),
            "a:\n  b: one\n    two\n\n    three\n  c: \"x \\\n    y \\ \n    z\"\n");
}

TEST(LayoutTest, LineEndsAndTheByteOrderMarkOfOtherSystemsGo) {
  EXPECT_EQ(LaidOut("\xEF\xBB\xBF"
                    "a: |\r\n  one\r\n  two\r\nb: 1   \r\n"),
            "a: |\n  one\n  two\nb: 1\n");
}

TEST(LayoutTest, ListsOfListsAndItemsOnTheirOwnLines) {
  EXPECT_EQ(LaidOut("a:\n- - 1\n  -   2\n-\n     - 3\n-\n   b: ~\n   c: null\n"),
            "a:\n  - - 1\n    - 2\n  -\n    - 3\n  -\n    b: ~\n    c: null\n");
}

TEST(LayoutTest, WhatIsNoRulebookTextIsAnIssueAtItsPlace) {
  EXPECT_EQ(LaidOut("a: [1\n"), Format([] {
              IssueList issues;
              IsYaml("");
              const auto source = AdmitText("test.yaml", "a: [1\n", &issues);
              ReadYaml(*source, 0, &issues);
              return issues;
            }()));
  EXPECT_NE(LaidOut("? a\n: 1\n").find("test.yaml:1:1: error: a key is written 'key: value'"), std::string::npos);
}

// -- All texts at hand, and random ones
// ---------------------------------------------------------------------------------

void ExpectStable(const std::string& text) {
  IssueList issues;
  const std::optional<std::string> once = LayOut("test.yaml", text, &issues);
  ASSERT_TRUE(once.has_value()) << Format(issues) << "\n" << text;
  EXPECT_EQ(LayOut("test.yaml", *once, &issues), once) << text;
}

TEST(LayoutTest, EveryRulebookOfTheRepositoryIsLaidOutAlready) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ASSAY_SOURCE_DIR "/rules")) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_TRUE(LaidOut(text.str()) == text.str()) << entry.path() << ": run assay fmt";
  }
}

TEST(LayoutTest, OddTextsThatCanBeReadAreLaidOutOnceAndForAll) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/rulebook/bad")) {
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    if (entry.path().extension() != ".yaml" || !IsYaml(text.str())) continue;
    ExpectStable(text.str());
    ++count;
  }
  EXPECT_GT(count, 10);
}

// Writes random trees with random indentation, blanks, comments and styles.
class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  std::string Document() {
    text_.clear();
    Mapping(0, 4);
    return text_;
  }

 private:
  int Pick(int count) { return static_cast<int>(random_() % static_cast<uint32_t>(count)); }
  std::string Blanks(int least) { return std::string(static_cast<size_t>(least + Pick(3)), ' '); }

  // Ends a line, perhaps with a comment, and perhaps with empty and comment lines below.
  void EndLine(bool may_comment) {
    if (may_comment && Pick(6) == 0) absl::StrAppend(&text_, Blanks(1), "#c ", Pick(9));
    absl::StrAppend(&text_, Pick(5) == 0 ? "  " : "", Pick(9) == 0 ? "\r\n" : "\n");
    while (may_comment && Pick(5) == 0) {
      absl::StrAppend(&text_, Pick(2) == 0 ? Blanks(0) : absl::StrCat(Blanks(0), "# own ", Pick(9)), "\n");
    }
  }

  void Mapping(int column, int depth) {
    const int count = 1 + Pick(4);
    for (int i = 0; i < count; ++i) {
      if (i > 0) text_.append(static_cast<size_t>(column), ' ');
      absl::StrAppend(&text_, "k", i, Pick(4) == 0 ? " " : "", ":");
      Value(column, depth, false);
    }
  }

  void List(int column, int depth) {
    const int count = 1 + Pick(3);
    for (int i = 0; i < count; ++i) {
      if (i > 0) text_.append(static_cast<size_t>(column), ' ');
      text_ += '-';
      Value(column, depth, true);
    }
  }

  void Value(int column, int depth, bool is_item) {
    const int step = 1 + Pick(4);
    const int below = column + step;
    const int kind = depth == 0 ? 3 + Pick(6) : Pick(9);
    if (kind < 3) {
      const bool is_list = Pick(2) == 0;
      if (is_item && Pick(2) == 0) {
        const std::string blanks(static_cast<size_t>(step), ' ');
        text_ += blanks;
        return is_list ? List(below + 1, depth - 1) : Mapping(below + 1, depth - 1);
      }
      EndLine(true);
      const int start = is_list && !is_item && Pick(2) == 0 ? column : below;
      text_.append(static_cast<size_t>(start), ' ');
      return is_list ? List(start, depth - 1) : Mapping(start, depth - 1);
    }
    text_ += Blanks(1);
    if (kind == 8) return Block(column);
    text_ += kind < 6 ? Scalar(below) : Flow(below, 2);
    EndLine(true);
  }

  std::string Scalar(int below) {
    const std::string turn =
        absl::StrCat(Pick(3) == 0 ? "  " : "", "\n", Pick(3) == 0 ? "\n" : "", std::string(below, ' '));
    switch (Pick(7)) {
      case 0:
        return absl::StrCat("'it''s ", Pick(2) == 0 ? turn : "", " #no, [x]'");
      case 1:
        return absl::StrCat("\"a\\n", Pick(2) == 0 ? turn : "", "\\\" {: - b\"");
      case 2:
        return "\"x \\\n" + std::string(below, ' ') + "y\"";
      case 3:
        return absl::StrCat("words", Pick(2) == 0 ? turn : " ", "and a:b c#d -e");
      case 4:
        return Pick(2) == 0 ? "~" : "null";
      default:
        return absl::StrCat("v", Pick(100));
    }
  }

  std::string Flow(int below, int depth) {
    const bool is_list = Pick(2) == 0;
    auto space = [&] {
      if (Pick(8) == 0) return absl::StrCat(" # in\n", std::string(below, ' '));
      return Pick(8) == 0 ? absl::StrCat("\n", std::string(below + Pick(3), ' ')) : Blanks(0);
    };
    std::string text = is_list ? "[" : "{";
    const int count = Pick(4);
    for (int i = 0; i < count; ++i) {
      absl::StrAppend(&text, i > 0 ? "," : "", space());
      if (!is_list) absl::StrAppend(&text, "f", i, ": ");
      absl::StrAppend(&text, depth > 0 && Pick(3) == 0 ? Flow(below, depth - 1) : absl::StrCat("'w", Pick(9), "'"),
                      space());
    }
    return absl::StrCat(text, is_list ? "]" : "}");
  }

  void Block(int column) {
    const int indent = 1 + Pick(5);
    const bool is_told = Pick(4) == 0;
    absl::StrAppend(&text_, Pick(2) == 0 ? "|" : ">", is_told ? absl::StrCat(indent) : "",
                    Pick(3) == 0   ? "-"
                    : Pick(2) == 0 ? "+"
                                   : "",
                    Pick(5) == 0 ? " # head" : "", "\n");
    const std::string blanks(static_cast<size_t>(column + indent), ' ');
    const int count = 1 + Pick(4);
    for (int i = 0; i < count; ++i) {
      const bool is_plain = Pick(4) != 0 || (i == 0 && !is_told);
      absl::StrAppend(&text_, i > 0 && Pick(4) == 0 ? "\n" : "", blanks, is_plain ? "" : "   ", "line ", i,
                      " # text\n");
    }
    while (Pick(3) == 0) text_ += '\n';
  }

  std::mt19937 random_;
  std::string text_;
};

TEST(LayoutTest, RandomTextsAreLaidOutOnceAndForAllWithoutChangingWhatTheySay) {
  int read = 0;
  for (uint32_t seed = 1; seed <= 4000 && !HasFailure(); ++seed) {
    const std::string text = RandomText(seed).Document();
    if (!IsYaml(text)) continue;
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    ExpectStable(text);
    ++read;
  }
  EXPECT_GT(read, 3000);
}

}  // namespace
}  // namespace assay
