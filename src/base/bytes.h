// Up to eight bytes at once in a word: loading short texts, telling digits, reading them.
// Entry points: LoadWord, IsEightDigits, EightDigits. For the hot paths of ingest and hashing; it never reads a byte
// outside the text. In a word the first byte of the text is the lowest one, on every machine.
#ifndef ASSAY_BASE_BYTES_H_
#define ASSAY_BASE_BYTES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace assay {

// The byte `value` eight times.
constexpr uint64_t RepeatByte(uint8_t value) { return 0x0101010101010101 * uint64_t{value}; }

inline constexpr uint64_t kEightZeroDigits = RepeatByte('0');

template <typename Unsigned>
inline uint64_t LoadAs(const char* data) {
  Unsigned word;
  std::memcpy(&word, data, sizeof(word));
  if constexpr (std::endian::native == std::endian::big) {
    if constexpr (sizeof(word) == 8) return __builtin_bswap64(word);
    if constexpr (sizeof(word) == 4) return __builtin_bswap32(word);
    if constexpr (sizeof(word) == 2) return __builtin_bswap16(word);
  }
  return word;
}

// Exactly eight bytes.
inline uint64_t LoadEight(const char* data) { return LoadAs<uint64_t>(data); }

// The first `size` (0..8) bytes; the bytes above them are 0.
inline uint64_t LoadWord(const char* data, size_t size) {
  if (size >= 8) return LoadEight(data);
  // Two loads that may overlap, instead of a loop.
  if (size >= 4) return LoadAs<uint32_t>(data) | LoadAs<uint32_t>(data + size - 4) << (8 * (size - 4));
  if (size >= 2) return LoadAs<uint16_t>(data) | LoadAs<uint16_t>(data + size - 2) << (8 * (size - 2));
  return size == 1 ? static_cast<unsigned char>(*data) : 0;
}

// Whether all eight bytes are '0' to '9'.
constexpr bool IsEightDigits(uint64_t word) {
  const uint64_t values = word ^ kEightZeroDigits;
  // Six more lifts 10 to 15 into the high half of their byte; a byte that carries into the next had its own set
  // already.
  return ((values | (values + RepeatByte(6))) & RepeatByte(0xF0)) == 0;
}

// The number that eight digits spell, the lowest byte being the first digit.
constexpr uint32_t EightDigits(uint64_t word) {
  uint64_t values = word ^ kEightZeroDigits;
  values = (values * 10 + (values >> 8)) & 0x00FF00FF00FF00FF;
  values = (values * 100 + (values >> 16)) & 0x0000FFFF0000FFFF;
  return static_cast<uint32_t>(values * 10000 + (values >> 32));
}

}  // namespace assay

#endif  // ASSAY_BASE_BYTES_H_
