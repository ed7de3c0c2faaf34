// The merged rulebook as a list: what it holds, and where each part was written.
// Entry point: DescribeMerged. A pure function over its argument.
#ifndef ASSAY_RULEBOOK_MERGED_VIEW_H_
#define ASSAY_RULEBOOK_MERGED_VIEW_H_

#include <string>

#include "rulebook/loader.h"

namespace assay {

// A section for each kind of thing, in it a line for each: its name, of a parameter the default, of a rule its outcome
// and mode, the place it stands at, and the overrides that changed it:
//
//   parameters
//     repeat_hours  48  standard/order_review.yaml:24; default by site.yaml:5
std::string DescribeMerged(const LoadedRulebook& rulebook);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_MERGED_VIEW_H_
