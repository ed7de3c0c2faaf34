// Positions in source text: lines, columns in code points, and what is no text at all.
#include "base/source.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

SourceText Text(absl::string_view text) { return SourceText::Create("rules.yaml", std::string(text)).value(); }

TEST(SourceTextTest, ColumnsCountCodePointsFromOne) {
  const SourceText source = Text("a: 1\n折扣: x\n");
  EXPECT_EQ(source.Locate(0).column, 1);
  const SourcePosition x = source.Locate(13);  // 5 + 3 + 3 + 2
  EXPECT_EQ(x.line, 2);
  EXPECT_EQ(x.column, 5);
  EXPECT_EQ(source.Locate(6).column, 1) << "inside a code point";
}

TEST(SourceTextTest, EveryOffsetOfACodePointComesBack) {
  const SourceText source = Text("ab\r\n\n折扣é\nend");
  for (int32_t offset : {0, 1, 2, 4, 5, 8, 11, 13, 14, 15, 16, 17}) {
    EXPECT_EQ(source.OffsetOf(source.Locate(offset)), offset) << offset;
  }
}

TEST(SourceTextTest, OffsetsOutsideAreTheNearestEnd) {
  const SourceText source = Text("ab\ncd");
  EXPECT_EQ(source.Locate(-5).column, 1);
  EXPECT_EQ(source.Locate(99).line, 2);
  EXPECT_EQ(source.Locate(99).column, 3);
  EXPECT_EQ(source.OffsetOf({1, 99}), 2);
  EXPECT_EQ(source.OffsetOf({9, 1}), 5);
  EXPECT_EQ(source.OffsetOf({0, 0}), 0);
  EXPECT_EQ(source.Slice({3, 99}), "cd");
  EXPECT_EQ(source.Slice({4, 1}), "");
}

TEST(SourceTextTest, LinesComeWithoutTheirBreak) {
  const SourceText source = Text("one\r\ntwo\n\nlast");
  EXPECT_EQ(source.line_count(), 4);
  EXPECT_EQ(source.Line(1), "one");
  EXPECT_EQ(source.Line(2), "two");
  EXPECT_EQ(source.Line(3), "");
  EXPECT_EQ(source.Line(4), "last");
  EXPECT_EQ(source.Line(0), "");
  EXPECT_EQ(source.Line(5), "");
  EXPECT_EQ(Text("").line_count(), 1);
  EXPECT_EQ(Text("a\n").line_count(), 2);
}

TEST(SourceTextTest, WhatIsNotUtf8IsRefusedWithItsPlace) {
  const absl::StatusOr<SourceText> source = SourceText::Create("rules.yaml", "a: 1\n折: \xB5\n");
  ASSERT_FALSE(source.ok());
  EXPECT_EQ(source.status().message(), "rules.yaml:2:4: error: not UTF-8 text; save it as UTF-8");
}

}  // namespace
}  // namespace assay
