// The line index of a text. Entry points: SourceText::Create, Locate, OffsetOf, Line.
// Lines are found by binary search, columns by decoding one line; nothing is cached, so nothing is ever written later.
#include "base/source.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace assay {

absl::StatusOr<SourceText> SourceText::Create(std::string name, std::string text) {
  if (text.size() >= static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
    return absl::InvalidArgumentError(absl::StrCat("a text must be smaller than 2 GiB: ", name));
  }
  const size_t invalid = FindInvalidUtf8(text);
  const size_t size = text.size();
  SourceText source(std::move(name), std::move(text));
  if (invalid == size) return source;
  const SourcePosition at = source.Locate(static_cast<int32_t>(invalid));
  return absl::InvalidArgumentError(
      absl::StrCat(source.name(), ":", at.line, ":", at.column, ": error: not UTF-8 text; save it as UTF-8"));
}

SourceText::SourceText(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  line_begins_.push_back(0);
  for (size_t i = text_.find('\n'); i != std::string::npos; i = text_.find('\n', i + 1)) {
    line_begins_.push_back(static_cast<int32_t>(i + 1));
  }
}

absl::string_view SourceText::Slice(SourceRange range) const {
  const int32_t size = static_cast<int32_t>(text_.size());
  const int32_t begin = std::clamp(range.begin, 0, size);
  const int32_t end = std::clamp(range.end, begin, size);
  return text().substr(begin, end - begin);
}

SourcePosition SourceText::Locate(int32_t offset) const {
  offset = std::clamp(offset, 0, static_cast<int32_t>(text_.size()));
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const int line = static_cast<int>(after - line_begins_.begin());
  size_t at = line_begins_[line - 1];
  int column = 1;
  while (at < static_cast<size_t>(offset)) {
    DecodeUtf8(text_, &at);
    if (at <= static_cast<size_t>(offset)) ++column;
  }
  return {line, column};
}

int32_t SourceText::OffsetOf(SourcePosition position) const {
  if (position.line > line_count()) return static_cast<int32_t>(text_.size());
  const int line = std::max(position.line, 1);
  const size_t column = static_cast<size_t>(std::max(position.column, 1));
  return line_begins_[line - 1] + static_cast<int32_t>(OffsetOfCodePoint(Line(line), column - 1));
}

absl::string_view SourceText::Line(int line) const {
  if (line < 1 || line > line_count()) return "";
  const size_t begin = line_begins_[line - 1];
  if (line == line_count()) return text().substr(begin);
  size_t end = line_begins_[line] - 1;
  if (end > begin && text_[end - 1] == '\r') --end;
  return text().substr(begin, end - begin);
}

}  // namespace assay
