// Takes conditions apart at &&, and reads the set of values that each test admits. Entry point: BuildRuleIndexes.
#include "rulebook/rule_index.h"

#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "interp/folder.h"
#include "lang/unparse.h"
#include "rulebook/condition_tests.h"
#include "rulebook/parameter_values.h"
#include "table/value_set.h"

namespace assay {
namespace {

// Fewer rules are as fast by their columns.
constexpr size_t kLeastRules = 32;

// Stands for the tested value in a test that is read; no variable of a rulebook has this number.
constexpr int kTested = -2;

void AddConjuncts(Expr* expr, std::vector<Expr*>* conjuncts) {
  const bool joins = expr->kind == ExprKind::kCall && expr->ref.kind == Reference::Kind::kFunction &&
                     expr->ref.op == Op::kAnd && expr->operand == nullptr;
  if (!joins) return conjuncts->push_back(expr);
  for (Expr* arg : expr->args) AddConjuncts(arg, conjuncts);
}

// A bool that is a test by itself.
bool IsField(const Expr& test) { return test.kind == ExprKind::kSelect && !test.test_only; }

// Every node that reads as `text` becomes the tested variable.
void PutTested(const std::string& text, Expr* expr) {
  if (Unparse(*expr) == text) {
    expr->kind = ExprKind::kIdent;
    expr->operand = nullptr;
    expr->args.clear();
    expr->ref = Reference();
    expr->ref.kind = Reference::Kind::kVariable;
    expr->ref.index = kTested;
    return;
  }
  if (expr->operand != nullptr) PutTested(text, expr->operand);
  for (Expr* arg : expr->args) PutTested(text, arg);
}

class Builder {
 public:
  Builder(int level, const SourceMap& sources, Names* names, Planner* planner)
      : sources_(sources), names_(names), planner_(planner) {
    index_.level = level;
  }

  // Takes the rule in if its condition is made of tests alone.
  void Add(const IndexCandidate& candidate) {
    IssueList ignored;  // said where the rule was compiled
    const ExpressionSite site = {"", candidate.condition, names_->types.Simple(TypeKind::kBool)};
    if (CompileExpression(site, names_->inputs.env, sources_, names_, &ignored) == nullptr) return;
    Ast* ast = &names_->asts.back();
    PutParameters(*names_, ast);
    Fold(names_->inputs.env.schema, names_->inputs.env.types, ast);
    std::vector<Expr*> conjuncts;
    AddConjuncts(ast->root, &conjuncts);
    std::map<size_t, ValueSet> cells;
    for (Expr* conjunct : conjuncts) {
      if (!AddTest(*ast, conjunct, &cells)) return;
    }
    rows_.push_back(std::move(cells));
    index_.rules.push_back(candidate.rule);
  }

  std::optional<RuleIndex> Finish() {
    if (rows_.size() < kLeastRules) return std::nullopt;
    auto cells = std::make_unique<TableCells>();
    for (Column& column : columns_) cells->columns.emplace_back(column.domain);
    cells->cells.resize(rows_.size() * columns_.size());
    for (size_t row = 0; row < rows_.size(); ++row) {
      for (auto& [column, set] : rows_[row]) {
        cells->cells[row * columns_.size() + column] = {Cell::Kind::kSet,
                                                        cells->columns[column].AddSet(std::move(set))};
      }
    }
    for (CellColumn& column : cells->columns) column.Cut();
    std::vector<int32_t> order(rows_.size());
    std::iota(order.begin(), order.end(), 0);
    for (const Column& column : columns_) index_.inputs.push_back(column.node);
    index_.index = std::make_unique<const TableIndex>(*cells, order);
    for (const CellColumn& column : cells->columns) index_.finders.emplace_back(&column);
    index_.cells = std::move(cells);
    return std::move(index_);
  }

 private:
  struct Column {
    std::string text;
    NodeId node;
    Domain domain;
  };

  // Adds what the conjunct admits to the rule's cells; false if it does not test one value only.
  bool AddTest(const Ast& ast, Expr* test, std::map<size_t, ValueSet>* cells) {
    const Expr* value = nullptr;
    std::string text;
    for (const Expr* part : TestsOf(*test)) {
      for (const Expr* read : IsField(*part) ? std::vector<const Expr*>{part} : ReadsOf(*part)) {
        std::string name = Unparse(*read);
        if (value != nullptr && name != text) return false;
        value = read;
        text = std::move(name);
      }
    }
    if (value == nullptr) return false;
    const std::optional<size_t> column = ColumnOf(ast, *value, text);
    if (!column.has_value()) return false;
    PutTested(text, test);
    const Domain& domain = columns_[*column].domain;
    std::optional<ValueSet> set = AdmittedValues(domain, *test, kTested);
    if (!set.has_value()) return false;
    const auto [cell, is_new] = cells->try_emplace(*column, *set);
    if (!is_new) cell->second = cell->second.Intersection(domain, *set);
    return true;
  }

  std::optional<size_t> ColumnOf(const Ast& ast, const Expr& value, const std::string& text) {
    const auto known = by_text_.find(text);
    if (known != by_text_.end()) return known->second;
    std::optional<Domain> domain = DomainOf(*value.type);
    if (!domain.has_value()) return std::nullopt;
    IssueList ignored;  // then the condition has its column
    const std::optional<NodeId> node = planner_->PlanColumnOf(ast, value, index_.level, &ignored);
    if (!node.has_value()) return std::nullopt;
    columns_.push_back({text, *node, *std::move(domain)});
    by_text_[text] = columns_.size() - 1;
    return columns_.size() - 1;
  }

  const SourceMap& sources_;
  Names* names_;
  Planner* planner_;
  RuleIndex index_;
  std::vector<Column> columns_;
  std::map<std::string, size_t> by_text_;
  std::vector<std::map<size_t, ValueSet>> rows_;  // the cells of each rule
};

}  // namespace

std::vector<RuleIndex> BuildRuleIndexes(const std::vector<IndexCandidate>& candidates, const SourceMap& sources,
                                        Names* names, Planner* planner) {
  std::map<int, std::vector<const IndexCandidate*>> by_level;
  for (const IndexCandidate& candidate : candidates) by_level[candidate.level].push_back(&candidate);
  std::vector<RuleIndex> indexes;
  for (const auto& [level, those] : by_level) {
    if (those.size() < kLeastRules) continue;
    Builder builder(level, sources, names, planner);
    for (const IndexCandidate* candidate : those) builder.Add(*candidate);
    std::optional<RuleIndex> index = builder.Finish();
    if (index.has_value()) indexes.push_back(*std::move(index));
  }
  return indexes;
}

}  // namespace assay
