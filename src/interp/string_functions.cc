// Functions of strings: CEL's own and those of its strings library. Entry point: StringFunctions. Positions and lengths
// count code points, and case is that of ASCII alone.
#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/base64.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "interp/functions.h"

namespace assay {
namespace {

Value OutOfRange() { return Value::Error(ErrorKind::kOutOfRange, ""); }

bool AreStrings(Arguments args, size_t count) {
  return std::all_of(args.begin(), args.begin() + static_cast<ptrdiff_t>(std::min(count, args.size())),
                     [](const Value& value) { return value.is(ValueKind::kString); });
}

// The byte where code point number `index` begins, the end included; nothing outside.
std::optional<size_t> OffsetAt(absl::string_view text, int64_t index) {
  if (index < 0 || index > static_cast<int64_t>(CountCodePoints(text))) return std::nullopt;
  return OffsetOfCodePoint(text, static_cast<size_t>(index));
}

Value PositionOf(absl::string_view text, size_t offset) {
  if (offset == absl::string_view::npos) return Value::Int(-1);
  return Value::Int(static_cast<int64_t>(CountCodePoints(text.substr(0, offset))));
}

Value Text(const Call& call, std::string text) {
  return call.steps.TakeBytes(text.size()) ? Value::String(std::move(text)) : BudgetSpent();
}

template <typename Test>
Value Tested(Arguments args, Test test) {
  if (!AreStrings(args, 2)) return NoOverload();
  return Value::Bool(test(args[0].as_string(), args[1].as_string()));
}

Value Contains(const Call&, Arguments args) {
  return Tested(args, [](absl::string_view a, absl::string_view b) { return absl::StrContains(a, b); });
}

Value StartsWith(const Call&, Arguments args) {
  return Tested(args, [](absl::string_view a, absl::string_view b) { return absl::StartsWith(a, b); });
}

Value EndsWith(const Call&, Arguments args) {
  return Tested(args, [](absl::string_view a, absl::string_view b) { return absl::EndsWith(a, b); });
}

// Anywhere in the text, as CEL says.
Value Matches(const Call& call, Arguments args) {
  if (!AreStrings(args, 2)) return NoOverload();
  const absl::string_view pattern = args[1].as_string();
  const absl::string_view text = args[0].as_string();
  std::string why;
  const std::unique_ptr<const RE2> regex = CompilePattern(pattern, call.max_pattern_size, &why);
  if (!call.steps.Take(static_cast<size_t>(PatternCost(pattern, regex.get())))) return BudgetSpent();
  if (regex == nullptr) return Refused("is not a regular expression");
  return Value::Bool(RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex));
}

Value CharAt(const Call&, Arguments args) {
  if (!AreStrings(args, 1) || !args[1].is(ValueKind::kInt)) return NoOverload();
  const absl::string_view text = args[0].as_string();
  const std::optional<size_t> begin = OffsetAt(text, args[1].as_int());
  if (!begin.has_value()) return OutOfRange();
  const absl::string_view rest = text.substr(*begin);
  return Value::String(std::string(rest.substr(0, OffsetOfCodePoint(rest, 1))));
}

Value IndexOf(const Call&, Arguments args) {
  if (!AreStrings(args, 2) || (args.size() == 3 && !args[2].is(ValueKind::kInt))) return NoOverload();
  const absl::string_view text = args[0].as_string();
  const std::optional<size_t> from = args.size() == 3 ? OffsetAt(text, args[2].as_int()) : 0;
  return from.has_value() ? PositionOf(text, text.find(args[1].as_string(), *from)) : OutOfRange();
}

Value LastIndexOf(const Call&, Arguments args) {
  if (!AreStrings(args, 2) || (args.size() == 3 && !args[2].is(ValueKind::kInt))) return NoOverload();
  const absl::string_view text = args[0].as_string();
  const std::optional<size_t> from = args.size() == 3 ? OffsetAt(text, args[2].as_int()) : text.size();
  return from.has_value() ? PositionOf(text, text.rfind(args[1].as_string(), *from)) : OutOfRange();
}

Value LowerAscii(const Call& call, Arguments args) {
  return AreStrings(args, 1) ? Text(call, absl::AsciiStrToLower(args[0].as_string())) : NoOverload();
}

Value UpperAscii(const Call& call, Arguments args) {
  return AreStrings(args, 1) ? Text(call, absl::AsciiStrToUpper(args[0].as_string())) : NoOverload();
}

// Cuts `text` at each `mark`, `limit` times at most (negative: no limit); an empty mark stands before every code point
// but the first.
std::vector<absl::string_view> Cut(absl::string_view text, absl::string_view mark, int64_t limit) {
  std::vector<absl::string_view> parts;
  while (limit != 0 && !text.empty()) {
    const size_t at = mark.empty() ? OffsetOfCodePoint(text, 1) : text.find(mark);
    if (at == absl::string_view::npos || (mark.empty() && at == text.size())) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + mark.size());
    if (limit > 0) --limit;
  }
  parts.push_back(text);
  return parts;
}

