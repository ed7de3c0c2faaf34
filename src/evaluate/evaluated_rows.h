// What comes of the rows of a chunk: findings, verdicts, outputs and tasks as they are reported. Entry points:
// RowReader, SortWorklist. Internal to evaluate, one thread at a time.
#ifndef ASSAY_EVALUATE_EVALUATED_ROWS_H_
#define ASSAY_EVALUATE_EVALUATED_ROWS_H_

#include <string>
#include <vector>

#include "assay/v1/evaluation.pb.h"
#include "evaluate/chunk.h"
#include "evaluate/result_values.h"
#include "evaluate/row_order.h"

namespace assay {

// A task and what the worklist is sorted by.
struct WorklistEntry {
  SortKey priority;
  SortKey due;
  size_t row = 0;    // of the run
  int rule = 0;      // of the rulebook
  int32_t line = 0;  // of the input's row
  v1::WorklistTask task;
};

// Sorted as the worklist is.
void SortWorklist(std::vector<WorklistEntry>* entries);

class RowReader {
 public:
  // Both outlive the reader.
  RowReader(const RunContext* context, const RowOrder* order) : context_(context), order_(order) {}

  // Judges the rows [begin, begin + count) of the order, which the chunk holds. Nothing but the states is to be looked
  // at where the chunk is over its budget afterwards.
  void Judge(size_t begin, size_t count, Chunk* chunk, std::vector<RowState>* states);

  // The row, of a chunk that judged it, whose row it is there; nullptr: one that was not judged, as its state says.
  v1::EvaluatedRow Report(size_t row, const RowState& state, const Chunk* chunk, int32_t at) const;

  // Appends what the findings of the row ask for.
  void AddTasks(size_t row, const RowState& state, const v1::EvaluatedRow& reported,
                std::vector<WorklistEntry>* entries) const;

 private:
  void ReadOutputs(Chunk* chunk, std::vector<RowState>* states);
  void AddOutputs(const Chunk* chunk, int32_t at, v1::EvaluatedRow* row) const;
  void AddLevelRows(int level, const Chunk& chunk, int32_t at, v1::EvaluatedRow* row) const;
  void AddOutput(size_t output, const Chunk* chunk, int32_t at,
                 google::protobuf::RepeatedPtrField<v1::OutputValue>* values) const;

  const RunContext* context_;
  const RowOrder* order_;
  std::vector<std::vector<ResultCell>> cells_;  // by output, of the chunk judged last
};

}  // namespace assay

#endif  // ASSAY_EVALUATE_EVALUATED_ROWS_H_
