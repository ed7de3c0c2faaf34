// Parameters and the types of a rulebook written as text. Entry points:
// CompileParameter, ParseTypeName. Internal to rulebook.
#ifndef ASSAY_RULEBOOK_PARAMETERS_H_
#define ASSAY_RULEBOOK_PARAMETERS_H_

#include "rulebook/names.h"

namespace assay {

// "decimal", "list(string)" …; nullptr for anything else. A decimal without a size is as wide as can be, at scale 6.
const Type* ParseTypeName(absl::string_view text, const v1::DecimalType* size, TypeTable* types);

// The parameter's default as a constant expression; nullptr after issues below `path`.
const Ast* CompileParameter(const v1::Parameter& parameter, const std::string& path, const SourceMap& sources,
                            Names* names, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_PARAMETERS_H_
