// Which texts are read at all, and errors about places in them.
// Entry points: AdmitText, AddTextError, AddFileError. Pure functions over their arguments, safe from
// any thread. It bounds what a hostile text can cost: no parser has seen the text before it is admitted.
#ifndef ASSAY_RULEBOOK_YAML_TEXT_H_
#define ASSAY_RULEBOOK_YAML_TEXT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "base/issue.h"
#include "base/source.h"

namespace assay {

inline constexpr size_t kMaxYamlBytes = size_t{16} << 20;

// Characters that separate values ( , : [ { ? - * & ), wherever they stand. The parser keeps some 250 bytes for each.
inline constexpr size_t kMaxYamlSeparators = size_t{1} << 20;

// The text as a source, without its byte order mark. nullptr with one error if it has more than kMaxYamlBytes or
// kMaxYamlSeparators, is not UTF-8, or holds a control character (a tab and line ends are none; a carriage return that
// no line feed follows is one).
std::shared_ptr<const SourceText> AdmitText(absl::string_view name, absl::string_view text, IssueList* issues);

// Adds an error about a text as a whole.
void AddFileError(absl::string_view name, std::string message, IssueList* issues);

// Adds an error about a range of the text; `path` and `suggestion` may be "". Once the list keeps no more errors this
// one is only counted, at no cost.
void AddTextError(const SourceText& source, SourceRange range, absl::string_view path, std::string message,
                  std::string suggestion, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_YAML_TEXT_H_
