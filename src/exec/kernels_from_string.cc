// Texts read into values: bool(s), int(s), decimal(s, scale), timestamp(s) and so on. Entry point: SelectFromString. A
// text that is no value of the type is an invalid argument, one that does not fit an overflow; blanks are never
// skipped.
#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/double_text.h"
#include "exec/conversion_kernels.h"
#include "exec/row_loop.h"

namespace assay {
namespace {

constexpr Fault kNoBool = {ErrorKind::kInvalidArgument, "is not a bool"};
constexpr Fault kNoInteger = {ErrorKind::kInvalidArgument, "is not an integer"};
constexpr Fault kNoNumber = {ErrorKind::kInvalidArgument, "is not a number"};
constexpr Fault kNoDecimal = {ErrorKind::kInvalidArgument, "is not a decimal number of that scale"};
constexpr Fault kNoDate = {ErrorKind::kInvalidArgument, "is not a date YYYY-MM-DD"};
constexpr Fault kNoTimestamp = {ErrorKind::kInvalidArgument, "is not a timestamp"};
constexpr Fault kNoDuration = {ErrorKind::kInvalidArgument, "is not a duration"};
constexpr Fault kOutOfRange = {ErrorKind::kOverflow, "the result leaves the range of its type"};

template <typename T>
using ReadFrom = const Fault* (*)(absl::string_view text, T* out);

template <typename T, ReadFrom<T> kRead>
void ReadTexts(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  TryEachRow<T>(frame, node, [&](size_t row, T* out) { return kRead(text[row], out); });
}

template <size_t n>
bool IsOneOf(absl::string_view text, const absl::string_view (&words)[n]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

const Fault* ReadBool(absl::string_view text, uint8_t* out) {
  static constexpr absl::string_view kYes[] = {"1", "t", "true", "TRUE", "True"};
  static constexpr absl::string_view kNo[] = {"0", "f", "false", "FALSE", "False"};
  *out = IsOneOf(text, kYes);
  return *out != 0 || IsOneOf(text, kNo) ? nullptr : &kNoBool;
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// A sign or none, then digits.
template <typename Integer>
const Fault* ReadInteger(absl::string_view text, Integer* out) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || !std::all_of(text.begin(), text.end(), IsDigit)) return &kNoInteger;
  Integer value = 0;
  for (char c : text) {
    const int digit = c - '0';
    if (__builtin_mul_overflow(value, 10, &value)) return &kOutOfRange;
    if (__builtin_add_overflow(value, negative ? -digit : digit, &value)) return &kOutOfRange;
  }
  *out = value;
  return nullptr;
}

const Fault* ReadDouble(absl::string_view text, double* out) {
  switch (ParseDouble(text, out)) {
    case DoubleParse::kOk:
      return nullptr;
    case DoubleParse::kOverflow:
      return &kOutOfRange;
    case DoubleParse::kMalformed:
      break;
  }
  return &kNoNumber;
}

// Any number of 38 digits; the checker sized the node by a text it could see, else with all 38.
template <typename T>
void ReadDecimals(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  TryEachRow<T>(frame, node, [&](size_t row, T* out) -> const Fault* {
    int128 value = 0;
    switch (ParseDecimalAtScale(text[row].data(), text[row].size(), kMaxDecimalDigits, node.scale, &value)) {
      case DecimalParse::kOk:
        *out = static_cast<T>(value);
        return nullptr;
      case DecimalParse::kOverflow:
        return &kOutOfRange;
      default:
        return &kNoDecimal;
    }
  });
}

const Fault* ReadDate(absl::string_view text, int32_t* out) {
  return ParseDate(text.data(), text.size(), out) == DateParse::kOk ? nullptr : &kNoDate;
}

const Fault* ReadTimestamp(absl::string_view text, Timestamp* out) {
  const absl::StatusOr<Timestamp> time = ParseTimestamp(text);
  if (!time.ok()) return &kNoTimestamp;
  *out = *time;
  return nullptr;
}

const Fault* ReadDuration(absl::string_view text, Duration* out) {
  const absl::StatusOr<Duration> span = ParseDuration(text);
  if (!span.ok()) return &kNoDuration;
  *out = *span;
  return nullptr;
}

}  // namespace

Kernel SelectFromString(const Node& node) {
  switch (node.op) {
    case Op::kToBool:
      return ReadTexts<uint8_t, ReadBool>;
    case Op::kToInt:
      return ReadTexts<int64_t, ReadInteger<int64_t>>;
    case Op::kToUint:
      return ReadTexts<uint64_t, ReadInteger<uint64_t>>;
    case Op::kToDouble:
      return ReadTexts<double, ReadDouble>;
    case Op::kToDecimal:
      return node.type == Physical::kDecimal64 ? ReadDecimals<int64_t> : ReadDecimals<int128>;
    case Op::kToDate:
      return ReadTexts<int32_t, ReadDate>;
    case Op::kToTimestamp:
      return ReadTexts<Timestamp, ReadTimestamp>;
    case Op::kToDuration:
      return ReadTexts<Duration, ReadDuration>;
    default:
      return nullptr;
  }
}

}  // namespace assay
