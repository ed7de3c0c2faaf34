// Decodes one YAML scalar from its source text and notes where every decoded byte came from.
// Entry points: ScanScalar, MaskEscapes. Pure functions, safe from any thread. The scanner never decides where a
// scalar begins or whether it may stand there; yaml-cpp did, and ReadYaml compares the texts of both.
#ifndef ASSAY_RULEBOOK_SCALAR_SCANNER_H_
#define ASSAY_RULEBOOK_SCALAR_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/source.h"
#include "rulebook/text_map.h"
#include "rulebook/yaml_node.h"

namespace assay {

struct ScannedScalar {
  ScalarStyle style = ScalarStyle::kPlain;
  std::string text;
  TextMap map;
  SourceRange range;            // with quotes and indicators
  bool closed = true;           // false for a quoted scalar that the source ends in
  int32_t lone_surrogate = -1;  // byte offset of an escape that is half of a surrogate pair, -1 if there is none
};

// What the scalar does not tell about itself.
struct ScalarContext {
  int32_t begin;          // byte offset of its first character: the quote, the indicator, or the text itself
  int32_t parent_indent;  // blanks before the innermost block collection around it, -1 if there is none
  size_t plain_size;      // decoded size of a plain scalar, whose end depends on all that surrounds it
};

// Follows yaml-cpp 0.7 in folding and chomping, also where that differs from YAML 1.2 (quoted texts that end in blank
// lines). Lines end with "\n" or "\r\n"; `source` must be valid UTF-8.
ScannedScalar ScanScalar(absl::string_view source, const ScalarContext& context);

// The text with the escapes that yaml-cpp 0.7 refuses or misreads (halves of surrogate pairs, which JSON writes, and \N
// and \_) made harmless ones of the same length. It reads the masked text; ScanScalar reads both, the masked one to be
// compared with yaml-cpp.
std::string MaskEscapes(absl::string_view source);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_SCALAR_SCANNER_H_
