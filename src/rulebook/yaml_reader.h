// Reads YAML (and JSON, which is YAML here) into a tree in which every character knows its place.
// Entry points: AdmitText, ReadYaml. Pure functions over their arguments, safe from any thread. Duplicate keys,
// anchors, aliases, tags, merge keys and second documents are refused; no exception leaves this file.
#ifndef ASSAY_RULEBOOK_YAML_READER_H_
#define ASSAY_RULEBOOK_YAML_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/issue.h"
#include "base/source.h"
#include "rulebook/yaml_node.h"

namespace assay {

inline constexpr size_t kMaxYamlBytes = size_t{16} << 20;
inline constexpr int kMaxYamlDepth = 64;

// The text as a source, without its byte order mark. nullptr with one error if it is longer than kMaxYamlBytes, not
// UTF-8, or holds a control character (a tab and line ends are none; a carriage return alone is one).
std::shared_ptr<const SourceText> AdmitText(absl::string_view name, absl::string_view text, IssueList* issues);

// The document's tree, `file` on every node; nullopt if the text has no tree (broken, empty, nested deeper than
// kMaxYamlDepth). Errors that leave a tree (a duplicate key, an alias) are reported and reading goes on: whether there
// were any is in `issues`. `source` must come from AdmitText.
std::optional<YamlNode> ReadYaml(const SourceText& source, int32_t file, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_YAML_READER_H_
