// What the command prints for people: the summary of a review (report.cc) and of an evaluation (evaluation_report.cc,
// board_report.cc), the explanation of one order or row (explanation_report.cc, evaluation_report.cc).
#ifndef ASSAY_CLI_REPORT_H_
#define ASSAY_CLI_REPORT_H_

#include <string>

#include "assay/v1/decision.pb.h"
#include "assay/v1/evaluation.pb.h"
#include "calendar/zone.h"
#include "evaluate/explain.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// The text in Chinese where there is one and `zh` asks for it, else in English.
const std::string& Pick(const v1::LocalizedText& text, bool zh);

// "held" or "暂扣".
const char* DispositionName(v1::Disposition disposition, bool zh);

// How many columns of a terminal it takes: Chinese characters take two.
int WidthInColumns(const std::string& text);

// Padded to `width` of them, with one blank at least.
std::string Padded(const std::string& text, int width);

// Orders and amount by disposition and currency, the top five reason codes, open holds by role, short products.
// `language` is "en" or "zh".
std::string ReviewReport(const CompiledRulebook& book, const v1::RunResult& result, const std::string& language);

// The order's findings, then every rule on every row with its tests and the values they read.
std::string ExplanationReport(const CompiledRulebook& book, const v1::Explanation& explanation,
                              const std::string& language);

// Rows by verdict, findings by rule, the board, and the first `most_tasks` of the worklist.
std::string EvaluationReport(const CompiledRulebook& book, const v1::EvaluationResult& result, int most_tasks,
                             const std::string& language);

// The row's findings, outputs and tasks, then the same of every rule.
std::string RowExplanationReport(const CompiledRulebook& book, const v1::EvaluationExplanation& explanation,
                                 const std::string& language);

// The role's title; what is no role of the rulebook, as it is.
std::string RoleName(const CompiledRulebook& book, const std::string& role, bool zh);

// What the rulebook's `words` have for a verdict or a value; of others the word itself.
std::string WordFor(const CompiledRulebook& book, const std::string& word, bool zh);

// The zone of the rulebook, in which reports show moments; UTC where it has none.
Zone ZoneOf(const CompiledRulebook& book);

// A text that is a moment as people read it on the clock of the zone; any other as it is.
std::string ShownMoment(const std::string& text, const Zone& zone);

// A value as people read it: in words, as the title of a role, on the clock of the zone; "-" where there is none.
std::string ShownValue(const CompiledRulebook& book, const Zone& zone, const v1::OutputValue& value, bool zh);

// The rows that the rulebook's board lists, a line each; nothing if it has none.
void AddBoard(const CompiledRulebook& book, const v1::EvaluationResult& result, bool zh, std::string* out);

// Parts of explanations: a line for each finding, of each rule what it saw, and what made the variables that rules with
// findings read.
void AddFindingLines(const CompiledRulebook& book, const google::protobuf::RepeatedPtrField<v1::Finding>& findings,
                     bool zh, std::string* out);
void AddVerdictLines(const RuleVerdicts& verdicts, const Zone& zone, bool zh, std::string* out);
void AddVariableLines(const RuleVerdicts& verdicts, const VariableValues& variables, const Zone& zone, bool zh,
                      std::string* out);

}  // namespace assay

#endif  // ASSAY_CLI_REPORT_H_
