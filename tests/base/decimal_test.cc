// Decimals at their borders: 38 digits, ties of both signs, zeros, and text that is almost a number.
#include "base/decimal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace assay {
namespace {

const std::string kNines(38, '9');

Decimal Of(absl::string_view text) { return ParseDecimal(text).value(); }

std::string Show(const std::optional<Decimal>& value) { return value ? FormatDecimal(*value) : "overflow"; }

DecimalParse Parse64(absl::string_view text, int precision, int scale, int64_t* out) {
  return ParseDecimalAtScale(text.data(), text.size(), precision, scale, out);
}

std::string Quotient(absl::string_view a, absl::string_view b, int scale, Rounding mode) {
  Decimal out;
  switch (Quotient(Of(a), Of(b), scale, mode, &out)) {
    case QuotientResult::kOk:
      return FormatDecimal(out);
    case QuotientResult::kDivisionByZero:
      return "division by zero";
    case QuotientResult::kOverflow:
      return "overflow";
  }
  return "";
}

TEST(ParseDecimalTest, KeepsTheScaleThatIsWritten) {
  EXPECT_EQ(Of("1.50").scale, 2);
  EXPECT_EQ(Of("1.50").coefficient, 150);
  EXPECT_EQ(Of("-007").coefficient, -7);
  EXPECT_EQ(Of("-0.00").coefficient, 0);
}

TEST(ParseDecimalTest, RefusesWhatIsAlmostANumberInOneLine) {
  for (absl::string_view text :
       {"", "-", ".", ".5", "5.", "+1", "1e3", "1,000", " 1", "1 ", "--1", "1.2.3", "1.-2", "０"}) {
    const absl::StatusOr<Decimal> value = ParseDecimal(text);
    ASSERT_FALSE(value.ok()) << text;
    EXPECT_EQ(value.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(value.status().message().find('\n'), absl::string_view::npos);
  }
  EXPECT_EQ(ParseDecimal("1e3").status().message(), "not a decimal number (write it like -12.50): '1e3'");
}

TEST(ParseDecimalTest, TakesThirtyEightDigitsAndNotOneMore) {
  EXPECT_EQ(FormatDecimal(Of(kNines)), kNines);
  EXPECT_EQ(FormatDecimal(Of("-0." + kNines)), "-0." + kNines);
  EXPECT_EQ(FormatDecimal(Of("000" + kNines)), kNines) << "leading zeros are no digits";
  EXPECT_FALSE(ParseDecimal("1" + std::string(38, '0')).ok());
  EXPECT_FALSE(ParseDecimal("0." + std::string(39, '0')).ok()) << "a scale over 38";
  EXPECT_FALSE(ParseDecimal(std::string(400, '7')).ok());
}

TEST(ParseDecimalAtScaleTest, FillsUpToTheFieldsScale) {
  int64_t out = 0;
  EXPECT_EQ(Parse64("1.5", 18, 4, &out), DecimalParse::kOk);
  EXPECT_EQ(out, 15000);
  EXPECT_EQ(Parse64("-0", 18, 4, &out), DecimalParse::kOk);
  EXPECT_EQ(out, 0);
  EXPECT_EQ(Parse64("00000000000000000000000000012.3", 18, 1, &out), DecimalParse::kOk);
  EXPECT_EQ(out, 123);
}

TEST(ParseDecimalAtScaleTest, NamesEachKindOfRefusalAndWritesNothing) {
  int64_t out = 42;
  EXPECT_EQ(Parse64("", 18, 4, &out), DecimalParse::kEmpty);
  EXPECT_EQ(Parse64("1.5x", 18, 4, &out), DecimalParse::kMalformed);
  EXPECT_EQ(Parse64("1.23456x", 18, 4, &out), DecimalParse::kMalformed) << "malformed comes before excess scale";
  EXPECT_EQ(Parse64("1.23450", 18, 4, &out), DecimalParse::kExcessScale) << "even if the excess is zeros";
  EXPECT_EQ(Parse64("100000000000000", 18, 4, &out), DecimalParse::kOverflow);
  EXPECT_EQ(Parse64("99999999999999999999999999", 18, 0, &out), DecimalParse::kOverflow);
  EXPECT_EQ(Parse64("18446744073709551617", 18, 0, &out), DecimalParse::kOverflow) << "2^64 + 1 must not wrap to 1";
  EXPECT_EQ(Parse64(std::string("1\0", 2), 18, 4, &out), DecimalParse::kMalformed);
  EXPECT_EQ(out, 42);
}

// The grammar, written as plainly as it can be.
bool IsDecimalText(absl::string_view text) {
  const auto take_digits = [&text] {
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(digits);
    return digits != 0;
  };
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  if (!take_digits()) return false;
  if (text.empty()) return true;
  if (text[0] != '.') return false;
  text.remove_prefix(1);
  return take_digits() && text.empty();
}

TEST(ParseDecimalAtScaleTest, AcceptsExactlyTheGrammarAtEveryLength) {
  constexpr absl::string_view kAlphabet("09.-/:\0\xFF", 8);
  // Every text of five characters of the alphabet, alone and after, before and amid digits: all lengths of the readers.
  for (int number = 0; number < 8 * 8 * 8 * 8 * 8; ++number) {
    std::string text;
    for (int rest = number, i = 0; i < 5; ++i, rest /= 8) text.push_back(kAlphabet[rest % 8]);
    const std::string texts[] = {text,
                                 text.substr(0, number % 5),
                                 "123" + text,
                                 text + "1234567",
                                 "1234567.8" + text,
                                 text.substr(0, 2) + "12345678" + text.substr(2),
                                 "1234567890123" + text};
    for (const std::string& t : texts) {
      int64_t out = 0;
      // Held in memory of its own size, so that a read outside is found by the address sanitizer.
      const std::vector<char> bytes(t.begin(), t.end());
      const DecimalParse result = ParseDecimalAtScale(bytes.data(), bytes.size(), 18, 0, &out);
      ASSERT_EQ(result == DecimalParse::kMalformed, !t.empty() && !IsDecimalText(t)) << t;
    }
  }
}

TEST(ParseDecimalAtScaleTest, ReadsTheSameDigitsAtEveryLengthAndPlaceOfThePoint) {
  const std::string digits = "123456789012345678";
  for (size_t size = 1; size <= digits.size(); ++size) {
    for (size_t fraction = 0; fraction < size; ++fraction) {
      std::string text = digits.substr(0, size);
      if (fraction != 0) text.insert(size - fraction, ".");
      int64_t out = 0;
      ASSERT_EQ(Parse64("-" + text, 18, static_cast<int>(fraction), &out), DecimalParse::kOk) << text;
      EXPECT_EQ(out, -std::stoll(digits.substr(0, size))) << text;
    }
  }
}

TEST(ParseDecimalAtScaleTest, ReachesTheFieldsLargestValueAndNotOneMore) {
  int64_t out = 0;
  EXPECT_EQ(Parse64("99999999999999.9999", 18, 4, &out), DecimalParse::kOk);
  EXPECT_EQ(out, 999'999'999'999'999'999);
  EXPECT_EQ(Parse64("-99999999999999.9999", 18, 4, &out), DecimalParse::kOk);
  EXPECT_EQ(out, -999'999'999'999'999'999);
  EXPECT_EQ(Parse64("0.9", 1, 1, &out), DecimalParse::kOk);
  EXPECT_EQ(Parse64("1.0", 1, 1, &out), DecimalParse::kOverflow);
  int128 wide = 0;
  EXPECT_EQ(ParseDecimalAtScale(kNines.data(), kNines.size(), 38, 0, &wide), DecimalParse::kOk);
  EXPECT_EQ(ToString(wide), kNines);
  const std::string ten_to_38 = "1" + std::string(38, '0');
  EXPECT_EQ(ParseDecimalAtScale(ten_to_38.data(), ten_to_38.size(), 38, 0, &wide), DecimalParse::kOverflow);
}

TEST(FormatDecimalTest, PrintsExactlyTheScale) {
  EXPECT_EQ(FormatDecimal({0, 2}), "0.00");
  EXPECT_EQ(FormatDecimal({-5, 2}), "-0.05");
  EXPECT_EQ(FormatDecimal({-12345, 2}), "-123.45");
  EXPECT_EQ(FormatDecimal({7, 0}), "7");
  EXPECT_EQ(FormatDecimal({1, 38}), "0." + std::string(37, '0') + "1");
}

TEST(FormatTrimmedTest, DropsOnlyTheFractionsZeros) {
  EXPECT_EQ(FormatTrimmed({1500, 3}), "1.5");
  EXPECT_EQ(FormatTrimmed({2000, 3}), "2");
  EXPECT_EQ(FormatTrimmed({2000, 0}), "2000");
  EXPECT_EQ(FormatTrimmed({0, 4}), "0");
}

TEST(DecimalTest, SumsKeepTheWiderScale) {
  EXPECT_EQ(Show(Add(Of("1.5"), Of("2.25"))), "3.75");
  EXPECT_EQ(Show(Subtract(Of("1"), Of("1.00"))), "0.00");
}

TEST(DecimalTest, OverflowAtThirtyEightDigitsIsNothing) {
  EXPECT_EQ(Show(Add(Of(kNines), Of("1"))), "overflow");
  EXPECT_EQ(Show(Add(Of(kNines), Of(kNines))), "overflow") << "the sum passes 2^127";
  EXPECT_EQ(Show(Subtract(Of("-" + kNines), Of("1"))), "overflow");
  EXPECT_EQ(Show(Add(Of(kNines), Of("-1"))), kNines.substr(0, 37) + "8");
  EXPECT_EQ(Show(Add(Of(kNines), Of("0.0"))), "overflow") << "aligning needs a 39th digit";
  EXPECT_EQ(Show(Multiply(Of("10000000000000000000"), Of("10000000000000000000"))), "overflow");
  EXPECT_EQ(Show(Multiply(Decimal{1, 20}, Decimal{1, 19})), "overflow") << "a scale of 39";
  EXPECT_EQ(Show(Rescale(Of("1.00"), 1)), "overflow") << "Rescale never drops digits";
}

TEST(DecimalTest, CompareNeedsNoCommonScale) {
  EXPECT_EQ(Compare(Of("1.50"), Of("1.5")), 0);
  EXPECT_EQ(Compare(Of(kNines), Decimal{1, 38}), 1);
  EXPECT_EQ(Compare(Of("-" + kNines), Of("0." + kNines)), -1);
  EXPECT_EQ(Compare(Of("-1.1"), Of("-1.1000000000000000000000000000000000001")), 1);
  EXPECT_EQ(Compare(Of("-0.5"), Of("0.49")), -1);
}

TEST(DecimalTest, TiesRoundAsTheModeSaysForBothSigns) {
  const struct {
    Rounding mode;
    const char *up, *even_up, *down;  // of 2.5, 3.5 and -2.5
  } kCases[] = {
      {Rounding::kHalfUp, "3", "4", "-3"}, {Rounding::kHalfEven, "2", "4", "-2"}, {Rounding::kUp, "3", "4", "-3"},
      {Rounding::kDown, "2", "3", "-2"},   {Rounding::kCeiling, "3", "4", "-2"},  {Rounding::kFloor, "2", "3", "-3"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(RoundingName(c.mode));
    EXPECT_EQ(Show(Round(Of("2.5"), 0, c.mode)), c.up);
    EXPECT_EQ(Show(Round(Of("3.5"), 0, c.mode)), c.even_up);
    EXPECT_EQ(Show(Round(Of("-2.5"), 0, c.mode)), c.down);
    EXPECT_EQ(Quotient("5", "2", 0, c.mode), c.up);
    EXPECT_EQ(Quotient("-5", "2", 0, c.mode), c.down);
    EXPECT_EQ(Quotient("5", "-2", 0, c.mode), c.down);
  }
}

TEST(DecimalTest, RoundReachesAWiderScaleExactly) {
  EXPECT_EQ(Show(Round(Of("1.5"), 4, Rounding::kHalfUp)), "1.5000");
  EXPECT_EQ(Show(Round(Of(kNines), 1, Rounding::kHalfUp)), "overflow");
  EXPECT_EQ(Show(Round(Of("0." + kNines), 0, Rounding::kHalfUp)), "1");
  EXPECT_EQ(Show(Round(Of("-0.4"), 0, Rounding::kHalfUp)), "0") << "never -0";
}

TEST(QuotientTest, RoundsOnceFromTheExactQuotient) {
  EXPECT_EQ(Quotient("1", "3", 4, Rounding::kHalfUp), "0.3333");
  EXPECT_EQ(Quotient("2", "3", 4, Rounding::kHalfUp), "0.6667");
  EXPECT_EQ(Quotient("1", "3", 38, Rounding::kHalfUp), "0." + std::string(38, '3'));
  // 0.4999…: rounding to 37 digits first would make it a tie.
  EXPECT_EQ(Quotient("0.4" + std::string(37, '9'), "1", 0, Rounding::kHalfUp), "0");
}

TEST(QuotientTest, UsesMoreThanOneHundredTwentyEightBitsWhereNeeded) {
  EXPECT_EQ(Quotient(kNines, kNines, 37, Rounding::kDown), "1." + std::string(37, '0'));
  EXPECT_EQ(Quotient("0." + kNines, kNines, 38, Rounding::kDown), "0." + std::string(37, '0') + "1");
  EXPECT_EQ(Quotient(kNines, "0." + kNines, 0, Rounding::kDown), "overflow") << "10^38";
}

TEST(QuotientTest, TinyQuotientsStillRoundByTheMode) {
  const std::string tiny = "0." + std::string(37, '0') + "1";
  EXPECT_EQ(Quotient(tiny, kNines, 0, Rounding::kUp), "1");
  EXPECT_EQ(Quotient(tiny, kNines, 2, Rounding::kHalfUp), "0.00");
  EXPECT_EQ(Quotient("-" + tiny, kNines, 2, Rounding::kFloor), "-0.01");
  EXPECT_EQ(Quotient("-" + tiny, kNines, 2, Rounding::kCeiling), "0.00");
}

TEST(QuotientTest, DivisionByZeroIsNotOverflow) {
  EXPECT_EQ(Quotient("1", "0.00", 2, Rounding::kHalfUp), "division by zero");
  EXPECT_EQ(Quotient("0", "0", 2, Rounding::kHalfUp), "division by zero");
  EXPECT_EQ(Quotient("0", "5", 2, Rounding::kUp), "0.00");
  EXPECT_EQ(Quotient("1", "5", 39, Rounding::kUp), "overflow") << "a scale over 38";
}

TEST(DecimalTest, ToDoubleIsTheNearestDouble) {
  EXPECT_EQ(ToDouble(Of("0.1")), 0.1);
  EXPECT_EQ(ToDouble(Of("-123.456")), -123.456);
  EXPECT_EQ(ToDouble(Of("9007199254740993")), 9007199254740992.0) << "2^53 + 1 ties to even";
  EXPECT_EQ(ToDouble(Of(kNines)), 1e38);
  EXPECT_FALSE(std::signbit(ToDouble(Of("-0.0"))));
}

TEST(DecimalTest, IntegersComeInWhole) {
  EXPECT_EQ(FormatDecimal(DecimalFromInt64(std::numeric_limits<int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(FormatDecimal(DecimalFromUint64(std::numeric_limits<uint64_t>::max())), "18446744073709551615");
}

}  // namespace
}  // namespace assay
