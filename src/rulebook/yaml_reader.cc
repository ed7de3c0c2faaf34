// The yaml-cpp event handler that builds our tree, and the one guard around yaml-cpp's exceptions.
// Entry point: ReadYaml. yaml-cpp decides the structure; the texts and places of scalars are our scanner's,
// and hold only where both agree on the text.
#include "rulebook/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "rulebook/scalar_scanner.h"
#include "rulebook/yaml_errors.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

SourceRange At(int32_t offset) { return {offset, offset + 1}; }

// Collects events into YamlNodes. After a fatal issue the remaining events are let pass, for yaml-cpp cannot be stopped
// without an exception.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, absl::string_view masked, int32_t file, IssueList* issues)
      : source_(source), masked_(masked), is_masked_(masked != source.text()), file_(file), issues_(issues) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) Stop(At(mark.pos), "a rulebook is one YAML document; this text stands after its end");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    if (!stopped_) Finish(NodeAt(YamlNode::Kind::kNull, NullPlace(mark.pos)));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    if (stopped_) return;
    AddError(At(mark.pos), std::string(kYamlAliasMessage));
    Finish(NodeAt(YamlNode::Kind::kRefused, mark.pos));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    Open(YamlNode::Kind::kSequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    Open(YamlNode::Kind::kMapping, mark, tag, anchor, style);
  }
  void OnMapEnd() override { Close(); }

  // Reports an error after which there is no tree.
  void Stop(SourceRange range, std::string message) {
    if (!stopped_) AddError(range, std::move(message));
    stopped_ = true;
  }
  bool stopped() const { return stopped_; }
  bool has_root() const { return has_root_; }
  YamlNode TakeRoot() { return std::move(root_); }
  YamlProgress Progress(int32_t at) const;

  void AddError(SourceRange range, std::string message) {
    AddTextError(source_, range, "", std::move(message), "", issues_);
  }

 private:
  // A collection not yet closed.
  struct Frame {
    YamlNode node;
    YamlNode key;  // of a mapping whose next event is the key's value
    bool has_key = false;
    bool is_flow = false;
    int32_t column = 0;                              // of its first entry, in bytes
    absl::flat_hash_map<std::string, int32_t> keys;  // of a mapping: where each begins
  };

  YamlNode NodeAt(YamlNode::Kind kind, int32_t at) const {
    YamlNode node;
    node.kind = kind;
    node.file = file_;
    node.range = {at, at};
    return node;
  }

  void Open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style);
  void Close();
  void Finish(YamlNode node);
  void TakeKey(Frame* frame, YamlNode key);
  void CheckProperties(int32_t at, const std::string& tag, YAML::anchor_t anchor);
  void CheckScalar(const ScannedScalar& scanned);
  int32_t NullPlace(int32_t at) const;
  int32_t ParentIndent() const;

  const SourceText& source_;
  absl::string_view masked_;  // what yaml-cpp reads: MaskEscapes of the source
  bool is_masked_;            // the two differ
  int32_t file_;
  IssueList* issues_;
  std::vector<Frame> open_;
  YamlNode root_;
  bool has_root_ = false;
  bool stopped_ = false;
  int documents_ = 0;
  SourceRange last_scalar_{-1, 0};
};

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  if (stopped_) return;
  CheckProperties(mark.pos, tag, anchor);
  YamlNode node = NodeAt(YamlNode::Kind::kScalar, mark.pos);
  const ScalarContext context = {mark.pos, ParentIndent(), value.size()};
  ScannedScalar scanned = ScanScalar(masked_, context);
  if (scanned.text == value) {
    if (is_masked_) scanned = ScanScalar(source_.text(), context);
    CheckScalar(scanned);
    node.style = scanned.style;
    node.range = scanned.range;
    node.map = std::move(scanned.map);
    node.text = std::move(scanned.text);
  } else {
    // Not known to happen; then the whole text stands at its first character.
    node.map.AddReplaced(static_cast<int32_t>(value.size()), node.range);
    node.text = value;
  }
  last_scalar_ = node.range;
  Finish(std::move(node));
}

void TreeBuilder::CheckScalar(const ScannedScalar& scanned) {
  const int32_t begin = scanned.range.begin;
  if (!scanned.closed) Stop(At(begin), "this quote is never closed");
  if (scanned.lone_surrogate >= 0) {
    AddError({scanned.lone_surrogate, scanned.lone_surrogate + 6},
             "half of a surrogate pair; write both halves, or the character itself");
  }
  const size_t nul = scanned.text.find('\0');
  if (nul == std::string::npos) return;
  const auto at = static_cast<int32_t>(nul);
  AddError(scanned.map.Locate(At(at)), "a text cannot hold the character NUL; remove it");
}

// Anchors and tags that yaml-cpp has read; it marks the node where they begin.
void TreeBuilder::CheckProperties(int32_t at, const std::string& tag, YAML::anchor_t anchor) {
  const char first = static_cast<size_t>(at) < masked_.size() ? masked_[at] : '\0';
  if (anchor != 0) {
    AddError(At(at), "a value that begins with '&' is a YAML anchor, which rulebooks do not have; quote the text");
  } else if (first == '!' || (tag != "?" && tag != "!")) {
    AddError(At(at), "a value that begins with '!' is a YAML tag, which rulebooks do not have; quote the text");
  }
}

