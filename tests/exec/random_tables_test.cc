// Random tables over random rows: every policy, columns of every type, errors and absent fields in inputs, up to
// thousands of rows; the index over columns must give what the plain scan gives, value by value.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tests/exec/expression_forms.h"
#include "tests/exec/random_messages.h"
#include "tests/exec/table_rows.h"

namespace assay {
namespace {

struct InputType {
  const char* name;
  char letter;            // of Literals
  const char* type;       // of the table's column
  const char* argument;   // over the sample
  const char* predicate;  // over `_`
};

constexpr InputType kInputs[] = {
    {"flag", 'b', "bool", "sample.flag", "_ || !_"},
    {"i", 'i', "int", "sample.i", "_ > 1 && _ % 2 == 0"},
    {"j", 'i', "int", "sample.i / sample.j", "_ in [1, 2, 3].map(x, x * 2)"},
    {"u", 'u', "uint", "sample.u", "_ * 2u > 6u"},
    {"f", 'f', "double", "sample.f", "_ * 2.0 > 1.0"},
    {"s", 's', "string", "sample.s", "_.startsWith('A')"},
    {"amount", 'd', "decimal, decimal: {precision: 18, scale: 4}", "sample.amount", "_ * 2 > 1"},
    {"whole", 'd', "decimal", "sample.whole", "_ + 1 > 0"},
    {"wide", 'd', "decimal, decimal: {precision: 38, scale: 10}", "sample.wide", "_ > 1 || _ < -1"},
    {"day", 'D', "date", "sample.day", "_ - date('2026-01-01') > 30"},
    {"at", 't', "timestamp", "sample.at", "date(_, 'UTC') > date('2020-01-01')"},
    {"span", 'r', "duration", "sample.span", "_ + duration('1s') > duration('0s')"},
    {"maybe", 'i', "int", "sample.maybe", "_ == 3"},
};

constexpr const char* kPolicies[] = {"UNIQUE",
                                     "FIRST",
                                     "PRIORITY",
                                     "ANY",
                                     "COLLECT",
                                     "RULE_ORDER",
                                     "OUTPUT_ORDER",
                                     "COLLECT, aggregation: SUM",
                                     "COLLECT, aggregation: MIN",
                                     "COLLECT, aggregation: MAX",
                                     "COLLECT, aggregation: COUNT"};

class Maker {
 public:
  explicit Maker(RandomEngine* random) : random_(*random) {}

  // The text of a table t, and the call of it in *call.
  std::string Make(size_t rows, std::string* call) {
    const std::string policy = kPolicies[Pick(&random_, std::size(kPolicies))];
    inputs_.clear();
    const size_t count = 1 + Pick(&random_, 4);
    any_ = rows > 100 ? 0.1 : 0.1 * static_cast<double>(Pick(&random_, 8));
    while (inputs_.size() < count) {
      const InputType* input = &kInputs[Pick(&random_, std::size(kInputs))];
      if (std::find(inputs_.begin(), inputs_.end(), input) == inputs_.end()) inputs_.push_back(input);
    }
    const bool ranks = policy == "PRIORITY" || policy == "OUTPUT_ORDER";
    const bool constant = ranks || policy == "ANY";
    std::string text = absl::StrCat("tables:\n  - name: t\n    hit_policy: ", policy.substr(0, policy.find(',')), "\n");
    if (policy.find(',') != std::string::npos) absl::StrAppend(&text, "   ", policy.substr(policy.find(',') + 1), "\n");
    absl::StrAppend(&text, "    inputs:\n");
    std::vector<std::string> arguments;
    for (const InputType* input : inputs_) {
      absl::StrAppend(&text, "      - {name: ", input->name, ", type: ", input->type, "}\n");
      arguments.push_back(input->argument);
    }
    *call = absl::StrCat("table.t(", absl::StrJoin(arguments, ", "), ")");
    absl::StrAppend(&text, "    outputs: [{name: o, type: int", ranks ? ", values: ['3', '1', '0', '2']" : "", "}]\n");
    absl::StrAppend(&text, "    rows:\n");
    for (size_t row = 0; row < rows; ++row) {
      std::vector<std::string> cells;
      for (const InputType* input : inputs_) cells.push_back(Quoted(Cell(*input)));
      const size_t few = policy == "ANY" ? 1 + Pick(&random_, 100) / 98 : 4;
      const bool computed = !constant && Chance(&random_, 0.1);
      cells.push_back(Quoted(computed ? Computed() : absl::StrCat(Pick(&random_, few))));
      absl::StrAppend(&text, "      - {cells: [", absl::StrJoin(cells, ", "), "]}\n");
    }
    if (policy.find("COUNT") == std::string::npos && Chance(&random_, 0.5)) {
      absl::StrAppend(&text, "    default: {cells: ['", ranks ? "2" : "77", "']}\n");
    }
    return text;
  }

