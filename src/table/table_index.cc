// Lookups in the index of a decision table. Entry points: TableIndex::First, All, Check. It is built in
// table_index_build.cc.
#include "table/table_index.h"

#include <algorithm>

#include "absl/numeric/bits.h"
#include "base/hash.h"
#include "table/piece_finder.h"
#include "table/table_filter.h"

namespace assay {

bool TableIndex::Holds(const Test& test, int32_t piece) const {
  if (test.begin >= 0) return piece >= test.begin && piece < test.end;
  const auto first = ranges_.begin() - test.begin - 1;
  return std::any_of(first, ranges_.begin() + test.end,
                     [piece](const PieceRange& range) { return piece >= range.begin && piece < range.end; });
}

RowVerdict TableIndex::Check(int32_t position, const int32_t* pieces) const {
  RowVerdict verdict = RowVerdict::kHit;
  for (uint32_t i = test_begins_[position]; i < test_begins_[position + 1]; ++i) {
    const Test& test = tests_[i];
    const int32_t piece = pieces[test.column];
    if (piece == kNoPiece) {
      verdict = RowVerdict::kErrs;
    } else if (!Holds(test, piece)) {
      return RowVerdict::kMiss;
    }
  }
  return verdict;
}

int32_t TableIndex::ErringColumn(int32_t position, const int32_t* pieces) const {
  for (uint32_t i = test_begins_[position]; i < test_begins_[position + 1]; ++i) {
    if (pieces[tests_[i].column] == kNoPiece) return tests_[i].column;
  }
  return -1;
}

uint64_t MixPiece(uint64_t key, int32_t piece) { return MixHash(key, static_cast<uint64_t>(piece)); }

const TableIndex::Leaf* TableIndex::FindLeaf(const Group& group, const int32_t* pieces) const {
  uint64_t key = kHashSeed;
  for (int32_t column : group.columns) key = MixPiece(key, pieces[column]);
  const size_t last = group.slots.size() - 1;
  for (size_t slot = key & last;; slot = (slot + 1) & last) {
    if (group.slots[slot] < 0) return nullptr;
    const Leaf& leaf = leaves_[static_cast<size_t>(group.slots[slot])];
    if (leaf.key == key) return &leaf;
  }
}

int32_t TableIndex::IntervalOf(const Filter& filter, int32_t piece) const {
  const auto begin = cuts_.begin() + filter.first_cut;
  return static_cast<int32_t>(std::upper_bound(begin, begin + filter.cut_count, piece) - begin) - 1;
}

template <typename Visit>
void TableIndex::ForWord(const Leaf& leaf, size_t word, uint64_t bits, bool* goes_on, const Visit& visit) const {
  for (; *goes_on && bits != 0; bits &= bits - 1) {
    const auto bit = static_cast<size_t>(absl::countr_zero(bits));
    *goes_on = visit(positions_[leaf.first + word * 64 + bit]);
  }
}

template <typename Visit>
void TableIndex::ForLeaf(const Leaf& leaf, const int32_t* pieces, const Visit& visit) const {
  const FilterShape shape(leaf.count);
  const uint64_t* filters[kMaxFilters];
  size_t count = 0;
  for (int32_t i = 0; i < leaf.filter_count; ++i) {
    const Filter& filter = filters_[static_cast<size_t>(leaf.filter + i)];
    const int32_t piece = pieces[filter.column];
    if (piece == kNoPiece) continue;  // nothing is said: the rows it would keep out err
    filters[count++] =
        &words_[filter.first_word + static_cast<size_t>(IntervalOf(filter, piece)) * shape.words_in_all()];
  }
  bool goes_on = true;
  if (count == 0) {
    for (uint32_t i = 0; goes_on && i < leaf.count; ++i) goes_on = visit(positions_[leaf.first + i]);
    return;
  }
  auto both = [&](size_t word) {
    uint64_t bits = filters[0][word];
    for (size_t i = 1; i < count; ++i) bits &= filters[i][word];
    return bits;
  };
  if (shape.summaries == 0) return ForWord(leaf, 0, both(0), &goes_on, visit);
  for (size_t s = 0; goes_on && s < shape.summaries; ++s) {
    for (uint64_t some = both(shape.words + s); goes_on && some != 0; some &= some - 1) {
      const size_t word = s * 64 + static_cast<size_t>(absl::countr_zero(some));
      ForWord(leaf, word, both(word), &goes_on, visit);
    }
  }
}

template <typename Visit>
void TableIndex::ForGroup(const Group& group, const int32_t* pieces, const Visit& visit) const {
  const bool errs = std::any_of(group.columns.begin(), group.columns.end(),
                                [pieces](int32_t column) { return pieces[column] == kNoPiece; });
  if (!errs && !group.columns.empty()) {
    const Leaf* leaf = FindLeaf(group, pieces);
    if (leaf != nullptr) ForLeaf(*leaf, pieces, visit);
    return;
  }
  // Leaves stand in the order of their first rows.
  for (uint32_t i = 0; i < group.leaf_count; ++i) {
    const Leaf& leaf = leaves_[group.first_leaf + i];
    if (visit.IsDoneBefore(positions_[leaf.first])) return;
    ForLeaf(leaf, pieces, visit);
  }
}

TableIndex::Found TableIndex::First(const int32_t* pieces) const {
  struct KeepFirst {
    const TableIndex& index;
    const int32_t* pieces;
    Found* first;

    bool IsDoneBefore(int32_t position) const { return first->position >= 0 && position >= first->position; }
    bool operator()(int32_t position) const {
      if (IsDoneBefore(position)) return false;
      const RowVerdict verdict = index.Check(position, pieces);
      if (verdict == RowVerdict::kMiss) return true;
      *first = {verdict, position};
      return false;
    }
  };
  Found first;
  for (const Group& group : groups_) ForGroup(group, pieces, KeepFirst{*this, pieces, &first});
  return first;
}

void TableIndex::All(const int32_t* pieces, std::vector<Found>* found) const {
  struct KeepAll {
    const TableIndex& index;
    const int32_t* pieces;
    std::vector<Found>* found;

    bool IsDoneBefore(int32_t) const { return false; }
    bool operator()(int32_t position) const {
      const RowVerdict verdict = index.Check(position, pieces);
      if (verdict != RowVerdict::kMiss) found->push_back({verdict, position});
      return true;
    }
  };
  found->clear();
  for (const Group& group : groups_) ForGroup(group, pieces, KeepAll{*this, pieces, found});
  std::sort(found->begin(), found->end(), [](const Found& a, const Found& b) { return a.position < b.position; });
  // A row that is keyed by several values may stand in several leaves, all of which are asked where a key errs.
  found->erase(std::unique(found->begin(), found->end(),
                           [](const Found& a, const Found& b) { return a.position == b.position; }),
               found->end());
}

size_t TableIndex::bytes() const {
  size_t slots = 0;
  for (const Group& group : groups_)
    slots += sizeof(Group) + (group.slots.size() + group.columns.size()) * sizeof(int32_t);
  return slots + test_begins_.size() * sizeof(uint32_t) + tests_.size() * sizeof(Test) +
         ranges_.size() * sizeof(PieceRange) + leaves_.size() * sizeof(Leaf) +
         (positions_.size() + cuts_.size()) * sizeof(int32_t) + filters_.size() * sizeof(Filter) +
         words_.size() * sizeof(uint64_t);
}

}  // namespace assay
