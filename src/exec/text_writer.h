// A text put together in an arena, its size known beforehand.
// Entry point: TextWriter. The text lives as long as the arena is not reset; nothing is allocated elsewhere.
#ifndef ASSAY_EXEC_TEXT_WRITER_H_
#define ASSAY_EXEC_TEXT_WRITER_H_

#include <cstring>

#include "absl/strings/string_view.h"
#include "base/arena.h"

namespace assay {

class TextWriter {
 public:
  // `size` is the most that will be written.
  TextWriter(Arena* arena, size_t size) : begin_(static_cast<char*>(arena->Allocate(size, 1))), end_(begin_) {}

  void Append(absl::string_view text) {
    if (text.empty()) return;  // of which data() may be null
    std::memcpy(end_, text.data(), text.size());
    end_ += text.size();
  }
  void Append(char c) { *end_++ = c; }

  absl::string_view text() const { return absl::string_view(begin_, static_cast<size_t>(end_ - begin_)); }

 private:
  char* begin_;
  char* end_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_TEXT_WRITER_H_
