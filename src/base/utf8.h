// UTF-8: validation, decoding, counting in code points, and width on a terminal.
// Entry points: IsValidUtf8, DecodeUtf8, CountCodePoints, DisplayWidth. Pure functions, safe from any thread; nothing
// here normalises or knows grapheme clusters.
#ifndef ASSAY_BASE_UTF8_H_
#define ASSAY_BASE_UTF8_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "base/bytes.h"

namespace assay {

// Whether all of the text is ASCII, eight bytes at a time.
inline bool IsAscii(absl::string_view text) {
  const char* p = text.data();
  size_t left = text.size();
  uint64_t all = 0;
  for (; left > 8; p += 8, left -= 8) all |= LoadEight(p);
  return ((all | LoadWord(p, left)) & RepeatByte(0x80)) == 0;
}

// The byte offset of the first ill-formed sequence (overlong, surrogate, beyond U+10FFFF, cut off), or text.size().
size_t FindInvalidUtf8(absl::string_view text);

inline bool IsValidUtf8(absl::string_view text) { return FindInvalidUtf8(text) == text.size(); }

// The code point at *offset, which moves past it. Ill-formed bytes yield U+FFFD, one byte at a time. Requires
// *offset < text.size().
char32_t DecodeUtf8(absl::string_view text, size_t* offset);

// Appends the 1 to 4 bytes of a code point; a surrogate or one beyond U+10FFFF becomes U+FFFD.
void AppendUtf8(char32_t code_point, std::string* out);

// Code points of valid UTF-8; other bytes are counted as DecodeUtf8 would yield them.
size_t CountCodePoints(absl::string_view text);

// The byte offset of code point number `index` (from 0), or text.size() if there are not so many.
size_t OffsetOfCodePoint(absl::string_view text, size_t index);

// Terminal columns: 2 for East Asian wide and emoji, 0 for combining marks and other invisible ones, else 1.
int DisplayWidth(char32_t code_point);

}  // namespace assay

#endif  // ASSAY_BASE_UTF8_H_
