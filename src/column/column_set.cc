// Buffers of a batch. Entry points are ColumnSet's. Memory beyond the rows in use is kept zero, so that a new row needs
// no initialisation; every function here that drops rows keeps to that.
#include "column/column_set.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

namespace assay {
namespace {

constexpr size_t kAlignBytes = 64;
constexpr std::align_val_t kAlign{kAlignBytes};
constexpr int32_t kLeastCapacity = 64;

}  // namespace

void ColumnSet::FreeAligned::operator()(void* data) const {
  if (is_owned_) ::operator delete(data, kAlign);
}

ColumnSet::ColumnSet(absl::Span<const LevelShape> levels, absl::Span<const ColumnShape> columns) {
  levels_.resize(levels.size());
  for (size_t i = 0; i < levels.size(); ++i) {
    levels_[i].parent = levels[i].parent;
    if (levels[i].parent >= 0) levels_[levels[i].parent].children.push_back(static_cast<int>(i));
  }
  for (const ColumnShape& shape : columns) {
    levels_[shape.level].columns.push_back(static_cast<int>(columns_.size()));
    Column& column = columns_.emplace_back();
    column.type = shape.type;
    column.level = shape.level;
    column.field = shape.field;
  }
  AllocateFirstBuffers();
}

// In one piece: sets of few rows come and go with each call of a host.
void ColumnSet::AllocateFirstBuffers() {
  const auto padded = [](size_t bytes) { return (bytes + kAlignBytes - 1) / kAlignBytes * kAlignBytes; };
  const size_t rows = padded(kLeastCapacity * sizeof(int32_t));
  const size_t begins = padded((kLeastCapacity + 1) * sizeof(int32_t));
  size_t bytes = 0;
  for (const Column& column : columns_) bytes += padded(kLeastCapacity * PhysicalSize(column.type));
  for (const Level& level : levels_) bytes += rows + begins * level.children.size();
  Resize(&first_buffers_, 0, bytes);
  char* free = first_buffers_.get();
  const auto take = [&free](auto* buffer, size_t size) {
    using Element = typename std::remove_reference_t<decltype(*buffer)>::element_type;
    *buffer = Buffer<Element>(reinterpret_cast<Element*>(free), FreeAligned(false));
    free += size;
  };
  for (Column& column : columns_) take(&column.data, padded(kLeastCapacity * PhysicalSize(column.type)));
  for (Level& level : levels_) {
    take(&level.parents, rows);
    for (const int child : level.children) take(&levels_[child].begin, begins);
    level.capacity = kLeastCapacity;
  }
}

LevelView ColumnSet::level(int id) const {
  const Level& level = levels_[id];
  const size_t size = static_cast<size_t>(level.size);
  if (level.parent < 0) return {size, {}, {}};
  const size_t parents = static_cast<size_t>(levels_[level.parent].size);
  return {size, absl::MakeConstSpan(level.parents.get(), size), absl::MakeConstSpan(level.begin.get(), parents + 1)};
}

void ColumnSet::Clear() {
  for (Level& level : levels_) {
    for (int slot : level.columns) {
      ZeroRows(&columns_[slot], 0, level.size);
      columns_[slot].has_errors = columns_[slot].has_absent = false;
    }
    level.size = 0;
  }
  errors_.Clear();
  row_errors_.clear();
}

void ColumnSet::ZeroRows(Column* column, int32_t begin, int32_t end) {
  const size_t width = PhysicalSize(column->type);
  std::memset(column->data.get() + begin * width, 0, (end - begin) * width);
  if (column->has_errors) std::fill(column->errors.get() + begin, column->errors.get() + end, 0);
}

template <typename T>
void ColumnSet::Resize(Buffer<T>* buffer, size_t old_count, size_t new_count) {
  T* data = static_cast<T*>(::operator new(new_count * sizeof(T), kAlign));
  if (*buffer != nullptr) std::memcpy(data, buffer->get(), old_count * sizeof(T));
  std::memset(data + old_count, 0, (new_count - old_count) * sizeof(T));
  *buffer = Buffer<T>(data);
  bytes_reserved_ += (new_count - old_count) * sizeof(T);
}

void ColumnSet::Grow(int level_id, int32_t rows) {
  Level& level = levels_[level_id];
  const int64_t doubled = std::min<int64_t>(int64_t{2} * level.capacity, std::numeric_limits<int32_t>::max() - 1);
  const int64_t capacity = std::max<int64_t>({doubled, rows, kLeastCapacity});
  const size_t before = static_cast<size_t>(level.capacity), after = static_cast<size_t>(capacity);
  for (int slot : level.columns) {
    Column& column = columns_[slot];
    const size_t width = PhysicalSize(column.type);
    Resize(&column.data, before * width, after * width);
    if (column.errors != nullptr) Resize(&column.errors, before, after);
  }
  Resize(&level.parents, before, after);
  for (int child : level.children) {
    Resize(&levels_[child].begin, before == 0 ? 0 : before + 1, after + 1);
  }
  level.capacity = static_cast<int32_t>(capacity);
}

void ColumnSet::EnsureErrors(int slot) {
  Column& column = columns_[slot];
  if (column.errors == nullptr) Resize(&column.errors, 0, static_cast<size_t>(levels_[column.level].capacity));
  column.has_errors = true;
}

void ColumnSet::Truncate(int level_id, int32_t size) {
  Level& level = levels_[level_id];
  if (size >= level.size) return;
  for (int child : level.children) Truncate(child, levels_[child].begin[size]);
  for (int slot : level.columns) ZeroRows(&columns_[slot], size, level.size);
  level.size = size;
}

void ColumnSet::ResetValue(int slot, int32_t row) { ZeroRows(&columns_[slot], row, row + 1); }

bool ColumnSet::IsZero(int slot, int32_t row) const {
  const Column& column = columns_[slot];
  const size_t width = PhysicalSize(column.type);
  const char* const value = column.data.get() + row * width;
  if (column.type == Physical::kString) return reinterpret_cast<const absl::string_view*>(value)->empty();
  return std::all_of(value, value + width, [](char byte) { return byte == 0; });
}

void ColumnSet::FailValue(int slot, int32_t row, ErrorKind kind, absl::string_view detail) {
  CellError error;
  error.kind = kind;
  error.level = columns_[slot].level;
  error.row = row;
  error.field = columns_[slot].field;
  error.detail = detail;
  SetError(slot, row, errors_.Add(error));
}

void ColumnSet::FailRow(int32_t row, std::string reason) {
  CellError error;
  error.kind = ErrorKind::kUndecodable;
  error.row = row;
  const ErrorCode code = errors_.Add(error);
  for (int slot : levels_[0].columns) {
    ResetValue(slot, row);
    SetError(slot, row, code);
  }
  for (int child : levels_[0].children) {
    Truncate(child, levels_[child].begin[row]);
    EndParent(child, row);
  }
  row_errors_.push_back({row, std::move(reason)});
}

bool ColumnSet::AssignAbsentCodes() {
  for (Column& column : columns_) {
    if (!column.has_absent) continue;
    const size_t rows = static_cast<size_t>(levels_[column.level].size);
    if (rows > errors_.absent_room()) return false;
    const ErrorCode first = errors_.AddAbsent(column.field, column.level, rows);
    ErrorCode* const errors = column.errors.get();
    for (size_t row = 0; row < rows; ++row) {
      errors[row] = errors[row] == kAbsentMark ? first + static_cast<ErrorCode>(row) : errors[row];
    }
  }
  return true;
}

void ColumnSet::Rearrange(int level_id, int32_t first, absl::Span<const int32_t> order) {
  Level& level = levels_[level_id];
  const int32_t end = first + static_cast<int32_t>(order.size());
  for (int child_id : level.children) {
    Level& child = levels_[child_id];
    child.order.clear();
    for (int32_t row : order) {
      for (int32_t at = child.begin[row]; at < child.begin[row + 1]; ++at) child.order.push_back(at);
    }
    child.counts.clear();
    for (int32_t row : order) child.counts.push_back(child.begin[row + 1] - child.begin[row]);
    Rearrange(child_id, child.begin[first], child.order);
    for (int32_t row = first; row < end; ++row) {
      child.begin[row + 1] = child.begin[row] + child.counts[row - first];
      std::fill(child.parents.get() + child.begin[row], child.parents.get() + child.begin[row + 1], row);
    }
  }
  for (int slot : level.columns) {
    Gather(columns_[slot].data.get(), PhysicalSize(columns_[slot].type), first, order);
    if (columns_[slot].has_errors) GatherErrors(&columns_[slot], first, order);
    ZeroRows(&columns_[slot], end, level.size);
  }
  level.size = end;
}

// Errors of single values know their row, which changes here.
void ColumnSet::GatherErrors(Column* column, int32_t first, absl::Span<const int32_t> order) {
  Gather(column->errors.get(), sizeof(ErrorCode), first, order);
  for (int32_t row = first; row < first + static_cast<int32_t>(order.size()); ++row) {
    const ErrorCode code = column->errors[row];
    if (code != 0 && code != kAbsentMark) errors_.MoveTo(code, row);
  }
}

void ColumnSet::Gather(void* data, size_t width, int32_t first, absl::Span<const int32_t> order) {
  char* const bytes = static_cast<char*>(data);
  scratch_.resize(order.size() * width);
  for (size_t i = 0; i < order.size(); ++i) std::memcpy(scratch_.data() + i * width, bytes + order[i] * width, width);
  if (!order.empty()) std::memcpy(bytes + first * width, scratch_.data(), scratch_.size());
}

}  // namespace assay
