// Patterns from anyone: compiled within a size, or refused in one line.
#include "base/pattern.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Refusal(absl::string_view text, int32_t max_size) {
  std::string why;
  return CompilePattern(text, max_size, &why) != nullptr ? "" : why;
}

TEST(PatternTest, AProgramOfTheLimitIsTakenAndOneStepMoreIsNot) {
  std::string why;
  const auto pattern = CompilePattern("[a-z]{5}[0-9]{30}", 1'000, &why);
  ASSERT_NE(pattern, nullptr) << why;
  const int size = pattern->ProgramSize();
  EXPECT_EQ(Refusal("[a-z]{5}[0-9]{30}", size), "");
  EXPECT_EQ(Refusal("[a-z]{5}[0-9]{30}", size - 1),
            absl::StrCat("the regular expression is too large: its program has more steps than ", size - 1,
                         "; repeat less, as x* for x{1000}"));
}

TEST(PatternTest, HugeRepetitionsAreRefusedAtOnce) {
  for (const char* text :
       {"(a{1000}){1000}", "((a{100}){100}){100}", "(x+x+)+y{1000}{1000}", "((((a{10}){10}){10}){10}){10}"}) {
    EXPECT_NE(Refusal(text, 10'000), "") << text;
  }
  EXPECT_TRUE(absl::StrContains(Refusal("(\\pL{400}){2}", 10'000), "is too large"));
  EXPECT_EQ(Refusal(std::string(10'001, 'a'), 10'000),
            "the regular expression is too long: it has more bytes than 10000");
  std::string many;
  while (many.size() + 3 < 10'000) many += "\\pL";
  EXPECT_TRUE(absl::StrContains(Refusal(many, 10'000), "is too large"));
}

TEST(PatternTest, WhatIsNoPatternIsSaidWithWhy) {
  EXPECT_EQ(Refusal("a(b", 10'000), "not a regular expression: missing ): a(b");
}

TEST(PatternTest, DeepNestingEnds) { EXPECT_NE(Refusal(std::string(100'000, '('), 10'000), ""); }

}  // namespace
}  // namespace assay
