// What `assay check` asks of single rules and of the tests that name them.
// Entry points: CheckConditions, CheckTests. Internal to rulebook; functions over their arguments.
#ifndef ASSAY_RULEBOOK_CHECK_RULES_H_
#define ASSAY_RULEBOOK_CHECK_RULES_H_

#include <cstdint>

#include "rulebook/check_report.h"
#include "rulebook/names.h"

namespace assay {

// Rules that never fire, or always do. `names` are those of `loaded` and get the conditions' trees; of each rule each
// question takes at most `steps`.
void CheckConditions(const LoadedRulebook& loaded, int64_t steps, Names* names, CheckReport* report);

// Tests that expect findings of rules that there are not or that are switched off.
void CheckTests(const LoadedRulebook& loaded, CheckReport* report);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_RULES_H_
