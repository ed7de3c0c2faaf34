// What yaml-cpp's complaints mean to the author of a rulebook.
// Entry point: ExplainYamlError. A pure function over the text; it never parses, it only looks at the place.
#ifndef ASSAY_RULEBOOK_YAML_ERRORS_H_
#define ASSAY_RULEBOOK_YAML_ERRORS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/source.h"

namespace assay {

inline constexpr absl::string_view kYamlAliasMessage =
    "a value that begins with '*' is a YAML alias, which rulebooks do not have; quote the text or repeat the value";

struct YamlError {
  SourceRange range;
  std::string message;
};

// Where the parser had come to when it stopped.
struct YamlProgress {
  int32_t at = -1;           // the mark of the error, -1 if it has none
  int32_t last_scalar = -1;  // where the last scalar began and ended, -1 if there was none
  int32_t last_scalar_end = 0;
  int32_t open_bracket = -1;  // the innermost [ or { not yet closed, -1 if there is none
};

// Turns yaml-cpp's `message` into one line that says what is wrong and what would cure it, at the place to look at.
YamlError ExplainYamlError(absl::string_view message, absl::string_view text, const YamlProgress& progress);

// The first quote from `begin` on that is never closed, or -1.
int32_t FindUnclosedQuote(absl::string_view text, int32_t begin);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_YAML_ERRORS_H_
