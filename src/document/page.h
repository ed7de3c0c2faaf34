// A rulebook as one HTML page for the people who answer for its rules: everything it says, in English and Chinese.
// Entry point: RulebookPage. A function over its arguments, safe from any thread. The page needs no other file and no
// network, and no text of the rulebook is ever read as markup or script.
#ifndef ASSAY_DOCUMENT_PAGE_H_
#define ASSAY_DOCUMENT_PAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "rulebook/loader.h"

namespace assay {

// `language` is what the page shows at first: "en", "zh", "both", or "" for what the reader's browser prefers.
std::string RulebookPage(const LoadedRulebook& rulebook, const std::string& fingerprint, absl::string_view language);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_PAGE_H_
