// Walks the text once, from scalar to scalar. Entry point: TokensOf.
#include "rulebook/layout_tokens.h"

#include <algorithm>

namespace assay {
namespace {

struct Scalar {
  SourceRange range;
  ScalarStyle style;
};

void CollectScalars(const YamlNode& node, std::vector<Scalar>* scalars) {
  if (node.kind == YamlNode::Kind::kScalar) scalars->push_back({node.range, node.style});
  for (const YamlNode& item : node.items) CollectScalars(item, scalars);
  for (const YamlMember& member : node.members) {
    CollectScalars(member.key, scalars);
    CollectScalars(member.value, scalars);
  }
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r'; }

class Tokenizer {
 public:
  Tokenizer(absl::string_view text, std::vector<Scalar> scalars) : text_(text), scalars_(std::move(scalars)) {}

  std::vector<LayoutToken> Read() && {
    while (at_ < text_.size()) {
      if (next_ < scalars_.size() && static_cast<size_t>(scalars_[next_].range.begin) == at_) {
        const Scalar& scalar = scalars_[next_++];
        Add(LayoutToken::Kind::kScalar, static_cast<size_t>(scalar.range.end));
        tokens_.back().style = scalar.style;
      } else if (text_[at_] == '\n') {
        ++breaks_;
        line_begin_ = ++at_;
      } else if (IsSpace(text_[at_])) {
        ++at_;
      } else {
        ReadMark();
      }
    }
    return std::move(tokens_);
  }

 private:
  void Add(LayoutToken::Kind kind, size_t end) {
    LayoutToken token;
    token.kind = kind;
    token.range = {static_cast<int32_t>(at_), static_cast<int32_t>(end)};
    token.begins_line = breaks_ > 0 || tokens_.empty();
    token.column = static_cast<int32_t>(at_ - line_begin_);
    token.blank_lines = std::max(breaks_ - 1, 0);
    tokens_.push_back(token);
    const size_t last_break = text_.substr(at_, end - at_).rfind('\n');
    if (last_break != absl::string_view::npos) line_begin_ = at_ + last_break + 1;
    breaks_ = 0;
    at_ = end;
  }

  void ReadMark() {
    using Kind = LayoutToken::Kind;
    const char c = text_[at_];
    const bool after_space = at_ == line_begin_ || IsSpace(text_[at_ - 1]);
    const bool before_space = at_ + 1 == text_.size() || IsSpace(text_[at_ + 1]) || text_[at_ + 1] == '\n';
    if (c == '#' && after_space) return Add(Kind::kComment, EndOfComment());
    if (c == ',') return Add(Kind::kComma, at_ + 1);
    if (c == '[' || c == '{') return Add(Kind::kOpen, at_ + 1);
    if (c == ']' || c == '}') return Add(Kind::kClose, at_ + 1);
    if (c == ':') return Add(Kind::kColon, at_ + 1);
    if ((c == '-' || c == '?') && before_space) return Add(Kind::kDash, at_ + 1);
    Add(Kind::kWord, std::min(text_.find_first_of(" \t\r\n,]}:", at_ + 1), text_.size()));
  }

  // Without the blanks at its end.
  size_t EndOfComment() const {
    size_t end = std::min(text_.find('\n', at_), text_.size());
    while (IsSpace(text_[end - 1])) --end;
    return end;
  }

  absl::string_view text_;
  std::vector<Scalar> scalars_;
  std::vector<LayoutToken> tokens_;
  size_t at_ = 0;
  size_t next_ = 0;  // scalar
  size_t line_begin_ = 0;
  int32_t breaks_ = 0;  // since the last token
};

}  // namespace

std::vector<LayoutToken> TokensOf(absl::string_view text, const YamlNode& root) {
  std::vector<Scalar> scalars;
  CollectScalars(root, &scalars);
  return Tokenizer(text, std::move(scalars)).Read();
}

}  // namespace assay
