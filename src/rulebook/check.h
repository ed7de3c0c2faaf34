// `assay check`: what is wrong, or in vain, in a rulebook that loads.
// Entry point: CheckRulebook. A function over its arguments, safe from any thread. It claims what it has proven or can
// show by a case, and says where it could not decide; it changes nothing.
#ifndef ASSAY_RULEBOOK_CHECK_H_
#define ASSAY_RULEBOOK_CHECK_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "rulebook/check_report.h"
#include "rulebook/loader.h"
#include "schema/schema.h"

namespace assay {

struct CheckOptions {
  int64_t steps = 1'000'000;  // for each question about a table or a rule
  CheckSeverities severities;
};

// `schema` is that of the compiled rulebook, whose fields the rulebook may have typed. Nothing for a rulebook that does
// not compile: its issues say why.
std::vector<CheckFinding> CheckRulebook(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema,
                                        const CheckOptions& options);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_H_
