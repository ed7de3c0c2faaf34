// Columns over reference data: computed once for a program and a snapshot, kept with the snapshot, and gathered by
// every batch. Entry point: ReferenceColumnsFor.
#ifndef ASSAY_EXEC_REFERENCE_COLUMNS_H_
#define ASSAY_EXEC_REFERENCE_COLUMNS_H_

#include <memory>
#include <string>
#include <vector>

#include "exec/executable.h"
#include "exec/frame.h"
#include "snapshot/snapshot.h"

namespace assay {

// Immutable once computed; shared by any number of threads. Holds the rows and the program it was computed from.
struct ReferenceColumns {
  std::shared_ptr<const Executable> executable;
  std::vector<std::shared_ptr<const Dataset>> datasets;
  std::shared_ptr<const ReferenceColumns> below;          // where what was not computed anew stands
  std::vector<Vector> columns;                            // by node, where the node's level belongs to a dataset
  std::vector<LevelRows> levels;                          // by level, likewise
  std::vector<std::shared_ptr<const ErrorTable>> errors;  // by dataset
  std::vector<int64_t> cost_left;                         // by dataset: what its rows may still cost
  // By lookup; nullptr where the dataset has the index, since the key is as it was read.
  std::vector<std::shared_ptr<const KeyIndex>> indexes;
  std::vector<std::unique_ptr<Arena>> arenas;
  std::string over_budget;  // the dataset whose rows cost more than they may: nothing else is meant then
};

// Everything in the program that depends on the snapshot's rows, and on `inputs`, the run's own values (the clock), by
// Node::index of kInput; may be empty where nothing reads them. What depends on rows alone is computed once and kept
// with them, also for snapshots that have the same datasets from their base.
std::shared_ptr<const ReferenceColumns> ReferenceColumnsFor(const std::shared_ptr<const Executable>& executable,
                                                            const Snapshot& snapshot,
                                                            const std::vector<Vector>& inputs);

// The same error in the batch's own table: `code` is of dataset `source`.
ErrorCode TranslateError(Frame* frame, int source, ErrorCode code);

}  // namespace assay

#endif  // ASSAY_EXEC_REFERENCE_COLUMNS_H_
