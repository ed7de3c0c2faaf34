// The rows of a run, chunk by chunk and on several threads. Entry points: RunChunks, CheckThreads, and for rows that
// are not judged SetOverBudget, HoldRow. What comes of a row depends neither on its neighbours nor on the number of
// threads.
#ifndef ASSAY_EVALUATE_CHUNK_RUN_H_
#define ASSAY_EVALUATE_CHUNK_RUN_H_

#include <functional>

#include "absl/status/status.h"
#include "evaluate/chunk.h"

namespace assay {

inline constexpr int kMaxThreads = 64;  // of a run

// InvalidArgument unless a run can have so many.
absl::Status CheckThreads(int threads);

// What is done with the rows [begin, begin + count) of a run, on any of its threads: no two of them have one row.
struct ChunkWork {
  // The rows stand in the chunk, loaded. Where the chunk is over its budget afterwards, all that was done is void, and
  // it is asked for parts of the rows.
  std::function<void(size_t begin, size_t count, Chunk* chunk)> read;
  // The row was read last, alone, and costs more than a row may.
  std::function<void(size_t row)> over_budget;
};

// InvalidArgument and the like for rows that cannot be read at all; ResourceExhausted where memory runs out. On so many
// threads at most, the caller's among them: where the system starts no more, those there are do all.
absl::Status RunChunks(const RunContext& context, absl::Span<const absl::string_view> rows, int threads,
                       const ChunkWork& work);

// Says of the row that it takes too much.
void SetOverBudget(const RunContext& context, RowState* state);

// Of a row that is not judged, for what its row_error says: that alone is its finding.
void HoldRow(RowState* state);

}  // namespace assay

#endif  // ASSAY_EVALUATE_CHUNK_RUN_H_
