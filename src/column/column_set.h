// The columns of a batch: levels of rows and the values read on them, in buffers that are kept from batch to batch.
// Entry points: column and level for readers; Append, Truncate, FailValue for whoever fills a set. Once a batch of the
// same size has been through, filling allocates nothing. It never interprets a value.
#ifndef ASSAY_COLUMN_COLUMN_SET_H_
#define ASSAY_COLUMN_COLUMN_SET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "column/error_table.h"
#include "column/vector.h"
#include "google/protobuf/descriptor.h"

namespace assay {

// Level 0 is the root and has parent -1; parents come before their children.
struct LevelShape {
  int parent = -1;
};

struct ColumnShape {
  Physical type = Physical::kBool;
  int level = 0;
  const google::protobuf::FieldDescriptor* field = nullptr;  // named by the errors of the column; may be nullptr
};

// A root row that could not be read. It keeps its place, has no child rows, and its values are kUndecodable.
struct RowError {
  int32_t row;
  std::string reason;  // one line, without the row's number
};

// Owned by one thread while it is filled, afterwards readable from any. Strings borrow from whoever filled the set.
class ColumnSet {
 public:
  ColumnSet(absl::Span<const LevelShape> levels, absl::Span<const ColumnShape> columns);
  ColumnSet(ColumnSet&&) = default;
  ColumnSet& operator=(ColumnSet&&) = default;

  // -- Reading -------------------------------------------------------------------------------------------------------

  size_t rows() const { return levels_[0].size; }
  size_t level_count() const { return levels_.size(); }
  size_t column_count() const { return columns_.size(); }

  Vector column(int slot) const {
    const Column& column = columns_[slot];
    return {column.type, column.data.get(), column.has_errors ? column.errors.get() : nullptr,
            static_cast<size_t>(levels_[column.level].size)};
  }

  LevelView level(int id) const;

  // Ascending by row.
  absl::Span<const RowError> row_errors() const { return row_errors_; }

  const ErrorTable& errors() const { return errors_; }
  ErrorTable& errors() { return errors_; }

  // Bytes taken from the system, also by buffers not in use just now.
  size_t bytes_reserved() const { return bytes_reserved_; }

  // -- Filling. Order: Clear; rows of a level by Append, a parent's children before its next row; EndParent ----------

  // No rows, no errors; buffers are kept.
  void Clear();

  // A new last row of the level, all its values zero (false, 0, "", 1970). Levels hold at most 2^31 - 1 rows.
  int32_t Append(int level, int32_t parent_row) {
    Level& target = levels_[level];
    if (target.size == target.capacity) Grow(level, target.size + 1);
    const int32_t row = target.size++;
    target.parents[row] = parent_row;
    return row;
  }

  // All children of row `parent_row` of the level's parent have been appended.
  void EndParent(int level, int32_t parent_row) { levels_[level].begin[parent_row + 1] = levels_[level].size; }

  // Drops the rows from `size` on, and their descendants.
  void Truncate(int level_id, int32_t size);

  // Room for `rows` rows in all.
  void Reserve(int level, size_t rows) {
    if (static_cast<int64_t>(rows) > levels_[level].capacity) Grow(level, static_cast<int32_t>(rows));
  }

  int32_t size(int level) const { return levels_[level].size; }

  // Where the row's first child of this level is, the parent row being the last one of its level.
  int32_t begin(int level, int32_t parent_row) const { return levels_[level].begin[parent_row]; }

  // The value's place; T as Vector::values has it. Valid until the level grows.
  template <typename T>
  T& at(int slot, int32_t row) {
    return reinterpret_cast<T*>(columns_[slot].data.get())[row];
  }

  Physical type(int slot) const { return columns_[slot].type; }

  // Whether the value is what a new row has: false, 0, "".
  bool IsZero(int slot, int32_t row) const;

  bool HasError(int slot, int32_t row) const { return columns_[slot].has_errors && columns_[slot].errors[row] != 0; }

  // The value errs with `code`, or with 0 errs no longer.
  void SetError(int slot, int32_t row, ErrorCode code) {
    Column& column = columns_[slot];
    if (code == 0 && !column.has_errors) return;
    if (!column.has_errors) EnsureErrors(slot);
    column.errors[row] = code;
  }

  // The value errs with a new error of this kind, of the column's field; `detail` as CellError has it.
  void FailValue(int slot, int32_t row, ErrorKind kind, absl::string_view detail);

  // The value errs as absent; its code is given by AssignAbsentCodes.
  void SetAbsent(int slot, int32_t row) {
    SetError(slot, row, kAbsentMark);
    columns_[slot].has_absent = true;
  }

  // Zero again, without an error.
  void ResetValue(int slot, int32_t row);

  // Row `row` of the root, which must be the last one, could not be read.
  void FailRow(int32_t row, std::string reason);

  // The last step of filling: values marked absent get codes of their own. False if there are too many values for that.
  [[nodiscard]] bool AssignAbsentCodes();

  // Rows [first, first + order.size()) of the level become copies of rows order[0], order[1], … (rows of that range,
  // each at most once); rows of the range that are not named go, with their descendants. The range must end the level.
  void Rearrange(int level_id, int32_t first, absl::Span<const int32_t> order);

 private:
  static constexpr ErrorCode kAbsentMark = ~ErrorCode{0};

  class FreeAligned {
   public:
    FreeAligned() : FreeAligned(true) {}
    explicit FreeAligned(bool is_owned) : is_owned_(is_owned) {}
    void operator()(void* data) const;

   private:
    bool is_owned_;  // not a part of first_buffers_
  };
  template <typename T>
  using Buffer = std::unique_ptr<T[], FreeAligned>;

  // Invariant: bytes of rows at or past the level's size are zero, in data and in errors.
  struct Column {
    Physical type = {};
    bool has_errors = false;  // otherwise `errors`, if there at all, is all zero
    bool has_absent = false;
    int level = 0;
    const google::protobuf::FieldDescriptor* field = nullptr;
    Buffer<char> data;
    Buffer<ErrorCode> errors;  // allocated when the first value errs
  };

  struct Level {
    int32_t size = 0;
    int32_t capacity = 0;
    int parent = -1;
    Buffer<int32_t> parents;
    Buffer<int32_t> begin;  // one more than the parent level's capacity; begin[0] is 0
    std::vector<int> columns;
    std::vector<int> children;
    std::vector<int32_t> order, counts;  // of Rearrange, kept for their memory
  };

  void AllocateFirstBuffers();
  template <typename T>
  void Resize(Buffer<T>* buffer, size_t old_count, size_t new_count);
  void Grow(int level_id, int32_t rows);
  void EnsureErrors(int slot);
  void ZeroRows(Column* column, int32_t begin, int32_t end);
  void GatherErrors(Column* column, int32_t first, absl::Span<const int32_t> order);
  void Gather(void* data, size_t width, int32_t first, absl::Span<const int32_t> order);

  Buffer<char> first_buffers_;  // of all levels and columns, until they outgrow them
  std::vector<Level> levels_;
  std::vector<Column> columns_;
  ErrorTable errors_;
  std::vector<RowError> row_errors_;
  size_t bytes_reserved_ = 0;
  std::vector<char> scratch_;
};

}  // namespace assay

#endif  // ASSAY_COLUMN_COLUMN_SET_H_
