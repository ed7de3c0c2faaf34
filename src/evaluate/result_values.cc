// Entry points: ReadResults, ReadCells.
#include "evaluate/result_values.h"

#include <string>
#include <utility>

namespace assay {
namespace {

// A column that may stand beside every row.
template <typename T>
T At(const Vector& column, size_t row) {
  return static_cast<const T*>(column.data)[column.size == 1 ? 0 : row];
}

class Reader {
 public:
  explicit Reader(const Frame& frame) : frame_(frame) {}

  std::vector<ResultCell> Read(const ResultColumns& columns) const {
    const auto rows = static_cast<size_t>(frame_.Size(columns.level));
    switch (columns.kind) {
      case Symbol::Kind::kScalar:
        return Cells(columns, rows);
      case Symbol::Kind::kOptional:
        return Optionals(columns, rows);
      case Symbol::Kind::kList:
      case Symbol::Kind::kMap:
        return Ranges(columns, rows);
      default:
        return std::vector<ResultCell>(rows);
    }
  }

 private:
  const Vector& ColumnAt(NodeId node) const { return ColumnOf(frame_, node); }

  // What a row of a column has for an error; no error if it has none.
  ResultCell ErrorAt(const Vector& column, size_t row) const {
    const ErrorCode code = column.error(column.size == 1 ? 0 : row);
    if (code == 0) return {};
    const CellError error = frame_.errors->Get(code);
    std::string origin = error.field == nullptr ? "" : std::string(error.field->full_name());
    return {Value::OfError({error.kind, std::string(error.detail), std::move(origin), error.field}), code};
  }

  std::vector<ResultCell> Cells(const ResultColumns& columns, size_t rows) const {
    const Vector& column = ColumnAt(columns.value);
    std::vector<ResultCell> cells;
    cells.reserve(rows);
    for (size_t row = 0; row < rows; ++row) {
      ResultCell cell = ErrorAt(column, row);
      const bool is_null =
          cell.error != 0 && columns.type->is(TypeKind::kNullable) && cell.value.as_error().kind == ErrorKind::kNull;
      if (is_null) cell = {};
      if (cell.error == 0 && !is_null) cell.value = Cell(column, row, columns);
      cells.push_back(std::move(cell));
    }
    return cells;
  }

  Value Cell(const Vector& column, size_t row, const ResultColumns& columns) const {
    const int scale = frame_.program->nodes[columns.value].scale;
    switch (column.type) {
      case Physical::kBool:
        return Value::Bool(At<uint8_t>(column, row) != 0);
      case Physical::kInt64:
        return Value::Int(At<int64_t>(column, row));
      case Physical::kUint64:
        return Value::Uint(At<uint64_t>(column, row));
      case Physical::kDouble:
        return Value::Double(At<double>(column, row));
      case Physical::kString:
        return Text(At<absl::string_view>(column, row), *columns.type);
      case Physical::kDecimal64:
        return Value::OfDecimal({At<int64_t>(column, row), scale});
      case Physical::kDecimal128:
        return Value::OfDecimal({At<int128>(column, row), scale});
      case Physical::kDate:
        return Value::Date(At<int32_t>(column, row));
      case Physical::kTimestamp:
        return Value::OfTimestamp(At<Timestamp>(column, row));
      case Physical::kDuration:
        return Value::OfDuration(At<Duration>(column, row));
      case Physical::kRow:
        break;
    }
    return Value::Error(ErrorKind::kInvalidArgument, "a row is no result");
  }

  static Value Text(absl::string_view text, const Type& type) {
    const Type& of = type.is(TypeKind::kNullable) ? *type.element : type;
    if (of.is(TypeKind::kType)) return Value::Type(std::string(text));
    return of.is(TypeKind::kBytes) ? Value::Bytes(std::string(text)) : Value::String(std::string(text));
  }

  std::vector<ResultCell> Optionals(const ResultColumns& columns, size_t rows) const {
    const std::vector<ResultCell> held = Read(*columns.element);
    const Vector& present = ColumnAt(columns.value);
    std::vector<ResultCell> cells;
    cells.reserve(rows);
    for (size_t row = 0; row < rows; ++row) {
      ResultCell cell = ErrorAt(present, row);
      if (cell.error == 0) cell = At<uint8_t>(present, row) == 0 ? ResultCell{Value::None()} : Held(held[row]);
      cells.push_back(std::move(cell));
    }
    return cells;
  }

  // What an optional holds may err.
  static ResultCell Held(const ResultCell& held) {
    return held.error != 0 ? held : ResultCell{Value::Some(held.value)};
  }

  std::vector<ResultCell> Ranges(const ResultColumns& columns, size_t rows) const {
    const std::vector<ResultCell> elements = Read(*columns.element);
    const std::vector<ResultCell> keys = columns.key == nullptr ? std::vector<ResultCell>() : Read(*columns.key);
    const Vector& count = ColumnAt(columns.count);
    std::vector<ResultCell> cells;
    cells.reserve(rows);
    size_t begin = 0;
    for (size_t row = 0; row < rows; ++row) {
      const size_t end = begin + static_cast<size_t>(At<int64_t>(count, row));
      ResultCell guard = columns.guard == kNoNode ? ResultCell() : ErrorAt(ColumnAt(columns.guard), row);
      cells.push_back(guard.error != 0 ? std::move(guard) : Range(columns, keys, elements, begin, end));
      begin = end;
    }
    return cells;
  }

  static ResultCell Range(const ResultColumns& columns, const std::vector<ResultCell>& keys,
                          const std::vector<ResultCell>& elements, size_t begin, size_t end) {
    ValueList list;
    ValueMap map;
    for (size_t i = begin; i < end; ++i) {
      if (elements[i].error != 0) return elements[i];
      if (columns.key == nullptr) {
        list.push_back(elements[i].value);
      } else {
        map.push_back({keys[i].value, elements[i].value});
      }
    }
    return {columns.key == nullptr ? Value::List(std::move(list)) : Value::Map(std::move(map))};
  }

  const Frame& frame_;
};

}  // namespace

std::vector<ResultCell> ReadCells(const Frame& frame, const ResultColumns& columns) {
  return Reader(frame).Read(columns);
}

std::vector<Value> ReadResults(const Frame& frame, const ResultColumns& columns) {
  std::vector<Value> values;
  for (ResultCell& cell : ReadCells(frame, columns)) values.push_back(std::move(cell.value));
  return values;
}

}  // namespace assay
