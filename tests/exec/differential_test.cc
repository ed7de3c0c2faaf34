// Columns against the plain evaluator: random expressions over random rows must give equal values or errors of one
// kind. What differs is cut down to its smallest form first. ASSAY_DIFF_PAIRS asks for more (expression, row) pairs,
// ASSAY_DIFF_SEED for others.
#include <cstdlib>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/exec/expression_generator.h"
#include "tests/exec/expression_rows.h"
#include "tests/exec/random_messages.h"
#include "tests/exec/sample_schema.h"

namespace assay {
namespace {

constexpr int64_t kPairs = 110'000;  // of each message type
constexpr uint64_t kSeed = 20261122;
constexpr size_t kRows = 20;
constexpr int kExpressionsPerBatch = 40;
constexpr size_t kTogether = 5;  // expressions of one program
constexpr int kMaxCuts = 3000;
constexpr size_t kMaxText = 600;

int64_t FromEnvironment(const char* name, int64_t otherwise) {
  const char* text = std::getenv(name);
  int64_t value = 0;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : otherwise;
}

class Comparison {
 public:
  Comparison(std::shared_ptr<const Schema> schema, const char* message, const char* row_name, const char* line_field,
             uint64_t seed)
      : message_(*schema->FindMessage(message)),
        row_name_(row_name),
        random_(seed),
        rows_(schema, message_, row_name, line_field, "line"),
        generator_(&rows_.schema(), &random_) {}

  // Until so many pairs were compared, or something differs.
  void Run(int64_t pairs) {
    while (pairs_ < pairs && !::testing::Test::HasFailure()) RunBatch();
    std::cout << "[ compared ] " << pairs_ << " pairs of " << expressions_ << " expressions over "
              << message_->full_name() << ": " << errors_ << " pairs err alike; " << refused_
              << " expressions have no column form, " << malformed_ << " were not well-typed\n";
  }

  double RefusedShare() const { return static_cast<double>(refused_) / static_cast<double>(expressions_ + refused_); }
  double ErrorShare() const { return static_cast<double>(errors_) / static_cast<double>(pairs_); }
  const std::map<std::string, int>& refusals() const { return refusals_; }

 private:
  struct Made {
    Generated tree;
    int level = 0;
    bool fold = false;
    std::unique_ptr<Prepared> prepared;
    std::vector<std::string> plain;
  };

  void RunBatch() {
    std::vector<std::unique_ptr<google::protobuf::Message>> rows;
    for (size_t i = 0; i < kRows; ++i) rows.push_back(RandomMessage(rows_.schema(), *message_, &random_));
    rows_.SetRows(std::move(rows));
    std::vector<Made> together;
    for (int i = 0; i < kExpressionsPerBatch && !::testing::Test::HasFailure(); ++i) {
      std::optional<Made> made = Make();
      if (!made.has_value() || !CompareAlone(&*made)) continue;
      together.push_back(*std::move(made));
      if (together.size() < kTogether) continue;
      CompareTogether(together);
      together.clear();
    }
  }

  // A well-typed expression.
  std::optional<Made> Make() {
    constexpr char kLetters[] = "bbbbbbbiiiufsssydddddDDtr";
    Made made;
    made.level = Chance(&random_, 0.4) ? 1 : 0;
    made.fold = Chance(&random_, 0.5);
    generator_.ClearNames();
    generator_.AddName(row_name_, message_);
    if (made.level == 1) generator_.AddName("line", rows_.line_field()->message_type());
    const Shape shape = {kLetters[Pick(&random_, sizeof(kLetters) - 1)], Chance(&random_, 0.1) ? 1 : 0, nullptr};
    made.tree = generator_.Make(shape, 1 + static_cast<int>(Pick(&random_, 5)));
    const std::string text = Text(made.tree);
    if (text.size() > kMaxText) return std::nullopt;
    std::string problem;
    made.prepared = rows_.Prepare(text, made.level, made.fold, &problem);
    if (made.prepared == nullptr) {
      ++malformed_;
      if (std::getenv("ASSAY_DIFF_VERBOSE") != nullptr) std::cout << text << "\n    " << problem << "\n";
      return std::nullopt;
    }
    return made;
  }

  static std::vector<std::string> Lines(const std::vector<Value>& values) {
    std::vector<std::string> lines;
    for (const Value& value : values) lines.push_back(Canonical(value));
    return lines;
  }

  // False if it has no column form, or differs.
  bool CompareAlone(Made* made) {
    const Prepared* expression = made->prepared.get();
    const std::vector<ColumnOutcome> outcomes = rows_.RunColumns({&expression, 1});
    if (!outcomes[0].refusal.empty()) {
      if (outcomes[0].is_planned) ADD_FAILURE() << "planned, yet: " << outcomes[0].refusal << "\n" << Text(made->tree);
      ++refused_;
      ++refusals_[outcomes[0].refusal];
      if (std::getenv("ASSAY_DIFF_VERBOSE") != nullptr) {
        std::cout << Text(made->tree) << "\n    refused: " << outcomes[0].refusal << "\n";
      }
      return false;
    }
    const std::vector<Value> plain = rows_.RunPlain(*expression);
    made->plain = Lines(plain);
    ++expressions_;
    pairs_ += static_cast<int64_t>(plain.size());
    for (const Value& value : plain) errors_ += value.is_error() ? 1 : 0;
    if (Lines(outcomes[0].values) == made->plain) return true;
    Report(*made);
    return false;
  }

