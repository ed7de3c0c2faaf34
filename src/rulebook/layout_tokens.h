// The tokens of a YAML text with the white space between them, for whoever lays the text out anew.
// Entry point: TokensOf. A pure function over its arguments, safe from any thread. It finds scalars where the tree has
// them and reads what stands between; it never decides what a token means to a rulebook.
#ifndef ASSAY_RULEBOOK_LAYOUT_TOKENS_H_
#define ASSAY_RULEBOOK_LAYOUT_TOKENS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "base/source.h"
#include "rulebook/yaml_node.h"

namespace assay {

struct LayoutToken {
  enum class Kind : uint8_t {
    kScalar,
    kWord,  // null, ~, or a mark of the document
    kDash,  // of an item, or the ? of a key
    kColon,
    kComma,
    kOpen,   // [ {
    kClose,  // ] }
    kComment,
  };

  Kind kind = Kind::kWord;
  SourceRange range;
  ScalarStyle style = ScalarStyle::kPlain;  // of a scalar
  bool begins_line = false;                 // only white space stands before it on its line
  int32_t column = 0;                       // of its first byte
  int32_t blank_lines = 0;                  // empty lines between it and the token before it
};

// All tokens of the text, in order. `root` is its tree, as ReadYaml gave it without errors.
std::vector<LayoutToken> TokensOf(absl::string_view text, const YamlNode& root);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_LAYOUT_TOKENS_H_
