// Reference data for a rulebook: named datasets to a snapshot. Entry points:
// DatasetType, BuildSnapshot.
#ifndef ASSAY_RULEBOOK_REFERENCE_H_
#define ASSAY_RULEBOOK_REFERENCE_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rulebook/compiled_rulebook.h"
#include "snapshot/snapshot.h"

namespace assay {

// What the rows of a dataset are. NotFound, with the nearest name, for one that a host cannot fill.
absl::StatusOr<const google::protobuf::Descriptor*> DatasetType(const CompiledRulebook& book, absl::string_view name);

// Rows by dataset name; a dataset of the rulebook that is not there has no rows. NotFound for a name the rulebook does
// not have; InvalidArgument for a row that cannot be decoded.
absl::StatusOr<std::shared_ptr<const Snapshot>> BuildSnapshot(
    const CompiledRulebook& book, const std::map<std::string, std::shared_ptr<const RowBytes>>& rows);

// The snapshot with the batch's own rows as the dataset batch.NAME. Rows that cannot be decoded are left out.
absl::StatusOr<std::shared_ptr<const Snapshot>> WithBatch(const CompiledRulebook& book,
                                                          const std::shared_ptr<const Snapshot>& base,
                                                          const std::shared_ptr<const RowBytes>& batch);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_REFERENCE_H_
