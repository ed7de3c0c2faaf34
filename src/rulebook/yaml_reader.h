// Reads YAML (and JSON, which is YAML here) into a tree in which every character knows its place.
// Entry point: ReadYaml. A pure function over its arguments, safe from any thread. Duplicate keys,
// anchors, aliases, tags, merge keys and second documents are refused; no exception leaves this file.
#ifndef ASSAY_RULEBOOK_YAML_READER_H_
#define ASSAY_RULEBOOK_YAML_READER_H_

#include <cstdint>
#include <optional>

#include "base/issue.h"
#include "base/source.h"
#include "rulebook/yaml_node.h"

namespace assay {

inline constexpr int kMaxYamlDepth = 64;

// The document's tree, `file` on every node; nullopt if the text has no tree (broken, empty, nested deeper than
// kMaxYamlDepth). Errors that leave a tree (a duplicate key, an alias) are reported and reading goes on: whether there
// were any is in `issues`. `source` must come from AdmitText (yaml_text.h).
std::optional<YamlNode> ReadYaml(const SourceText& source, int32_t file, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_YAML_READER_H_
