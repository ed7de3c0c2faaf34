// Interning of account keys. Entry points: AccountKeys::Intern and Ascending. Nothing here forgets a key.
#include "ledger/account_keys.h"

#include <algorithm>
#include <numeric>

namespace assay {

AccountId AccountKeys::Intern(absl::string_view key) {
  if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
  const auto id = static_cast<AccountId>(keys_.size());
  keys_.push_back(std::make_unique<std::string>(key));
  ids_.emplace(*keys_.back(), id);
  return id;
}

std::optional<AccountId> AccountKeys::Find(absl::string_view key) const {
  const auto found = ids_.find(key);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

std::vector<AccountId> AccountKeys::Ascending() const {
  std::vector<AccountId> ids(keys_.size());
  std::iota(ids.begin(), ids.end(), AccountId{0});
  std::sort(ids.begin(), ids.end(), [this](AccountId a, AccountId b) { return *keys_[a] < *keys_[b]; });
  return ids;
}

}  // namespace assay
