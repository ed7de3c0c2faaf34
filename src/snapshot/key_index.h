// Finds rows of a dataset by key.
//
// Built once over the key columns of a dataset, then read from any thread. Rows
// whose key errs are in no group. Rows of one key keep the order asked for; no
// result depends on the order of hashing.
#ifndef ASSAY_SNAPSHOT_KEY_INDEX_H_
#define ASSAY_SNAPSHOT_KEY_INDEX_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "column/vector.h"

namespace assay {

// A hash of the value at a row, the same for equal values of one type.
uint64_t HashValue(const Vector& column, size_t row);

// Whether two values of one physical type are equal.
bool EqualValues(const Vector& a, size_t row_a, const Vector& b, size_t row_b);

// Negative, 0, positive as two values of one physical type are ordered; values that err come last.
int CompareValues(const Vector& a, size_t row_a, const Vector& b, size_t row_b);

class KeyIndex {
 public:
  // `rows` rows under the columns `keys`; rows of one key ascend by `orders`, then by row. The columns' values outlive
  // the index.
  KeyIndex(std::vector<Vector> keys, const std::vector<Vector>& orders, size_t rows);

  // The rows whose key columns equal `keys` at `row` (one column per key, each with its row), in order.
  absl::Span<const int32_t> Find(absl::Span<const Vector> keys, absl::Span<const size_t> rows) const;

 private:
  // A key and its rows; a place without rows is free.
  struct Group {
    uint64_t hash = 0;
    int32_t begin = 0;  // in rows_
    int32_t count = 0;
  };

  bool HasEqualKey(int32_t a, int32_t b) const;
  bool HasKey(const Group& group, absl::Span<const Vector> keys, absl::Span<const size_t> rows) const;

  std::vector<Vector> keys_;  // of the dataset
  std::vector<int32_t> rows_;
  std::vector<Group> groups_;  // open addressing: a key is at its hash's place or at the next ones; under half full
  uint64_t mask_ = 0;          // of places
};

}  // namespace assay

#endif  // ASSAY_SNAPSHOT_KEY_INDEX_H_
