// Findings of rules that an index finds: what it names fires, what it cannot decide is judged by its own column. Entry
// point: Chunk::IndexedFindings.
#include <algorithm>

#include "evaluate/chunk.h"

namespace assay {
namespace {

constexpr int32_t kBlock = 256;

}  // namespace

void Chunk::IndexedFindings(const RuleIndex& index, absl::Span<RowState* const> states) {
  const int32_t rows = size(context_->book->level_ids[static_cast<size_t>(index.level)]);
  const size_t width = index.index->width();
  pieces_.resize(kBlock * width);
  for (int32_t first = 0; first < rows; first += kBlock) {
    const int32_t count = std::min(kBlock, rows - first);
    for (size_t c = 0; c < width; ++c) {
      const VectorRows asked = {static_cast<size_t>(first), static_cast<size_t>(count), is_constant(index.inputs[c])};
      index.finders[c].Find(column(index.inputs[c]), asked, width, pieces_.data() + c);
    }
    for (int32_t i = 0; i < count; ++i) {
      index.index->All(pieces_.data() + static_cast<size_t>(i) * width, &found_);
      for (const TableIndex::Found& found : found_) {
        const int rule = index.rules[static_cast<size_t>(found.position)];
        IndexedFinding(rule, first + i, found.verdict == RowVerdict::kErrs, states);
        if (is_over_budget()) return;  // its rows are gone
      }
    }
  }
}

void Chunk::IndexedFinding(int rule, int32_t row, bool errs, absl::Span<RowState* const> states) {
  const CompiledRule& compiled = context_->book->rules[static_cast<size_t>(rule)];
  RowState* state = states[static_cast<size_t>(InputRowOf(compiled.level, row))];
  if (!state->row_error.empty() || !IsAsked(rule, *state)) return;
  if (!errs) return RowFinding(rule, row, state);
  // Of several values that err, && says which counts.
  Compute(context_->needs->conditions[static_cast<size_t>(rule)]);
  if (is_over_budget()) return;
  const ErrorCode error = Error(compiled.condition, row);
  AddUnevaluable(error, compiled.proto->id(), OutcomeOnError(rule, row, *state), compiled.level, row, state);
}

}  // namespace assay
