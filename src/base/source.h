// Source text and positions in it: byte offsets inside, line and column in code points outside.
// Entry points: SourceText::Create, Locate, Line. Immutable once built, so safe from any thread. It never changes the
// text: a byte order mark and carriage returns stay where they are.
#ifndef ASSAY_BASE_SOURCE_H_
#define ASSAY_BASE_SOURCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace assay {

// Byte offsets [begin, end) into one text.
struct SourceRange {
  int32_t begin = 0;
  int32_t end = 0;
};

// Both from 1; the column counts code points.
struct SourcePosition {
  int line = 1;
  int column = 1;
};

class SourceText {
 public:
  // `name` is how messages call the text, usually a file name. InvalidArgument, with line and column, if the text is
  // not UTF-8; also if it is 2 GiB or more.
  static absl::StatusOr<SourceText> Create(std::string name, std::string text);

  const std::string& name() const { return name_; }
  absl::string_view text() const { return text_; }

  // The bytes of a range, which is clipped to the text.
  absl::string_view Slice(SourceRange range) const;

  // The position of a byte offset; an offset outside is taken as the nearest end, one inside a code point as its start.
  SourcePosition Locate(int32_t offset) const;

  // The byte offset of a position; a column behind the line's end is its end, a line behind the last the text's end.
  int32_t OffsetOf(SourcePosition position) const;

  // A line without its line break ("\n" or "\r\n"); "" for a line that does not exist.
  absl::string_view Line(int line) const;

  // At least 1; a text that ends with a line break has an empty last line.
  int line_count() const { return static_cast<int>(line_begins_.size()); }

 private:
  SourceText(std::string name, std::string text);

  std::string name_;
  std::string text_;
  std::vector<int32_t> line_begins_;
};

}  // namespace assay

#endif  // ASSAY_BASE_SOURCE_H_
