// The index of a decision table: finds the rows that hit without asking each.
//
// Entry points: TableIndex::TableIndex, First, All. Immutable, shared by any number of threads.
//
// A lookup is a number for each index column: the piece that the input lies in, 1 or 0 for a predicate, kNoPiece where
// either errs. Rows are grouped by the columns in which they admit single values only, and hashed on those. The rows of
// one key, a leaf, are filtered by a bitset for each interval of pieces of each further column; what passes is checked
// cell by cell, so a filter may be coarse: its intervals are merged until it keeps to so many bytes a row.
#ifndef ASSAY_TABLE_TABLE_INDEX_H_
#define ASSAY_TABLE_TABLE_INDEX_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "table/cell_columns.h"

namespace assay {

// What the cells of a row say of a lookup. A false cell decides, whatever errs beside it, as in CEL's &&.
enum class RowVerdict : uint8_t { kMiss, kHit, kErrs };

class TableIndex {
 public:
  // `order` names the rows, the one that counts first before the others; positions below are places in it.
  TableIndex(const TableCells& cells, absl::Span<const int32_t> order);

  // Index columns: those of the cells, then the predicates.
  size_t width() const { return width_; }

  struct Found {
    RowVerdict verdict = RowVerdict::kMiss;
    int32_t position = -1;
  };

  // The first position that does not miss. `pieces` has width() numbers.
  Found First(const int32_t* pieces) const;

  // All positions that do not miss, ascending, in place of what *found held.
  void All(const int32_t* pieces, std::vector<Found>* found) const;

  RowVerdict Check(int32_t position, const int32_t* pieces) const;
  // The index column of the first cell that looks at an input that errs; -1 if there is none.
  int32_t ErringColumn(int32_t position, const int32_t* pieces) const;

  // Bytes of memory, without those of the cells themselves.
  size_t bytes() const;

 private:
  // A cell that looks at its input: the piece must lie in [begin, end), or with begin < 0 in one of the ranges
  // [-begin - 1, end) of ranges_.
  struct Test {
    int32_t column;
    int32_t begin;
    int32_t end;
  };
  // Rows with one hash of their key.
  struct Leaf {
    uint64_t key = 0;
    uint32_t first = 0;  // of positions_, ascending
    uint32_t count = 0;
    int32_t filter = -1;  // the first of filter_count filters
    int32_t filter_count = 0;
  };
  // Bitsets over the rows of a leaf by the intervals of one column's pieces; behind each its summary, in which a bit
  // says that a word is not zero.
  struct Filter {
    int32_t column = 0;
    uint32_t first_cut = 0;  // of cuts_: the pieces where intervals begin, ascending, the first being 0
    uint32_t cut_count = 0;
    uint64_t first_word = 0;  // of words_: interval by interval
  };
  // Rows keyed by the same columns.
  struct Group {
    std::vector<int32_t> columns;
    std::vector<int32_t> slots;  // of leaves_, by key; -1 is free. Empty where there is one leaf without a key
    uint32_t first_leaf = 0;
    uint32_t leaf_count = 0;
  };
  struct Built;

  void AddTests(const TableCells& cells, int32_t row);
  void AddGroup(const Built& built, uint64_t key_columns, const std::vector<int32_t>& positions);
  void AddFilters(const Built& built, uint64_t key_columns, Leaf* leaf);
  void AddFilter(const Leaf& leaf, int32_t column, size_t max_bytes);
  bool Holds(const Test& test, int32_t piece) const;
  const Leaf* FindLeaf(const Group& group, const int32_t* pieces) const;
  int32_t IntervalOf(const Filter& filter, int32_t piece) const;

  // Calls visit(position) for the rows of the group that may hit, ascending in each leaf, until it says false. Where a
  // key errs every leaf is asked.
  template <typename Visit>
  void ForGroup(const Group& group, const int32_t* pieces, const Visit& visit) const;
  template <typename Visit>
  void ForLeaf(const Leaf& leaf, const int32_t* pieces, const Visit& visit) const;
  template <typename Visit>
  void ForWord(const Leaf& leaf, size_t word, uint64_t bits, bool* goes_on, const Visit& visit) const;

  size_t width_ = 0;
  std::vector<uint32_t> test_begins_;  // by position, and one more
  std::vector<Test> tests_;
  std::vector<PieceRange> ranges_;
  std::vector<Group> groups_;
  std::vector<Leaf> leaves_;
  std::vector<int32_t> positions_;
  std::vector<Filter> filters_;
  std::vector<int32_t> cuts_;
  std::vector<uint64_t> words_;
};

}  // namespace assay

#endif  // ASSAY_TABLE_TABLE_INDEX_H_
