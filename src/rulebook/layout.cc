// Places each token anew and copies it. Entry point: LayOut, which trusts no result before it has been read again.
#include "rulebook/layout.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rulebook/layout_tokens.h"
#include "rulebook/yaml_reader.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

constexpr int32_t kIndent = 2;

using Kind = LayoutToken::Kind;

class Writer {
 public:
  Writer(absl::string_view text, std::vector<LayoutToken> tokens) : text_(text), tokens_(std::move(tokens)) {}

  std::string Write() &&;

 private:
  // A block list or mapping that is open where the writer stands.
  struct Block {
    bool is_list = false;
    int32_t old_column = 0;
    int32_t new_column = 0;
  };

  bool IsKey(size_t i) const;
  bool HeadsSection(size_t i) const;
  int32_t EmptyLinesBefore(size_t i) const;
  int32_t Enter(size_t i, std::vector<Block>* blocks) const;
  int32_t ColumnOf(size_t i);
  int32_t CommentColumn(size_t i) const;
  int32_t ContentColumn(int32_t depth) const;
  absl::string_view Gap(const LayoutToken& before, const LayoutToken& token) const;
  void Copy(const LayoutToken& token);
  void CopyFlow(absl::string_view scalar, int32_t column);
  void CopyBlock(const LayoutToken& token);
  absl::string_view TextOf(const LayoutToken& token) const {
    return text_.substr(token.range.begin, token.range.end - token.range.begin);
  }
  bool KeepsLinesBehind(const LayoutToken& token) const;

  absl::string_view text_;
  std::vector<LayoutToken> tokens_;
  std::vector<size_t> next_;  // by token: the next one that is no comment
  std::vector<Block> blocks_;
  const LayoutToken* above_ = nullptr;  // the last one written that began a line and is no comment
  int32_t depth_ = 0;                   // of brackets
  std::string out_;
};

// A key of a block mapping: it begins its line, or follows the dash of its item.
bool Writer::IsKey(size_t i) const {
  const LayoutToken& token = tokens_[i];
  if (token.kind != Kind::kScalar && token.kind != Kind::kWord) return false;
  return i + 1 < tokens_.size() && tokens_[i + 1].kind == Kind::kColon;
}

// Whether the line is a key of the file itself with a block below it or above it, or a comment right above one.
bool Writer::HeadsSection(size_t i) const {
  size_t key = i;
  while (key < tokens_.size() && tokens_[key].kind == Kind::kComment) {
    if (tokens_[key].column > 0 || ++key == tokens_.size() || tokens_[key].blank_lines > 0) return false;
  }
  if (tokens_[key].column > 0 || !IsKey(key)) return false;
  if (above_ != nullptr && (above_->kind == Kind::kDash || above_->column > 0)) return true;
  if (key + 2 >= tokens_.size()) return false;
  const size_t value = tokens_[key + 2].kind == Kind::kComment ? next_[key + 2] : key + 2;
  if (value == tokens_.size() || !tokens_[value].begins_line) return false;
  return tokens_[value].kind == Kind::kDash || (IsKey(value) && tokens_[value].column > 0);
}

// `|+` and `>+`: the empty lines below are part of the text.
bool Writer::KeepsLinesBehind(const LayoutToken& token) const {
  const bool is_block = token.style == ScalarStyle::kLiteral || token.style == ScalarStyle::kFolded;
  if (token.kind != Kind::kScalar || !is_block) return false;
  return absl::StrContains(TextOf(token).substr(0, 3).substr(0, TextOf(token).find('\n')), '+');
}

int32_t Writer::EmptyLinesBefore(size_t i) const {
  if (i == 0) return 0;
  const LayoutToken& token = tokens_[i];
  const LayoutToken& before = tokens_[i - 1];
  if (KeepsLinesBehind(before)) return token.blank_lines;
  const bool goes_on = before.kind == Kind::kComment && before.begins_line && before.column == 0;
  if (token.blank_lines == 0 && (goes_on || depth_ > 0)) return 0;
  return token.blank_lines > 0 || HeadsSection(i) ? 1 : 0;
}

