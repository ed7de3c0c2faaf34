// Decimal text of 128-bit integers. Entry points: WriteDigits, ToString. It never parses: decimal.h does.
#include "base/int128.h"

namespace assay {

char* WriteDigits(uint128 value, char* end) {
  // Eighteen digits at a time keep the slow 128-bit division to two steps.
  constexpr uint64_t kBlock = 1'000'000'000'000'000'000;
  while (value >= kBlock) {
    uint64_t block = static_cast<uint64_t>(value % kBlock);
    value /= kBlock;
    for (int i = 0; i < 18; ++i, block /= 10) *--end = static_cast<char>('0' + block % 10);
  }
  uint64_t rest = static_cast<uint64_t>(value);
  do {
    *--end = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  return end;
}

std::string ToString(uint128 value) {
  char buffer[kMaxUint128Digits];
  char* end = buffer + kMaxUint128Digits;
  return std::string(WriteDigits(value, end), end);
}

std::string ToString(int128 value) {
  std::string digits = ToString(Magnitude(value));
  return value < 0 ? "-" + digits : digits;
}

}  // namespace assay