void TreeBuilder::Open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) {
  if (stopped_) return;
  if (open_.size() == kMaxYamlDepth) {
    return Stop(At(mark.pos), absl::StrCat("lists and mappings are nested deeper than ", kMaxYamlDepth));
  }
  CheckProperties(mark.pos, tag, anchor);
  Frame frame;
  frame.node = NodeAt(kind, mark.pos);
  frame.is_flow = style == YAML::EmitterStyle::Flow;
  frame.column = mark.column;
  open_.push_back(std::move(frame));
}

void TreeBuilder::Close() {
  if (stopped_) return;
  YamlNode node = std::move(open_.back().node);
  open_.pop_back();
  Finish(std::move(node));
}

// Puts a finished node where it belongs: into the innermost open collection, or as the document.
void TreeBuilder::Finish(YamlNode node) {
  if (open_.empty()) {
    root_ = std::move(node);
    has_root_ = true;
    return;
  }
  Frame& frame = open_.back();
  if (frame.node.kind == YamlNode::Kind::kSequence) {
    frame.node.items.push_back(std::move(node));
  } else if (!frame.has_key) {
    TakeKey(&frame, std::move(node));
  } else {
    if (frame.key.kind == YamlNode::Kind::kScalar) {
      frame.node.members.push_back({std::move(frame.key), std::move(node)});
    }
    frame.has_key = false;
  }
}

// A key that is refused keeps its place until its value is read, then both are dropped.
void TreeBuilder::TakeKey(Frame* frame, YamlNode key) {
  if (key.kind != YamlNode::Kind::kScalar) {
    if (key.kind != YamlNode::Kind::kRefused) AddError(key.range, "a key is a text; it is missing here, or not a text");
    key.kind = YamlNode::Kind::kRefused;
  } else if (key.text == "<<") {
    AddError(key.range, "'<<' merges mappings, which rulebooks do not have; repeat the keys");
    key.kind = YamlNode::Kind::kRefused;
  } else {
    const auto [first, is_new] = frame->keys.try_emplace(key.text, key.range.begin);
    if (!is_new) {
      const int line = source_.Locate(first->second).line;
      AddError(key.range, absl::StrCat("a mapping has each key once; line ", line, " has it too: '", key.text, "'"));
      key.kind = YamlNode::Kind::kRefused;
    }
  }
  frame->key = std::move(key);
  frame->has_key = true;
}

// yaml-cpp marks nothing at all by what follows it. A missing value of a key is placed at the key; a missing item at
// its dash, looked for upwards over empty and comment lines.
int32_t TreeBuilder::NullPlace(int32_t at) const {
  const absl::string_view text = source_.text();
  const char here = static_cast<size_t>(at) < text.size() ? text[at] : '\0';
  if (here == '~' || here == 'n' || here == 'N' || open_.empty()) return at;
  const Frame& frame = open_.back();
  if (frame.node.kind == YamlNode::Kind::kMapping) return frame.has_key ? frame.key.range.begin : at;
  if (frame.is_flow) return at;
  absl::string_view before = text.substr(0, at);
  while (!before.empty()) {
    const size_t line_begin = before.rfind('\n') == absl::string_view::npos ? 0 : before.rfind('\n') + 1;
    const size_t word = before.find_first_not_of(" \t\r\n", line_begin);
    if (word != absl::string_view::npos && before[word] == '-') return static_cast<int32_t>(word);
    if (word != absl::string_view::npos && before[word] != '#') return at;
    before = before.substr(0, line_begin == 0 ? 0 : line_begin - 1);
  }
  return at;
}

int32_t TreeBuilder::ParentIndent() const {
  const auto block = std::find_if(open_.rbegin(), open_.rend(), [](const Frame& frame) { return !frame.is_flow; });
  return block == open_.rend() ? -1 : block->column;
}

YamlProgress TreeBuilder::Progress(int32_t at) const {
  YamlProgress progress;
  progress.at = at;
  progress.last_scalar = last_scalar_.begin;
  progress.last_scalar_end = last_scalar_.end;
  if (!open_.empty() && open_.back().is_flow) progress.open_bracket = open_.back().node.range.begin;
  return progress;
}

// Runs yaml-cpp over the text. Every exception it throws ends here.
void Parse(const std::string& text, TreeBuilder* builder) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (!builder->stopped() && parser.HandleNextDocument(*builder)) {
    }
  } catch (const YAML::ParserException& error) {
    YamlError explained = ExplainYamlError(error.msg, text, builder->Progress(error.mark.pos));
    builder->Stop(explained.range, std::move(explained.message));
  } catch (const std::exception& error) {
    builder->Stop({}, absl::StrCat("the text cannot be read: ", error.what()));
  }
}

}  // namespace

std::optional<YamlNode> ReadYaml(const SourceText& source, int32_t file, IssueList* issues) {
  const std::string masked = MaskEscapes(source.text());
  TreeBuilder builder(source, masked, file, issues);
  Parse(masked, &builder);
  if (builder.stopped()) return std::nullopt;
  if (!builder.has_root()) {
    builder.Stop({}, "the text is empty");
    return std::nullopt;
  }
  return builder.TakeRoot();
}

}  // namespace assay
