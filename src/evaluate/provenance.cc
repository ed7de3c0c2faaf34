// Entry points: ProvenanceOf, TimelessProvenance.
#include "evaluate/provenance.h"

#include "absl/strings/str_cat.h"
#include "base/version.h"
#include "calendar/embedded_zones.h"

namespace assay {

v1::Provenance TimelessProvenance(const CompiledRulebook& book, const Snapshot& snapshot, v1::Checkpoint checkpoint) {
  v1::Provenance provenance;
  provenance.set_rulebook(book.proto.name());
  provenance.set_version(book.proto.version());
  provenance.set_fingerprint(book.fingerprint);
  provenance.set_snapshot(snapshot.id());
  provenance.set_checkpoint(checkpoint);
  provenance.set_engine(absl::StrCat("assay ", kVersion));
  provenance.set_zones(std::string(ZoneDataVersion()));
  return provenance;
}

v1::Provenance ProvenanceOf(const RunContext& context) {
  v1::Provenance provenance = TimelessProvenance(*context.book, *context.snapshot, context.checkpoint);
  provenance.mutable_now()->set_seconds(context.now.seconds);
  provenance.mutable_now()->set_nanos(context.now.nanos);
  return provenance;
}

}  // namespace assay
