// Places in strings: charAt, indexOf, lastIndexOf, substring. Entry point: SelectTextPosition. Places count code
// points from 0; the one just behind the last is a place too, those beyond are out of range.
#include "base/utf8.h"
#include "exec/row_loop.h"
#include "exec/text_kernels.h"

namespace assay {
namespace {

constexpr Fault kNoSuchPlace = {ErrorKind::kOutOfRange, "a position outside the string"};

// The byte where code point `place` begins; npos outside.
size_t ByteOf(absl::string_view text, int64_t place) {
  // A code point has at least one byte, so a place beyond the bytes is beyond the code points.
  if (place < 0 || static_cast<uint64_t>(place) > text.size()) return absl::string_view::npos;
  const size_t byte = OffsetOfCodePoint(text, static_cast<size_t>(place));
  const bool inside = byte < text.size() || CountCodePoints(text) == static_cast<size_t>(place);
  return inside ? byte : absl::string_view::npos;
}

int64_t PlaceOf(absl::string_view text, size_t byte) {
  return byte == absl::string_view::npos ? -1 : static_cast<int64_t>(CountCodePoints(text.substr(0, byte)));
}

void CharAt(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<int64_t> place = ArgOf<int64_t>(*frame, node, 1);
  TryEachRow<absl::string_view>(frame, node, [&](size_t row, absl::string_view* out) -> const Fault* {
    const size_t begin = ByteOf(text[row], place[row]);
    if (begin == absl::string_view::npos) return &kNoSuchPlace;
    size_t end = begin;
    if (begin < text[row].size()) DecodeUtf8(text[row], &end);
    *out = text[row].substr(begin, end - begin);
    return nullptr;
  });
}

// The third argument is where the search begins: going forward from there, or backward.
template <bool kLast>
void IndexOf(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> part = ArgOf<absl::string_view>(*frame, node, 1);
  if (node.arg_count == 2) {
    EachRow<int64_t>(frame, node, [&](size_t row) {
      return PlaceOf(text[row], kLast ? text[row].rfind(part[row]) : text[row].find(part[row]));
    });
    return;
  }
  const Arg<int64_t> start = ArgOf<int64_t>(*frame, node, 2);
  TryEachRow<int64_t>(frame, node, [&](size_t row, int64_t* out) -> const Fault* {
    const size_t from = ByteOf(text[row], start[row]);
    if (from == absl::string_view::npos) return &kNoSuchPlace;
    *out = PlaceOf(text[row], kLast ? text[row].rfind(part[row], from) : text[row].find(part[row], from));
    return nullptr;
  });
}

void SubstringToEnd(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<int64_t> first = ArgOf<int64_t>(*frame, node, 1);
  TryEachRow<absl::string_view>(frame, node, [&](size_t row, absl::string_view* out) -> const Fault* {
    const size_t begin = ByteOf(text[row], first[row]);
    if (begin == absl::string_view::npos) return &kNoSuchPlace;
    *out = text[row].substr(begin);
    return nullptr;
  });
}

void Substring(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<int64_t> first = ArgOf<int64_t>(*frame, node, 1);
  const Arg<int64_t> behind = ArgOf<int64_t>(*frame, node, 2);
  TryEachRow<absl::string_view>(frame, node, [&](size_t row, absl::string_view* out) -> const Fault* {
    const size_t begin = ByteOf(text[row], first[row]);
    const size_t end = ByteOf(text[row], behind[row]);
    if (begin == absl::string_view::npos || end == absl::string_view::npos || begin > end) return &kNoSuchPlace;
    *out = text[row].substr(begin, end - begin);
    return nullptr;
  });
}

void EitherSubstring(Frame* frame, const Node& node) {
  return node.arg_count == 2 ? SubstringToEnd(frame, node) : Substring(frame, node);
}

}  // namespace

Kernel SelectTextPosition(Op op) {
  switch (op) {
    case Op::kCharAt:
      return CharAt;
    case Op::kIndexOf:
      return IndexOf<false>;
    case Op::kLastIndexOf:
      return IndexOf<true>;
    case Op::kSubstring:
      return EitherSubstring;
    default:
      return nullptr;
  }
}

}  // namespace assay
