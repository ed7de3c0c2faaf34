// JSON strings: what is escaped, and that the text is always valid.
#include "base/json_text.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Quoted(absl::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

TEST(JsonTextTest, EscapesOnlyWhatItMust) {
  EXPECT_EQ(Quoted("plain / 文字 😀"), "\"plain / 文字 😀\"");
  EXPECT_EQ(Quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(Quoted("\n\r\t\b\x01\x7f"), "\"\\n\\r\\t\\u0008\\u0001\x7f\"");
  EXPECT_EQ(Quoted(absl::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(JsonTextTest, IllFormedUtf8BecomesTheReplacementCharacter) { EXPECT_EQ(Quoted("a\xff"), "\"a\uFFFD\""); }

TEST(JsonTextTest, AppendsToWhatIsThere) {
  std::string out = "x";
  AppendJsonString("", &out);
  EXPECT_EQ(out, "x\"\"");
}

}  // namespace
}  // namespace assay
