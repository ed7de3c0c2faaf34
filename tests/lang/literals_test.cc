// Literals are decoded exactly, and what has no value is refused at its place.
#include "lang/literals.h"

#include "gtest/gtest.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

TEST(LiteralsTest, IntsReachBothEndsOfTheirRange) {
  EXPECT_EQ(TreeOf("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(TreeOf("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(TreeOf("-0x8000000000000000"), "-9223372036854775808");
  EXPECT_EQ(TreeOf("0x55"), "85");
  EXPECT_EQ(TreeOf("007"), "7") << "a leading zero does not make an octal number";
  EXPECT_EQ(ErrorsOf("9223372036854775808"),
            "1: an int lies between -9223372036854775808 and 9223372036854775807, not '9223372036854775808'");
  EXPECT_EQ(ErrorsOf("a + -9223372036854775809"),
            "6: an int lies between -9223372036854775808 and 9223372036854775807, not '-9223372036854775809'");
}

TEST(LiteralsTest, UintsReachTheEndOfTheirRange) {
  EXPECT_EQ(TreeOf("18446744073709551615u"), "18446744073709551615u");
  EXPECT_EQ(TreeOf("0xFFu"), "255u");
  EXPECT_EQ(TreeOf("-1u"), "(-_ 1u)") << "a uint has no sign of its own";
  EXPECT_EQ(ErrorsOf("18446744073709551616u"),
            "1: a uint lies between 0u and 18446744073709551615u, not '18446744073709551616u'");
}

TEST(LiteralsTest, DoublesKeepTheirExactDecimal) {
  EXPECT_EQ(TreeOf("1.50"), "1.50d=1.50");
  EXPECT_EQ(TreeOf("-0.15"), "-0.15d=-0.15");
  EXPECT_EQ(TreeOf("- .5"), "-.5d=-0.5");
  EXPECT_EQ(TreeOf("1e3"), "1e3d=1000");
  EXPECT_EQ(TreeOf("12.5e-3"), "12.5e-3d=0.0125");
  EXPECT_EQ(TreeOf("0e99"), "0e99d=0");
  EXPECT_EQ(TreeOf("99999999999999999999999999999999999999.0"),
            "99999999999999999999999999999999999999.0d=99999999999999999999999999999999999999");
}

TEST(LiteralsTest, DoublesWithoutADecimalOf38DigitsHaveNone) {
  EXPECT_EQ(TreeOf("1e300"), "1e300d");
  EXPECT_EQ(TreeOf("1e-39"), "1e-39d");
  EXPECT_EQ(TreeOf("1e-99999999999999999999"), "1e-99999999999999999999d");
  EXPECT_EQ(TreeOf("123456789012345678901234567890123456789.5"), "123456789012345678901234567890123456789.5d");
  EXPECT_EQ(TreeOf("10e-39"), "10e-39d=0.00000000000000000000000000000000000001");
  EXPECT_EQ(ErrorsOf("1e400"), "1: a double is smaller than 1.8e308, not '1e400'");
}

TEST(LiteralsTest, EveryEscapeOfAString) {
  EXPECT_EQ(TreeOf(R"('\a\b\f\n\r\t\v\\\?\"\'\`' == "\x07\x08\x0C\x0A\x0D\x09\x0B\x5C?\"'`")"),
            R"((_==_ "\007\010\014\n\r\t\013\\?\"\'`" "\007\010\014\n\r\t\013\\?\"\'`"))");
  EXPECT_EQ(TreeOf(R"('\u4e2d\U0001F600\X41\101\377')"), "\"中😀AAÿ\"");
}

TEST(LiteralsTest, BytesEscapesAreOctets) {
  EXPECT_EQ(TreeOf(R"(b'\303\277\xff')"), R"(b"\xc3\xbf\xff")");
  EXPECT_EQ(TreeOf("b'ÿ'"), R"(b"\xc3\xbf")");
  EXPECT_EQ(ErrorsOf(R"(b'\u00ff')"), R"(3: bytes have no \u: write the octets with \x: '\u00ff')");
}

TEST(LiteralsTest, RawStringsHaveNoEscapes) {
  EXPECT_EQ(TreeOf(R"(r'\n\')"), R"("\\n\\")");
  EXPECT_EQ(TreeOf(R"(bR"\x")"), R"(b"\\x")");
}

TEST(LiteralsTest, TripleQuotedStringsMayHaveQuotesAndLines) {
  EXPECT_EQ(TreeOf("'''it's\r\na\rb\n'''"), R"("it\'s\na\nb\n")") << "every line break is one \\n";
  EXPECT_EQ(TreeOf(R"("""a""b\"""")"), R"("a\"\"b\"")");
  EXPECT_EQ(TreeOf("''''''"), R"("")");
}

TEST(LiteralsTest, EveryWrongEscapeIsReportedAtItsPlace) {
  EXPECT_EQ(ErrorsOf(R"('a\d' + '\x4')"),
            "3: no such escape; a backslash itself is written \\\\: '\\d'\n"
            "10: \\x takes two hexadecimal digits: '\\x4'");
  EXPECT_EQ(ErrorsOf(R"('\uD800')"), "2: not a code point (they are 0 to 10FFFF without D800 to DFFF): '\\uD800'");
  EXPECT_EQ(ErrorsOf(R"('\U00110000')"),
            "2: not a code point (they are 0 to 10FFFF without D800 to DFFF): '\\U00110000'");
  EXPECT_EQ(ErrorsOf(R"('\400')"), "2: no such escape; a backslash itself is written \\\\: '\\4'");
  EXPECT_EQ(ErrorsOf(R"('\08')"), "2: an octal escape takes three digits, 000 to 377: '\\0'");
  EXPECT_EQ(ErrorsOf(R"('\中')"), "2: no such escape; a backslash itself is written \\\\: '\\中'");
}

}  // namespace
}  // namespace assay
