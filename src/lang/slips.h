// What authors write by habit or by their keyboard in place of CEL's own spelling: full-width and typographic
// characters, and words for operators. Entry points: AsciiFor, FindOperatorWord. It only names the cure.
#ifndef ASSAY_LANG_SLIPS_H_
#define ASSAY_LANG_SLIPS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "lang/token.h"

namespace assay {

// The ASCII text meant by a code point that looks like it: '（' is "(", '≥' is ">=", an exotic space is " ".
// "" if it is nothing of the kind.
std::string AsciiFor(char32_t code_point);

// The operator a word stands for ("and", "OR", "且"), or kInvalid.
TokenKind FindOperatorWord(absl::string_view word);

}  // namespace assay

#endif  // ASSAY_LANG_SLIPS_H_