// `with` before each code point and at the end, `limit` times at most (negative: no limit).
std::string Interleaved(absl::string_view text, absl::string_view with, int64_t limit) {
  std::string out;
  size_t at = 0;
  for (; limit != 0; limit -= limit > 0 ? 1 : 0) {
    absl::StrAppend(&out, with);
    if (at == text.size()) break;
    const size_t begin = at;
    DecodeUtf8(text, &at);
    absl::StrAppend(&out, text.substr(begin, at - begin));
  }
  absl::StrAppend(&out, text.substr(at));
  return out;
}

Value Replace(const Call& call, Arguments args) {
  if (!AreStrings(args, 3) || (args.size() == 4 && !args[3].is(ValueKind::kInt))) return NoOverload();
  const absl::string_view text = args[0].as_string();
  const absl::string_view with = args[2].as_string();
  const int64_t limit = args.size() == 4 ? args[3].as_int() : -1;
  if (limit == 0) return args[0];
  const absl::string_view mark = args[1].as_string();
  // Before it is made: there is no room for more replacements than this.
  const size_t most = text.size() / std::max<size_t>(mark.size(), 1) + 1;
  if (!call.steps.TakeBytes(text.size() + most * with.size())) return BudgetSpent();
  if (mark.empty()) return Value::String(Interleaved(text, with, limit));
  std::string out;
  const std::vector<absl::string_view> parts = Cut(text, mark, limit);
  for (const absl::string_view& part : parts) absl::StrAppend(&out, &part == parts.data() ? "" : with, part);
  return Value::String(std::move(out));
}

// The limit is the number of parts; 0 gives none.
Value Split(const Call& call, Arguments args) {
  if (!AreStrings(args, 2) || (args.size() == 3 && !args[2].is(ValueKind::kInt))) return NoOverload();
  const int64_t limit = args.size() == 3 ? args[2].as_int() : -1;
  const bool empty = limit == 0 || (args[0].as_string().empty() && args[1].as_string().empty());
  if (empty) return Value::List({});
  ValueList parts;
  for (absl::string_view part : Cut(args[0].as_string(), args[1].as_string(), limit < 0 ? -1 : limit - 1)) {
    if (!call.steps.TakeBytes(part.size())) return BudgetSpent();
    parts.push_back(Value::String(std::string(part)));
  }
  return Value::List(std::move(parts));
}

Value Substring(const Call& call, Arguments args) {
  if (!AreStrings(args, 1) || !args[1].is(ValueKind::kInt)) return NoOverload();
  if (args.size() == 3 && !args[2].is(ValueKind::kInt)) return NoOverload();
  const absl::string_view text = args[0].as_string();
  const std::optional<size_t> begin = OffsetAt(text, args[1].as_int());
  const std::optional<size_t> end = args.size() == 3 ? OffsetAt(text, args[2].as_int()) : text.size();
  if (!begin.has_value() || !end.has_value() || *begin > *end) return OutOfRange();
  return Text(call, std::string(text.substr(*begin, *end - *begin)));
}

