// A small snapshot over a large one. Entry point: OverlaySnapshot.
#ifndef ASSAY_RULEBOOK_OVERLAY_H_
#define ASSAY_RULEBOOK_OVERLAY_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "assay/v1/decision.pb.h"
#include "rulebook/compiled_rulebook.h"
#include "snapshot/snapshot.h"

namespace assay {

struct Overlay {
  std::map<std::string, RowBytes> rows;  // by dataset: they replace all rows of the base that have one of their keys
  std::vector<v1::RequiredKey> cleared;  // of these keys the base's rows do not count: they have the overlay's or none
};

// InvalidArgument for a field the dataset's rows do not have, or a key without fields.
absl::Status CheckKey(const CompiledRulebook& book, const v1::RequiredKey& key);

// The base with the overlay over it, at a cost of the overlay alone: the base's rows are shared. What lies over an
// overlay is laid over its base anew, with what still counts of it. All rows of a dataset are gone through where its
// rows look up others of their own dataset, or where a key is cleared by fields by which no join looks rows up.
// NotFound, InvalidArgument as BuildSnapshot and CheckKey.
absl::StatusOr<std::shared_ptr<const Snapshot>> OverlaySnapshot(const CompiledRulebook& book,
                                                                const std::shared_ptr<const Snapshot>& base,
                                                                const Overlay& overlay);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_OVERLAY_H_
