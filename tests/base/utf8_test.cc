// UTF-8: every code point there and back, every kind of ill-formed sequence, and widths on a terminal.
#include "base/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(Utf8Test, EveryCodePointGoesThereAndBack) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string text;
    AppendUtf8(point, &text);
    size_t offset = 0;
    ASSERT_TRUE(IsValidUtf8(text)) << static_cast<uint32_t>(point);
    ASSERT_EQ(DecodeUtf8(text, &offset), point);
    ASSERT_EQ(offset, text.size());
  }
}

TEST(Utf8Test, WhatIsNoCodePointBecomesTheReplacement) {
  for (char32_t point : {0xD800, 0xDFFF, 0x110000}) {
    std::string text;
    AppendUtf8(point, &text);
    EXPECT_EQ(text, "\xEF\xBF\xBD");
  }
}

TEST(Utf8Test, FindsWhereItIsIllFormed) {
  const struct {
    const char* text;
    size_t at;
  } kCases[] = {
      {"\x80", 0},              // a lone continuation
      {"a\xC0\x80", 1},         // overlong, two bytes
      {"a\xC1\xBF", 1},         // overlong, two bytes
      {"\xE0\x9F\xBF", 0},      // overlong, three bytes
      {"\xF0\x8F\xBF\xBF", 0},  // overlong, four bytes
      {"\xED\xA0\x80", 0},      // a surrogate
      {"\xF4\x90\x80\x80", 0},  // U+110000
      {"\xF5\x80\x80\x80", 0},  // no lead byte
      {"12345678\xE4\xB8", 8},  // cut off
      {"1234567\xFF", 7},       // never in UTF-8
  };
  for (const auto& c : kCases) EXPECT_EQ(FindInvalidUtf8(c.text), c.at) << c.text;
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("折扣 ≤ 0.15, 12345678 é \xF0\x9F\x98\x80"));
  EXPECT_TRUE(IsValidUtf8(absl::string_view("\0", 1)));
}

TEST(Utf8Test, IllFormedBytesAreDecodedOneByOne) {
  const std::string text =
      "\xE4\xB8"
      "a";
  size_t offset = 0;
  EXPECT_EQ(DecodeUtf8(text, &offset), 0xFFFD);
  EXPECT_EQ(DecodeUtf8(text, &offset), 0xFFFD);
  EXPECT_EQ(DecodeUtf8(text, &offset), U'a');
  EXPECT_EQ(CountCodePoints(text), 3u);
}

TEST(Utf8Test, CountsAndFindsCodePoints) {
  const absl::string_view text = "a折b扣";
  EXPECT_EQ(CountCodePoints(text), 4u);
  EXPECT_EQ(OffsetOfCodePoint(text, 0), 0u);
  EXPECT_EQ(OffsetOfCodePoint(text, 2), 4u);
  EXPECT_EQ(OffsetOfCodePoint(text, 4), text.size());
  EXPECT_EQ(OffsetOfCodePoint(text, 99), text.size());
}

TEST(Utf8Test, WidthsFollowTheTerminal) {
  EXPECT_EQ(DisplayWidth('a'), 1);
  EXPECT_EQ(DisplayWidth(U'é'), 1);
  EXPECT_EQ(DisplayWidth(U'折'), 2);
  EXPECT_EQ(DisplayWidth(U'，'), 2);
  EXPECT_EQ(DisplayWidth(U'。'), 2);
  EXPECT_EQ(DisplayWidth(U'한'), 2);
  EXPECT_EQ(DisplayWidth(U'ｱ'), 1) << "half-width katakana";
  EXPECT_EQ(DisplayWidth(0x1F600), 2);
  EXPECT_EQ(DisplayWidth(0x0301), 0) << "a combining accent";
  EXPECT_EQ(DisplayWidth(0x200D), 0);
}

}  // namespace
}  // namespace assay
