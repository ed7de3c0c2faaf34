// What a rulebook defines and nothing uses.
// Entry point: CheckUses. Internal to rulebook; a function over its arguments.
#ifndef ASSAY_RULEBOOK_CHECK_USES_H_
#define ASSAY_RULEBOOK_CHECK_USES_H_

#include "rulebook/check_report.h"
#include "rulebook/loader.h"

namespace assay {

// Parameters, variables, joins, datasets, tables and their outputs, reason codes and roles that no rule,
// ledger, output or other thing that does something leads to.
void CheckUses(const LoadedRulebook& loaded, CheckReport* report);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_USES_H_
