// Every function over chosen rows, by columns and plainly: both must give what the tables of function_cases.h say, and
// the tables must have every overload that has a column kernel of its own.
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "base/double_text.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lang/function.h"
#include "tests/exec/expression_rows.h"
#include "tests/exec/function_cases.h"
#include "tests/exec/sample_schema.h"

namespace assay {
namespace {

// As function_cases.h writes results.
std::string Shown(const Value& value) {
  if (value.is_error()) return absl::StrCat("error: ", ErrorKindName(value.as_error().kind));
  if (value.is(ValueKind::kString)) return absl::StrCat("'", value.as_string(), "'");
  return value.is(ValueKind::kDouble) ? FormatDouble(value.as_double()) : DebugString(value);
}

class Cases {
 public:
  Cases()
      : schema_(SampleSchema()),
        rows_(schema_, *schema_->FindMessage("assay.sample.Sample"), "sample", "items", "item") {}

  void Expect(const FunctionCase& function) {
    std::vector<std::unique_ptr<google::protobuf::Message>> rows;
    std::vector<std::string> expected;
    for (const FunctionRowCase& row : function.rows) {
      rows.emplace_back(schema_->Prototype(*rows_.message()).New());
      ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(row.fields, rows.back().get())) << row.fields;
      expected.push_back(row.expected);
    }
    rows_.SetRows(std::move(rows));
    std::string problem;
    const std::unique_ptr<Prepared> prepared = rows_.Prepare(function.expression, 0, false, &problem);
    ASSERT_NE(prepared, nullptr) << function.expression << ": " << problem;
    CollectCalls(*prepared->ast.root);
    const Prepared* expression = prepared.get();
    const ColumnOutcome outcome = rows_.RunColumns({&expression, 1})[0];
    ASSERT_EQ(outcome.refusal, "") << function.expression;
    Compare(function, expected, outcome.values, "columns");
    Compare(function, expected, rows_.RunPlain(*prepared), "plain");
  }

  // "name(types)" of every call that was made.
  const std::set<std::string>& calls() const { return calls_; }

 private:
  static void Compare(const FunctionCase& function, const std::vector<std::string>& expected,
                      const std::vector<Value>& values, const char* way) {
    for (size_t row = 0; row < expected.size(); ++row) {
      const Value& value = values[values.size() == 1 ? 0 : row];
      EXPECT_EQ(Shown(value), expected[row])
          << way << ": " << function.expression << " of {" << function.rows[row].fields << "}";
    }
  }

  void CollectCalls(const Expr& expr) {
    std::vector<std::string> types;
    if (expr.operand != nullptr) {
      CollectCalls(*expr.operand);
      types.push_back(TypeName(*expr.operand->type));
    }
    for (const Expr* arg : expr.args) {
      CollectCalls(*arg);
      types.push_back(TypeName(*arg->type));
    }
    if (expr.kind == ExprKind::kCall) {
      calls_.insert(absl::StrCat(expr.operand != nullptr ? "." : "", expr.name, "(", absl::StrJoin(types, ", "), ")"));
    }
  }

  std::shared_ptr<const Schema> schema_;
  ExpressionRows rows_;
  std::set<std::string> calls_;
};

void ExpectAll(const std::vector<FunctionCase>& functions) {
  Cases cases;
  for (const FunctionCase& function : functions) cases.Expect(function);
}

TEST(FunctionKernelsTest, StringsAreSearchedCutAndMade) { ExpectAll(TextCases()); }

TEST(FunctionKernelsTest, ValuesAreConvertedOrRefused) { ExpectAll(ConversionCases()); }

TEST(FunctionKernelsTest, TimesHavePartsSumsAndDifferences) { ExpectAll(TimeCases()); }

TEST(FunctionKernelsTest, NumbersAreRoundedOnceAndDivided) { ExpectAll(NumberCases()); }

TEST(FunctionKernelsTest, BusinessTimeIsThatOfTheCalendarNamed) { ExpectAll(CalendarCases()); }

// Operators and lists have kernels of other kinds and tests of their own; dyn(), type() and optionals have none.
bool HasFunctionKernel(const FunctionRow& row) {
  const absl::string_view types = row.types;
  const bool sum = row.op == Op::kAdd || row.op == Op::kSubtract;
  if (types.find("list") != absl::string_view::npos || types.find("map") != absl::string_view::npos) return false;
  if (sum)
    return absl::string_view("string bytes timestamp duration date").find(row.result) != absl::string_view::npos ||
           types == "date, date";
  if (types == "dyn...") return false;
  const bool other = row.op < Op::kToBool || row.op == Op::kToDyn || row.op == Op::kType || row.op == Op::kSplit ||
                     row.op == Op::kRange || Extracts(row.op) || row.op == Op::kText || row.op >= Op::kOptionalOf;
  return !other;
}

TEST(FunctionKernelsTest, EveryOverloadIsInTheTables) {
  Cases cases;
  for (const auto& functions : {TextCases(), ConversionCases(), TimeCases(), NumberCases(), CalendarCases()}) {
    for (const FunctionCase& function : functions) cases.Expect(function);
  }
  for (const FunctionRow& row : FunctionRows()) {
    if (!HasFunctionKernel(row)) continue;
    // The checker gives these their zone.
    absl::string_view types = row.types;
    if (row.op == Op::kToDate && types == "timestamp") types = "timestamp, string";
    if (row.op == Op::kToTimestamp && types == "date, string") types = "date, string, string";
    const bool repeats = absl::ConsumeSuffix(&types, "...");
    const std::string both = repeats ? absl::StrCat(types, ", ", types) : std::string(types);
    const std::string call = absl::StrCat(row.member ? "." : "", row.name, "(", both, ")");
    EXPECT_EQ(cases.calls().count(call), 1u) << call;
  }
}

}  // namespace
}  // namespace assay