// Unicode's White_Space.
bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

Value Trim(const Call& call, Arguments args) {
  if (!AreStrings(args, 1)) return NoOverload();
  const absl::string_view text = args[0].as_string();
  size_t begin = text.size();
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    if (IsSpace(DecodeUtf8(text, &at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return Text(call, begin < end ? std::string(text.substr(begin, end - begin)) : "");
}

Value Join(const Call& call, Arguments args) {
  const bool fits = args[0].is(ValueKind::kList) && (args.size() == 1 || args[1].is(ValueKind::kString));
  if (!fits) return NoOverload();
  const absl::string_view mark = args.size() == 2 ? args[1].as_string() : "";
  std::string out;
  for (const Value& part : args[0].as_list()) {
    if (!part.is(ValueKind::kString)) return NoOverload();
    if (!call.steps.TakeBytes(part.as_string().size() + mark.size())) return BudgetSpent();
    absl::StrAppend(&out, &part == args[0].as_list().data() ? "" : mark, part.as_string());
  }
  return Value::String(std::move(out));
}

// Of a text by code points, or of a list.
Value Reverse(const Call& call, Arguments args) {
  if (args[0].is(ValueKind::kList)) {
    const ValueList& list = args[0].as_list();
    return call.steps.Take(list.size()) ? Value::List(ValueList(list.rbegin(), list.rend())) : BudgetSpent();
  }
  if (!AreStrings(args, 1)) return NoOverload();
  std::u32string code_points;
  for (size_t at = 0; at < args[0].as_string().size();) code_points.push_back(DecodeUtf8(args[0].as_string(), &at));
  std::string out;
  for (size_t i = code_points.size(); i > 0; --i) AppendUtf8(code_points[i - 1], &out);
  return Text(call, std::move(out));
}

// The text as a literal in double quotes.
Value Quote(const Call& call, Arguments args) {
  static constexpr absl::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";
  static constexpr absl::string_view kLetters = "abfnrtv\\\"";
  if (!AreStrings(args, 1)) return NoOverload();
  std::string out = "\"";
  for (size_t at = 0; at < args[0].as_string().size();) {
    const char32_t c = DecodeUtf8(args[0].as_string(), &at);
    const size_t escape = c < 0x80 ? kEscaped.find(static_cast<char>(c)) : absl::string_view::npos;
    if (escape == absl::string_view::npos) {
      AppendUtf8(c, &out);
    } else {
      out.append({'\\', kLetters[escape]});
    }
  }
  out.push_back('"');
  return Text(call, std::move(out));
}

Value EncodeBase64(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kBytes)) return NoOverload();
  return Text(call, absl::Base64Escape(args[0].as_bytes()));
}

Value DecodedBase64(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kString)) return NoOverload();
  std::string bytes;
  if (!DecodeBase64(args[0].as_string(), Base64Alphabet::kStandard, &bytes)) return Refused("is not base64");
  return call.steps.TakeBytes(bytes.size()) ? Value::Bytes(std::move(bytes)) : BudgetSpent();
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kContains, Contains},
    {Op::kStartsWith, StartsWith},
    {Op::kEndsWith, EndsWith},
    {Op::kMatches, Matches},
    {Op::kCharAt, CharAt},
    {Op::kIndexOf, IndexOf},
    {Op::kLastIndexOf, LastIndexOf},
    {Op::kLowerAscii, LowerAscii},
    {Op::kUpperAscii, UpperAscii},
    {Op::kReplace, Replace},
    {Op::kSplit, Split},
    {Op::kSubstring, Substring},
    {Op::kTrim, Trim},
    {Op::kJoin, Join},
    {Op::kReverse, Reverse},
    {Op::kQuote, Quote},
    {Op::kBase64Encode, EncodeBase64},
    {Op::kBase64Decode, DecodedBase64},
};

}  // namespace

absl::Span<const FunctionEntry> StringFunctions() { return kFunctions; }

}  // namespace assay
