// The names of a ledger's accounts: byte strings, each known by a small number on the hot path.
// Entry points: Intern, Find, Ascending. A number is good for one ledger object until it is restored; listings and
// saved bytes follow the keys, never the numbers.
#ifndef ASSAY_LEDGER_ACCOUNT_KEYS_H_
#define ASSAY_LEDGER_ACCOUNT_KEYS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace assay {

// Dense, from 0, in the order of Intern.
using AccountId = uint32_t;

// One thread at a time may Intern; const members may be used from any number of threads.
class AccountKeys {
 public:
  // The number of `key`, a new one if it has none yet. Keys are any bytes, also none.
  AccountId Intern(absl::string_view key);

  std::optional<AccountId> Find(absl::string_view key) const;

  // Valid as long as this object. `id` must come from Intern.
  absl::string_view key(AccountId id) const { return *keys_[id]; }

  size_t size() const { return keys_.size(); }

  // All numbers by ascending key, bytes compared as unsigned.
  std::vector<AccountId> Ascending() const;

 private:
  std::vector<std::unique_ptr<std::string>> keys_;  // their bytes stay put, ids_ looks at them
  absl::flat_hash_map<absl::string_view, AccountId> ids_;
};

}  // namespace assay

#endif  // ASSAY_LEDGER_ACCOUNT_KEYS_H_
