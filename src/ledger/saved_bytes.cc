// Writing and strict reading of saved ledgers and sessions. Entry points: SavedWriter, SavedReader. Never allocates by
// a count that the bytes claim.
#include "ledger/saved_bytes.h"

#include "absl/strings/str_cat.h"
#include "base/sha256.h"

namespace assay {
namespace {

constexpr absl::string_view kMagic = "ASYL";
constexpr size_t kHeaderBytes = kMagic.size() + 2;
constexpr size_t kChecksumBytes = 8;

std::string Header(SavedKind kind, uint8_t version) {
  std::string header(kMagic);
  header.push_back(static_cast<char>(kind));
  header.push_back(static_cast<char>(version));
  return header;
}

std::string Checksum(absl::string_view bytes) {
  Sha256 sha;
  sha.Update(bytes);
  const Sha256Digest digest = sha.Finish();
  return std::string(digest.begin(), digest.begin() + kChecksumBytes);
}

}  // namespace

SavedWriter::SavedWriter(SavedKind kind, uint8_t version, std::string* out) : out_(out) {
  *out_ = Header(kind, version);
}

void SavedWriter::Wide(uint128 value) {
  for (; value >= 0x80; value >>= 7) out_->push_back(static_cast<char>(static_cast<uint8_t>(value) | 0x80));
  out_->push_back(static_cast<char>(value));
}

// Zigzag: small magnitudes of either sign are short.
void SavedWriter::Amount(int128 value) {
  Wide((static_cast<uint128>(value) << 1) ^ static_cast<uint128>(value >> 127));
}

void SavedWriter::Bytes(absl::string_view bytes) {
  Unsigned(bytes.size());
  out_->append(bytes.data(), bytes.size());
}

void SavedWriter::Finish() { *out_ += Checksum(*out_); }

SavedReader::SavedReader(SavedKind kind, uint8_t version, absl::string_view bytes) {
  if (bytes.size() < kHeaderBytes + kChecksumBytes || bytes.substr(0, kMagic.size()) != kMagic) {
    Fail("not a saved state");
  } else if (bytes.substr(0, kHeaderBytes) != Header(kind, version)) {
    Fail("of another kind or another version");
  } else if (bytes.substr(bytes.size() - kChecksumBytes) != Checksum(bytes.substr(0, bytes.size() - kChecksumBytes))) {
    Fail("the checksum does not match");
  } else {
    rest_ = bytes.substr(kHeaderBytes, bytes.size() - kHeaderBytes - kChecksumBytes);
  }
}

void SavedReader::Fail(absl::string_view what) {
  if (!status_.ok()) return;
  status_ = absl::InvalidArgumentError(absl::StrCat("saved state refused, save it again: ", what));
  rest_ = absl::string_view();
}

uint128 SavedReader::Wide(int max_bits) {
  uint128 value = 0;
  for (int shift = 0;; shift += 7) {
    if (rest_.empty()) {
      Fail("it ends in the middle of a number");
      return 0;
    }
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    const uint128 part = byte & 0x7F;
    const int room = max_bits - shift;
    if (room <= 0 || (room < 7 && (part >> room) != 0) || (byte == 0 && shift > 0)) {
      Fail("a number is too large or not in its shortest form");
      return 0;
    }
    value |= part << shift;
    if (byte < 0x80) return value;
  }
}

uint64_t SavedReader::Unsigned() { return static_cast<uint64_t>(Wide(64)); }

int128 SavedReader::Amount() {
  const uint128 value = Wide(128);
  return static_cast<int128>((value >> 1) ^ (uint128{0} - (value & 1)));
}

int64_t SavedReader::Signed() { return SignedIn(INT64_MIN, INT64_MAX); }

int64_t SavedReader::SignedIn(int64_t low, int64_t high) {
  const int128 value = Amount();
  if (value >= low && value <= high) return static_cast<int64_t>(value);
  Fail("a number is out of range");
  return 0;
}

absl::string_view SavedReader::Bytes() {
  const size_t size = Count();
  const absl::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(bytes.size());
  return bytes;
}

size_t SavedReader::Count() {
  const uint64_t count = Unsigned();
  if (count <= rest_.size()) return count;
  Fail("a count is larger than what follows");
  return 0;
}

absl::Status SavedReader::Finish() {
  if (!rest_.empty()) Fail("something follows its end");
  return status_;
}

}  // namespace assay
