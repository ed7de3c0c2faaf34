// Shapes of results and their reading. Entry points: ResultColumns::Plan, ReadResults.
#include "evaluate/result_columns.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

std::optional<ResultColumns> ShapeOf(Graph* graph, const Symbol& symbol, LevelId level) {
  const Symbol lifted = graph->Lift(symbol, level);
  ResultColumns shape;
  shape.kind = lifted.kind;
  shape.level = level;
  shape.type = lifted.type;
  switch (lifted.kind) {
    case Symbol::Kind::kNull:
      return shape;
    case Symbol::Kind::kScalar:
      shape.value = lifted.node;
      return shape;
    case Symbol::Kind::kRow:
      return std::nullopt;
    default:
      break;
  }
  const bool is_optional = lifted.kind == Symbol::Kind::kOptional;
  const LevelId below = is_optional ? level : lifted.elements;
  shape.value = is_optional ? lifted.node : kNoNode;
  shape.count = is_optional ? kNoNode : graph->Count(lifted.elements);
  shape.guard = is_optional ? kNoNode : lifted.guard;
  for (const bool is_key : {true, false}) {
    const std::shared_ptr<const Symbol>& part = is_key ? lifted.key : lifted.element;
    if (part == nullptr) continue;
    std::optional<ResultColumns> columns = ShapeOf(graph, *part, below);
    if (!columns.has_value()) return std::nullopt;
    (is_key ? shape.key : shape.element) = std::make_shared<const ResultColumns>(*std::move(columns));
  }
  return shape;
}

// A column that may stand beside every row.
template <typename T>
T At(const Vector& column, size_t row) {
  return static_cast<const T*>(column.data)[column.size == 1 ? 0 : row];
}

class Reader {
 public:
  explicit Reader(const Frame& frame) : frame_(frame) {}

  std::vector<Value> Read(const ResultColumns& columns) const {
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
        return std::vector<Value>(rows);
    }
  }

 private:
  const Vector& ColumnAt(NodeId node) const { return ColumnOf(frame_, node); }

  // The error of a row of a column; null if it has none.
  Value ErrorAt(const Vector& column, size_t row) const {
    const ErrorCode code = column.error(column.size == 1 ? 0 : row);
    if (code == 0) return Value::Null();
    const CellError error = frame_.errors->Get(code);
    std::string origin = error.field == nullptr ? "" : std::string(error.field->full_name());
    return Value::OfError({error.kind, std::string(error.detail), std::move(origin), error.field});
  }

  std::vector<Value> Cells(const ResultColumns& columns, size_t rows) const {
    const Vector& column = ColumnAt(columns.value);
    std::vector<Value> values;
    for (size_t row = 0; row < rows; ++row) {
      Value error = ErrorAt(column, row);
      const bool is_null =
          error.is_error() && columns.type->is(TypeKind::kNullable) && error.as_error().kind == ErrorKind::kNull;
      if (is_null) error = Value::Null();
      values.push_back(error.is_error() || is_null ? error : Cell(column, row, columns));
    }
    return values;
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

  std::vector<Value> Optionals(const ResultColumns& columns, size_t rows) const {
    const std::vector<Value> held = Read(*columns.element);
    const Vector& present = ColumnAt(columns.value);
    std::vector<Value> values;
    for (size_t row = 0; row < rows; ++row) {
      Value error = ErrorAt(present, row);
      if (!error.is_error()) error = At<uint8_t>(present, row) == 0 ? Value::None() : Value::Some(held[row]);
      values.push_back(std::move(error));
    }
    return values;
  }

  std::vector<Value> Ranges(const ResultColumns& columns, size_t rows) const {
    const std::vector<Value> elements = Read(*columns.element);
    const std::vector<Value> keys = columns.key == nullptr ? std::vector<Value>() : Read(*columns.key);
    const Vector& count = ColumnAt(columns.count);
    std::vector<Value> values;
    size_t begin = 0;
    for (size_t row = 0; row < rows; ++row) {
      const size_t end = begin + static_cast<size_t>(At<int64_t>(count, row));
      const Value error = columns.guard == kNoNode ? Value::Null() : ErrorAt(ColumnAt(columns.guard), row);
      values.push_back(error.is_error() ? error : Range(columns, keys, elements, begin, end));
      begin = end;
    }
    return values;
  }

  static Value Range(const ResultColumns& columns, const std::vector<Value>& keys, const std::vector<Value>& elements,
                     size_t begin, size_t end) {
    ValueList list;
    ValueMap map;
    for (size_t i = begin; i < end; ++i) {
      if (elements[i].is_error()) return elements[i];
      if (columns.key == nullptr) {
        list.push_back(elements[i]);
      } else {
        map.push_back({keys[i], elements[i]});
      }
    }
    return columns.key == nullptr ? Value::List(std::move(list)) : Value::Map(std::move(map));
  }

  const Frame& frame_;
};

}  // namespace

std::optional<ResultColumns> ResultColumns::Plan(Planner* planner, const Ast& ast, int level, IssueList* issues) {
  std::optional<Symbol> symbol = planner->Plan(ast, level, issues);
  if (!symbol.has_value()) return std::nullopt;
  std::optional<ResultColumns> columns = ShapeOf(&planner->graph(), *symbol, planner->BatchLevel(level));
  if (columns.has_value()) return columns;
  absl::StatusOr<SourceText> source = SourceText::Create("", ast.text);
  if (source.ok()) {
    issues->Add(MakeIssue(Severity::kError, *source, ast.root->range,
                          absl::StrCat("a result is a value, not a row of ", TypeName(*ast.root->type))));
  }
  return std::nullopt;
}

void ResultColumns::AddRoots(std::vector<NodeId>* roots) const {
  for (const NodeId node : {value, count, guard}) {
    if (node != kNoNode) roots->push_back(node);
  }
  if (key != nullptr) key->AddRoots(roots);
  if (element != nullptr) element->AddRoots(roots);
}

std::vector<Value> ReadResults(const Frame& frame, const ResultColumns& columns) { return Reader(frame).Read(columns); }

}  // namespace assay
