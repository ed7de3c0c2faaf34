// What a run would look up and the data may lack. Entry point: Session::RequiredKeys.
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "review/session.h"

namespace assay {

absl::StatusOr<v1::RequiredKeys> Session::RequiredKeys() {
  MissingKeys missing(base_->known_keys().get());
  Wave wave;
  wave.now = now_;
  wave.missing = &missing;
  RETURN_IF_ERROR(RunAside(&wave));
  v1::RequiredKeys required;
  std::set<std::string> told;
  for (const auto& [dataset, key] : missing.keys()) {
    const std::string& name = book_->program().datasets[static_cast<size_t>(dataset)].name;
    if (absl::StartsWith(name, "batch.")) continue;  // the run's own
    if (!told.insert(KeyName(name, key)).second) continue;
    v1::RequiredKey* out = required.add_keys();
    out->set_dataset(name);
    for (const auto& [field, value] : key) {
      v1::KeyField* part = out->add_key();
      part->set_field(field);
      part->set_value(value);
    }
  }
  return required;
}

}  // namespace assay
