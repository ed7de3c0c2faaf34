// Pieces of JSON text. Entry point: AppendJsonString. A pure function, safe from any thread; it reads no JSON.
#ifndef ASSAY_BASE_JSON_TEXT_H_
#define ASSAY_BASE_JSON_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace assay {

// A JSON string with its quotes. Only what must be escaped is; ill-formed UTF-8 becomes U+FFFD, so that the text is
// always valid JSON.
void AppendJsonString(absl::string_view text, std::string* out);

}  // namespace assay

#endif  // ASSAY_BASE_JSON_TEXT_H_
