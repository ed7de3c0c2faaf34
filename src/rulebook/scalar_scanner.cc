// The three ways to write a scalar: flow (plain and quoted, FlowScanner) and block (literal and folded, BlockScanner),
// each walking the source once. Entry point: ScanScalar. It never reads past the source, whatever stands there.
#include "rulebook/scalar_scanner.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "base/utf8.h"

namespace assay {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool IsHighSurrogate(char32_t code) { return code >= 0xD800 && code <= 0xDBFF; }
bool IsLowSurrogate(char32_t code) { return code >= 0xDC00 && code <= 0xDFFF; }

// Whether this is uD800 to uDFFF.
bool IsSurrogateEscape(absl::string_view escape) {
  uint32_t code = 0;
  return escape.size() == 5 && escape[0] == 'u' && absl::SimpleHexAtoi(escape.substr(1), &code) &&
         (IsHighSurrogate(code) || IsLowSurrogate(code));
}

// A place in the source.
class Cursor {
 public:
  Cursor(absl::string_view source, int32_t at) : source_(source), at_(static_cast<size_t>(at)) {}

  int32_t at() const { return static_cast<int32_t>(at_); }
  bool at_end() const { return at_ >= source_.size(); }
  char peek() const { return at_end() ? '\0' : source_[at_]; }
  char peek(size_t ahead) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  bool at_blank() const { return IsBlank(peek()); }
  void Skip(size_t bytes) { at_ = std::min(at_ + bytes, source_.size()); }
  void SkipBlanks() {
    while (at_blank()) ++at_;
  }

  // Bytes of the line break here; 0 if there is none.
  size_t break_size() const {
    if (peek() == '\n') return 1;
    return peek() == '\r' && peek(1) == '\n' ? 2 : 0;
  }

  SourceRange SkipBreak() {
    const int32_t begin = at();
    Skip(break_size());
    return {begin, at()};
  }

  // Moves to the next line break or the end; the range passed.
  SourceRange SkipLine() {
    const int32_t begin = at();
    while (!at_end() && break_size() == 0) ++at_;
    return {begin, at()};
  }

 private:
  absl::string_view source_;
  size_t at_;
};

// The decoded text and its map, grown together.
struct Output {
  std::string text;
  TextMap map;

  void AddVerbatim(absl::string_view source, SourceRange range) {
    text.append(source.data() + range.begin, range.end - range.begin);
    map.AddVerbatim(range);
  }
  void AddReplaced(absl::string_view decoded, SourceRange range) {
    text.append(decoded.data(), decoded.size());
    map.AddReplaced(static_cast<int32_t>(decoded.size()), range);
  }
  void AddBreak(char decoded, SourceRange range) {
    text.push_back(decoded);
    map.AddBreak(range);
  }
  void Truncate(size_t size) {
    text.resize(std::min(size, text.size()));
    map.Truncate(static_cast<int32_t>(text.size()));
  }
};

// Keeps at most `kept` line feeds at the end, but none if there is nothing else. What stands before `escaped` is not
// looked at: escaped characters are content.
void Chomp(size_t kept, size_t escaped, Output* output) {
  size_t content = output->text.find_last_not_of('\n');
  if (escaped != std::string::npos && (content == std::string::npos || content < escaped)) content = escaped;
  output->Truncate(content == std::string::npos ? 0 : content + 1 + kept);
}

class FlowScanner {
 public:
  FlowScanner(absl::string_view source, const ScalarContext& context)
      : source_(source), cursor_(source, context.begin), begin_(context.begin), plain_size_(context.plain_size) {}

  ScannedScalar Scan() && {
    const char first = cursor_.peek();
    quote_ = first == '\'' || first == '"' ? first : '\0';
    if (quote_ != '\0') cursor_.Skip(1);
    while (!cursor_.at_end() && !AtEnd()) Step();
    if (quote_ != '\0') {
      closed_ = AtEnd();
      cursor_.Skip(closed_ ? 1 : 0);
      Chomp(1, escaped_, &output_);
    }
    const ScalarStyle style = quote_ == '"'    ? ScalarStyle::kDoubleQuoted
                              : quote_ == '\'' ? ScalarStyle::kSingleQuoted
                                               : ScalarStyle::kPlain;
    return {style, std::move(output_.text), std::move(output_.map), {begin_, cursor_.at()}, closed_, lone_surrogate_};
  }

 private:
  bool AtEnd() const {
    if (quote_ == '\0') return output_.text.size() >= plain_size_;
    return cursor_.peek() == quote_ && !(quote_ == '\'' && cursor_.peek(1) == '\'');
  }

