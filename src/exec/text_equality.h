// Comparing many texts with one: a short one is a word, compared without a call.
// Entry point: TextEquality, made once for a kernel's run.
#ifndef ASSAY_EXEC_TEXT_EQUALITY_H_
#define ASSAY_EXEC_TEXT_EQUALITY_H_

#include "absl/strings/string_view.h"
#include "base/bytes.h"

namespace assay {

class TextEquality {
 public:
  // Borrows the text.
  explicit TextEquality(absl::string_view text)
      : text_(text), word_(IsShort(text) ? LoadWord(text.data(), text.size()) : 0) {}

  bool Holds(absl::string_view other) const {
    if (other.size() != text_.size()) return false;
    return IsShort(text_) ? LoadWord(other.data(), other.size()) == word_ : other == text_;
  }

  bool HoldsForPrefix(absl::string_view other) const {
    return other.size() >= text_.size() && Holds(other.substr(0, text_.size()));
  }

 private:
  static bool IsShort(absl::string_view text) { return text.size() <= 8; }

  absl::string_view text_;
  uint64_t word_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_TEXT_EQUALITY_H_
