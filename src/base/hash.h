// A fast 64-bit hash of bytes, the same in every process and on every run.
// Entry points: HashBytes, MixHash. For hash tables inside the library; it is no checksum, no fingerprint (sha256.h is)
// and no defence against chosen keys, and no output may follow its order.
#ifndef ASSAY_BASE_HASH_H_
#define ASSAY_BASE_HASH_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "base/bytes.h"
#include "base/int128.h"

namespace assay {

// Folds the 128-bit product of a and b; the base of every mixing step below.
constexpr uint64_t FoldMultiply(uint64_t a, uint64_t b) {
  const uint128 product = static_cast<uint128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Odd constants without structure: the fractional bits of the square roots of 2, 3 and 5.
inline constexpr uint64_t kHashSeed = 0x6A09E667F3BCC909;
inline constexpr uint64_t kHashStep = 0xBB67AE8584CAA73B;
inline constexpr uint64_t kHashEnd = 0x3C6EF372FE94F82B;

// Combines a running hash with one more value; the order matters.
constexpr uint64_t MixHash(uint64_t hash, uint64_t value) { return FoldMultiply(hash ^ value, kHashStep); }

inline uint64_t HashBytes(absl::string_view bytes) {
  const char* at = bytes.data();
  size_t left = bytes.size();
  uint64_t hash = kHashSeed ^ left;
  for (; left > 8; at += 8, left -= 8) hash = MixHash(hash, LoadEight(at));
  return FoldMultiply(MixHash(hash, LoadWord(at, left)), kHashEnd);
}

}  // namespace assay

#endif  // ASSAY_BASE_HASH_H_
