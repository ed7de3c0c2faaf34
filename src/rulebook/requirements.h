// What a rulebook must state before its names are linked, and what it must not contradict.
// Entry points: CheckRequirements, CheckPartRequirements. Internal to rulebook.
#ifndef ASSAY_RULEBOOK_REQUIREMENTS_H_
#define ASSAY_RULEBOOK_REQUIREMENTS_H_

#include "base/issue.h"
#include "rulebook/loader.h"

namespace assay {

// One issue for each part that is missing, or that contradicts another one. Expressions are not read.
void CheckRequirements(const LoadedRulebook& loaded, IssueList* issues);

// The same of a file that others import: it needs no name and no input.
void CheckPartRequirements(const LoadedRulebook& loaded, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_REQUIREMENTS_H_
