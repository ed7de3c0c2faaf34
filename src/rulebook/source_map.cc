// Walks a path down the tree of positions. Entry points: SourceMap::MakeIssue, Locate.
// A path that leads nowhere is no error: the issue is then placed where the way ends.
#include "rulebook/source_map.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rulebook/csv_records.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

struct PathStep {
  bool is_index = false;
  size_t index = 0;
  std::string key;
};

// Takes `"…"]` off the path, the ["'s bracket being gone.
bool TakeQuotedKey(absl::string_view* path, std::string* key) {
  path->remove_prefix(1);
  while (!path->empty() && path->front() != '"') {
    if (path->front() == '\\') path->remove_prefix(1);
    if (path->empty()) return false;
    key->push_back(path->front());
    path->remove_prefix(1);
  }
  if (!absl::StartsWith(*path, "\"]")) return false;
  path->remove_prefix(2);
  return true;
}

// Takes the first step off the path; false if it has none that can be read.
bool TakeStep(absl::string_view* path, PathStep* step) {
  *step = {};
  if (path->empty()) return false;
  if (path->front() == '[') {
    path->remove_prefix(1);
    if (!path->empty() && path->front() == '"') return TakeQuotedKey(path, &step->key);
    const size_t end = path->find(']');
    step->is_index = true;
    if (end == absl::string_view::npos || !absl::SimpleAtoi(path->substr(0, end), &step->index)) return false;
    path->remove_prefix(end + 1);
    return true;
  }
  if (path->front() == '.') path->remove_prefix(1);
  step->key = std::string(path->substr(0, path->find_first_of(".[")));
  path->remove_prefix(step->key.size());
  return !step->key.empty();
}

}  // namespace

std::string MapKeyPath(absl::string_view key) {
  std::string path = "[\"";
  for (char c : key) {
    if (c == '"' || c == '\\') path += '\\';
    path += c;
  }
  return path + "\"]";
}

bool SourceMap::Contains(absl::string_view path) const {
  const Found found = Find(path);
  return found.is_exact && found.node->kind != YamlNode::Kind::kAbsent;
}

std::optional<SourceSpan> SourceMap::Locate(absl::string_view path, SourceRange decoded) const {
  const Found found = Find(path);
  if (!found.is_exact || found.node->kind != YamlNode::Kind::kScalar) return std::nullopt;
  const SourceText& source = *files_[found.node->file];
  const SourceRange range = found.node->text.empty() ? found.node->range : found.node->map.Locate(decoded);
  return SourceSpan{&source, range, source.Locate(range.begin), source.Locate(range.end)};
}

std::string SourceMap::PlaceOf(absl::string_view path) const {
  const Issue issue = MakeIssue(Severity::kNote, path, "");
  return issue.line == 0 ? std::string(path) : absl::StrCat(issue.file, ":", issue.line);
}

Issue SourceMap::MakeIssue(Severity severity, absl::string_view path, SourceRange decoded, std::string message) const {
  const std::optional<SourceSpan> span = Locate(path, decoded);
  if (!span.has_value()) return MakeIssue(severity, path, std::move(message));
  return IssueAt(severity, *Find(path).node, span->range, path, std::move(message));
}

Issue SourceMap::MakeIssue(Severity severity, absl::string_view path, std::string message) const {
  const Found found = Find(path);
  if (found.key != nullptr && found.node->kind != YamlNode::Kind::kScalar) {
    return IssueAt(severity, *found.key, TextRange(*found.key), path, std::move(message));
  }
  return IssueAt(severity, *found.node, TextRange(*found.node), path, std::move(message));
}

Issue SourceMap::MakeKeyIssue(Severity severity, absl::string_view path, std::string message) const {
  const Found found = Find(path);
  if (!found.is_exact || found.key == nullptr) return MakeIssue(severity, path, std::move(message));
  return IssueAt(severity, *found.key, TextRange(*found.key), path, std::move(message));
}

void SourceMap::TakeMember(absl::string_view path, absl::string_view from, absl::string_view key) {
  const Found target = Find(path);
  const YamlMember* taken = FindMember(*Find(from).node, key);
  if (taken == nullptr || target.node->kind != YamlNode::Kind::kMapping) return;
  YamlMember member = *taken;
  std::vector<YamlMember>& members = const_cast<YamlNode*>(target.node)->members;  // a part of root_, which is ours
  const auto has_key = [key](const YamlMember& old) { return old.key.text == key; };
  const auto found = std::find_if(members.begin(), members.end(), has_key);
  if (found == members.end()) {
    members.push_back(std::move(member));
  } else {
    *found = std::move(member);
  }
}

SourceMap::Found SourceMap::Find(absl::string_view path) const {
  Found found = {&root_, nullptr, true};
  PathStep step;
  while (!path.empty()) {
    const YamlNode* next = nullptr;
    const YamlNode* key = nullptr;
    if (!TakeStep(&path, &step)) return {found.node, found.key, false};
    if (step.is_index && found.node->records != nullptr) return FindRecord(*found.node, step.index, path);
    if (step.is_index) {
      if (step.index < found.node->items.size()) next = &found.node->items[step.index];
    } else if (const YamlMember* member = FindMember(*found.node, step.key); member != nullptr) {
      next = &member->value;
      key = &member->key;
    }
    if (next == nullptr) return {found.node, found.key, false};
    found = {next, key, true};
  }
  return found;
}

// What is at `path` of a row in a CSV file.
SourceMap::Found SourceMap::FindRecord(const YamlNode& rows, size_t row, absl::string_view path) const {
  absl::ConsumePrefix(&path, ".");
  std::optional<YamlNode> node =
      rows.records->NodeAt(files_[static_cast<size_t>(rows.file)]->text(), rows.file, row, path);
  if (!node.has_value()) return {&rows, nullptr, false};
  auto made = std::make_shared<const YamlNode>(*std::move(node));
  return {made.get(), nullptr, true, made};
}

Issue SourceMap::IssueAt(Severity severity, const YamlNode& node, SourceRange range, absl::string_view path,
                         std::string message) const {
  const bool has_file = node.file >= 0 && static_cast<size_t>(node.file) < files_.size();
  Issue issue;
  if (has_file && node.kind != YamlNode::Kind::kAbsent) {
    issue = assay::MakeIssue(severity, *files_[node.file], range, std::move(message));
  } else {
    issue.severity = severity;
    if (has_file) issue.file = files_[node.file]->name();
    issue.message = std::move(message);
  }
  issue.path = std::string(path);
  return issue;
}

}  // namespace assay
