// UTF-8 decoding by the table of well-formed byte sequences (Unicode 15, table 3-7). Entry points: FindInvalidUtf8,
// DecodeUtf8, AppendUtf8, CountCodePoints. It never reads past the text and never rejects what it can only count.
#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace assay {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The length of the well-formed sequence at `at`, 0 if there is none; its code point goes to *code_point.
size_t Sequence(const unsigned char* at, size_t left, char32_t* code_point) {
  const unsigned char lead = at[0];
  if (lead < 0x80) {
    *code_point = lead;
    return 1;
  }
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || left < length) return 0;
  char32_t value = lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(at[i])) return 0;
    value = (value << 6) | (at[i] & 0x3F);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *code_point = value;
  return length;
}

const unsigned char* Bytes(absl::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

struct Range {
  char32_t first;
  char32_t last;
};

// East_Asian_Width W and F, emoji presentation included, merged to blocks (unassigned gaps count as their
// surroundings).
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

// Combining marks, joiners, variation selectors and other marks that take no column.
constexpr Range kInvisible[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x064B, 0x065F},   {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},   {0x200B, 0x200F},   {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0x302A, 0x302D},   {0x3099, 0x309A},   {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF},
};

template <size_t n>
bool Contains(const Range (&ranges)[n], char32_t code_point) {
  for (const Range& range : ranges) {
    if (code_point <= range.last) return code_point >= range.first;
  }
  return false;
}

}  // namespace

size_t FindInvalidUtf8(absl::string_view text) {
  const unsigned char* bytes = Bytes(text);
  size_t offset = 0;
  while (offset < text.size()) {
    if (offset + 8 <= text.size()) {
      uint64_t word;
      std::memcpy(&word, bytes + offset, 8);
      if ((word & 0x8080808080808080u) == 0) {
        offset += 8;
        continue;
      }
    }
    char32_t code_point;
    const size_t length = Sequence(bytes + offset, text.size() - offset, &code_point);
    if (length == 0) return offset;
    offset += length;
  }
  return text.size();
}

char32_t DecodeUtf8(absl::string_view text, size_t* offset) {
  char32_t code_point;
  const size_t length = Sequence(Bytes(text) + *offset, text.size() - *offset, &code_point);
  *offset += length == 0 ? 1 : length;
  return length == 0 ? kReplacement : code_point;
}

void AppendUtf8(char32_t code_point, std::string* out) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
  const auto append = [out](char32_t byte) { out->push_back(static_cast<char>(byte)); };
  const auto append_tail = [&](int shift) { append(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xC0 | (code_point >> 6));
    append_tail(0);
  } else if (code_point < 0x10000) {
    append(0xE0 | (code_point >> 12));
    append_tail(6);
    append_tail(0);
  } else {
    append(0xF0 | (code_point >> 18));
    append_tail(12);
    append_tail(6);
    append_tail(0);
  }
}

size_t CountCodePoints(absl::string_view text) {
  if (IsAscii(text)) return text.size();
  size_t count = 0;
  for (size_t offset = 0; offset < text.size(); ++count) DecodeUtf8(text, &offset);
  return count;
}

size_t OffsetOfCodePoint(absl::string_view text, size_t index) {
  size_t offset = 0;
  for (; index > 0 && offset < text.size(); --index) DecodeUtf8(text, &offset);
  return offset;
}

int DisplayWidth(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (Contains(kInvisible, code_point)) return 0;
  return Contains(kWide, code_point) ? 2 : 1;
}

}  // namespace assay
