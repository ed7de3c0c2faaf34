// What a rulebook's `fields` say of a host's messages, which carry no annotations. Entry point: TypeFields.
#ifndef ASSAY_RULEBOOK_FIELD_TYPES_H_
#define ASSAY_RULEBOOK_FIELD_TYPES_H_

#include <memory>

#include "base/issue.h"
#include "rulebook/loader.h"
#include "schema/schema.h"

namespace assay {

// The schema with the fields typed as the rulebook says; nullptr after an issue at each entry that fits no field.
std::shared_ptr<const Schema> TypeFields(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema,
                                         IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_FIELD_TYPES_H_
