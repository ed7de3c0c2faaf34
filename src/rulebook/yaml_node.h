// A YAML document as a tree of positions: what was written, and where.
// Plain values. The tree has no anchors, aliases or tags; ReadYaml (yaml_reader.h) refuses them.
#ifndef ASSAY_RULEBOOK_YAML_NODE_H_
#define ASSAY_RULEBOOK_YAML_NODE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/source.h"
#include "rulebook/text_map.h"

namespace assay {

enum class ScalarStyle : uint8_t { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

struct YamlMember;
struct CsvRecords;

struct YamlNode {
  enum class Kind : uint8_t {
    kNull,  // ~, null or nothing
    kScalar,
    kSequence,
    kMapping,
    kRefused,  // an alias or a tag: an issue was reported, nobody need complain again
    kAbsent,   // a place in a rulebook that has no text (binary); only `file` is known
  };

  Kind kind = Kind::kNull;
  ScalarStyle style = ScalarStyle::kPlain;
  int32_t file = -1;                          // index of its file in the SourceMap
  SourceRange range;                          // of a scalar, with its quotes; else empty, where the node begins
  std::string text;                           // of a scalar, decoded
  TextMap map;                                // of a scalar: where each byte of `text` stands
  std::vector<YamlNode> items;                // of a sequence
  std::shared_ptr<const CsvRecords> records;  // of a sequence that stands in a CSV file: its items
  std::vector<YamlMember> members;            // of a mapping, in the order written; keys are distinct scalars
};

struct YamlMember {
  YamlNode key;
  YamlNode value;
};

// The member with this key, or nullptr.
inline const YamlMember* FindMember(const YamlNode& node, absl::string_view key) {
  for (const YamlMember& member : node.members) {
    if (member.key.text == key) return &member;
  }
  return nullptr;
}

// Where a node's text stands: of a scalar, its characters without quotes; else where the node begins.
inline SourceRange TextRange(const YamlNode& node) {
  return node.text.empty() ? node.range : node.map.Locate({0, node.map.size()});
}

}  // namespace assay

#endif  // ASSAY_RULEBOOK_YAML_NODE_H_
