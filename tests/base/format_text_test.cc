// format() by itself: clauses, values, and what refuses them. Both evaluators write by it.
#include "base/format_text.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

using Kind = FormatValue::Kind;

FormatValue Int(int64_t value) {
  FormatValue out;
  out.kind = Kind::kInt;
  out.integer = value;
  return out;
}

FormatValue Text(Kind kind, absl::string_view text) {
  FormatValue out;
  out.kind = kind;
  out.text = text;
  return out;
}

FormatValue Exact(const char* text) {
  FormatValue out;
  out.kind = Kind::kDecimal;
  out.decimal = *ParseDecimal(text);
  return out;
}

std::string Formatted(absl::string_view pattern, const std::vector<FormatValue>& values) {
  std::string out;
  return FormatText(pattern, values, &out) == FormatFault::kNone ? out : "fault after " + out;
}

TEST(FormatTextTest, AClauseTakesTheNextValue) {
  EXPECT_EQ(Formatted("%d of %d%%", {Int(3), Int(4)}), "3 of 4%");
  EXPECT_EQ(Formatted("no clause", {Int(3)}), "no clause");
}

TEST(FormatTextTest, DecimalsAreRoundedHalfUpAndNeverThroughADouble) {
  EXPECT_EQ(Formatted("%.2f", {Exact("2.345")}), "2.35");
  EXPECT_EQ(Formatted("%.2f", {Exact("-2.345")}), "-2.35");
  EXPECT_EQ(Formatted("%.0f", {Exact("0.5")}), "1");
  EXPECT_EQ(Formatted("%f", {Exact("12345678901234567890.123456789")}), "12345678901234567890.123457");
  EXPECT_EQ(Formatted("%s %s", {Exact("1.50"), Exact("2")}), "1.50 2");
}

TEST(FormatTextTest, WhatStandsForAListIsWrittenByOneClauseOnly) {
  EXPECT_EQ(Formatted("%s", {Text(Kind::kText, "[1, 2]")}), "[1, 2]");
  EXPECT_EQ(Formatted("<%x>", {Text(Kind::kText, "[1, 2]")}), "fault after <");
  EXPECT_EQ(Formatted("<%x>", {Text(Kind::kString, "k")}), "<6b>");
}

TEST(FormatTextTest, EachFaultIsTold) {
  std::string out;
  EXPECT_EQ(FormatText("%d", {}, &out), FormatFault::kTooFewValues);
  EXPECT_EQ(FormatText("%q", {Int(1)}, &out), FormatFault::kNoClause);
  EXPECT_EQ(FormatText("%.", {Int(1)}, &out), FormatFault::kNoClause);
  EXPECT_EQ(FormatText("100%", {Int(1)}, &out), FormatFault::kNoClause);
  EXPECT_EQ(FormatText("%d", {Exact("1")}, &out), FormatFault::kCannotWrite);
  EXPECT_EQ(FormatText("%s", {FormatValue{}}, &out), FormatFault::kCannotWrite);
  EXPECT_EQ(FormatText("%s", {Text(Kind::kBytes, "\xff")}, &out), FormatFault::kCannotWrite);
  const std::string half(kMaxFormatted / 2 + 1, 'a');
  EXPECT_EQ(FormatText("%s%s", {Text(Kind::kString, half), Text(Kind::kString, half)}, &out), FormatFault::kTooLong);
}

}  // namespace
}  // namespace assay
