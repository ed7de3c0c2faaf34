// What an expression reads, found by its tokens. Entry point: PartsOf. A function over its arguments; it needs no
// expression that parses, and of a name that a macro hides it may link the hidden one.
#ifndef ASSAY_DOCUMENT_EXPRESSION_LINKS_H_
#define ASSAY_DOCUMENT_EXPRESSION_LINKS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "base/source.h"
#include "document/thing.h"

namespace assay {

// A part of an expression that the page shows in its own way: the name of a thing, or a text written out, which may be
// one too.
struct ExpressionPart {
  SourceRange range;
  const Thing* thing = nullptr;  // nullptr: a text that names none
};

// In the order of the text, none inside another.
std::vector<ExpressionPart> PartsOf(absl::string_view expression, const ThingIndex& things);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_EXPRESSION_LINKS_H_
