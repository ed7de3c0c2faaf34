// Doubles as text: the shortest digits, laid out as ECMAScript does, and read back to the same bits.
#include "base/double_text.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(DoubleTextTest, WritesTheFewestDigits) {
  EXPECT_EQ(FormatDouble(0.1), "0.1");
  EXPECT_EQ(FormatDouble(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(FormatDouble(100), "100");
  EXPECT_EQ(FormatDouble(-123.456), "-123.456");
  EXPECT_EQ(FormatDouble(5e-324), "5e-324");
  EXPECT_EQ(FormatDouble(std::numeric_limits<double>::max()), "1.7976931348623157e+308");
}

TEST(DoubleTextTest, WritesAnExponentFrom1e21AndBelow1eMinus6) {
  EXPECT_EQ(FormatDouble(1e20), "100000000000000000000");
  EXPECT_EQ(FormatDouble(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(FormatDouble(1e21), "1e+21");
  EXPECT_EQ(FormatDouble(1.5e22), "1.5e+22");
  EXPECT_EQ(FormatDouble(0.000001), "0.000001");
  EXPECT_EQ(FormatDouble(0.0000012), "0.0000012");
  EXPECT_EQ(FormatDouble(1e-7), "1e-7");
  EXPECT_EQ(FormatDouble(-1.25e-7), "-1.25e-7");
}

TEST(DoubleTextTest, NamesWhatIsNoNumber) {
  EXPECT_EQ(FormatDouble(std::nan("")), "NaN");
  EXPECT_EQ(FormatDouble(-std::nan("")), "NaN");
  EXPECT_EQ(FormatDouble(HUGE_VAL), "Infinity");
  EXPECT_EQ(FormatDouble(-HUGE_VAL), "-Infinity");
  EXPECT_EQ(FormatDouble(-0.0), "-0");
}

TEST(DoubleTextTest, EveryDoubleReadsBackAsItself) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    if (!std::isfinite(value)) continue;
    double read = 0;
    ASSERT_EQ(ParseDouble(FormatDouble(value), &read), DoubleParse::kOk) << FormatDouble(value);
    ASSERT_EQ(std::memcmp(&read, &value, sizeof(value)), 0) << FormatDouble(value);
  }
}

TEST(DoubleTextTest, ReadsSignsPointsAndExponents) {
  double value = 0;
  for (absl::string_view text : {"1.5", "+1.5", "1.50", "01.5", "15e-1", "0.15E1", ".15e+1"}) {
    ASSERT_EQ(ParseDouble(text, &value), DoubleParse::kOk) << text;
    EXPECT_EQ(value, 1.5) << text;
  }
  ASSERT_EQ(ParseDouble("-INF", &value), DoubleParse::kOk);
  EXPECT_EQ(value, -HUGE_VAL);
  ASSERT_EQ(ParseDouble("nan", &value), DoubleParse::kOk);
  EXPECT_TRUE(std::isnan(value));
  ASSERT_EQ(ParseDouble("1e-999", &value), DoubleParse::kOk);
  EXPECT_EQ(value, 0);
}

TEST(DoubleTextTest, RefusesWhatIsNoNumberAndSaysWhatIsTooLarge) {
  double value = 3;
  for (absl::string_view text : {"", "-", "+-1", "1.5x", " 1", "1 ", "0x10", "1e", ".", "e5", "1,5", "infinit"}) {
    EXPECT_EQ(ParseDouble(text, &value), DoubleParse::kMalformed) << text;
  }
  EXPECT_EQ(ParseDouble("1e309", &value), DoubleParse::kOverflow);
  EXPECT_EQ(ParseDouble("-1e309", &value), DoubleParse::kOverflow);
  EXPECT_EQ(value, 3);
}

}  // namespace
}  // namespace assay
