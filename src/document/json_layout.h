// JSON for reading. Entry point: LaidOutJson. A pure function; what is no JSON it changes as little.
#ifndef ASSAY_DOCUMENT_JSON_LAYOUT_H_
#define ASSAY_DOCUMENT_JSON_LAYOUT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace assay {

// The outermost two containers get a line for each member, what is inside them stays on it. Only white space outside of
// strings changes; the size of the result is linear in the text's.
std::string LaidOutJson(absl::string_view json);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_JSON_LAYOUT_H_
