// Keys of datasets of which a host said that all their rows are there, or that they have none.
#ifndef ASSAY_SNAPSHOT_KNOWN_KEYS_H_
#define ASSAY_SNAPSHOT_KNOWN_KEYS_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace assay {

using FieldValues = std::vector<std::pair<std::string, std::string>>;  // names of fields, with their values as text

// A key of a dataset as one text, the same whatever the order of its fields.
std::string KeyName(absl::string_view dataset, FieldValues key);

class KnownKeys {
 public:
  void Add(absl::string_view dataset, FieldValues key);

  // Whether keys of the dataset are known: its rows are brought by keys, so that those which a key finds may be only
  // some of its rows.
  bool HasAnyOf(absl::string_view dataset) const { return fields_.contains(dataset); }

  // Whether all rows of the key are there: it is known, or one by some of its fields is.
  bool Covers(absl::string_view dataset, const FieldValues& key) const;

  const std::set<std::string>& names() const { return names_; }  // KeyName of each

 private:
  std::set<std::string> names_;
  // By dataset, the fields of its keys, ascending.
  std::map<std::string, std::set<std::vector<std::string>>, std::less<>> fields_;
};

}  // namespace assay

#endif  // ASSAY_SNAPSHOT_KNOWN_KEYS_H_