  void Step() {
    if (cursor_.break_size() != 0) return Fold(false);
    if (cursor_.at_blank()) return ScanBlanks();
    if (quote_ == '"' && cursor_.peek() == '\\') return ScanEscape();
    const int32_t begin = cursor_.at();
    if (quote_ == '\'' && cursor_.peek() == '\'') {
      cursor_.Skip(2);
      output_.AddReplaced("'", {begin, cursor_.at()});
      escaped_ = output_.text.size();
      return;
    }
    ScanCharacters();
  }

  // As many characters as stand for themselves, at least one.
  void ScanCharacters() {
    const size_t most = quote_ == '\0' ? plain_size_ - output_.text.size() : source_.size();
    const absl::string_view rest = source_.substr(cursor_.at(), most);
    const absl::string_view ends = quote_ == '\0' ? " \t\r\n" : quote_ == '"' ? " \t\r\n\"\\" : " \t\r\n'";
    const size_t end = rest.find_first_of(ends, 1);
    const int32_t begin = cursor_.at();
    cursor_.Skip(end == absl::string_view::npos ? rest.size() : end);
    output_.AddVerbatim(source_, {begin, cursor_.at()});
  }

  // Blanks before a line break belong to the break.
  void ScanBlanks() {
    const int32_t begin = cursor_.at();
    cursor_.SkipBlanks();
    if (cursor_.break_size() == 0) output_.AddVerbatim(source_, {begin, cursor_.at()});
  }

  // One break is a blank (nothing if it is escaped), n + 1 breaks are n line feeds, each that of an empty line.
  void Fold(bool is_escaped) {
    const SourceRange first = cursor_.SkipBreak();
    cursor_.SkipBlanks();
    if (cursor_.break_size() == 0) {
      if (!is_escaped) output_.AddBreak(' ', first);
      return;
    }
    while (cursor_.break_size() != 0) {
      output_.AddBreak('\n', cursor_.SkipBreak());
      cursor_.SkipBlanks();
    }
  }

  void ScanEscape() {
    const int32_t begin = cursor_.at();
    cursor_.Skip(1);
    if (cursor_.break_size() != 0) {
      escaped_ = output_.text.size();
      return Fold(true);
    }
    const char letter = cursor_.peek();
    cursor_.Skip(1);
    std::string decoded;
    if (letter == 'x' || letter == 'u' || letter == 'U') {
      AppendUtf8(ScanCodePoint(letter, begin), &decoded);
    } else {
      decoded = Unescape(letter);
    }
    output_.AddReplaced(decoded, {begin, cursor_.at()});
    escaped_ = output_.text.size();
  }

  static std::string Unescape(char letter) {
    static constexpr absl::string_view kLetters = "abtnvfre";
    static constexpr absl::string_view kControls = "\a\b\t\n\v\f\r\x1B";
    const size_t control = kLetters.find(letter);
    if (control != absl::string_view::npos) return std::string(1, kControls[control]);
    switch (letter) {
      case '0':
        return std::string(1, '\0');
      case 'N':
        return "\u0085";
      case '_':
        return "\u00A0";
      case 'L':
        return "\u2028";
      case 'P':
        return "\u2029";
      default:
        return std::string(1, letter);  // \" \\ \/ and a blank or tab stand for themselves
    }
  }

  // The code point of \xHH, \uHHHH or \UHHHHHHHH whose letter was read; two \u that make a surrogate pair are one.
  char32_t ScanCodePoint(char letter, int32_t begin) {
    const char32_t code = ScanHex(letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
    if (!IsHighSurrogate(code) && !IsLowSurrogate(code)) return code;
    if (IsHighSurrogate(code) && cursor_.peek() == '\\' && cursor_.peek(1) == 'u') {
      Cursor before = cursor_;
      cursor_.Skip(2);
      const char32_t low = ScanHex(4);
      if (IsLowSurrogate(low)) return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      cursor_ = before;
    }
    if (lone_surrogate_ < 0) lone_surrogate_ = begin;
    return code;
  }

  char32_t ScanHex(size_t digits) {
    uint32_t code = 0;
    const absl::string_view text = source_.substr(cursor_.at(), digits);
    cursor_.Skip(digits);
    return absl::SimpleHexAtoi(text, &code) ? code : 0xFFFD;
  }

  absl::string_view source_;
  Cursor cursor_;
  int32_t begin_;
  size_t plain_size_;
  char quote_ = '\0';
  bool closed_ = true;
  int32_t lone_surrogate_ = -1;
  size_t escaped_ = std::string::npos;  // size of the text after the last escape
  Output output_;
};

class BlockScanner {
 public:
  BlockScanner(absl::string_view source, const ScalarContext& context)
      : source_(source), cursor_(source, context.begin), begin_(context.begin) {
    folds_ = cursor_.peek() == '>';
    indent_ = 1;
    cursor_.Skip(1);
    for (; absl::ascii_isdigit(cursor_.peek()) || cursor_.peek() == '+' || cursor_.peek() == '-'; cursor_.Skip(1)) {
      if (absl::ascii_isdigit(cursor_.peek())) {
        indent_ = cursor_.peek() - '0';
        detects_indent_ = false;
      } else {
        chomp_ = cursor_.peek();
      }
    }
    indent_ += std::max(context.parent_indent, 0);
    cursor_.SkipLine();
  }

