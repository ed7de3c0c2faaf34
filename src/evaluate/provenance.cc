// Entry point: ProvenanceOf.
#include "evaluate/provenance.h"

#include "absl/strings/str_cat.h"
#include "base/version.h"
#include "calendar/embedded_zones.h"

namespace assay {

v1::Provenance ProvenanceOf(const RunContext& context) {
  v1::Provenance provenance;
  provenance.set_rulebook(context.book->proto.name());
  provenance.set_version(context.book->proto.version());
  provenance.set_fingerprint(context.book->fingerprint);
  provenance.set_snapshot(context.snapshot->id());
  provenance.mutable_now()->set_seconds(context.now.seconds);
  provenance.mutable_now()->set_nanos(context.now.nanos);
  provenance.set_checkpoint(context.checkpoint);
  provenance.set_engine(absl::StrCat("assay ", kVersion));
  provenance.set_zones(std::string(ZoneDataVersion()));
  return provenance;
}

}  // namespace assay
