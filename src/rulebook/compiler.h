// Plans what a rulebook says, part by part: compile.cc the rulebook and its rules,
// compile_words.cc the words of these, compile_ledgers.cc its ledgers, compile_review.cc
// its review section, compile_evaluation.cc its evaluation section, tasks and outputs.
// Internal to rulebook; used once.
#ifndef ASSAY_RULEBOOK_COMPILER_H_
#define ASSAY_RULEBOOK_COMPILER_H_

#include <memory>
#include <string>

#include "rulebook/compiled_rulebook.h"

namespace assay {

class Compiler {
 public:
  Compiler(LoadedRulebook loaded, std::shared_ptr<const Schema> schema, IssueList* issues)
      : loaded_(std::move(loaded)),
        schema_(std::move(schema)),
        issues_(issues),
        book_(std::make_shared<CompiledRulebook>()) {}

  std::shared_ptr<const CompiledRulebook> Compile();

 private:
  void Error(const std::string& path, std::string message, std::string suggestion);

  const Type* Simple(TypeKind kind) { return book_->names->types.Simple(kind); }

  int Level(const std::string& name, const std::string& path);

  void PlanVariables();

  void CompileVariable(const std::string& path, const v1::Variable& proto, const Ast& ast, int level);

  PlannedReads Reads(const std::string& path, const Ast& ast, const Expr& part, int level);

  void CompileCodes();

  void KnownRole(const std::string& name, const std::string& path);

  void KnownReason(const std::string& code, const std::string& path);

  PlannedValue Value(const std::string& path, const std::string& text, int level, const Type* expected);

  PlannedValue Chosen(const std::string& path, const std::string& text, int level, const char* noun,
                      const std::vector<absl::string_view>& known);

  PlannedValue OutcomeBy(const std::string& path, const v1::Rule& proto, int level);

  PlannedValue ReasonBy(const std::string& path, const v1::Rule& proto, int level);

  PlannedValue BoolValue(const std::string& path, const std::string& text, int level);

  int StageOf(const PlannedValue& value) const { return value.exists() ? planner_->graph().node(value.node).stage : 0; }

  // `part` is the tree's root or a node of it.
  PlannedValue Planned(const std::string& path, const Ast& ast, const Expr& part, int level);

  PlannedValue PlannedWhole(const std::string& path, const Ast& ast, int level);

  void CompileRule(int i);

  void IndexRules();

  PlannedValue CompileCondition(const std::string& path, const std::string& text, CompiledRule* rule);

  std::optional<RuleTest::Limit> LimitOf(const std::string& path, const Ast& ast, const Expr& test, int level);

  void CompileDifference(const v1::Rule& proto, const std::string& path, CompiledRule* rule);

  void CheckScorecardReasons();
  void CheckWords(const v1::Rule& proto, const std::string& path);

  void CheckPlaceholders(const v1::Rule& proto, const std::string& text, const std::string& path);

  int32_t Day(const std::string& text, const std::string& path, int32_t open);

  void CompileApplicability(int i);

  void CompileLedger(int i);

  PlannedValue Amount(const std::string& path, const std::string& text, const CompiledLedger& ledger, const Type* type);

  void CheckScale(const std::string& path, const PlannedValue& value, const CompiledLedger& ledger);

  // Where a list of elements stands: a rulebook level, below it the elements of another list, if any, and the names
  // there.
  struct ElementScope {
    int level = 0;
    const Planner::Elements* within = nullptr;
    const Environment* env = nullptr;
  };
  void CompileAccount(const v1::Ledger& proto, const std::string& path, CompiledLedger* ledger);
  void CompileFallback(const v1::Fallback& proto, const std::string& path, CompiledLedger* ledger);
  template <typename Proto>
  void CompileSupplies(const Proto& proto, const std::string& path, const ElementScope& scope,
                       const CompiledLedger& ledger, CompiledAccount* account);
  CompiledSupply CompileSupply(const v1::Supply& proto, const std::string& path, const ElementScope& scope,
                               const CompiledLedger& ledger);

  // What is asked of the elements of a list, where it goes.
  struct ElementValue {
    ExpressionSite site;
    PlannedValue* out = nullptr;
  };
  std::optional<Planner::Elements> CompileElements(const ExpressionSite& of, const std::string& as,
                                                   const ElementScope& scope, const std::vector<ElementValue>& values);

  void CompileReview();
  CompiledExemptions CompileExemptions(const std::string& list);

  void CompileEvaluation();
  void CompileVerdicts();
  void CompileTask(const v1::Task& proto, const std::string& path, const v1::LocalizedText& title, CompiledRule* rule);
  // A value of one of these kinds.
  PlannedValue ValueOf(const std::string& path, const std::string& text, int level,
                       std::initializer_list<TypeKind> kinds, const char* meant);
  void CompileOutput(int i);
  void CompileBoard();
  // An output of the input's rows: its place among them, and what came of it (nullptr where that is an error already).
  // -1 if there is none of the name.
  int RowOutput(const std::string& name, const std::string& path, const CompiledOutput** compiled);
  void CheckOrder(const std::string& path, const CompiledOutput& output);

  void CompileZone();
  void CompileTests();

  int ReviewDataset(const std::string& name, const std::string& dataset, const std::string& type);

  int InputIndex(NodeId node, const Program& program) const { return node == kNoNode ? -1 : program.nodes[node].index; }

  void Finish();

  LoadedRulebook loaded_;
  std::shared_ptr<const Schema> schema_;
  IssueList* issues_;
  std::shared_ptr<CompiledRulebook> book_;
  std::unique_ptr<Planner> planner_;
};

}  // namespace assay

#endif  // ASSAY_RULEBOOK_COMPILER_H_
