// Which piece of its column each value of a vector lies in: the first step of every lookup in a table.
// Entry points: PieceFinder::Create, Find. Immutable, shared by any number of threads; the column outlives it. One call
// serves a whole vector, so that what type it has is asked once.
#ifndef ASSAY_TABLE_PIECE_FINDER_H_
#define ASSAY_TABLE_PIECE_FINDER_H_

#include <cstdint>
#include <vector>

#include "column/vector.h"
#include "table/cell_columns.h"

namespace assay {

// Stands for the piece of a value that errs.
inline constexpr int32_t kNoPiece = -1;

// Which of a vector's values are asked for: a constant stands for each of them.
struct VectorRows {
  size_t first = 0;
  size_t count = 0;
  bool is_constant = false;
};

class PieceFinder {
 public:
  explicit PieceFinder(const CellColumn* column);

  // The piece of the i-th of the rows goes to out[i * stride]. The vector's type is that of the column's domain.
  void Find(const Vector& values, const VectorRows& rows, size_t stride, int32_t* out) const;

  size_t bytes() const { return numbers_.size() * sizeof(int64_t) + slots_.size() * sizeof(int32_t); }

 private:
  template <typename T>
  void FindAll(const Vector& values, const VectorRows& rows, size_t stride, int32_t* out) const;

  int32_t PieceOfNumber(int64_t number) const;
  int32_t PieceOfNumber(int128 number) const;
  int32_t PieceOfText(absl::string_view text) const;

  const CellColumn* column_;
  // Cuts 1 and on where all fit; cut 0 is the start of the domain, which every value has behind it.
  std::vector<int64_t> numbers_;
  bool is_narrow_ = true;
  // Of strings: the pieces that are one text, by its hash; kNoPiece marks a free slot.
  std::vector<int32_t> slots_;
  bool has_texts_only_ = true;  // no set tells apart what lies between two such texts
};

}  // namespace assay

#endif  // ASSAY_TABLE_PIECE_FINDER_H_
