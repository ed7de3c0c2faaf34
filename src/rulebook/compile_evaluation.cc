// The evaluation section, the tasks of rules, and outputs. Entry points: Compiler::CompileEvaluation, CompileTask,
// CompileOutput.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "plan/cost.h"
#include "plan/values_read.h"
#include "rulebook/compiler.h"

namespace assay {

void Compiler::CompileEvaluation() {
  const v1::Rulebook& book = book_->proto;
  const v1::Evaluation& proto = book.evaluation();
  CompiledEvaluation& evaluation = book_->evaluation;
  evaluation.exists = true;
  if (book.has_review())
    Error("evaluation", "a rulebook is for review sessions or for evaluation, not for both: take one of them out", "");
  if (book.ledgers_size() > 0)
    Error("ledgers[0]", "an evaluation draws on no ledgers; they are of a rulebook with 'review'", "");
  const auto name_of = [&](const std::string& path, const std::string& text, int level) {
    return ValueOf(path, text, level, {TypeKind::kString, TypeKind::kInt, TypeKind::kUint},
                   "a string, an int or a uint");
  };
  evaluation.id = name_of("evaluation.id", proto.id(), 0);
  if (proto.id().empty()) Error("evaluation", "an evaluation needs to know the row's id", "");
  CompileVerdicts();
  for (size_t level = 1; level < book_->level_ids.size(); ++level) book_->row_names[level].exists = true;
  for (const auto& [name, text] : std::map<std::string, std::string>(proto.row_ids().begin(), proto.row_ids().end())) {
    const std::string path = absl::StrCat("evaluation.row_ids", MapKeyPath(name));
    const int level = Level(name, path);
    if (level == 0) Error(path, "rows of the input are called by evaluation.id", "");
    if (level > 0) book_->row_names[level].id = name_of(path, text, level);
  }
  const std::string& rule = proto.unevaluable_rule();
  const bool is_known =
      std::any_of(book.rules().begin(), book.rules().end(), [&](const v1::Rule& other) { return other.id() == rule; });
  if (!rule.empty() && !is_known) Error("evaluation.unevaluable_rule", absl::StrCat("no such rule: '", rule, "'"), "");
  for (int i = 0; i < book.rules_size(); ++i) {
    if (book.rules(i).at_size() > 0)
      Error(absl::StrCat("rules[", i, "].at"), "an evaluation has no checkpoints: state 'outcome' alone", "");
  }
}

// By outcome. What is not named falls back on something at least as grave, but for notes, which decide nothing.
void Compiler::CompileVerdicts() {
  constexpr const char* kOutcomes[] = {"NONE", "NOTE", "CUT", "HOLD", "REJECT"};
  constexpr size_t kInstead[] = {0, 0, 3, 3, 3};
  std::array<std::string, 5>& words = book_->evaluation.verdicts;
  const auto& stated = book_->proto.evaluation().verdicts();
  for (const auto& [outcome, word] : std::map<std::string, std::string>(stated.begin(), stated.end())) {
    const std::string path = absl::StrCat("evaluation.verdicts", MapKeyPath(outcome));
    const auto* known = std::find(std::begin(kOutcomes), std::end(kOutcomes), outcome);
    if (known == std::end(kOutcomes)) {
      Error(path, absl::StrCat("an outcome is NONE, NOTE, CUT, HOLD or REJECT: '", outcome, "'"), "");
      continue;
    }
    if (word.empty()) Error(path, absl::StrCat("a verdict needs a word: '", outcome, "'"), "");
    words[static_cast<size_t>(known - kOutcomes)] = word;
  }
  for (const char* outcome : {"NONE", "HOLD"}) {
    if (!stated.empty() && !stated.contains(outcome))
      Error("evaluation.verdicts",
            absl::StrCat("verdicts need a word for NONE and for HOLD; there is none for ", outcome), "");
  }
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].empty()) words[i] = stated.empty() ? kOutcomes[i] : words[kInstead[i]];
  }
}

PlannedValue Compiler::ValueOf(const std::string& path, const std::string& text, int level,
                               std::initializer_list<TypeKind> kinds, const char* meant) {
  PlannedValue value = Value(path, text, level, nullptr);
  const bool is_meant =
      !value.exists() || std::any_of(kinds.begin(), kinds.end(), [&](TypeKind kind) { return value.type->is(kind); });
  if (!is_meant) Error(path, absl::StrCat("this must be ", meant, ", not ", TypeName(*value.type)), "");
  return value;
}

void Compiler::CompileTask(const v1::Task& proto, const std::string& path, const v1::LocalizedText& title,
                           CompiledRule* rule) {
  if (!book_->proto.has_evaluation())
    Error(path, "tasks are for evaluation, and this rulebook has no 'evaluation'", "");
  if (title.en().empty() && title.zh().empty())
    Error(path, absl::StrCat("a task is called by the title of its rule, which has none: '", rule->proto->id(), "'"),
          "");
  rule->task.exists = true;
  rule->task.owner = ValueOf(path + ".owner", proto.owner(), rule->level, {TypeKind::kString}, "a string");
  rule->task.due = ValueOf(path + ".due", proto.due(), rule->level, {TypeKind::kDate, TypeKind::kTimestamp},
                           "a date or a timestamp");
  rule->task.priority = ValueOf(path + ".priority", proto.priority(), rule->level,
                                {TypeKind::kInt, TypeKind::kUint, TypeKind::kDecimal}, "an int, a uint or a decimal");
  rule->task.subject = ValueOf(path + ".subject", proto.subject(), rule->level, {TypeKind::kString}, "a string");
}

// Lists, maps and optionals too.
void Compiler::CompileOutput(int i) {
  const v1::Output& proto = book_->proto.outputs(i);
  const std::string path = absl::StrCat("outputs[", i, "]");
  const int level = Level(proto.each(), path + ".each");
  if (level < 0) return;
  if (proto.expression().empty())
    return Error(path, absl::StrCat("an output needs an expression: '", proto.name(), "'"), "");
  const std::string place = path + ".expression";
  const Ast* ast = CompileExpression({place, &proto.expression(), nullptr}, book_->names->inputs.env, loaded_.sources,
                                     book_->names.get(), issues_);
  if (ast == nullptr) return;
  IssueList own;
  std::optional<ResultColumns> columns = ResultColumns::Plan(planner_.get(), *ast, level, &own);
  MoveIssues(own, place, ast->text, 0, loaded_.sources, issues_);
  if (!columns.has_value()) return;
  std::vector<NodeId> roots;
  columns->AddRoots(&roots);
  std::string refusal = CostRefusal(planner_->graph().program(), roots);
  if (!refusal.empty()) return Error(place, std::move(refusal), "");
  const bool reads_sensitive = ReadsSensitive(*ast->root, *schema_, book_->names->inputs);
  book_->outputs.push_back({&proto, level, ast->root->type, reads_sensitive && !proto.unmasked(), *std::move(columns)});
}

}  // namespace assay
