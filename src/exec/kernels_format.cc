// format(): texts made of a pattern and of columns of any types. Entry point: SelectFormat. What is written is that of
// base/format_text.h; the first value that errs decides a row.
#include <string>
#include <vector>

#include "base/format_text.h"
#include "exec/row_loop.h"

namespace assay {
namespace {

// By FormatFault.
constexpr Fault kFaults[] = {
    {},
    {ErrorKind::kInvalidArgument, "is no clause of format()"},
    {ErrorKind::kOutOfRange, "format() has more clauses than values"},
    {ErrorKind::kInvalidArgument, "a value that its clause cannot write"},
    {ErrorKind::kBudget, ""},
};

// A column that a clause may write.
struct Source {
  const Vector* column = nullptr;
  bool is_constant = false;
  FormatValue::Kind kind = {};  // of texts
  int scale = 0;

  size_t At(size_t row) const { return is_constant ? 0 : row; }
  ErrorCode error(size_t row) const { return column->errors == nullptr ? 0 : column->errors[At(row)]; }
};

std::vector<Source> SourcesOf(const Frame& frame, const Node& node) {
  std::vector<Source> sources;
  const FormatCall& call = frame.program->format_calls[node.index];
  for (size_t i = 0; i < call.values.size(); ++i) {
    const Node& value = frame.program->nodes[call.values[i]];
    sources.push_back({&ColumnOf(frame, call.values[i]), value.level == kConstantLevel, call.kinds[i], value.scale});
  }
  return sources;
}

FormatValue ValueAt(const Source& source, size_t row) {
  using Kind = FormatValue::Kind;
  const Vector& column = *source.column;
  const size_t at = source.At(row);
  FormatValue value;
  switch (column.type) {
    case Physical::kBool:
      value.kind = Kind::kBool;
      value.flag = column.values<uint8_t>()[at] != 0;
      break;
    case Physical::kInt64:
      value.kind = Kind::kInt;
      value.integer = column.values<int64_t>()[at];
      break;
    case Physical::kUint64:
      value.kind = Kind::kUint;
      value.natural = column.values<uint64_t>()[at];
      break;
    case Physical::kDouble:
      value.kind = Kind::kDouble;
      value.real = column.values<double>()[at];
      break;
    case Physical::kString:
      value.kind = source.kind;
      value.text = column.values<absl::string_view>()[at];
      break;
    case Physical::kDecimal64:
      value.kind = Kind::kDecimal;
      value.decimal = {column.values<int64_t>()[at], source.scale};
      break;
    case Physical::kDecimal128:
      value.kind = Kind::kDecimal;
      value.decimal = {column.values<int128>()[at], source.scale};
      break;
    case Physical::kDate:
      value.kind = Kind::kDate;
      value.integer = column.values<int32_t>()[at];
      break;
    case Physical::kTimestamp:
      value.kind = Kind::kTimestamp;
      value.timestamp = column.values<Timestamp>()[at];
      break;
    case Physical::kDuration:
      value.kind = Kind::kDuration;
      value.duration = column.values<Duration>()[at];
      break;
    case Physical::kRow:
      break;
  }
  return value;
}

// The error of the row's first value that errs; 0 if none does, and then `values` are the row's.
ErrorCode TakeValues(const std::vector<Source>& sources, size_t row, std::vector<FormatValue>* values) {
  values->clear();
  for (const Source& source : sources) {
    if (source.error(row) != 0) return source.error(row);
    values->push_back(ValueAt(source, row));
  }
  return 0;
}

void FormatRows(Frame* frame, const Node& node) {
  const Arg<absl::string_view> pattern = ArgOf<absl::string_view>(*frame, node, 0);
  const std::vector<Source> sources = SourcesOf(*frame, node);
  std::vector<FormatValue> values;
  std::string text;  // one for all rows
  Out<absl::string_view> out = NewOut<absl::string_view>(frame, node);
  for (size_t row = 0; row < out.size; ++row) {
    out.data[row] = absl::string_view();
    if (Errs(out, row)) continue;
    if (const ErrorCode error = TakeValues(sources, row, &values); error != 0) {
      OwnErrors(frame, &out)[row] = error;
      continue;
    }
    text.clear();
    const FormatFault fault = FormatText(pattern[row], values, &text);
    if (!frame->TakeText(text.size())) break;
    if (fault == FormatFault::kNone) {
      out.data[row] = frame->arena->CopyString(text);
    } else {
      const Fault& why = kFaults[static_cast<size_t>(fault)];
      SetError(frame, node, &out, row, why.kind, why.detail);
    }
  }
  Store(frame, node, out);
}

}  // namespace

Kernel SelectFormat(const Program& /*program*/, const Node& node) {
  return node.kind == NodeKind::kFormat ? FormatRows : nullptr;
}

}  // namespace assay
