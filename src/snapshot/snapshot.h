// Reference data for a program: datasets decoded into columns, with the indexes its
// joins need.
//
// A Snapshot is immutable and shared by any number of threads and sessions. It
// copies the rows it is built from.
#ifndef ASSAY_SNAPSHOT_SNAPSHOT_H_
#define ASSAY_SNAPSHOT_SNAPSHOT_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "column/column_set.h"
#include "ingest/projection.h"
#include "snapshot/key_index.h"
#include "snapshot/known_keys.h"

namespace assay {

// Wire bytes of rows, in one buffer.
class RowBytes {
 public:
  void Add(absl::string_view row) {
    buffer_.append(row.data(), row.size());
    ends_.push_back(buffer_.size());
  }
  size_t size() const { return ends_.size(); }
  absl::string_view operator[](size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return absl::string_view(buffer_).substr(begin, ends_[i] - begin);
  }

 private:
  std::string buffer_;
  std::vector<size_t> ends_;
};

// The columns a join reads of a dataset.
struct IndexSpec {
  std::vector<int> key_slots;
  std::vector<int> order_slots;
  bool operator<(const IndexSpec& other) const {
    return std::tie(key_slots, order_slots) < std::tie(other.key_slots, other.order_slots);
  }
};

// Rows of one kind: its own, or its own laid over those of another. They are numbered through: first all of the rows
// below, also those that do not count any more, then its own.
struct Dataset {
  std::string name;
  std::shared_ptr<const RowBytes> rows;      // its own
  std::shared_ptr<const ColumnSet> columns;  // of these
  std::map<IndexSpec, std::shared_ptr<const KeyIndex>> indexes;
  std::shared_ptr<const Dataset> below;  // or nullptr; nothing lies below that
  std::vector<int32_t> replaced;         // rows below that do not count, ascending

  // A row of one of the two parts.
  struct Place {
    const Dataset& part;
    int32_t row;  // there
  };

  int32_t below_size() const { return below == nullptr ? 0 : static_cast<int32_t>(below->rows->size()); }
  int32_t size() const { return below_size() + static_cast<int32_t>(rows->size()); }
  bool Counts(int32_t row) const { return !std::binary_search(replaced.begin(), replaced.end(), row); }
  Place PlaceOf(int32_t row) const {
    const int32_t first = below_size();
    return row < first ? Place{*below, row} : Place{*this, row - first};
  }
  // The row of the level above that the row of a level of the projection lies in.
  int32_t ParentOf(int level, int above, int32_t row) const {
    if (below == nullptr) return columns->level(level).parent[row];
    const LevelView first = below->columns->level(level);
    if (row < static_cast<int32_t>(first.size)) return first.parent[row];
    return static_cast<int32_t>(below->columns->level(above).size) +
           columns->level(level).parent[row - static_cast<int32_t>(first.size)];
  }
  absl::string_view Row(int32_t row) const {
    const Place place = PlaceOf(row);
    return (*place.part.rows)[static_cast<size_t>(place.row)];
  }
};

// Decodes rows and builds their indexes. InvalidArgument naming the dataset and the first row that cannot be decoded.
absl::StatusOr<std::shared_ptr<const Dataset>> BuildDataset(absl::string_view name,
                                                            const std::shared_ptr<const RowBytes>& rows,
                                                            const std::shared_ptr<const Projection>& projection,
                                                            const std::vector<IndexSpec>& indexes);

struct ReferenceColumns;  // exec/reference_columns.h

// What a program computes of a snapshot's rows alone: once, by whoever asks first, the others waiting.
struct KeptColumns {
  std::mutex mutex;
  std::shared_ptr<const ReferenceColumns> columns;
};

class Snapshot {
 public:
  // Datasets by the program's numbers; none is nullptr. `id` identifies the content (hex SHA-256). `base` has most of
  // the datasets too, or is nullptr.
  Snapshot(std::vector<std::shared_ptr<const Dataset>> datasets, std::string id,
           std::shared_ptr<const KnownKeys> known_keys, std::shared_ptr<const Snapshot> base)
      : datasets_(std::move(datasets)),
        id_(std::move(id)),
        known_keys_(std::move(known_keys)),
        base_(std::move(base)) {}

  const Dataset& dataset(int number) const { return *datasets_[number]; }
  const std::vector<std::shared_ptr<const Dataset>>& datasets() const { return datasets_; }
  const std::string& id() const { return id_; }
  const std::shared_ptr<const KnownKeys>& known_keys() const { return known_keys_; }
  const std::shared_ptr<const Snapshot>& base() const { return base_; }
  KeptColumns& kept_columns() const { return kept_columns_; }

 private:
  std::vector<std::shared_ptr<const Dataset>> datasets_;
  std::string id_;
  std::shared_ptr<const KnownKeys> known_keys_;
  std::shared_ptr<const Snapshot> base_;
  mutable KeptColumns kept_columns_;
};

}  // namespace assay

#endif  // ASSAY_SNAPSHOT_SNAPSHOT_H_
