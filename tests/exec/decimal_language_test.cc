// Expressions over decimals and dates against Python: what its decimal and datetime modules compute by the rules of the
// language, written down anew in the oracles beside this file, must come of interp and of columns. The environment
// variables ASSAY_ORACLE_COUNT and ASSAY_ORACLE_SEED choose how many and which.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/base/python_oracle.h"
#include "tests/exec/expression_rows.h"
#include "tests/exec/sample_schema.h"

namespace assay {
namespace {

constexpr size_t kTogether = 25;  // expressions of one program
constexpr int kMaxDifferences = 10;

class OracleComparison {
 public:
  explicit OracleComparison(const std::shared_ptr<const Schema>& schema)
      : rows_(schema, *schema->FindMessage("assay.sample.Sample"), "sample", "items", "line") {}

  // Until the oracle ends or too much differs.
  void Run(PythonOracle* oracle) {
    for (absl::string_view line; oracle->NextLine(&line) && differences_ < kMaxDifferences;) {
      const std::vector<std::string> fields = absl::StrSplit(line, '\t');
      ASSERT_GE(fields.size(), 2) << line;
      if (fields[0] == "row") {
        RunWaiting();
        next_rows_.push_back(fields[1]);
        continue;
      }
      TakeRows();
      fields[0] == "refused" ? ExpectRefusal(fields[1]) : Add(fields);
      if (waiting_.size() == kTogether) RunWaiting();
    }
    RunWaiting();
  }

  int expressions() const { return expressions_; }
  int errors() const { return errors_; }
  int refused() const { return refused_; }

 private:
  struct Waiting {
    std::string text;
    std::unique_ptr<Prepared> prepared;
    std::string expected;  // of all rows
  };

  void TakeRows() {
    if (next_rows_.empty()) return;
    std::vector<std::unique_ptr<google::protobuf::Message>> rows;
    for (const std::string& text : next_rows_) {
      rows.emplace_back(rows_.schema().Prototype(*rows_.message()).New());
      ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, rows.back().get())) << text;
    }
    rows_.SetRows(std::move(rows));
    next_rows_.clear();
  }

  void ExpectRefusal(const std::string& text) {
    ++expressions_;
    ++refused_;
    std::string problem;
    const std::unique_ptr<Prepared> prepared = rows_.Prepare(text, 0, false, &problem);
    if (prepared == nullptr && absl::StrContains(problem, "round here")) return;
    ADD_FAILURE() << "not refused for its digits: " << text << "\n" << problem;
    ++differences_;
  }

  void Add(const std::vector<std::string>& fields) {
    ++expressions_;
    Waiting made = {fields[1], nullptr, absl::StrJoin(fields.begin() + 2, fields.end(), "\n")};
    for (absl::string_view one : absl::Span<const std::string>(fields).subspan(2)) {
      errors_ += absl::StartsWith(one, "error");
    }
    std::string problem;
    made.prepared = rows_.Prepare(fields[1], 0, expressions_ % 2 == 0, &problem);
    if (made.prepared != nullptr) return waiting_.push_back(std::move(made));
    ADD_FAILURE() << fields[1] << "\n" << problem;
    ++differences_;
  }

  static std::string Lines(const std::vector<Value>& values) {
    return absl::StrJoin(values, "\n",
                         [](std::string* out, const Value& value) { absl::StrAppend(out, Canonical(value)); });
  }

  void RunWaiting() {
    std::vector<const Prepared*> expressions;
    for (const Waiting& waiting : waiting_) expressions.push_back(waiting.prepared.get());
    const std::vector<ColumnOutcome> outcomes = rows_.RunColumns(expressions);
    for (size_t i = 0; i < waiting_.size(); ++i) {
      const std::string plain = Lines(rows_.RunPlain(*expressions[i]));
      const std::string columns = outcomes[i].refusal.empty() ? Lines(outcomes[i].values) : outcomes[i].refusal;
      if (plain == waiting_[i].expected && columns == plain) continue;
      ADD_FAILURE() << waiting_[i].text << "\npython:\n"
                    << waiting_[i].expected << "\ninterp:\n"
                    << plain << "\ncolumns:\n"
                    << columns << "\nfirst row: " << rows_.DescribeRow(0, 0);
      ++differences_;
    }
    waiting_.clear();
  }

  ExpressionRows rows_;
  std::vector<std::string> next_rows_;
  std::vector<Waiting> waiting_;
  int expressions_ = 0;
  int errors_ = 0;
  int refused_ = 0;
  int differences_ = 0;
};

void CompareWith(absl::string_view script, int count) {
  const int seed = FromEnvironment("ASSAY_ORACLE_SEED", 20261122);
  PythonOracle oracle(script, absl::StrCat(seed, " ", count));
  OracleComparison comparison(SampleSchema());
  comparison.Run(&oracle);
  EXPECT_EQ(comparison.expressions(), count) << "the oracle stopped early";
  std::printf("compared %d expressions, %d errors among their values, %d refused, seed %d\n", comparison.expressions(),
              comparison.errors(), comparison.refused(), seed);
}

TEST(DecimalLanguageTest, InterpAndColumnsComputeWhatPythonDoes) {
  CompareWith("exec/decimal_language_oracle.py", FromEnvironment("ASSAY_ORACLE_COUNT", 200'000));
}

TEST(DateLanguageTest, InterpAndColumnsComputeWhatPythonDoes) {
  CompareWith("exec/date_language_oracle.py", FromEnvironment("ASSAY_ORACLE_COUNT", 200'000) / 10);
}

}  // namespace
}  // namespace assay
