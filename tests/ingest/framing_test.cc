// Borders of messages in files.
#include "ingest/framing.h"

#include "gtest/gtest.h"
#include "tests/ingest/wire_mutator.h"

namespace assay {
namespace {

constexpr FramingLimits kLimits;

TEST(FramingTest, LinesKeepTheirNumbersAndBlankOnesGo) {
  const auto lines = *SplitJsonLines("\xef\xbb\xbf{}\r\n\n  \n[1]\n{\"a\"}", kLimits);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text, "{}\r");
  EXPECT_EQ(lines[0].line, 1);
  EXPECT_EQ(lines[1].text, "[1]");
  EXPECT_EQ(lines[1].line, 4);
  EXPECT_EQ(lines[2].text, "{\"a\"}");
  EXPECT_EQ(lines[2].line, 5);
}

TEST(FramingTest, LinesHaveALimit) {
  EXPECT_EQ(SplitJsonLines("{}\n{aaa}", {4, 10}).status().message(), "line 2 is longer than the limit of 4 bytes: 5");
  EXPECT_EQ(SplitJsonLines("1\n2\n3", {4, 2}).status().message(), "there are more lines than the limit of 2");
}

TEST(FramingTest, DelimitedMessagesComeInOrder) {
  const std::string long_one(300, 'x');
  const std::string data = WireText().Number(3).Raw("abc").Number(0).Number(300).Raw(long_one).bytes();
  const auto messages = *SplitDelimited(data, kLimits);
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0], "abc");
  EXPECT_EQ(messages[1], "");
  EXPECT_EQ(messages[2], long_one);
  EXPECT_TRUE(SplitDelimited("", kLimits)->empty());
}

TEST(FramingTest, BrokenFramingIsRefusedAtItsPlace) {
  EXPECT_EQ(SplitDelimited(WireText().Number(1).Raw("a").Number(5).Raw("bc").bytes(), kLimits).status().message(),
            "message 2 is cut off: it begins at byte 2 and needs 5 bytes, of which 2 are there");
  EXPECT_EQ(SplitDelimited("\x01x\x80", kLimits).status().message(),
            "the length of message 2 is malformed or cut off, at byte 2");
  EXPECT_EQ(SplitDelimited(std::string(11, '\x80'), kLimits).status().message(),
            "the length of message 1 is malformed or cut off, at byte 0");
  EXPECT_EQ(SplitDelimited(WireText().Number(9).bytes(), {8, 10}).status().message(),
            "message 1 is longer than the limit of 8 bytes: 9");
}

}  // namespace
}  // namespace assay
