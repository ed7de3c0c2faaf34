// Entry points: the methods of CheckedTables. Findings are taken as people read them, cases as texts.
#include "tests/rulebook/checked_tables.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "interp/evaluator.h"
#include "interp/table_evaluator.h"
#include "rulebook/check_tables.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

constexpr int64_t kSteps = 1'000'000;

class TableActivation : public EmptyActivation {
 public:
  explicit TableActivation(const Names& names) : EmptyActivation(names.inputs.schema.get()), names_(names) {}
  Value HostFunction(int index, absl::Span<const Value> args) const override {
    return EvaluateTable(*names_.inputs.tables[static_cast<size_t>(index)], args, *this, EvaluateOptions());
  }

 private:
  const Names& names_;
};

// What is between two parts of a text; nothing if either is not there.
std::optional<std::string> Between(absl::string_view text, absl::string_view before, absl::string_view behind) {
  const size_t from = text.find(before);
  if (from == absl::string_view::npos) return std::nullopt;
  const size_t to = text.find(behind, from + before.size());
  if (to == absl::string_view::npos) return std::nullopt;
  return std::string(text.substr(from + before.size(), to - from - before.size()));
}

// "rows 1 and 3 both fit": from 0.
RowPair RowsOf(const std::string& text) {
  const size_t at = text.find("rows ");
  int first = 0;
  int second = 0;
  EXPECT_EQ(std::sscanf(text.c_str() + (at == std::string::npos ? 0 : at), "rows %d and %d both", &first, &second), 2)
      << text;
  return {first - 1, second - 1};
}

}  // namespace

std::unique_ptr<CheckedTables> CheckedTables::Create(const std::string& tables) {
  static const std::shared_ptr<const Schema> schema = *Schema::CreateStandard();
  auto book = std::make_unique<CheckedTables>();
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookText(
      "book.yaml",
      absl::StrCat("name: random\nversion: \"1\"\ninput: {name: order, type: assay.v1.Order}\ntables:\n", tables),
      &issues);
  if (loaded.has_value()) book->names_ = LinkNames(*loaded, schema, &issues);
  EXPECT_NE(book->names_, nullptr) << Format(issues) << tables;
  if (book->names_ == nullptr) return nullptr;
  CheckSeverities severities;
  CheckReport report(&severities);
  CheckTables(*loaded, *book->names_, kSteps, &report);
  for (const CheckFinding& finding : report.Take()) book->Hear(finding);
  for (size_t i = 0; i < book->names_->inputs.tables.size(); ++i) {
    book->numbers_[book->names_->inputs.tables[i]->name] = static_cast<int>(i);
  }
  return book;
}

Value CheckedTables::Ask(const std::string& expression) {
  IssueList issues;
  SourceMap sources;
  const Ast* ast =
      CompileExpression({"expression", &expression, nullptr}, names_->inputs.env, sources, names_.get(), &issues);
  EXPECT_NE(ast, nullptr) << expression << "\n" << Format(issues);
  return ast == nullptr ? Value::Null() : Evaluate(*ast->root, TableActivation(*names_), EvaluateOptions());
}

const Value& CheckedTables::Constant(const std::string& expression) {
  const auto [found, is_new] = constants_.try_emplace(expression);
  if (is_new) found->second = Ask(expression);
  return found->second;
}

Value CheckedTables::Call(const std::string& table, absl::Span<const Value> args) const {
  return TableActivation(*names_).HostFunction(numbers_.at(table), args);
}

void CheckedTables::Hear(const CheckFinding& finding) {
  const std::string& text = finding.issue.message;
  int number = -1;
  ASSERT_EQ(std::sscanf(finding.issue.path.c_str(), "tables[%d]", &number), 1) << text;
  TableFindings& said = findings_[names_->inputs.tables[static_cast<size_t>(number)]->name];
  if (finding.code == "table-gap") {
    said.gap = Between(text, "no row fits ", ", and there is no default").value_or("");
    EXPECT_NE(said.gap, "") << text;
  } else if (finding.code == "table-overlap") {
    const std::optional<std::string> unique = Between(text, "both fit ", ", of which UNIQUE");
    said.overlaps[RowsOf(text)] = unique.has_value() ? *unique : Between(text, "both fit ", " and give").value_or("");
  } else if (finding.code == "table-row-masked") {
    said.masked.insert(std::stoi(*Between(text, "row ", " never")) - 1);
  } else if (finding.code == "table-cell-empty") {
    said.empty.insert(std::stoi(*Between(text, ": row ", " never")) - 1);
  } else if (absl::StrContains(text, "whether a row fits")) {
    said.gap_is_undecided = true;
  } else {
    ASSERT_TRUE(absl::StrContains(text, "only tests that have to be computed say whether rows")) << text;
    said.undecided_overlaps.insert(RowsOf(text));
  }
}

}  // namespace assay
