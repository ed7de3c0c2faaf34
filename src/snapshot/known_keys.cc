// Entry points: KeyName, KnownKeys.
#include "snapshot/known_keys.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay {

std::string KeyName(absl::string_view dataset, FieldValues key) {
  std::sort(key.begin(), key.end());
  std::string name(dataset);
  for (const auto& [field, value] : key) absl::StrAppend(&name, "\n", field, "=", value.size(), ":", value);
  return name;
}

void KnownKeys::Add(absl::string_view dataset, FieldValues key) {
  std::vector<std::string> fields;
  fields.reserve(key.size());
  for (const auto& [field, value] : key) fields.push_back(field);
  std::sort(fields.begin(), fields.end());
  fields_[std::string(dataset)].insert(std::move(fields));
  names_.insert(KeyName(dataset, std::move(key)));
}

bool KnownKeys::Covers(absl::string_view dataset, const FieldValues& key) const {
  const auto found = fields_.find(dataset);
  if (found == fields_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const std::vector<std::string>& fields) {
    FieldValues part;
    for (const auto& each : key) {
      if (std::binary_search(fields.begin(), fields.end(), each.first)) part.push_back(each);
    }
    return part.size() == fields.size() && names_.contains(KeyName(dataset, std::move(part)));
  });
}

}  // namespace assay
