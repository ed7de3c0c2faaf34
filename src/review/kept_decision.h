// A decision as a session keeps it: as bytes, which take a tenth of the memory that the message takes. What a run says
// of all its orders alike is shared. Entry point: KeptDecision. It changes nothing of what it is given.
#ifndef ASSAY_REVIEW_KEPT_DECISION_H_
#define ASSAY_REVIEW_KEPT_DECISION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "assay/v1/decision.pb.h"

namespace assay {

using SharedProvenance = std::shared_ptr<const v1::Provenance>;  // nullptr: none

class KeptDecision {
 public:
  KeptDecision() = default;  // of an order that no run has decided

  // By `provenance`, whatever the message says of it.
  KeptDecision(v1::Decision decision, SharedProvenance provenance);

  v1::Decision Message() const;

  // What it says of the order alone: neither its place in the queue nor its provenance. Equal where ContentOf is
  // (run_diff.h).
  absl::string_view content() const { return content_ == nullptr ? absl::string_view() : *content_; }

  v1::Disposition disposition() const { return disposition_; }
  int64_t priority() const { return priority_; }
  const SharedProvenance& provenance() const { return provenance_; }

  // A later run left it as it is.
  void KeepFor(int64_t priority, SharedProvenance provenance);

 private:
  std::shared_ptr<const std::string> content_;
  SharedProvenance provenance_;
  int64_t priority_ = 0;
  v1::Disposition disposition_ = v1::DISPOSITION_UNSPECIFIED;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_KEPT_DECISION_H_
