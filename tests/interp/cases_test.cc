// The behaviour of the language: cases in files, and that every function has one.
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/interp/evaluating.h"

namespace assay {
namespace {

constexpr const char* kFiles[] = {"logic.txt",     "arithmetic.txt",  "comparison.txt",  "decimals.txt",
                                  "strings.txt",   "conversions.txt", "collections.txt", "time.txt",
                                  "optionals.txt", "fields.txt",      "math.txt"};

constexpr absl::string_view kRow = R"(
  id: 'A-1' total: '99.50' day: '2024-02-28' at { seconds: 1709249400 } wait { seconds: 5 nanos: 500000000 }
  count: -3 big: 18446744073709551615 ratio: 0.5 small: 0.25 rush: true digest: '\x01\xff' kind: ORDER_KIND_CAMPAIGN
  lines { id: 'L1' quantity: '2' price: '10.0000' packs: 1 tags: 'x' tags: 'y' }
  lines { id: 'L2' quantity: '0.5' price: '3.3333' free: true packs: 4 }
  lines { id: 'L3' quantity: 'many' price: '1' packs: 2 }
  stock { key: 'b' value: 2 } stock { key: 'a' value: 1 } names { key: 2 value: 'two' } names { key: -1 value: 'minus' }
  limit { value: 40 } main { id: 'M' } desk: 3 rates: '0.125' rates: '2' level: 0
  prices { key: 'x' value: '1.5' } prices { key: 'y' value: '20' } cents: 1234 fee { units: 3 nanos: 250000000 }
  kinds: ORDER_KIND_STANDARD kinds: ORDER_KIND_CAMPAIGN
  by_number { key: 9 value { id: 'nine' } } by_answer { key: true value: 1.5 } visits { seconds: 0 } visits { seconds: 60 }
  old { size: 9 } zigzag: -9 fixed: 4294967295)";

class CasesTest : public testing::TestWithParam<std::string> {};

TEST_P(CasesTest, GivesWhatTheFileSays) {
  const Sample sample(kRow);
  for (const Case& c : ReadCases(GetParam())) {
    const std::string result = sample.Run(c.text);
    // "?message": the text does not check, and this is said of it.
    if (c.expected[0] == '?') {
      EXPECT_EQ(result[0], '?') << c.place << ": " << c.text;
      EXPECT_TRUE(absl::StrContains(result, c.expected.substr(1))) << c.place << ": " << c.text << "\n" << result;
    } else {
      EXPECT_EQ(result, c.expected) << c.place << ": " << c.text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, CasesTest,
                         testing::ValuesIn(std::vector<std::string>(std::begin(kFiles), std::end(kFiles))),
                         [](const auto& info) { return std::string(info.param.substr(0, info.param.find('.'))); });

// Whether a type written in a row ("A", "list(A)", "int") takes a type of a checked tree.
bool Takes(absl::string_view pattern, absl::string_view type) {
  if (pattern == "A" || pattern == "B" || pattern == "dyn") return true;
  if (pattern == "list(A)") return absl::StartsWith(type, "list(");
  if (pattern == "list(list(A))") return absl::StartsWith(type, "list(list(");
  if (pattern == "map(A, B)") return absl::StartsWith(type, "map(");
  if (pattern == "optional(A)") return absl::StartsWith(type, "optional(");
  if (pattern == "list(optional(A))") return absl::StartsWith(type, "list(optional(");
  return pattern == type;
}

std::vector<std::string> PatternsOf(absl::string_view types) {
  if (types.empty()) return {};
  std::vector<std::string> patterns(1);
  int depth = 0;
  for (char c : types) {
    depth += (c == '(') - (c == ')');
    if (c == ',' && depth == 0) {
      patterns.emplace_back();
    } else if (c != ' ' || depth > 0) {
      patterns.back().push_back(c);
    }
  }
  return patterns;
}

bool IsCallOf(const FunctionRow& row, const Expr& expr) {
  if (expr.name != row.name || (expr.operand != nullptr) != row.member || expr.ref.op != row.op) return false;
  std::vector<const Expr*> args(expr.args.begin(), expr.args.end());
  if (expr.operand != nullptr) args.insert(args.begin(), expr.operand);
  std::vector<std::string> patterns = PatternsOf(row.types);
  if (!patterns.empty() && absl::EndsWith(patterns.back(), "...")) {
    const std::string repeated = patterns.back().substr(0, patterns.back().size() - 3);
    patterns.back() = repeated;
    patterns.resize(std::max(patterns.size(), args.size()), repeated);
  }
  if (args.size() != patterns.size()) return false;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!Takes(patterns[i], TypeName(*args[i]->type))) return false;
  }
  return true;
}

TEST(CasesTest, EveryFunctionRowHasACase) {
  const Sample sample(kRow);
  std::set<const FunctionRow*> used;
  for (absl::string_view file : kFiles) {
    for (const Case& c : ReadCases(file)) {
      std::string errors;
      const std::optional<Ast> ast = sample.CheckText(c.text, &errors);
      if (!ast.has_value()) continue;
      for (const Expr& expr : ast->nodes) {
        if (expr.kind != ExprKind::kCall || expr.ref.kind != Reference::Kind::kFunction) continue;
        for (const FunctionRow& row : FunctionRows()) {
          if (IsCallOf(row, expr)) used.insert(&row);
        }
      }
    }
  }
  for (const FunctionRow& row : FunctionRows()) {
    // The checker gives these forms their zone.
    if (row.op == Op::kToDate && absl::string_view(row.types) == "timestamp") continue;
    if (row.op == Op::kToTimestamp && absl::string_view(row.types) == "date, string") continue;
    EXPECT_TRUE(used.contains(&row)) << row.name << "(" << row.types << ")" << (row.member ? " member" : "");
  }
}

}  // namespace
}  // namespace assay
