// From a place in a rulebook, as a path and a range of its text, back to the file, line and column it was written at.
// Entry points: SourceMap::MakeIssue, Locate, MapKeyPath. Immutable once the loader is done, so safe from any thread.
// Paths are those of the merged rulebook: rules[3].condition, rules[3].values["x"].
#ifndef ASSAY_RULEBOOK_SOURCE_MAP_H_
#define ASSAY_RULEBOOK_SOURCE_MAP_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/issue.h"
#include "base/source.h"
#include "rulebook/yaml_node.h"

namespace assay {

// ["x"], with \ before " and \ in the key.
std::string MapKeyPath(absl::string_view key);

// A range in a file. Lines and columns count from 1, columns in code points; `end` is behind the last character.
struct SourceSpan {
  const SourceText* source = nullptr;
  SourceRange range;
  SourcePosition begin;
  SourcePosition end;
};

class SourceMap {
 public:
  // A rulebook without text: issues carry paths only.
  SourceMap() = default;

  // `root` mirrors the rulebook; each node's `file` is an index into `files`. A file that has no text (binary) is
  // there with an empty one.
  SourceMap(std::vector<std::shared_ptr<const SourceText>> files, YamlNode root)
      : files_(std::move(files)), root_(std::move(root)) {}

  // Whether the path was written in a file with text.
  bool Contains(absl::string_view path) const;

  // Where the bytes [begin, end) of the text at `path` stand. nullopt if nothing is written there, or not as a text.
  std::optional<SourceSpan> Locate(absl::string_view path, SourceRange decoded) const;

  // "file:line" of what is written at `path` or, where nothing is, of the nearest thing around it; the path if that has
  // no text.
  std::string PlaceOf(absl::string_view path) const;

  // An issue about a part of the text at `path`, e.g. about a token of its expression.
  Issue MakeIssue(Severity severity, absl::string_view path, SourceRange decoded, std::string message) const;

  // An issue about all that is at `path`. If nothing is written there (a field left out), it is placed at the nearest
  // thing around it that is.
  Issue MakeIssue(Severity severity, absl::string_view path, std::string message) const;

  // An issue about the key of a mapping, e.g. a name in rules[3].at or rules[3].values.
  Issue MakeKeyIssue(Severity severity, absl::string_view path, std::string message) const;

  // The member `key` of the mapping at `path` stands from now on where the mapping at `from` has it. For the loader.
  void TakeMember(absl::string_view path, absl::string_view from, absl::string_view key);

  const std::vector<std::shared_ptr<const SourceText>>& files() const { return files_; }

 private:
  // The node at a path, or as much of the way to it as is written.
  struct Found {
    const YamlNode* node = nullptr;
    const YamlNode* key = nullptr;  // of the mapping that `node` is a value of; nullptr for items and the root
    bool is_exact = false;
    std::shared_ptr<const YamlNode> made = {};  // what `node` points to, if it was made for the asking
  };

  Found Find(absl::string_view path) const;
  Found FindRecord(const YamlNode& rows, size_t row, absl::string_view path) const;
  Issue IssueAt(Severity severity, const YamlNode& node, SourceRange range, absl::string_view path,
                std::string message) const;

  std::vector<std::shared_ptr<const SourceText>> files_;
  YamlNode root_;
};

}  // namespace assay

#endif  // ASSAY_RULEBOOK_SOURCE_MAP_H_
