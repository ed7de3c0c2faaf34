// What a site changes in the rulebook it imports: modes and messages of rules, defaults
// of parameters. Entry point: ApplyOverrides.
#ifndef ASSAY_RULEBOOK_OVERRIDES_H_
#define ASSAY_RULEBOOK_OVERRIDES_H_

#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "rulebook/source_map.h"

namespace assay {

// In the order of the overrides; a name that is not there is an issue at its place. What an override puts in stands
// from then on at the override's place. An override of a rule that has several versions changes them all.
void ApplyOverrides(v1::Rulebook* rulebook, SourceMap* sources, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_OVERRIDES_H_
