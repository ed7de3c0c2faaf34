// Compiles tables in an order in which those that others call come first. Entry point: LinkTables.
#include "rulebook/tables.h"

#include <map>
#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lang/parser.h"
#include "rulebook/table_compiler.h"

namespace assay {
namespace {

// What a tree calls by names with dots, tables and others.
void AddCalls(const Expr& expr, std::set<std::string>* names) {
  const bool is_call = expr.kind == ExprKind::kCall && expr.operand != nullptr;
  if (is_call) names->insert(absl::StrCat(QualifiedName(*expr.operand), ".", expr.name));
  if (expr.operand != nullptr) AddCalls(*expr.operand, names);
  for (const Expr* arg : expr.args) AddCalls(*arg, names);
}

void AddCallsOf(const v1::TableRow& row, std::set<std::string>* names) {
  for (const std::string& cell : row.cells()) {
    if (!absl::StrContains(cell, '(') || !absl::StrContains(cell, '.')) continue;
    const absl::StatusOr<SourceText> source = SourceText::Create("", cell);
    IssueList ignored;  // said again where the cell is compiled
    const std::optional<Ast> ast = source.ok() ? ParseUnaryTests(*source, Limits(), &ignored) : std::optional<Ast>();
    if (ast.has_value() && ast->root != nullptr) AddCalls(*ast->root, names);
  }
}

class Linker {
 public:
  Linker(const LoadedRulebook& loaded, int as_of, Names* names, IssueList* issues)
      : loaded_(loaded),
        as_of_(as_of),
        names_(names),
        issues_(issues),
        sources_(TableSourcesOf(loaded.proto, loaded.sources, issues)) {
    for (const TableSource& source : sources_) {
      numbers_[source.function] = static_cast<int>(calls_.size());
      std::set<std::string>& calls = calls_.emplace_back();
      for (const v1::TableRow& row : source.proto->rows()) AddCallsOf(row, &calls);
      AddCallsOf(source.proto->default_(), &calls);
    }
    states_.resize(calls_.size(), State::kNew);
  }

  void Link() {
    for (size_t i = 0; i < calls_.size(); ++i) Visit(static_cast<int>(i));
  }

 private:
  enum class State : uint8_t { kNew, kOpen, kGood, kBad };

  // Whether the table is there for others to call.
  bool Visit(int i) {
    const auto at = static_cast<size_t>(i);
    const TableSource& source = sources_[at];
    if (states_[at] == State::kOpen) {
      const std::string circle = absl::StrCat(absl::StrJoin(open_, " -> "), " -> ", source.name);
      issues_->Add(loaded_.sources.MakeIssue(Severity::kError, source.path(),
                                             absl::StrCat("these tables are defined by each other: ", circle)));
      return false;
    }
    if (states_[at] != State::kNew) return states_[at] == State::kGood;
    states_[at] = State::kOpen;
    open_.push_back(source.name);
    bool is_good = true;
    for (const std::string& name : calls_[at]) {
      const auto called = numbers_.find(name);
      if (called != numbers_.end()) is_good = Visit(called->second) && is_good;
    }
    open_.pop_back();
    is_good = is_good && TableCompiler(source, as_of_, loaded_.sources, names_, issues_).Compile();
    if (is_good) names_->tables.push_back(source);
    states_[at] = is_good ? State::kGood : State::kBad;
    return is_good;
  }

  const LoadedRulebook& loaded_;
  int as_of_;
  Names* names_;
  IssueList* issues_;
  std::vector<TableSource> sources_;
  std::map<std::string, int> numbers_;
  std::vector<std::set<std::string>> calls_;  // by table
  std::vector<State> states_;
  std::vector<std::string> open_;
};

}  // namespace

void LinkTables(const LoadedRulebook& loaded, int as_of, Names* names, IssueList* issues) {
  Linker(loaded, as_of, names, issues).Link();
}

}  // namespace assay
