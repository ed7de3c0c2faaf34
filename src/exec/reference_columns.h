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

// Of the datasets' rows below, or of those laid over them: rows are numbered from 0 in each.
struct ReferencePart {
  std::vector<Vector> columns;                            // by node, where the node's level belongs to a dataset
  std::vector<LevelRows> levels;                          // by level, likewise
  std::vector<std::shared_ptr<const ErrorTable>> errors;  // by dataset
  std::vector<int64_t> cost_left;                         // by dataset: what its rows may still cost
  // By lookup; nullptr where the dataset has the index, since the key is as it was read.
  std::vector<std::shared_ptr<const KeyIndex>> indexes;
};

inline constexpr int kBelow = 0;  // the rows of a dataset over which nothing is laid are here, too
inline constexpr int kLaidOver = 1;

// Immutable once computed; shared by any number of threads. Holds the rows and the program it was computed from.
struct ReferenceColumns {
  std::shared_ptr<const Executable> executable;
  std::vector<std::shared_ptr<const Dataset>> datasets;
  std::shared_ptr<const ReferenceColumns> under;  // where what was not computed anew stands
  std::shared_ptr<const ReferencePart> parts[2];  // kBelow, kLaidOver
  std::vector<std::unique_ptr<Arena>> arenas;
  std::string over_budget;  // the dataset whose rows cost more than they may: nothing else is meant then

  bool is_laid_over(int dataset) const { return datasets[dataset]->below != nullptr; }
};

// Everything in the program that depends on the snapshot's rows, and on `inputs`, the run's own values (the clock), by
// Node::index of kInput; may be empty where nothing reads them. What depends on rows alone is computed once and kept
// with them, also for snapshots that have the same rows from their base: there only rows laid over cost anything, and
// what looks up a dataset that has other rows now.
std::shared_ptr<const ReferenceColumns> ReferenceColumnsFor(const std::shared_ptr<const Executable>& executable,
                                                            const Snapshot& snapshot,
                                                            const std::vector<Vector>& inputs);

// The same error in the frame's own table: `code` is of the part of dataset `source`.
ErrorCode TranslateError(Frame* frame, int source, int part, ErrorCode code);

}  // namespace assay

#endif  // ASSAY_EXEC_REFERENCE_COLUMNS_H_
