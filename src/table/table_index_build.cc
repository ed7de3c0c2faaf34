// Builds the index of a decision table: tests row by row, groups by key, leaves, filters. Entry point: the constructor
// of TableIndex.
#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/bits.h"
#include "base/hash.h"
#include "table/table_filter.h"
#include "table/table_index.h"

namespace assay {
namespace {

constexpr size_t kMaxGroups = 8;
constexpr size_t kSmallGroup = 64;     // rows that are not worth a probe of their own
constexpr size_t kMaxKeyColumns = 64;  // the first columns of a table
constexpr size_t kMaxKeysOfRow = 8;    // a row stands once under each combination of its single values
constexpr size_t kUnfilteredRows = 8;  // of a leaf: checking them costs less than filters
constexpr size_t kFilterBytesPerRow = 64;
constexpr size_t kLeastFilterBytes = 1024;
constexpr int32_t kAllPieces = std::numeric_limits<int32_t>::max();

// In how many single values a cell admits; 0 if it admits others too, or none.
size_t SingleValues(const CellColumn& column, const Cell& cell) {
  if (cell.kind != Cell::Kind::kSet) return 0;
  size_t count = 0;
  for (const PieceRange& range : column.Pieces(cell.index)) {
    for (int32_t piece = range.begin; piece < range.end; ++piece, ++count) {
      if (count >= kMaxKeysOfRow || !column.IsPoint(piece)) return 0;
    }
  }
  return count;
}

// The columns, as bits, in which a row admits few single values.
uint64_t KeyColumnsOf(const TableCells& cells, int32_t row) {
  uint64_t columns = 0;
  size_t keys = 1;
  for (size_t column = 0; column < std::min(cells.columns.size(), kMaxKeyColumns); ++column) {
    const size_t values = SingleValues(cells.columns[column], cells.At(static_cast<size_t>(row), column));
    if (values == 0 || keys * values > kMaxKeysOfRow) continue;
    keys *= values;
    columns |= uint64_t{1} << column;
  }
  return columns;
}

// The kept set of columns that `columns` covers, the largest; 0 is always kept.
uint64_t KeptOf(uint64_t columns, const std::vector<uint64_t>& kept) {
  uint64_t best = 0;
  for (uint64_t candidate : kept) {
    const bool is_covered = (candidate & ~columns) == 0;
    if (is_covered && absl::popcount(candidate) > absl::popcount(best)) best = candidate;
  }
  return best;
}

using Groups = std::map<uint64_t, std::vector<int32_t>>;

Groups GroupRows(const TableCells& cells, absl::Span<const int32_t> order) {
  std::vector<uint64_t> key_columns;
  std::map<uint64_t, size_t> counts;
  for (int32_t row : order) {
    key_columns.push_back(order.size() <= kSmallGroup ? 0 : KeyColumnsOf(cells, row));
    ++counts[key_columns.back()];
  }
  std::vector<std::pair<size_t, uint64_t>> by_count;
  for (const auto& [columns, count] : counts) {
    if (count >= kSmallGroup) by_count.emplace_back(count, columns);
  }
  std::sort(by_count.rbegin(), by_count.rend());
  std::vector<uint64_t> kept;
  for (size_t i = 0; i < by_count.size() && i < kMaxGroups; ++i) kept.push_back(by_count[i].second);
  Groups groups;
  for (size_t i = 0; i < order.size(); ++i) groups[KeptOf(key_columns[i], kept)].push_back(static_cast<int32_t>(i));
  return groups;
}

}  // namespace

// What is at hand while an index is built.
struct TableIndex::Built {
  const TableCells& cells;
  absl::Span<const int32_t> order;
};

TableIndex::TableIndex(const TableCells& cells, absl::Span<const int32_t> order)
    : width_(cells.columns.size() + cells.predicates.size()) {
  for (int32_t row : order) AddTests(cells, row);
  test_begins_.push_back(static_cast<uint32_t>(tests_.size()));
  const Built built = {cells, order};
  for (const auto& [columns, positions] : GroupRows(cells, order)) AddGroup(built, columns, positions);
  tests_.shrink_to_fit();
  words_.shrink_to_fit();
  leaves_.shrink_to_fit();
  positions_.shrink_to_fit();
}

void TableIndex::AddTests(const TableCells& cells, int32_t row) {
  test_begins_.push_back(static_cast<uint32_t>(tests_.size()));
  for (size_t column = 0; column < cells.columns.size(); ++column) {
    const Cell& cell = cells.At(static_cast<size_t>(row), column);
    if (cell.kind == Cell::Kind::kPredicate) {
      tests_.push_back({static_cast<int32_t>(cells.columns.size()) + cell.index, 1, 2});
    }
    if (cell.kind != Cell::Kind::kSet) continue;
    const absl::Span<const PieceRange> pieces = cells.columns[column].Pieces(cell.index);
    Test test = {static_cast<int32_t>(column), 0, 0};
    if (pieces.size() == 1) {
      test.begin = pieces[0].begin;
      test.end = pieces[0].end;
    } else {
      test.begin = -static_cast<int32_t>(ranges_.size()) - 1;
      ranges_.insert(ranges_.end(), pieces.begin(), pieces.end());
      test.end = static_cast<int32_t>(ranges_.size());
    }
    tests_.push_back(test);
  }
}

void TableIndex::AddGroup(const Built& built, uint64_t key_columns, const std::vector<int32_t>& positions) {
  Group group;
  for (uint64_t rest = key_columns; rest != 0; rest &= rest - 1) group.columns.push_back(absl::countr_zero(rest));
  absl::flat_hash_map<uint64_t, size_t> leaf_of;
  std::vector<std::pair<uint64_t, std::vector<int32_t>>> leaves;
  std::vector<uint64_t> keys;
  for (int32_t position : positions) {
    keys.assign(1, kHashSeed);
    const auto row = static_cast<size_t>(built.order[static_cast<size_t>(position)]);
    for (int32_t column : group.columns) {
      std::vector<uint64_t> longer;
      const Cell& cell = built.cells.At(row, static_cast<size_t>(column));
      for (const PieceRange& range : built.cells.columns[static_cast<size_t>(column)].Pieces(cell.index)) {
        for (int32_t piece = range.begin; piece < range.end; ++piece) {
          for (uint64_t key : keys) longer.push_back(MixPiece(key, piece));
        }
      }
      keys = std::move(longer);
    }
    for (uint64_t key : keys) {
      const auto [found, is_new] = leaf_of.try_emplace(key, leaves.size());
      if (is_new) leaves.emplace_back(key, std::vector<int32_t>());
      std::vector<int32_t>& members = leaves[found->second].second;
      if (members.empty() || members.back() != position) members.push_back(position);
    }
  }
  group.first_leaf = static_cast<uint32_t>(leaves_.size());
  group.leaf_count = static_cast<uint32_t>(leaves.size());
  size_t size = 4;
  while (size * 2 < leaves.size() * 3) size *= 2;
  if (!group.columns.empty()) group.slots.assign(size, -1);
  for (const auto& [key, members] : leaves) {
    Leaf leaf;
    leaf.key = key;
    leaf.first = static_cast<uint32_t>(positions_.size());
    leaf.count = static_cast<uint32_t>(members.size());
    positions_.insert(positions_.end(), members.begin(), members.end());
    if (members.size() > kUnfilteredRows) AddFilters(built, key_columns, &leaf);
    size_t slot = key & (size - 1);
    while (!group.slots.empty() && group.slots[slot] >= 0) slot = (slot + 1) & (size - 1);
    if (!group.slots.empty()) group.slots[slot] = static_cast<int32_t>(leaves_.size());
    leaves_.push_back(leaf);
  }
  groups_.push_back(std::move(group));
}

// Filters for the columns that most rows of the leaf test.
void TableIndex::AddFilters(const Built& built, uint64_t key_columns, Leaf* leaf) {
  std::vector<uint32_t> tested(width_, 0);
  for (uint32_t i = 0; i < leaf->count; ++i) {
    const int32_t position = positions_[leaf->first + i];
    for (uint32_t t = test_begins_[position]; t < test_begins_[position + 1]; ++t) ++tested[tests_[t].column];
  }
  std::vector<std::pair<uint32_t, int32_t>> columns;
  for (size_t column = 0; column < width_; ++column) {
    const bool is_key =
        column < built.cells.columns.size() && column < kMaxKeyColumns && (key_columns >> column & 1) != 0;
    if (!is_key && tested[column] > leaf->count / 16)
      columns.emplace_back(tested[column], static_cast<int32_t>(column));
  }
  std::sort(columns.rbegin(), columns.rend());
  if (columns.size() > kMaxFilters) columns.resize(kMaxFilters);
  leaf->filter = static_cast<int32_t>(filters_.size());
  leaf->filter_count = static_cast<int32_t>(columns.size());
  for (const auto& [count, column] : columns) {
    AddFilter(*leaf, column, std::max(kLeastFilterBytes, kFilterBytesPerRow * leaf->count / columns.size()));
  }
}

void TableIndex::AddFilter(const Leaf& leaf, int32_t column, size_t max_bytes) {
  // The pieces that each row admits, in the order of rows: of one that does not test the column all of them.
  std::vector<std::pair<uint32_t, PieceRange>> admitted;
  for (uint32_t i = 0; i < leaf.count; ++i) {
    const int32_t position = positions_[leaf.first + i];
    const auto first = tests_.begin() + test_begins_[position];
    const auto last = tests_.begin() + test_begins_[position + 1];
    const auto test = std::find_if(first, last, [column](const Test& t) { return t.column == column; });
    if (test == last) {
      admitted.push_back({i, {0, kAllPieces}});
    } else if (test->begin >= 0) {
      admitted.push_back({i, {test->begin, test->end}});
    } else {
      for (int32_t k = -test->begin - 1; k < test->end; ++k) admitted.push_back({i, ranges_[static_cast<size_t>(k)]});
    }
  }
  std::vector<int32_t> cuts = {0};
  for (const auto& [row, range] : admitted) {
    cuts.push_back(range.begin);
    if (range.end != kAllPieces) cuts.push_back(range.end);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  const FilterShape shape(leaf.count);
  const size_t most = std::max<size_t>(2, max_bytes / (sizeof(uint64_t) * shape.words_in_all()));
  const size_t step = (cuts.size() + most - 1) / most;
  Filter filter = {column, static_cast<uint32_t>(cuts_.size()), 0, words_.size()};
  for (size_t i = 0; i < cuts.size(); i += step) cuts_.push_back(cuts[i]);
  filter.cut_count = static_cast<uint32_t>(cuts_.size()) - filter.first_cut;
  words_.resize(words_.size() + filter.cut_count * shape.words_in_all(), 0);
  for (const auto& [row, range] : admitted) {
    const int32_t last =
        range.end == kAllPieces ? static_cast<int32_t>(filter.cut_count) - 1 : IntervalOf(filter, range.end - 1);
    for (int32_t interval = IntervalOf(filter, range.begin); interval <= last; ++interval) {
      uint64_t* bits = &words_[filter.first_word + static_cast<size_t>(interval) * shape.words_in_all()];
      bits[row / 64] |= uint64_t{1} << (row % 64);
      if (shape.summaries > 0) bits[shape.words + row / 64 / 64] |= uint64_t{1} << (row / 64 % 64);
    }
  }
  filters_.push_back(filter);
}

}  // namespace assay