  // The same expressions as one program share what they have in common.
  void CompareTogether(const std::vector<Made>& together) {
    std::vector<const Prepared*> expressions;
    for (const Made& made : together) expressions.push_back(made.prepared.get());
    const std::vector<ColumnOutcome> outcomes = rows_.RunColumns(expressions);
    for (size_t i = 0; i < together.size(); ++i) {
      if (outcomes[i].refusal.empty() && Lines(outcomes[i].values) == together[i].plain) continue;
      ADD_FAILURE() << "alone as expected, not together: " << Text(together[i].tree) << "\n" << outcomes[i].refusal;
      for (const Made& made : together) std::cout << "  " << Text(made.tree) << "\n";
      return;
    }
  }

  // The first row where the two differ; nothing if they agree or there is nothing to compare.
  std::optional<size_t> FirstDifference(const Generated& tree, int level, bool fold, std::string* what) {
    std::string problem;
    const std::unique_ptr<Prepared> prepared = rows_.Prepare(Text(tree), level, fold, &problem);
    if (prepared == nullptr) return std::nullopt;
    const Prepared* expression = prepared.get();
    const std::vector<ColumnOutcome> outcomes = rows_.RunColumns({&expression, 1});
    if (!outcomes[0].refusal.empty()) return std::nullopt;
    const std::vector<std::string> columns = Lines(outcomes[0].values);
    const std::vector<std::string> plain = Lines(rows_.RunPlain(*prepared));
    if (columns.size() != plain.size()) {
      *what = absl::StrCat(columns.size(), " values of columns, ", plain.size(), " plain ones");
      return 0;
    }
    for (size_t row = 0; row < plain.size(); ++row) {
      if (columns[row] == plain[row]) continue;
      *what = absl::StrCat("columns: ", columns[row], "\nplain:   ", plain[row]);
      return row;
    }
    return std::nullopt;
  }

  void Report(const Made& made) {
    Generated smallest = made.tree;
    std::string what;
    int cuts = 0;
    for (bool smaller = true; smaller && cuts < kMaxCuts;) {
      smaller = false;
      for (Generated& reduction : Reductions(smallest)) {
        if (Text(reduction).size() >= Text(smallest).size() || ++cuts > kMaxCuts) continue;
        if (!FirstDifference(reduction, made.level, made.fold, &what).has_value()) continue;
        smallest = std::move(reduction);
        smaller = true;
        break;
      }
    }
    const std::optional<size_t> row = FirstDifference(smallest, made.level, made.fold, &what);
    ADD_FAILURE() << "columns and the plain evaluator differ" << (made.fold ? " (folded)" : "") << " on level "
                  << made.level << ":\n"
                  << Text(smallest) << "\n"
                  << what << "\nrow: " << rows_.DescribeRow(made.level, row.value_or(0)).substr(0, 3000)
                  << "\ncut down from: " << Text(made.tree);
  }

  const google::protobuf::Descriptor* message_;
  std::string row_name_;
  RandomEngine random_;
  ExpressionRows rows_;
  ExpressionGenerator generator_;
  int64_t pairs_ = 0;
  int64_t errors_ = 0;
  int64_t expressions_ = 0;
  int64_t refused_ = 0;
  int64_t malformed_ = 0;
  std::map<std::string, int> refusals_;
};

void CompareRandomly(std::shared_ptr<const Schema> schema, const char* message, const char* row_name,
                     const char* line_field) {
  const uint64_t seed = static_cast<uint64_t>(FromEnvironment("ASSAY_DIFF_SEED", kSeed));
  std::cout << "[ seed     ] ASSAY_DIFF_SEED=" << seed << "\n";
  Comparison comparison(std::move(schema), message, row_name, line_field, seed);
  comparison.Run(FromEnvironment("ASSAY_DIFF_PAIRS", kPairs));
  EXPECT_LT(comparison.RefusedShare(), 0.05);
  EXPECT_LT(comparison.ErrorShare(), 0.60);  // else little is compared but errors
  for (const auto& [refusal, count] : comparison.refusals())
    std::cout << "  " << count << " times: " << refusal << "\n";
}

TEST(DifferentialTest, OrdersGiveTheSameByColumnsAsPlainly) {
  CompareRandomly(*Schema::CreateStandard(), "assay.v1.Order", "order", "lines");
}

TEST(DifferentialTest, RowsOfEveryTypeGiveTheSameByColumnsAsPlainly) {
  CompareRandomly(SampleSchema(), "assay.sample.Sample", "sample", "items");
}

}  // namespace
}  // namespace assay