 private:
  static std::string Quoted(const std::string& cell) {
    return absl::StrCat("'", absl::StrReplaceAll(cell, {{"'", "''"}}), "'");
  }

  std::string Computed() {
    for (const InputType* input : inputs_) {
      if (input->letter == 'i') return absl::StrCat("10 / ", input->name);
    }
    return "2 + 3";
  }

  std::string Literal(const InputType& input) {
    const auto literals = Literals(input.letter);
    const std::string text(literals[Pick(&random_, literals.size())]);
    if (input.letter != 'd') return text;
    return text.find('e') == std::string::npos && text.size() < 8 ? text : "1.5";
  }

  std::string Cell(const InputType& input) {
    if (Chance(&random_, any_)) return "-";
    const std::string a = Literal(input);
    const std::string b = Literal(input);
    const bool is_ordered = input.letter != 'b';
    switch (Pick(&random_, is_ordered ? 12 : 4)) {
      case 0:
        return input.predicate;
      case 1:
        return absl::StrCat("not(", a, ")");
      case 2:
        return absl::StrCat(a, ", ", b);
      case 4:
        return absl::StrCat("[", a, "..", b, ")");
      case 5:
        return absl::StrCat("]", a, "..", b, "]");
      case 6:
        return absl::StrCat("< ", a);
      case 7:
        return absl::StrCat(">= ", a);
      case 8:
        return absl::StrCat("in {", a, ", > ", b, "}");
      case 9:
        return absl::StrCat("_ < ", a, " || _ == ", b);
      default:
        return a;
    }
  }

  RandomEngine& random_;
  std::vector<const InputType*> inputs_;
  double any_ = 0.2;
};

// Compares one table over random rows; false if its text is refused.
bool CompareTable(const std::string& text, const std::string& call, size_t samples, RandomEngine* random,
                  int64_t* compared) {
  std::string problem;
  const std::unique_ptr<TableRows> rows = TableRows::Create(text, &problem);
  if (rows == nullptr) {
    ADD_FAILURE() << problem << text;
    return false;
  }
  std::vector<std::unique_ptr<google::protobuf::Message>> messages;
  for (size_t i = 0; i < samples; ++i) messages.push_back(RandomMessage(rows->schema(), *rows->message(), random));
  rows->SetRows(std::move(messages));
  const std::vector<std::string> columns = rows->Columns(call, 0, &problem);
  const std::vector<std::string> plain = rows->Plainly(call, 0, &problem);
  EXPECT_EQ(problem, "") << text;
  EXPECT_EQ(columns.size(), samples);
  for (size_t i = 0; i < columns.size() && i < plain.size(); ++i) {
    if (columns[i] == plain[i]) continue;
    ADD_FAILURE() << "row " << i << " by columns: " << columns[i] << "\nplainly: " << plain[i] << "\n"
                  << call << "\n"
                  << text.substr(0, 5000);
    return false;
  }
  *compared += static_cast<int64_t>(columns.size());
  return true;
}

TEST(RandomTablesTest, SmallTablesGiveTheSameByIndexAsByScan) {
  RandomEngine random(20261126);
  int64_t compared = 0;
  for (int i = 0; i < 250; ++i) {
    std::string call;
    const std::string text = Maker(&random).Make(1 + Pick(&random, 30), &call);
    if (!CompareTable(text, call, 40, &random, &compared)) break;
  }
  std::cout << "[ compared ] " << compared << " lookups in small tables\n";
}

TEST(RandomTablesTest, LargeTablesGiveTheSameByIndexAsByScan) {
  RandomEngine random(20261127);
  int64_t compared = 0;
  for (int i = 0; i < 12; ++i) {
    std::string call;
    const std::string text = Maker(&random).Make(500 + Pick(&random, 2500), &call);
    if (!CompareTable(text, call, 30, &random, &compared)) break;
  }
  std::cout << "[ compared ] " << compared << " lookups in tables of thousands of rows\n";
}

}  // namespace
}  // namespace assay
