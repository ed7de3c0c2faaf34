// Entry point: KeptDecision.
#include "review/kept_decision.h"

#include <utility>

namespace assay {

KeptDecision::KeptDecision(v1::Decision decision, SharedProvenance provenance)
    : provenance_(std::move(provenance)), priority_(decision.priority()), disposition_(decision.disposition()) {
  decision.clear_provenance();
  decision.clear_priority();
  content_ = std::make_shared<const std::string>(decision.SerializeAsString());
}

v1::Decision KeptDecision::Message() const {
  v1::Decision decision;
  if (content_ != nullptr) decision.ParseFromString(*content_);
  if (provenance_ != nullptr) *decision.mutable_provenance() = *provenance_;
  decision.set_priority(priority_);
  return decision;
}

void KeptDecision::KeepFor(int64_t priority, SharedProvenance provenance) {
  priority_ = priority;
  provenance_ = std::move(provenance);
}

}  // namespace assay
