// Entry points: RunChunks, CheckThreads, SetOverBudget, HoldRow.
#include "evaluate/chunk_run.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/threads.h"

namespace assay {
namespace {

// Rows computed together: so many at most that their columns stay in a processor's cache, also where each row looks at
// a hundred others; and as many as have so many bytes, for each element takes at least one.
constexpr size_t kChunkRows = 128;
constexpr size_t kChunkBytes = size_t{1} << 20;

// Where the chunks begin, and the end.
std::vector<size_t> ChunkBounds(absl::Span<const absl::string_view> rows) {
  std::vector<size_t> bounds = {0};
  size_t bytes = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const size_t size = rows[i].size();
    const bool is_full = i - bounds.back() == kChunkRows || bytes + size > kChunkBytes;
    if (is_full && i != bounds.back()) {
      bounds.push_back(i);
      bytes = 0;
    }
    bytes += size;
  }
  bounds.push_back(rows.size());
  return bounds;
}

// Several rows that together cost more than a chunk may are computed anew in two halves; whether one row is over its
// budget is found out when it is alone, and so does not depend on its neighbours.
absl::Status RunChunk(absl::Span<const absl::string_view> rows, size_t begin, size_t end, const ChunkWork& work,
                      Chunk* chunk) {
  std::vector<std::pair<size_t, size_t>> parts = {{begin, end}};
  while (!parts.empty()) {
    const auto [first, last] = parts.back();
    parts.pop_back();
    RETURN_IF_ERROR(chunk->Load(rows.subspan(first, last - first)));
    work.read(first, last - first, chunk);
    if (!chunk->is_over_budget()) continue;
    if (last - first == 1) {
      work.over_budget(first);
      continue;
    }
    const size_t middle = first + (last - first) / 2;
    parts.emplace_back(middle, last);
    parts.emplace_back(first, middle);
  }
  return absl::OkStatus();
}

// The chunks of a run in their order, for whichever of its threads asks next. After a failure there are no more: all
// before the one that failed are taken then, so the first failure is the same for any number of threads.
class ChunkQueue {
 public:
  explicit ChunkQueue(size_t chunks) : chunks_(chunks) {}

  bool Take(size_t* chunk) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (next_ == chunks_ || !failure_.ok()) return false;
    *chunk = next_++;
    return true;
  }

  void Fail(size_t chunk, absl::Status status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_.ok() && failed_ < chunk) return;
    failed_ = chunk;
    failure_ = std::move(status);
  }

  // Once no thread is at work.
  const absl::Status& failure() const { return failure_; }

 private:
  const size_t chunks_;
  std::mutex mutex_;  // of all that follows
  size_t next_ = 0;
  size_t failed_ = 0;
  absl::Status failure_;
};

}  // namespace

absl::Status CheckThreads(int threads) {
  if (threads >= 1 && threads <= kMaxThreads) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("threads must be 1 to ", kMaxThreads, ": ", threads));
}

absl::Status RunChunks(const RunContext& context, absl::Span<const absl::string_view> rows, int threads,
                       const ChunkWork& work) {
  const std::vector<size_t> bounds = ChunkBounds(rows);
  ChunkQueue queue(bounds.size() - 1);
  const auto run = [&] {
    size_t taken = 0;
    // What leaves a thread ends the process: memory that runs out must not.
    try {
      Chunk chunk(&context);
      while (queue.Take(&taken)) {
        const absl::Status status = RunChunk(rows, bounds[taken], bounds[taken + 1], work, &chunk);
        if (!status.ok()) return queue.Fail(taken, status);
      }
    } catch (const std::exception& e) {
      queue.Fail(taken, absl::ResourceExhaustedError(absl::StrCat("a thread of the run failed: ", e.what())));
    }
  };
  {
    const size_t workers = std::min(static_cast<size_t>(threads), bounds.size() - 1);
    const std::vector<std::jthread> others = StartThreads(workers - 1, run);
    run();
  }
  return queue.failure();
}

void SetOverBudget(const RunContext& context, RowState* state) {
  const int32_t most = context.book->program().limits.max_row_cost;
  state->row_error =
      absl::StrCat("the ", context.row_noun.en, " takes more values to compute than one row may: ", most);
  state->row_error_zh = absl::StrCat(context.row_noun.zh, "所需计算量超过单行上限：", most);
}

void HoldRow(RowState* state) {
  RawFinding finding;
  finding.outcome = v1::OUTCOME_HOLD;
  finding.is_of_row = true;
  finding.origin = state->row_error;
  finding.origin_zh = state->row_error_zh;
  state->findings.clear();
  state->findings.push_back(std::move(finding));
}

}  // namespace assay
