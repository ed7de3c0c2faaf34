// How the bitsets of an index's leaf lie in memory. Internal to table.
// Entry point: FilterShape.
#ifndef ASSAY_TABLE_TABLE_FILTER_H_
#define ASSAY_TABLE_TABLE_FILTER_H_

#include <cstddef>
#include <cstdint>

namespace assay {

inline constexpr size_t kMaxFilters = 8;  // of a leaf

// A bitset of one bit for each row of a leaf; where that takes several words, a summary stands behind it with a bit for
// each word that is not zero.
struct FilterShape {
  explicit FilterShape(uint32_t rows)
      : words((static_cast<size_t>(rows) + 63) / 64), summaries(words > 1 ? (words + 63) / 64 : 0) {}

  size_t words;
  size_t summaries;

  size_t words_in_all() const { return words + summaries; }
};

// One more piece of a row's key.
uint64_t MixPiece(uint64_t key, int32_t piece);

}  // namespace assay

#endif  // ASSAY_TABLE_TABLE_FILTER_H_
