// Entry points: CheckConditions, CheckTests. Parameters count with their values: a rule that never fires for what a
// company has set is as dead as one that never can.
#include "rulebook/check_rules.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "interp/folder.h"
#include "rulebook/parameter_values.h"
#include "table/satisfiability.h"

namespace assay {
namespace {

class ConditionCheck {
 public:
  ConditionCheck(const LoadedRulebook& loaded, int64_t steps, Names* names, CheckReport* report)
      : loaded_(loaded), steps_(steps), names_(names), report_(report) {}

  void Run(int rule) {
    const v1::Rule& proto = loaded_.proto.rules(rule);
    const v1::Review& review = loaded_.proto.review();
    // The engine makes the findings of these.
    const std::string* ids[] = {&review.unevaluable_rule(), &review.release_rule(), &review.revision_rule(),
                                &loaded_.proto.evaluation().unevaluable_rule()};
    for (const std::string* id : ids) {
      if (proto.id() == *id) return;
    }
    const std::string path = absl::StrCat("rules[", rule, "]");
    const Expr* when = proto.when().empty() ? nullptr : Tree(path + ".when", proto.when());
    const Expr* condition = Tree(path + ".condition", proto.condition());
    if (condition == nullptr) return;
    std::vector<Goal> goals;
    if (when != nullptr) goals.push_back({when, true});
    const std::string quoted = absl::StrCat(": '", proto.id(), "'");
    if (when != nullptr && !Ask(goals, "rule-never-fires", path + ".when",
                                absl::StrCat("this is true of no row, so the rule never fires", quoted))) {
      return;
    }
    if (!Ask({{condition, true}}, "rule-never-fires", path + ".condition",
             absl::StrCat("this is true of no row, so the rule never fires", quoted))) {
      return;
    }
    goals.push_back({condition, true});
    if (when != nullptr && !Ask(goals, "rule-never-fires", path + ".condition",
                                absl::StrCat("this is true of no row that 'when' holds for", quoted))) {
      return;
    }
    goals.back().wanted = false;
    Ask(goals, "rule-always-fires", path + ".condition",
        absl::StrCat("this is false of no row", when == nullptr ? "" : " that 'when' holds for", quoted));
  }

 private:
  const Expr* Tree(const std::string& path, const std::string& text) {
    IssueList issues;  // said when the rulebook was compiled
    const Type* type = names_->types.Simple(TypeKind::kBool);
    if (CompileExpression({path, &text, type}, names_->inputs.env, loaded_.sources, names_, &issues) == nullptr) {
      return nullptr;
    }
    Ast& ast = names_->asts.back();
    PutParameters(*names_, &ast);
    Fold(names_->inputs.env.schema, &names_->types, &ast);
    return ast.root;
  }

  // Reports `code` if the goals never hold together; whether they may.
  bool Ask(const std::vector<Goal>& goals, absl::string_view code, const std::string& path, std::string message) {
    const Satisfiability answer = CanHold(goals, steps_);
    if (answer == Satisfiability::kPossible) return true;
    const bool is_decided = answer == Satisfiability::kNever;
    if (!is_decided) {
      message = absl::StrCat("not decided within ", steps_, " steps (--steps): whether ", message);
    }
    report_->Add(is_decided ? code : "not-decided",
                 loaded_.sources.MakeIssue(Severity::kNote, path, std::move(message)));
    return false;
  }

  const LoadedRulebook& loaded_;
  int64_t steps_;
  Names* names_;
  CheckReport* report_;
};

}  // namespace

void CheckConditions(const LoadedRulebook& loaded, int64_t steps, Names* names, CheckReport* report) {
  ConditionCheck check(loaded, steps, names, report);
  for (int i = 0; i < loaded.proto.rules_size(); ++i) check.Run(i);
}

void CheckTests(const LoadedRulebook& loaded, CheckReport* report) {
  std::map<std::string, bool, std::less<>> is_on;  // by rule id; versions share one
  std::vector<absl::string_view> ids;
  for (const v1::Rule& rule : loaded.proto.rules()) {
    bool& on = is_on[rule.id()];
    on = on || rule.mode() != v1::MODE_OFF;
    ids.emplace_back(rule.id());
  }
  for (int i = 0; i < loaded.proto.tests_size(); ++i) {
    const v1::TestCase& test = loaded.proto.tests(i);
    const std::string path = absl::StrCat("tests[", i, "]");
    for (int k = 0; k < test.findings_size(); ++k) {
      const std::string& id = test.findings(k).rule();
      const auto rule = is_on.find(id);
      if (rule != is_on.end() && rule->second) continue;
      const bool exists = rule != is_on.end();
      Issue issue =
          loaded.sources.MakeIssue(Severity::kNote, absl::StrCat(path, ".findings[", k, "].rule"),
                                   absl::StrCat(exists ? "this rule is switched off: '" : "no such rule: '", id, "'"));
      if (!exists) issue.suggestion = Nearest(id, ids);
      report->Add("test-unreachable", std::move(issue));
    }
  }
}

}  // namespace assay
