// Every decimal operation against Python's decimal module, on random operands with many borders among them.
// decimal_oracle.py prints operations with their results; the environment variables ASSAY_ORACLE_COUNT and
// ASSAY_ORACLE_SEED choose how many and which.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/decimal.h"
#include "gtest/gtest.h"
#include "tests/base/python_oracle.h"

namespace assay {
namespace {

using Fields = std::vector<absl::string_view>;

// Not ParseDecimal, which is under test. Also reads -2^127.
int128 ReadInt128(absl::string_view text) {
  const bool negative = text[0] == '-';
  uint128 magnitude = 0;
  for (char digit : text.substr(negative)) magnitude = magnitude * 10 + static_cast<unsigned>(digit - '0');
  return static_cast<int128>(negative ? -magnitude : magnitude);
}

int ReadInt(absl::string_view text) {
  int value = -1;
  return absl::SimpleAtoi(text, &value) ? value : -1;
}

Decimal ReadDecimal(const Fields& fields, size_t at) { return {ReadInt128(fields[at]), ReadInt(fields[at + 1])}; }

Rounding ReadMode(absl::string_view name) { return RoundingFromName(name).value(); }

std::string Show(const Decimal& value) { return absl::StrCat(ToString(value.coefficient), "\t", value.scale); }

std::string Show(const std::optional<Decimal>& value) { return value ? Show(*value) : "overflow"; }

std::string ShowQuotient(const Fields& f) {
  Decimal out;
  switch (Quotient(ReadDecimal(f, 1), ReadDecimal(f, 3), ReadInt(f[5]), ReadMode(f[6]), &out)) {
    case QuotientResult::kDivisionByZero:
      return "div0";
    case QuotientResult::kOverflow:
      return "overflow";
    case QuotientResult::kOk:
      return Show(out);
  }
  return "";
}

template <typename Int>
std::string ShowParseAtScale(const Fields& f) {
  Int out = 77;
  const DecimalParse result = ParseDecimalAtScale(f[3].data(), f[3].size(), ReadInt(f[1]), ReadInt(f[2]), &out);
  if (result != DecimalParse::kOk && out != 77) return "written although refused";
  switch (result) {
    case DecimalParse::kOk:
      return ToString(int128{out});
    case DecimalParse::kEmpty:
      return "empty";
    case DecimalParse::kMalformed:
      return "malformed";
    case DecimalParse::kExcessScale:
      return "excess";
    case DecimalParse::kOverflow:
      return "overflow";
  }
  return "";
}

std::string ShowDouble(double value) {
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%.17g", value);
  return buffer;
}

// What this library answers to one line's operation.
std::string Answer(const Fields& f) {
  const absl::string_view name = f[0];
  if (name == "add") return Show(Add(ReadDecimal(f, 1), ReadDecimal(f, 3)));
  if (name == "subtract") return Show(Subtract(ReadDecimal(f, 1), ReadDecimal(f, 3)));
  if (name == "multiply") return Show(Multiply(ReadDecimal(f, 1), ReadDecimal(f, 3)));
  if (name == "compare") return absl::StrCat(Compare(ReadDecimal(f, 1), ReadDecimal(f, 3)));
  if (name == "rescale") return Show(Rescale(ReadDecimal(f, 1), ReadInt(f[3])));
  if (name == "round") return Show(Round(ReadDecimal(f, 1), ReadInt(f[3]), ReadMode(f[4])));
  if (name == "quotient") return ShowQuotient(f);
  if (name == "divide128") return ToString(RoundDivide(ReadInt128(f[1]), ReadInt128(f[2]), ReadMode(f[3])));
  if (name == "divide64") {
    const int64_t value = static_cast<int64_t>(ReadInt128(f[1])), divisor = static_cast<int64_t>(ReadInt128(f[2]));
    return absl::StrCat(RoundDivide(value, divisor, ReadMode(f[3])));
  }
  if (name == "parse") {
    const absl::StatusOr<Decimal> value = ParseDecimal(f[1]);
    return value.ok() ? Show(*value) : "refused";
  }
  if (name == "parse64") return ShowParseAtScale<int64_t>(f);
  if (name == "parse128") return ShowParseAtScale<int128>(f);
  if (name == "format") return FormatDecimal(ReadDecimal(f, 1));
  if (name == "trim") return FormatTrimmed(ReadDecimal(f, 1));
  if (name == "double") return ShowDouble(ToDouble(ReadDecimal(f, 1)));
  return "an operation the test does not know";
}

// How many fields of a line are the operation; the rest is the expected result.
size_t OperationFields(absl::string_view name) {
  if (name == "quotient") return 7;
  if (name == "add" || name == "subtract" || name == "multiply" || name == "compare" || name == "round") return 5;
  if (name == "rescale" || name == "parse64" || name == "parse128" || absl::StartsWith(name, "divide")) return 4;
  return name == "parse" ? 2 : 3;
}

TEST(DecimalOracleTest, EveryOperationAgreesWithPython) {
  const int seed = FromEnvironment("ASSAY_ORACLE_SEED", 20261122);
  const int count = FromEnvironment("ASSAY_ORACLE_COUNT", 1'000'000);
  PythonOracle oracle("base/decimal_oracle.py", absl::StrCat(seed, " ", count));
  int compared = 0, differences = 0;
  for (absl::string_view line; oracle.NextLine(&line) && differences < 10;) {
    const Fields fields = absl::StrSplit(line, '\t');
    const size_t split = OperationFields(fields[0]);
    ASSERT_GT(fields.size(), split) << line;
    std::string expected(line.substr(static_cast<size_t>(fields[split].data() - line.data())));
    if (fields[0] == "double") expected = ShowDouble(std::strtod(expected.c_str(), nullptr));
    const std::string answer = Answer(fields);
    if (answer != expected) ADD_FAILURE() << line << "\nanswer: " << answer << " (difference " << ++differences << ")";
    ++compared;
  }
  EXPECT_EQ(compared, count) << "the oracle stopped early";
  std::printf("compared %d operations, seed %d\n", compared, seed);
}

}  // namespace
}  // namespace assay
