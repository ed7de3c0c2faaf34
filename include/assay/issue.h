// A diagnostic of a rulebook as data: what is wrong, where, and what would cure it.
#ifndef ASSAY_ISSUE_H_
#define ASSAY_ISSUE_H_

#include <cstdint>
#include <string>

namespace assay {

enum class Severity : uint8_t { kError, kWarning, kNote };

struct Issue {
  Severity severity = Severity::kError;
  std::string file;        // "" if the text has no name
  std::string path;        // rules[3].condition; "" if the issue is about the whole
  int line = 0;            // from 1, 0 if not known
  int column = 0;          // from 1 in code points, 0 if not known
  int length = 0;          // code points of `snippet` marked from `column` on; 0 or 1 marks one
  std::string message;     // one line, without a closing point
  std::string suggestion;  // the name that was probably meant, "" if none
  std::string snippet;     // the source line, "" if not at hand; of a long one the part around the place, between …
  int snippet_column = 1;  // of the snippet's first code point
};

// file:line:column: error: message; did you mean 'x'?
// One line; parts not known are left out, and the path stands for a position that is not known.
std::string FormatLine(const Issue& issue);

// FormatLine, then the snippet and a line that marks the place with ^~~~, aligned also below wide characters and
// tabs. Lines end with "\n", the last one too.
std::string Format(const Issue& issue);

}  // namespace assay

#endif  // ASSAY_ISSUE_H_