// Closes the blocks that the line's first token, or what follows a dash, does not belong to, and opens its own. The
// token's new column.
int32_t Writer::Enter(size_t i, std::vector<Block>* blocks) const {
  const LayoutToken& token = tokens_[i];
  const bool is_list = token.kind == Kind::kDash;
  const bool is_entry = is_list || IsKey(i);
  while (!blocks->empty()) {
    const Block& top = blocks->back();
    // A list may stand at the column of the key it belongs to.
    const bool is_own = is_entry && top.old_column == token.column && (is_list || !top.is_list);
    if (is_own || top.old_column < token.column) break;
    blocks->pop_back();
  }
  const bool is_open =
      is_entry && !blocks->empty() && blocks->back().old_column == token.column && blocks->back().is_list == is_list;
  if (is_open) return blocks->back().new_column;
  const int32_t column = blocks->empty() ? 0 : blocks->back().new_column + kIndent;
  if (is_entry) blocks->push_back({is_list, token.column, column});
  return column;
}

// Where the content of so many open brackets begins a line; of none, where a value does.
int32_t Writer::ContentColumn(int32_t depth) const {
  if (blocks_.empty()) return kIndent * depth;
  return blocks_.back().new_column + kIndent * std::max(depth, 1);
}

// A comment belongs to what follows, unless a block ends above it that stands no further to the right than it does.
int32_t Writer::CommentColumn(size_t i) const {
  if (depth_ > 0) return ContentColumn(depth_);
  const size_t next = next_[i];
  const int32_t next_column = next < tokens_.size() ? tokens_[next].column : -1;
  for (auto block = blocks_.rbegin(); block != blocks_.rend() && block->old_column > next_column; ++block) {
    if (block->old_column <= tokens_[i].column) return block->new_column;
  }
  if (next == tokens_.size()) return 0;
  std::vector<Block> blocks = blocks_;
  return Enter(next, &blocks);
}

int32_t Writer::ColumnOf(size_t i) {
  if (tokens_[i].kind == Kind::kComment) return CommentColumn(i);
  if (depth_ > 0) return ContentColumn(tokens_[i].kind == Kind::kClose ? depth_ - 1 : depth_);
  return Enter(i, &blocks_);
}

// What stands between two tokens of one line.
absl::string_view Writer::Gap(const LayoutToken& before, const LayoutToken& token) const {
  if (token.kind == Kind::kComment) return "  ";
  const bool joined = token.kind == Kind::kColon || token.kind == Kind::kComma || token.kind == Kind::kClose;
  return joined || before.kind == Kind::kOpen ? "" : " ";
}

// A plain or quoted text of several lines: the blanks around its line breaks mean nothing, unless escaped.
void Writer::CopyFlow(absl::string_view scalar, int32_t column) {
  for (bool is_first = true;; is_first = false) {
    const size_t end = scalar.find('\n');
    absl::string_view line = scalar.substr(0, end);
    if (!is_first) line = absl::StripLeadingAsciiWhitespace(line);
    if (end != absl::string_view::npos) {
      const absl::string_view stripped = absl::StripTrailingAsciiWhitespace(line);
      const bool is_escaped =
          absl::EndsWith(stripped, "\\") && stripped.size() < line.size() && line[stripped.size()] != '\r';
      line = is_escaped ? line.substr(0, stripped.size() + 1) : stripped;
    }
    if (!is_first && !line.empty()) out_.append(column, ' ');
    absl::StrAppend(&out_, line);
    if (end == absl::string_view::npos) return;
    out_ += '\n';
    scalar.remove_prefix(end + 1);
  }
}

// A text behind | or >: all its lines move by as much.
void Writer::CopyBlock(const LayoutToken& token) {
  absl::string_view rest = TextOf(token);
  size_t end = std::min(rest.find('\n'), rest.size());
  std::string header(absl::StripTrailingAsciiWhitespace(rest.substr(0, end)));
  const size_t digit = header.substr(0, 3).find_first_of("123456789");
  const size_t lines = std::min(rest.find_first_not_of(" \r\n", end), rest.size());
  const size_t line_begin = rest.rfind('\n', lines) == absl::string_view::npos ? 0 : rest.rfind('\n', lines) + 1;
  size_t old_indent = lines - line_begin;
  if (digit != std::string::npos) {
    old_indent = static_cast<size_t>((blocks_.empty() ? 0 : blocks_.back().old_column) + header[digit] - '0');
    header[digit] = '0' + kIndent;
  }
  absl::StrAppend(&out_, header);
  const size_t indent = static_cast<size_t>(blocks_.empty() ? kIndent : ContentColumn(0));
  while (end < rest.size()) {
    rest.remove_prefix(end + 1);
    end = std::min(rest.find('\n'), rest.size());
    const absl::string_view line = absl::StripSuffix(rest.substr(0, end), "\r");
    out_ += '\n';
    if (line.size() > old_indent) absl::StrAppend(&out_, std::string(indent, ' '), line.substr(old_indent));
  }
}

