// The summary of a review for a terminal. Entry point: ReviewReport.
#ifndef ASSAY_CLI_REPORT_H_
#define ASSAY_CLI_REPORT_H_

#include <string>

#include "assay/v1/decision.pb.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// Orders and amount by disposition and currency, the top five reason codes, open holds by role, short products.
// `language` is "en" or "zh".
std::string ReviewReport(const CompiledRulebook& book, const v1::RunResult& result, const std::string& language);

}  // namespace assay

#endif  // ASSAY_CLI_REPORT_H_
