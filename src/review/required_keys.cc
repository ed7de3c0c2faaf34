// What a run would look up and cannot find. Entry point: Session::RequiredKeys.
#include <algorithm>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "review/session.h"

namespace assay {

absl::StatusOr<v1::RequiredKeys> Session::RequiredKeys() {
  std::vector<MissingKey> missing;
  Wave wave;
  wave.now = now_;
  wave.missing = &missing;
  RETURN_IF_ERROR(RunAside(&wave));
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  v1::RequiredKeys required;
  std::set<std::string> told = base_->known_empty();
  for (const MissingKey& each : missing) {
    const SourcePlan& source = book_->program().datasets[each.dataset];
    if (absl::StartsWith(source.name, "batch.")) continue;  // the run's own
    std::vector<std::pair<std::string, std::string>> key;
    key.reserve(each.key_slots.size());
    for (size_t k = 0; k < each.key_slots.size(); ++k) {
      key.emplace_back(source.projection->columns[each.key_slots[k]].field->name(), each.values[k]);
    }
    if (!told.insert(KeyName(source.name, key)).second) continue;
    v1::RequiredKey* out = required.add_keys();
    out->set_dataset(source.name);
    for (const auto& [field, value] : key) {
      v1::KeyField* part = out->add_key();
      part->set_field(field);
      part->set_value(value);
    }
  }
  return required;
}

}  // namespace assay
