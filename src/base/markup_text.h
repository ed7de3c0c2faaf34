// Text inside HTML and XML. Entry point: AppendMarkupText. A pure function, safe from any thread; it reads no markup.
#ifndef ASSAY_BASE_MARKUP_TEXT_H_
#define ASSAY_BASE_MARKUP_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace assay {

// UTF-8 as content or in quotes: what markup begins with is written as a reference, and what neither language can hold
// (control characters) as U+FFFD, so that no text is ever read as markup.
void AppendMarkupText(absl::string_view text, std::string* out);

}  // namespace assay

#endif  // ASSAY_BASE_MARKUP_TEXT_H_
