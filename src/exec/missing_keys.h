// Keys that the lookups of a run ask for and of which the data may lack rows. Internal to exec, filled by its lookups
// where a frame asks for it.
#ifndef ASSAY_EXEC_MISSING_KEYS_H_
#define ASSAY_EXEC_MISSING_KEYS_H_

#include <set>
#include <string>
#include <utility>

#include "snapshot/known_keys.h"

namespace assay {

// Of a dataset of the program, by fields of its rows.
struct MissingKey {
  int dataset = 0;
  FieldValues key;

  auto operator<=>(const MissingKey&) const = default;
};

// A key is missing that is not known and finds no rows at all, in force or not; and of a dataset of which keys are
// known, also one that finds some. One thread at a time.
class MissingKeys {
 public:
  explicit MissingKeys(const KnownKeys* known) : known_(known) {}

  bool tells_found(const std::string& dataset) const { return known_->HasAnyOf(dataset); }

  // Unless it is known; each key once.
  void Add(const std::string& dataset, MissingKey key) {
    if (!known_->Covers(dataset, key.key)) keys_.insert(std::move(key));
  }

  const std::set<MissingKey>& keys() const { return keys_; }

 private:
  const KnownKeys* known_;
  std::set<MissingKey> keys_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_MISSING_KEYS_H_
