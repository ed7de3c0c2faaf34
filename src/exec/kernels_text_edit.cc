// Strings made of strings: lowerAscii, upperAscii, replace, trim, reverse, quote, base64. Entry point: SelectTextEdit.
// New texts are laid out in the frame's arena, each in one piece of its exact size or a near bound.
#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "exec/row_loop.h"
#include "exec/text_kernels.h"
#include "exec/text_writer.h"

namespace assay {
namespace {

// A function of one text that may allocate its result.
using Edit = absl::string_view (*)(absl::string_view text, Arena* arena);

template <Edit kEdit>
void EditText(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  EachRow<absl::string_view>(frame, node, [&](size_t row) { return kEdit(text[row], frame->arena); });
}

template <char (*kCase)(unsigned char)>
absl::string_view InCase(absl::string_view text, Arena* arena) {
  TextWriter out(arena, text.size());
  for (char c : text) out.Append(kCase(static_cast<unsigned char>(c)));
  return out.text();
}

// Unicode's property White_Space.
bool IsWhiteSpace(char32_t c) {
  if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0d);
  if (c >= 0x2000 && c <= 0x200a) return true;
  constexpr char32_t kOthers[] = {0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000};
  return std::find(std::begin(kOthers), std::end(kOthers), c) != std::end(kOthers);
}

// The byte where the last code point of a text that is not empty begins.
size_t LastCodePoint(absl::string_view text) {
  size_t byte = text.size() - 1;
  while (byte > 0 && text.size() - byte < 4 && (static_cast<unsigned char>(text[byte]) & 0xc0) == 0x80) --byte;
  return byte;
}

absl::string_view Trim(absl::string_view text, Arena*) {
  size_t behind = 0;
  while (!text.empty() && IsWhiteSpace(DecodeUtf8(text, &behind))) {
    text.remove_prefix(behind);
    behind = 0;
  }
  while (!text.empty()) {
    const size_t last = LastCodePoint(text);
    size_t end = last;
    if (!IsWhiteSpace(DecodeUtf8(text, &end))) break;
    text = text.substr(0, last);
  }
  return text;
}

absl::string_view Reverse(absl::string_view text, Arena* arena) {
  char* begin = static_cast<char*>(arena->Allocate(text.size(), 1));
  char* to = begin + text.size();
  for (size_t from = 0; from < text.size();) {
    const size_t start = from;
    DecodeUtf8(text, &from);
    to -= from - start;
    std::copy(text.data() + start, text.data() + from, to);
  }
  return absl::string_view(begin, text.size());
}

// The letter behind the backslash; 0 if the character stands for itself.
char EscapeOf(char c) {
  switch (c) {
    case '\a':
      return 'a';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\v':
      return 'v';
    case '\\':
    case '"':
      return c;
    default:
      return 0;
  }
}

absl::string_view Quote(absl::string_view text, Arena* arena) {
  const auto escapes = std::count_if(text.begin(), text.end(), [](char c) { return EscapeOf(c) != 0; });
  TextWriter out(arena, text.size() + static_cast<size_t>(escapes) + 2);
  out.Append('"');
  for (char c : text) {
    const char escape = EscapeOf(c);
    if (escape != 0) out.Append('\\');
    out.Append(escape != 0 ? escape : c);
  }
  out.Append('"');
  return out.text();
}

// The byte where the next code point begins.
size_t NextCodePoint(absl::string_view text, size_t byte) {
  DecodeUtf8(text, &byte);
  return byte;
}

// Where `mark` is found from `from` on; npos if nowhere. An empty one stands before each code point and at the end.
size_t FindMark(absl::string_view text, absl::string_view mark, size_t from) {
  return from > text.size() ? absl::string_view::npos : text.find(mark, from);
}

// Where to look for the mark after one was found at `at`; an empty mark is looked for one code point further on.
size_t AfterMark(absl::string_view text, absl::string_view mark, size_t at) {
  if (!mark.empty()) return at + mark.size();
  return at < text.size() ? NextCodePoint(text, at) : text.size() + 1;
}

uint64_t CountMarks(absl::string_view text, absl::string_view mark, uint64_t limit) {
  uint64_t count = 0;
  size_t at = FindMark(text, mark, 0);
  for (; at != absl::string_view::npos && count < limit; ++count) at = FindMark(text, mark, AfterMark(text, mark, at));
  return count;
}

absl::string_view ReplaceMarks(absl::string_view text, absl::string_view mark, absl::string_view with, uint64_t limit,
                               Frame* frame) {
  const uint64_t count = CountMarks(text, mark, limit);
  const size_t size = text.size() + count * with.size() - count * mark.size();
  if (count == 0 || !frame->TakeText(size)) return text;
  TextWriter out(frame->arena, size);
  size_t copied = 0;
  size_t search = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t at = FindMark(text, mark, search);
    out.Append(text.substr(copied, at - copied));
    out.Append(with);
    copied = at + mark.size();
    search = AfterMark(text, mark, at);
  }
  out.Append(text.substr(copied));
  return out.text();
}

// At most as many as the fourth argument says; without it, or where it is negative, all.
void Replace(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> mark = ArgOf<absl::string_view>(*frame, node, 1);
  const Arg<absl::string_view> with = ArgOf<absl::string_view>(*frame, node, 2);
  constexpr uint64_t kAll = std::numeric_limits<uint64_t>::max();
  if (node.arg_count == 3) {
    EachRow<absl::string_view>(frame, node,
                               [&](size_t row) { return ReplaceMarks(text[row], mark[row], with[row], kAll, frame); });
    return;
  }
  const Arg<int64_t> limit = ArgOf<int64_t>(*frame, node, 3);
  EachRow<absl::string_view>(frame, node, [&](size_t row) {
    const uint64_t most = limit[row] < 0 ? kAll : static_cast<uint64_t>(limit[row]);
    return ReplaceMarks(text[row], mark[row], with[row], most, frame);
  });
}

absl::string_view EncodeBase64(absl::string_view bytes, Arena* arena) {
  const std::string text = absl::Base64Escape(bytes);
  TextWriter out(arena, text.size());
  out.Append(text);
  return out.text();
}

void DecodedBase64(Frame* frame, const Node& node) {
  static constexpr Fault kNotBase64 = {ErrorKind::kInvalidArgument, "is not base64"};
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  TryEachRow<absl::string_view>(frame, node, [&](size_t row, absl::string_view* value) -> const Fault* {
    std::string bytes;
    if (!DecodeBase64(text[row], Base64Alphabet::kStandard, &bytes)) return &kNotBase64;
    TextWriter out(frame->arena, bytes.size());
    out.Append(bytes);
    *value = out.text();
    return nullptr;
  });
}

}  // namespace

Kernel SelectTextEdit(Op op) {
  switch (op) {
    case Op::kLowerAscii:
      return EditText<InCase<absl::ascii_tolower>>;
    case Op::kUpperAscii:
      return EditText<InCase<absl::ascii_toupper>>;
    case Op::kReplace:
      return Replace;
    case Op::kTrim:
      return EditText<Trim>;
    case Op::kReverse:
      return EditText<Reverse>;
    case Op::kQuote:
      return EditText<Quote>;
    case Op::kBase64Encode:
      return EditText<EncodeBase64>;
    case Op::kBase64Decode:
      return DecodedBase64;
    default:
      return nullptr;
  }
}

}  // namespace assay
