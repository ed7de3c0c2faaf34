// What joins mean: by which fields and variables they find which rows. Entry point: LinkJoins. Internal to rulebook.
#ifndef ASSAY_RULEBOOK_JOINS_H_
#define ASSAY_RULEBOOK_JOINS_H_

#include <map>

#include "rulebook/names.h"

namespace assay {

// Completes the joins that are declared as virtual fields (by number of the join), once all variables are known.
void LinkJoins(const LoadedRulebook& loaded, const std::map<int, int>& virtual_fields, Names* names, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_JOINS_H_
