// Versions: rules of one id, or tables of one name, that are in force one after the other.
// Entry point: CheckVersions. A pure function over its arguments.
#ifndef ASSAY_RULEBOOK_VERSIONS_H_
#define ASSAY_RULEBOOK_VERSIONS_H_

#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "rulebook/source_map.h"

namespace assay {

// Reports rules and tables of one name of which two are in force on one day, at the one written later. Dates that are
// none are left to the compiler.
void CheckVersions(const v1::Rulebook& rulebook, const SourceMap& sources, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_VERSIONS_H_
