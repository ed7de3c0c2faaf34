// What a decision table leaves open, says twice, or says in vain.
// Entry points: FindGap, FindOverlaps, FindMasked. Pure functions over their arguments, safe from any thread. Each
// takes a number of steps, looks at no case one by one, and says so where it stopped before it knew. A predicate is
// never evaluated: a row that has one may hit wherever its other cells do, or not.
#ifndef ASSAY_TABLE_TABLE_ANALYSIS_H_
#define ASSAY_TABLE_TABLE_ANALYSIS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "table/cell_columns.h"

namespace assay {

// A table and the cases that can come up. `universe` has for each column the pieces that inputs lie in, ascending and
// none touching the next: all of them, or those that hold a value of an enum.
struct TableCases {
  const TableCells* cells;
  std::vector<std::vector<PieceRange>> universe;
};

// The universe of a column of which any value may come up, and of one with these values only (ascending).
std::vector<PieceRange> AllPieces(const CellColumn& column);
std::vector<PieceRange> PiecesOf(const CellColumn& column, absl::Span<const Place> values);

enum class Answer : uint8_t { kProven, kWitness, kNotDecided };

// One case: the piece of each column.
using Case = std::vector<int32_t>;

// The value of a piece that reads best: 0 or an end of a range of numbers rather than one from amid it.
Place ReadableValue(const CellColumn& column, int32_t piece);

struct Gap {
  Answer answer = Answer::kProven;  // kProven: every case hits a row
  Case witness;                     // no row hits; kNotDecided: a predicate decides, or empty if the steps ran out
};
Gap FindGap(const TableCases& cases, int64_t steps);

struct Overlap {
  int32_t first = 0;  // rows
  int32_t second = 0;
  Answer answer = Answer::kWitness;  // kNotDecided: where predicates hold
  Case witness;
};
struct Overlaps {
  std::vector<Overlap> found;  // each pair once
  bool is_complete = true;     // false: the steps ran out, or there are more than `most`
};
// Pairs of rows that hit one case, and for which `matters(first, second)` says true.
Overlaps FindOverlaps(const TableCases& cases, size_t most, int64_t steps,
                      absl::FunctionRef<bool(int32_t, int32_t)> matters);

struct MaskedRow {
  int32_t row = 0;
  std::vector<int32_t> by;  // the rows before it that take its cases; empty: no case is inside its cells
};
struct MaskedRows {
  std::vector<MaskedRow> found;  // in the order of rows
  bool is_complete = true;       // false: the steps ran out; then nothing is known of rows not found
};
// Rows that never count because rows before them in `order` hit first.
MaskedRows FindMasked(const TableCases& cases, absl::Span<const int32_t> order, int64_t steps);

}  // namespace assay

#endif  // ASSAY_TABLE_TABLE_ANALYSIS_H_