void Writer::Copy(const LayoutToken& token) {
  if (token.kind != Kind::kScalar) {
    absl::StrAppend(&out_, TextOf(token));
    if (token.kind == Kind::kOpen) ++depth_;
    if (token.kind == Kind::kClose) --depth_;
  } else if (token.style == ScalarStyle::kLiteral || token.style == ScalarStyle::kFolded) {
    CopyBlock(token);
  } else {
    CopyFlow(TextOf(token), ContentColumn(depth_));
  }
}

std::string Writer::Write() && {
  next_.assign(tokens_.size() + 1, tokens_.size());
  for (size_t i = tokens_.size(); i-- > 0;) next_[i] = tokens_[i].kind == Kind::kComment ? next_[i + 1] : i;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const LayoutToken& token = tokens_[i];
    if (token.begins_line) {
      if (i > 0) out_.append(1 + EmptyLinesBefore(i), '\n');
      out_.append(ColumnOf(i), ' ');
      if (token.kind != Kind::kComment) above_ = &token;
    } else {
      absl::StrAppend(&out_, Gap(tokens_[i - 1], token));
      // What follows the dash of an item may open a block on the same line.
      const bool after_dash = tokens_[i - 1].kind == Kind::kDash && depth_ == 0;
      if (after_dash && (token.kind == Kind::kDash || IsKey(i))) Enter(i, &blocks_);
    }
    Copy(token);
  }
  if (!tokens_.empty()) out_ += '\n';
  if (!tokens_.empty() && KeepsLinesBehind(tokens_.back())) {
    const absl::string_view tail = text_.substr(tokens_.back().range.end);
    const auto breaks = std::count(tail.begin(), tail.end(), '\n');
    out_.append(breaks > 1 ? breaks - 1 : 0, '\n');
  }
  return std::move(out_);
}

bool IsSameTree(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.text != b.text || a.style != b.style) return false;
  if (a.items.size() != b.items.size() || a.members.size() != b.members.size()) return false;
  for (size_t i = 0; i < a.items.size(); ++i) {
    if (!IsSameTree(a.items[i], b.items[i])) return false;
  }
  for (size_t i = 0; i < a.members.size(); ++i) {
    if (!IsSameTree(a.members[i].key, b.members[i].key)) return false;
    if (!IsSameTree(a.members[i].value, b.members[i].value)) return false;
  }
  return true;
}

std::vector<absl::string_view> CommentsOf(absl::string_view text, const std::vector<LayoutToken>& tokens) {
  std::vector<absl::string_view> comments;
  for (const LayoutToken& token : tokens) {
    if (token.kind == Kind::kComment)
      comments.push_back(text.substr(token.range.begin, token.range.end - token.range.begin));
  }
  return comments;
}

struct Parsed {
  std::shared_ptr<const SourceText> source;
  YamlNode root;
  std::vector<LayoutToken> tokens;
};

std::optional<Parsed> Read(absl::string_view name, absl::string_view text, IssueList* issues) {
  Parsed parsed;
  IssueList found;
  parsed.source = AdmitText(name, text, &found);
  std::optional<YamlNode> root;
  if (parsed.source != nullptr) root = ReadYaml(*parsed.source, 0, &found);
  const bool is_good = root.has_value() && !found.has_errors();
  issues->Append(std::move(found));
  if (!is_good) return std::nullopt;
  parsed.root = *std::move(root);
  parsed.tokens = TokensOf(parsed.source->text(), parsed.root);
  return parsed;
}

}  // namespace

std::optional<std::string> LayOut(absl::string_view name, absl::string_view text, IssueList* issues) {
  const std::optional<Parsed> before = Read(name, text, issues);
  if (!before.has_value()) return std::nullopt;
  const absl::string_view source = before->source->text();
  for (const LayoutToken& token : before->tokens) {
    if (token.kind != Kind::kDash || source[token.range.begin] != '?') continue;
    AddTextError(*before->source, token.range, "", "a key is written 'key: value'; leave out the '?'", "", issues);
    return std::nullopt;
  }
  std::string laid_out = Writer(source, before->tokens).Write();
  IssueList ignored;
  const std::optional<Parsed> after = Read(name, laid_out, &ignored);
  const bool is_same = after.has_value() && IsSameTree(before->root, after->root) &&
                       CommentsOf(source, before->tokens) == CommentsOf(after->source->text(), after->tokens);
  if (is_same) return laid_out;
  AddFileError(name, "the text cannot be laid out without changing what it says; it is left as it is", issues);
  return std::nullopt;
}

}  // namespace assay
