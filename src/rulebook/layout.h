// The canonical layout of a rulebook's text: indentation, blanks and empty lines, and nothing else.
// Entry point: LayOut. A pure function over its arguments, safe from any thread. It moves white space only: what is
// written, in which order, how it is quoted, and every comment stay as the author has them.
#ifndef ASSAY_RULEBOOK_LAYOUT_H_
#define ASSAY_RULEBOOK_LAYOUT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/issue.h"

namespace assay {

// The text in canonical layout, which reads as the same tree with the same comments; laid out again it does not change.
// nullopt with issues if the text is no YAML that a rulebook may be. `name` is what issues call it.
//
//  - Blocks are indented by two, lists below their key too; lines end with a line feed and without blanks.
//  - One blank follows `:` `,` and `-`, none stands inside brackets, two stand before a comment that ends a line.
//  - At most one empty line between things, and one around every key of the file that has a block below it.
//  - Lines that the author broke stay broken; no line is broken or joined.
std::optional<std::string> LayOut(absl::string_view name, absl::string_view text, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_LAYOUT_H_
