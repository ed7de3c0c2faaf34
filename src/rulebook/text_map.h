// Where each byte of a decoded text stands in the source it was decoded from.
// Entry points: Add*, Locate. Built once by the scanner, then only read, so safe from any thread. It holds no text.
#ifndef ASSAY_RULEBOOK_TEXT_MAP_H_
#define ASSAY_RULEBOOK_TEXT_MAP_H_

#include <cstdint>
#include <vector>

#include "base/source.h"

namespace assay {

class TextMap {
 public:
  // The next bytes of the decoded text are the bytes of `source`, one by one.
  void AddVerbatim(SourceRange source);

  // The next `decoded` bytes are written as the whole of `source`, e.g. as an escape sequence.
  void AddReplaced(int32_t decoded, SourceRange source);

  // The next byte (a blank or a line feed) stands for the line break at `source`.
  void AddBreak(SourceRange source);

  // Forgets all decoded bytes from `size` on.
  void Truncate(int32_t size);

  // Size of the decoded text in bytes.
  int32_t size() const { return size_; }

  // The source bytes that the decoded bytes [begin, end) were read from. A position behind the last byte is the place
  // behind the last byte that is no line break, so that "something is missing at the end" points at the text. {0, 0} if
  // the text is empty.
  SourceRange Locate(SourceRange decoded) const;

 private:
  enum class Kind : uint8_t { kVerbatim, kReplaced, kBreak };

  struct Run {
    int32_t decoded = 0;  // where the run begins in the decoded text; it ends where the next one begins
    SourceRange source;
    Kind kind = Kind::kVerbatim;
  };

  // The run that holds a decoded byte, which must exist.
  const Run& RunAt(int32_t decoded) const;

  // First source byte of a decoded byte, and the source byte behind it.
  int32_t BeginOf(int32_t decoded) const;
  int32_t EndOf(int32_t decoded) const;

  // The source place behind the last run that is no line break.
  int32_t EndOfText() const;

  std::vector<Run> runs_;
  int32_t size_ = 0;
};

}  // namespace assay

#endif  // ASSAY_RULEBOOK_TEXT_MAP_H_
