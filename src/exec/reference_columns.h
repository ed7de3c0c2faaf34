// Columns over reference data: computed once for a program and a snapshot, then
// gathered by every batch.
#ifndef ASSAY_EXEC_REFERENCE_COLUMNS_H_
#define ASSAY_EXEC_REFERENCE_COLUMNS_H_

#include <memory>
#include <string>
#include <vector>

#include "exec/executable.h"
#include "exec/frame.h"
#include "snapshot/snapshot.h"

namespace assay {

// Immutable once computed; shared by any number of threads. Holds the snapshot it was computed from.
struct ReferenceColumns {
  std::shared_ptr<const Snapshot> snapshot;
  std::vector<Vector> columns;     // by node, where the node's level belongs to a dataset
  std::vector<LevelRows> levels;   // by level, likewise
  std::vector<ErrorTable> errors;  // by dataset
  // By lookup; nullptr where the dataset has the index, since the key is as it was read.
  std::vector<std::shared_ptr<const KeyIndex>> indexes;
  std::vector<std::unique_ptr<Arena>> arenas;
  std::string over_budget;  // the dataset whose rows cost more than they may: nothing else is meant then
};

// Computes everything in the program that depends on reference data alone. `inputs` are the run's own values (the
// clock), by Node::index of kInput; may be empty where nothing reads them.
std::unique_ptr<const ReferenceColumns> ComputeReferenceColumns(const Executable& executable,
                                                                std::shared_ptr<const Snapshot> snapshot,
                                                                const std::vector<Vector>& inputs);

// The same error in the batch's own table: `code` is of dataset `source`.
ErrorCode TranslateError(Frame* frame, int source, ErrorCode code);

}  // namespace assay

#endif  // ASSAY_EXEC_REFERENCE_COLUMNS_H_
