// Puts several files of one rulebook together: the protos, and with them the trees of positions.
// Entry points: AppendRulebook, AbsentTree, CheckDuplicates. Pure functions over their arguments; they know the lists
// of a rulebook by name and nothing of what stands in them.
#ifndef ASSAY_RULEBOOK_MERGE_H_
#define ASSAY_RULEBOOK_MERGE_H_

#include <cstdint>

#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "rulebook/source_map.h"
#include "rulebook/yaml_node.h"

namespace assay {

// A rulebook and the tree that mirrors it: each list of the proto is a sequence of as many items.
struct RulebookPart {
  v1::Rulebook proto;
  YamlNode tree;
};

// The member with this key, or nullptr.
YamlMember* MutableMember(YamlNode* tree, absl::string_view key);

// Adds a part behind what is in `merged`: lists are joined, every other key the part has replaces the merged one.
// `imports` are the last part's.
void AppendRulebook(RulebookPart part, RulebookPart* merged);

// The tree of a rulebook that has no text: its top-level keys, with items of kind kAbsent.
YamlNode AbsentTree(const v1::Rulebook& rulebook, int32_t file);

// Reports things of one kind that have one name, at the second one's place.
void CheckDuplicates(const v1::Rulebook& rulebook, const SourceMap& sources, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_MERGE_H_
