// The levels of a rulebook by the names that `each` gives: the input is 0, the others follow as they are written; and
// its datasets by theirs. Entry points: FindLevel, FindDataset. Functions over their arguments, safe from any thread.
#ifndef ASSAY_RULEBOOK_LEVELS_H_
#define ASSAY_RULEBOOK_LEVELS_H_

#include "absl/strings/string_view.h"
#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "plan/plan_inputs.h"
#include "rulebook/source_map.h"

namespace assay {

// The number of a level by name ("" is the input), or -1 after an issue at `path`.
int FindLevel(const v1::Rulebook& rulebook, const SourceMap& sources, absl::string_view name, absl::string_view path,
              IssueList* issues);

// The number of a dataset by name; -1 where there is none of the name, of FindDataset after an issue at `path`.
int DatasetNamed(const PlanInputs& inputs, absl::string_view name);
int FindDataset(const PlanInputs& inputs, const SourceMap& sources, absl::string_view name, absl::string_view path,
                IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_LEVELS_H_
