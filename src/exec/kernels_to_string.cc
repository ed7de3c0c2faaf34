// string(x): any scalar as text. Entry point: SelectToString. Decimals show their static scale, doubles the fewest
// digits that read back the same, bytes must be UTF-8.
#include <string>

#include "base/civil.h"
#include "base/decimal.h"
#include "base/double_text.h"
#include "base/utf8.h"
#include "exec/conversion_kernels.h"
#include "exec/row_loop.h"
#include "exec/text_writer.h"

namespace assay {
namespace {

constexpr Fault kNoUtf8 = {ErrorKind::kInvalidArgument, "is not UTF-8"};

void SameText(Frame* frame, const Node& node) {
  frame->columns[&node - frame->program->nodes.data()] = ColumnOf(*frame, node.args[0]);
}

void BytesToString(Frame* frame, const Node& node) {
  const Arg<absl::string_view> bytes = ArgOf<absl::string_view>(*frame, node, 0);
  TryEachRow<absl::string_view>(frame, node, [&](size_t row, absl::string_view* out) -> const Fault* {
    if (!IsValidUtf8(bytes[row])) return &kNoUtf8;
    *out = bytes[row];
    return nullptr;
  });
}

void BoolToString(Frame* frame, const Node& node) {
  const Arg<uint8_t> value = ArgOf<uint8_t>(*frame, node, 0);
  EachRow<absl::string_view>(frame, node,
                             [&](size_t row) { return absl::string_view(value[row] != 0 ? "true" : "false"); });
}

// value / 10^scale.
absl::string_view DecimalText(int128 value, int scale, Arena* arena) {
  char buffer[kMaxUint128Digits + 1];
  char* const end = buffer + sizeof(buffer);
  char* begin = WriteDigits(Magnitude(value), end);
  while (end - begin <= scale) *--begin = '0';  // one digit before the point, at least
  const size_t whole = static_cast<size_t>(end - begin - scale);
  TextWriter out(arena, whole + static_cast<size_t>(scale) + 2);
  if (value < 0) out.Append('-');
  out.Append(absl::string_view(begin, whole));
  if (scale != 0) {
    out.Append('.');
    out.Append(absl::string_view(begin + whole, static_cast<size_t>(scale)));
  }
  return out.text();
}

// Ints too: their scale is 0.
template <typename From>
void NumberToString(Frame* frame, const Node& node) {
  const Arg<From> value = ArgOf<From>(*frame, node, 0);
  const int scale = frame->program->nodes[node.args[0]].scale;
  EachRow<absl::string_view>(frame, node, [&](size_t row) { return DecimalText(value[row], scale, frame->arena); });
}

void AppendText(double value, std::string* out) { AppendDouble(value, out); }
void AppendText(int32_t days, std::string* out) { AppendDate(days, out); }
void AppendText(const Timestamp& time, std::string* out) { out->append(FormatTimestamp(time)); }
void AppendText(const Duration& span, std::string* out) { out->append(FormatDuration(span)); }

template <typename From>
void ValueToString(Frame* frame, const Node& node) {
  const Arg<From> value = ArgOf<From>(*frame, node, 0);
  std::string text;  // one for all rows
  EachRow<absl::string_view>(frame, node, [&](size_t row) {
    text.clear();
    AppendText(value[row], &text);
    return frame->arena->CopyString(text);
  });
}

}  // namespace

Kernel SelectToString(const Node& node, Physical first) {
  switch (first) {
    case Physical::kBool:
      return BoolToString;
    case Physical::kInt64:
    case Physical::kDecimal64:
      return NumberToString<int64_t>;
    case Physical::kUint64:
      return NumberToString<uint64_t>;
    case Physical::kDecimal128:
      return NumberToString<int128>;
    case Physical::kDouble:
      return ValueToString<double>;
    case Physical::kString:
      return node.option == 1 ? BytesToString : SameText;
    case Physical::kDate:
      return ValueToString<int32_t>;
    case Physical::kTimestamp:
      return ValueToString<Timestamp>;
    case Physical::kDuration:
      return ValueToString<Duration>;
    case Physical::kRow:
      break;
  }
  return nullptr;
}

}  // namespace assay
