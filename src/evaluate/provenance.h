// By what a run judges. Entry points: ProvenanceOf, TimelessProvenance. Pure functions.
#ifndef ASSAY_EVALUATE_PROVENANCE_H_
#define ASSAY_EVALUATE_PROVENANCE_H_

#include "assay/v1/decision.pb.h"
#include "evaluate/run_context.h"

namespace assay {

// Rulebook, reference data, clock, checkpoint, and the versions of the engine and its zones.
v1::Provenance ProvenanceOf(const RunContext& context);

// The same without the clock.
v1::Provenance TimelessProvenance(const CompiledRulebook& book, const Snapshot& snapshot, v1::Checkpoint checkpoint);

}  // namespace assay

#endif  // ASSAY_EVALUATE_PROVENANCE_H_
