// What the input cells of a decision table admit: for each row and column nothing at all, a set of values, or a
// predicate.
//
// Entry points: CellColumn, TableCells. Built once while a rulebook is compiled, then read from any number of threads.
// The values of a column are cut where any of its sets begins or ends; between two cuts all values are alike, so that
// everything asked of rows (which hit, which overlap, what no row admits) is asked of numbered pieces. A piece is never
// empty: FirstOf is a value of it.
#ifndef ASSAY_TABLE_CELL_COLUMNS_H_
#define ASSAY_TABLE_CELL_COLUMNS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "table/value_set.h"

namespace assay {

// Pieces [begin, end).
struct PieceRange {
  int32_t begin = 0;
  int32_t end = 0;
};

class CellColumn {
 public:
  // A column of a type without an order has no domain: its cells are `-` or predicates.
  explicit CellColumn(std::optional<Domain> domain) : domain_(std::move(domain)) {}

  const std::optional<Domain>& domain() const { return domain_; }

  // The number of a set that cells may have. Only before Cut.
  int32_t AddSet(ValueSet set);

  // Numbers the pieces; no set comes after.
  void Cut();

  int32_t set_count() const { return static_cast<int32_t>(set_begins_.size()) - 1; }

  // The pieces that a set holds: ascending, none touching the next.
  absl::Span<const PieceRange> Pieces(int32_t set) const {
    return absl::MakeConstSpan(ranges_).subspan(static_cast<size_t>(set_begins_[set]),
                                                static_cast<size_t>(set_begins_[set + 1] - set_begins_[set]));
  }
  bool Admits(int32_t set, int32_t piece) const;

  // All values of the domain are in one of so many pieces; 1 if the column has no sets.
  int32_t piece_count() const;
  int32_t PieceOf(const Place& place) const;
  // The smallest value of a piece, and the smallest behind it, if there is one.
  Place FirstOf(int32_t piece) const;
  std::optional<Place> EndOf(int32_t piece) const;
  // Whether the piece is a single value.
  bool IsPoint(int32_t piece) const;

  // Cut i is where piece i begins, ascending; `numbers` is empty for strings, `texts` for all others.
  absl::Span<const int128> numbers() const { return numbers_; }
  absl::Span<const std::string> texts() const { return texts_; }

 private:
  std::optional<Domain> domain_;
  std::vector<ValueSet> sets_;  // until Cut
  std::vector<int128> numbers_;
  std::vector<std::string> texts_;
  std::vector<PieceRange> ranges_;
  std::vector<int32_t> set_begins_ = {0};  // of each set in `ranges_`, and one more
};

struct Cell {
  enum class Kind : uint8_t {
    kAny,        // `-`: the input is not looked at
    kSet,        // `index`: of the column's sets; errs where the input errs
    kPredicate,  // `index`: of TableCells::predicates; a test to be evaluated
  };
  Kind kind = Kind::kAny;
  int32_t index = 0;
};

struct TableCells {
  std::vector<CellColumn> columns;
  std::vector<Cell> cells;             // row by row, one for each column
  std::vector<const Ast*> predicates;  // bool trees over the table's inputs; not owned

  size_t row_count() const { return columns.empty() ? 0 : cells.size() / columns.size(); }
  const Cell& At(size_t row, size_t column) const { return cells[row * columns.size() + column]; }
};

}  // namespace assay

#endif  // ASSAY_TABLE_CELL_COLUMNS_H_
