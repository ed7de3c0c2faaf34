// Decimal numbers of up to eight characters, read as one word: the point is squeezed out, then eight digits are checked
// and read at once. Entry points: RightAligned, ReadShortDecimal; ParseDecimalAtScale is for texts of any length. A
// sign is none of its characters.
#ifndef ASSAY_BASE_SHORT_DECIMAL_H_
#define ASSAY_BASE_SHORT_DECIMAL_H_

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace assay {

// A text of 1 to 8 characters, given as the upper bytes of a word, with '0' in the bytes before it.
constexpr uint64_t RightAligned(uint64_t word, size_t size) {
  const uint64_t before = size == 8 ? 0 : ~uint64_t{0} >> (8 * size);
  return (word & ~before) | (kEightZeroDigits & before);
}

// The place of the first point among eight characters, 8 if there is none.
constexpr int FindPoint(uint64_t word) {
  const uint64_t differences = word ^ RepeatByte('.');
  const uint64_t zeros = (differences - RepeatByte(1)) & ~differences & RepeatByte(0x80);
  return zeros == 0 ? 8 : std::countr_zero(zeros) / 8;  // only above the lowest one may a zero be none
}

// Takes the character at `place` out; those before it move up by one and `filling` comes in before them.
constexpr uint64_t CloseGap(uint64_t word, int place, uint64_t filling) {
  const uint64_t before = (uint64_t{1} << (8 * place)) - 1;
  const uint64_t after = ~before << 8;
  return (word & after) | (word & before) << 8 | filling;
}

struct ShortDecimal {
  uint32_t magnitude = 0;
  int whole_digits = 0;
  int fraction_digits = 0;
};

// Whether a right-aligned text of `size` characters is a decimal number without a sign.
constexpr bool ReadShortDecimal(uint64_t word, size_t size, ShortDecimal* out) {
  const int place = FindPoint(word);
  const bool has_point = place < 8;
  if (has_point) word = CloseGap(word, place, '0');
  if (!IsEightDigits(word)) return false;
  out->magnitude = EightDigits(word);
  out->fraction_digits = has_point ? 7 - place : 0;
  out->whole_digits = static_cast<int>(size) - has_point - out->fraction_digits;
  return out->whole_digits > 0 && (!has_point || out->fraction_digits > 0);
}

}  // namespace assay

#endif  // ASSAY_BASE_SHORT_DECIMAL_H_
