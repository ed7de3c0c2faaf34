// What the command prints for people: the summary of a review (report.cc), the explanation of one order
// (explanation_report.cc).
#ifndef ASSAY_CLI_REPORT_H_
#define ASSAY_CLI_REPORT_H_

#include <string>

#include "assay/v1/decision.pb.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// The text in Chinese where there is one and `zh` asks for it, else in English.
const std::string& Pick(const v1::LocalizedText& text, bool zh);

// "held" or "暂扣".
const char* DispositionName(v1::Disposition disposition, bool zh);

// Padded to `width` columns of a terminal, in which Chinese characters take two; at least one blank.
std::string Padded(const std::string& text, int width);

// Orders and amount by disposition and currency, the top five reason codes, open holds by role, short products.
// `language` is "en" or "zh".
std::string ReviewReport(const CompiledRulebook& book, const v1::RunResult& result, const std::string& language);

// The order's findings, then every rule on every row with its tests and the values they read.
std::string ExplanationReport(const CompiledRulebook& book, const v1::Explanation& explanation,
                              const std::string& language);

}  // namespace assay

#endif  // ASSAY_CLI_REPORT_H_
