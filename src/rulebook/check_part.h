// What `assay check` can say of a file that is not a rulebook but a part of several: reason codes, roles, calendars.
// Entry points: IsPart, CheckPart. Functions over their arguments, safe from any thread.
#ifndef ASSAY_RULEBOOK_CHECK_PART_H_
#define ASSAY_RULEBOOK_CHECK_PART_H_

#include <vector>

#include "rulebook/check_report.h"
#include "rulebook/loader.h"

namespace assay {

// Whether the file, with what it imports, has neither name nor input, and holds reason codes, roles or calendars and
// nothing that could be checked only against an input.
bool IsPart(const v1::Rulebook& rulebook);

// Checks what such a file says by itself: names, calendars, the reporting line, texts. What is wrong is an issue; roles
// that its reason codes name may stand in the rulebook that imports it.
std::vector<CheckFinding> CheckPart(const LoadedRulebook& loaded, const CheckSeverities& severities, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_PART_H_