  ScannedScalar Scan() && {
    int32_t end = cursor_.at();
    bool is_header = true;
    while (cursor_.break_size() != 0) {
      const SourceRange line_break = cursor_.SkipBreak();
      const Line next = BeginLine();
      if (!is_header) AddBreak(line_break, next);
      is_header = false;
      line_ = next;
      if (next.ends_block) break;
      const SourceRange content = cursor_.SkipLine();
      found_content_ |= content.begin != content.end;
      output_.AddVerbatim(source_, content);
      if (content.begin != content.end) end = content.end;
    }
    if (chomp_ != '+') Chomp(chomp_ == '-' ? 0 : 1, std::string::npos, &output_);
    const ScalarStyle style = folds_ ? ScalarStyle::kFolded : ScalarStyle::kLiteral;
    return {style, std::move(output_.text), std::move(output_.map), {begin_, end}, true, -1};
  }

 private:
  // What is known of a line at the end of its indentation.
  struct Line {
    bool is_empty = false;
    bool is_more_indented = false;  // begins with a blank: folding leaves its breaks alone
    bool is_less_indented = false;
    bool ends_block = false;
  };

  Line BeginLine() {
    int32_t column = 0;
    const bool detects = detects_indent_ && !found_content_;
    for (; cursor_.peek() == ' ' && (column < indent_ || detects); ++column) cursor_.Skip(1);
    if (detects) indent_ = std::max(indent_, column);
    const bool is_empty = cursor_.break_size() != 0;
    const bool is_less = column < indent_;
    return {is_empty, cursor_.at_blank(), is_less, cursor_.at_end() || (!is_empty && is_less)};
  }

  // The break between line_ and the next line. In a folded block a single break between lines of text is a blank, and
  // the first of several is dropped, unless one of the lines around them is more indented.
  void AddBreak(SourceRange line_break, const Line& next) {
    if (!folds_) return output_.AddBreak('\n', line_break);
    const bool is_plain = !line_.is_empty && !line_.is_more_indented;
    if (is_plain && !next.is_empty && !next.is_more_indented && !next.is_less_indented) {
      return output_.AddBreak(' ', line_break);
    }
    if (pending_.empty()) keeps_first_ = line_.is_more_indented;
    pending_.push_back(line_break);
    if (next.is_empty) return;
    const bool keeps_all = pending_.size() == 1 || keeps_first_ || next.is_more_indented || !found_content_;
    for (size_t i = keeps_all ? 0 : 1; i < pending_.size(); ++i) output_.AddBreak('\n', pending_[i]);
    pending_.clear();
  }

  absl::string_view source_;
  Cursor cursor_;
  int32_t begin_;
  bool folds_ = false;
  bool detects_indent_ = true;
  char chomp_ = '\0';
  int32_t indent_ = 1;
  bool found_content_ = false;
  Line line_;                         // the line before the cursor
  std::vector<SourceRange> pending_;  // folded breaks not yet written
  bool keeps_first_ = false;          // the line before pending_ was more indented
  Output output_;
};

}  // namespace

ScannedScalar ScanScalar(absl::string_view source, const ScalarContext& context) {
  const char first = static_cast<size_t>(context.begin) < source.size() ? source[context.begin] : '\0';
  if (first == '|' || first == '>') return BlockScanner(source, context).Scan();
  return FlowScanner(source, context).Scan();
}

std::string MaskEscapes(absl::string_view source) {
  std::string masked(source);
  for (size_t at = masked.find('\\'); at != std::string::npos; at = masked.find('\\', at + 1)) {
    const absl::string_view escape = absl::string_view(masked).substr(at + 1, 5);
    if (absl::StartsWith(escape, "N") || absl::StartsWith(escape, "_")) {
      masked[at + 1] = 'e';
    } else if (IsSurrogateEscape(escape)) {
      masked.replace(at + 2, 4, "FFFD");
    }
  }
  return masked;
}

}  // namespace assay
