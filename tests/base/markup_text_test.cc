// Text inside HTML and XML.
#include "base/markup_text.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Markup(absl::string_view text) {
  std::string markup;
  AppendMarkupText(text, &markup);
  return markup;
}

TEST(MarkupTextTest, EscapesWhatMarkupBeginsWith) {
  EXPECT_EQ(Markup("<a b='1' c=\"2\">&amp;"), "&lt;a b=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;");
}

TEST(MarkupTextTest, KeepsOtherTextAndReplacesControlCharacters) {
  EXPECT_EQ(Markup("价格 é\n\t1"), "价格 é\n\t1");
  EXPECT_EQ(Markup(absl::string_view("a\0b\x1B\x7F", 5)), "a\uFFFDb\uFFFD\uFFFD");
}

}  // namespace
}  // namespace assay
