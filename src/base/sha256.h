// SHA-256 (FIPS 180-4), for fingerprints.
// Entry points: Sha256::Update, Sha256::Finish, Sha256Of, Sha256Hex. A Sha256 belongs to one thread at a time; it never
// allocates.
#ifndef ASSAY_BASE_SHA256_H_
#define ASSAY_BASE_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace assay {

using Sha256Digest = std::array<uint8_t, 32>;

class Sha256 {
 public:
  Sha256();

  // Adds bytes to the message; any number of calls.
  void Update(absl::string_view bytes);

  // The digest of all bytes added. Afterwards the object must not be used.
  Sha256Digest Finish();

 private:
  static constexpr size_t kBlockBytes = 64;

  void AddBlock(const uint8_t* block);

  std::array<uint32_t, 8> state_;
  std::array<uint8_t, kBlockBytes> pending_ = {};  // the first size_ % 64 bytes wait for a full block
  uint64_t size_ = 0;                              // bytes added
};

Sha256Digest Sha256Of(absl::string_view bytes);

// 64 lower-case hexadecimal digits.
std::string ToHex(const Sha256Digest& digest);

// ToHex of the digest of `bytes`.
std::string Sha256Hex(absl::string_view bytes);

}  // namespace assay

#endif  // ASSAY_BASE_SHA256_H_
