// The bytes a ledger or a session is saved as: varints between a header and a checksum.
// Entry points: SavedWriter, SavedReader. One value has one encoding, and the reader refuses every other, so equal
// states have equal bytes; neither knows what the numbers mean.
//
//   magic "ASYL" | kind | version | payload | the first 8 bytes of the SHA-256 of all before
#ifndef ASSAY_LEDGER_SAVED_BYTES_H_
#define ASSAY_LEDGER_SAVED_BYTES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/int128.h"

namespace assay {

enum class SavedKind : uint8_t { kBalance = 1, kStock = 2, kSession = 3 };

class SavedWriter {
 public:
  // Replaces *out, which must outlive the writer.
  SavedWriter(SavedKind kind, uint8_t version, std::string* out);

  void Unsigned(uint64_t value) { Wide(value); }
  void Signed(int64_t value) { Amount(value); }
  void Amount(int128 value);
  void Bytes(absl::string_view bytes);

  // Appends the checksum. The last call.
  void Finish();

 private:
  void Wide(uint128 value);

  std::string* out_;
};

// A failed read leaves the reader failed: every later read gives 0, and Status says what was wrong first. So a caller
// may read a whole record and look at ok() once.
class SavedReader {
 public:
  // Fails if the header or the checksum is not that of `kind` and `version`. Views `bytes`, which must outlive it.
  SavedReader(SavedKind kind, uint8_t version, absl::string_view bytes);

  uint64_t Unsigned();
  int64_t Signed();
  int128 Amount();
  absl::string_view Bytes();

  // A count of records that take at least one byte each: never more than the bytes left.
  size_t Count();

  // Signed, refused outside [low, high].
  int64_t SignedIn(int64_t low, int64_t high);

  bool ok() const { return status_.ok(); }
  const absl::Status& status() const { return status_; }

  // The first failure wins. `what` says in a few words what the bytes break.
  void Fail(absl::string_view what);

  // OK if everything was read and nothing failed.
  absl::Status Finish();

 private:
  uint128 Wide(int max_bits);

  absl::string_view rest_;
  absl::Status status_;
};

}  // namespace assay

#endif  // ASSAY_LEDGER_SAVED_BYTES_H_
