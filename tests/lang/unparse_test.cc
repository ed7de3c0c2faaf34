// Unparse writes one canonical text, with no parenthesis too many, that parses to the same tree.
#include "lang/unparse.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/lang/parsing.h"

namespace assay {
namespace {

std::string Canonical(absl::string_view text) {
  IssueList issues;
  const std::optional<Ast> ast = ParseText(text, Limits(), &issues);
  if (!ast.has_value()) return Format(issues);
  const std::string written = Unparse(*ast->root);
  EXPECT_EQ(TreeOf(written), TreeText(*ast->root)) << written;
  return written;
}

void ExpectCanonical(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) EXPECT_EQ(Canonical(text), text);
}

TEST(UnparseTest, OperatorsGetTheParenthesesTheyNeed) {
  ExpectCanonical({"a || b && c == d + e * -f",
                   "(a || b) && c",
                   "a - (b - c) - d",
                   "a - -b",
                   "a < b == c",
                   "a == (b < c)",
                   "a ? b : c ? d : e",
                   "(a ? b : c) ? (d ? e : f) : g",
                   "(a ? b : c).d",
                   "!a.b",
                   "!(a && b)",
                   "!!a",
                   "--a",
                   "-(1)",
                   "-(-a)[0]",
                   "-(!a)",
                   "!(-a)",
                   "!-1",
                   "--1",
                   "a * (b + c)",
                   "a % b % c",
                   "a in [1, 2]",
                   "(-1).abs()",
                   "1.abs()",
                   "-(1.abs())",
                   "-(1[0].b)",
                   "-(1.5.f())",
                   "(-a).b",
                   "-a.b"});
}

TEST(UnparseTest, MembersMacrosAndLiteralsAreWrittenAsTheyAre) {
  ExpectCanonical({"-1u",
                   "f(a, b).g(c)[0].?h[?1]",
                   ".a.b",
                   "a.`b-c`.`in`.if",
                   "[?a, b]",
                   "{?'k': v, a: b}",
                   ".p.T{f: 1, ?`g-h`: x}",
                   "has(a.b)",
                   "has((a + b).c)",
                   "!has(a.b)",
                   "-has(1.a).b",
                   "xs.all(x, x > 0)",
                   "xs.exists_one(x, p)",
                   "xs.existsOne(i, x, p)",
                   "xs.map(x, p, t).filter(y, q)",
                   "(a + b).map(x, x)",
                   "cel.bind(v, a ? b : c, v + 1).d",
                   "a.optMap(x, x)",
                   "a && (b && c)",
                   "a && b && c && d",
                   "a && b && c && (d && e)",
                   "a || b || c",
                   "(a && b || c) && d",
                   "'it\\'s\\n\\\\'",
                   "b'\\xff\\'a'",
                   "1.50",
                   "-1e3",
                   "9223372036854775807",
                   "-9223372036854775808",
                   "18446744073709551615u",
                   "true",
                   "null"});
}

TEST(UnparseTest, OtherTextsBecomeCanonical) {
  EXPECT_EQ(Canonical("((a))+(b*c) // sum"), "a + b * c");
  EXPECT_EQ(Canonical("- 1 -(- 2)"), "-1 - -2");
  EXPECT_EQ(Canonical("0xFF+0x1u"), "255 + 1u");
  EXPECT_EQ(Canonical("\"\"\"a'b\n\"\"\""), "'a\\'b\\n'");
  EXPECT_EQ(Canonical("'\\u0007\\x7f客'"), "'\\x07\\x7f客'");
  EXPECT_EQ(Canonical("[ 1 ,2,]"), "[1, 2]");
  EXPECT_EQ(Canonical("(a && b) && c"), "a && b && c") << "what the parser makes of both is the same";
}

TEST(UnparseTest, ConstantsThatNoLiteralWritesBecomeCalls) {
  Constant constant;
  constant.kind = TypeKind::kDecimal;
  constant.decimal = {-150, 2};
  EXPECT_EQ(UnparseConstant(constant), "decimal('-1.50')");
  constant.kind = TypeKind::kDate;
  constant.int_value = 20484;
  EXPECT_EQ(UnparseConstant(constant), "date('2026-01-31')");
  constant.kind = TypeKind::kDuration;
  constant.duration = Duration{90, 0};
  EXPECT_EQ(UnparseConstant(constant), "duration('90s')");
  constant.kind = TypeKind::kDouble;
  constant.double_value = 3;
  EXPECT_EQ(UnparseConstant(constant), "3.0");
  constant.double_value = 1e300;
  EXPECT_EQ(UnparseConstant(constant), "1e+300");
}

// Random expression texts, with parentheses in random places.
class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  std::string Make(int depth) {
    static constexpr absl::string_view kOperators[] = {"||", "&&", "==", "!=", "<", "<=", ">",
                                                       ">=", "in", "+",  "-",  "*", "/",  "%"};
    const int kind = depth <= 0 ? 12 + Below(6) : Below(18);
    if (kind < 5) return absl::StrCat(Part(depth), " ", kOperators[Below(14)], " ", Part(depth));
    if (kind < 7) return absl::StrCat(Part(depth), Below(2) ? " && " : " || ", Part(depth), " && ", Part(depth));
    switch (kind) {
      case 7:
        return absl::StrCat(Below(2) ? "-" : "!", "(", Make(depth - 1), ")");
      case 8:
        return absl::StrCat("(", Make(depth - 1), ") ? (", Make(depth - 1), ") : ", Make(depth - 1));
      case 9:
        return absl::StrCat("(", Make(depth - 1), ")", Below(2) ? ".f" : ".?g", Below(2) ? "[0]" : "[?i]");
      case 10:
        return absl::StrCat("(", Make(depth - 1), ").map(x, ", Make(depth - 1), ")");
      case 11:
        return absl::StrCat("[?", Make(depth - 1), ", {", Make(depth - 1), ": has((", Make(depth - 1), ").h)}]");
      case 12:
        return "1.5";
      case 13:
        return "-7";
      case 14:
        return "7";
      case 15:
        return "'s'";
      default:
        return Below(2) ? "a.b" : "f(x)";
    }
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % limit); }
  std::string Part(int depth) {
    const std::string part = Make(depth - 1);
    return Below(2) || absl::StrContains(part, "?") ? absl::StrCat("(", part, ")") : part;
  }

  std::mt19937 random_;
};

TEST(UnparseTest, RandomTreesComeBack) {
  for (uint32_t seed = 0; seed < 5'000; ++seed) {
    const std::string text = RandomText(seed).Make(5);
    SCOPED_TRACE(absl::StrCat("seed ", seed, ": ", text));
    const std::string written = Canonical(text);
    ASSERT_EQ(Canonical(written), written);
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
}

}  // namespace
}  // namespace assay
