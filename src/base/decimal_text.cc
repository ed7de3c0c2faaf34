// Decimal text, both ways. Entry points: ParseDecimal, ParseDecimalAtScale, FormatDecimal, FormatTrimmed.
// Short text is read as one word or two, longer text digit by digit, by the same grammar. Nothing here rounds or skips
// a character.
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/decimal.h"
#include "base/short_decimal.h"

namespace assay {
namespace {

constexpr bool IsDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

template <typename Unsigned>
struct Scanned {
  bool negative = false;
  Unsigned magnitude = 0;  // modulo 2^bits: only meaningful if the significant digits fit
  int whole_digits = 0;
  int fraction_digits = 0;
};

// Reads digits from `at`, folding them into *value; returns where they end.
template <typename Unsigned>
const char* ScanDigits(const char* at, const char* end, Unsigned* value) {
  Unsigned folded = *value;
  for (; at != end && IsDigit(*at); ++at) folded = folded * 10 + static_cast<unsigned>(*at - '0');
  *value = folded;
  return at;
}

// Whether [data, data + size), a text without its sign, is a decimal number.
template <typename Unsigned>
bool ScanLong(const char* data, size_t size, Scanned<Unsigned>* out) {
  const char* at = data;
  const char* const end = data + size;
  const char* const whole = at;
  at = ScanDigits(at, end, &out->magnitude);
  if (at == whole) return false;
  out->whole_digits = static_cast<int>(at - whole);
  if (at == end) return true;
  if (*at != '.') return false;
  const char* const fraction = ++at;
  at = ScanDigits(at, end, &out->magnitude);
  out->fraction_digits = static_cast<int>(at - fraction);
  return at == end && at != fraction;
}

// ScanLong for 1 to 8 characters.
template <typename Unsigned>
bool ScanEight(const char* data, size_t size, Scanned<Unsigned>* out) {
  ShortDecimal number;
  if (!ReadShortDecimal(RightAligned(LoadWord(data, size) << (64 - 8 * size), size), size, &number)) return false;
  out->magnitude = number.magnitude;
  out->whole_digits = number.whole_digits;
  out->fraction_digits = number.fraction_digits;
  return true;
}

// The same for 9 to 16 characters, in two words.
template <typename Unsigned>
bool ScanSixteen(const char* data, size_t size, Scanned<Unsigned>* out) {
  uint64_t head = RightAligned(LoadWord(data, size - 8) << (128 - 8 * size), size - 8),
           tail = LoadEight(data + size - 8);
  const int head_place = FindPoint(head), tail_place = FindPoint(tail), length = static_cast<int>(size);
  const bool has_point = head_place < 8 || tail_place < 8;
  if (head_place < 8) {
    head = CloseGap(head, head_place, '0');
    out->fraction_digits = 15 - head_place;
  } else if (tail_place < 8) {
    tail = CloseGap(tail, tail_place, head >> 56);
    head = head << 8 | '0';
    out->fraction_digits = 7 - tail_place;
  }
  if (!IsEightDigits(head) || !IsEightDigits(tail)) return false;
  out->magnitude = EightDigits(head) * uint64_t{100'000'000} + EightDigits(tail);
  out->whole_digits = length - has_point - out->fraction_digits;
  return out->whole_digits > 0 && (!has_point || out->fraction_digits > 0);
}

// Whether all of [data, data + size) is a decimal number.
template <typename Unsigned>
bool Scan(const char* data, size_t size, Scanned<Unsigned>* out) {
  out->negative = size != 0 && *data == '-';
  data += out->negative;
  size -= out->negative;
  if (size == 0) return false;
  if (size <= 8) return ScanEight(data, size, out);
  return size <= 16 ? ScanSixteen(data, size, out) : ScanLong(data, size, out);
}

// The digits of a well-formed number that are not leading zeros.
int SignificantDigits(const char* data, size_t size) {
  int digits = 0;
  for (const char* at = data; at != data + size; ++at) {
    if (IsDigit(*at) && (digits != 0 || *at != '0')) ++digits;
  }
  return digits;
}

// The longest digit string that cannot wrap Unsigned.
template <typename Unsigned>
constexpr int kSafeDigits = sizeof(Unsigned) == 8 ? 19 : 38;

template <typename Unsigned, typename Int>
DecimalParse ParseAtScale(const char* data, size_t size, int precision, int scale, Int* out) {
  if (size == 0) return DecimalParse::kEmpty;
  Scanned<Unsigned> scanned;
  if (!Scan(data, size, &scanned)) return DecimalParse::kMalformed;
  const int missing = scale - scanned.fraction_digits;
  if (missing < 0) return DecimalParse::kExcessScale;
  if (scanned.whole_digits + scanned.fraction_digits > kSafeDigits<Unsigned> &&
      SignificantDigits(data, size) > kSafeDigits<Unsigned>) {
    return DecimalParse::kOverflow;
  }
  // missing <= scale <= precision, so both powers exist and the product stays under 10^precision.
  if (scanned.magnitude >= static_cast<Unsigned>(Pow10(precision - missing))) return DecimalParse::kOverflow;
  const Int coefficient = static_cast<Int>(scanned.magnitude * static_cast<Unsigned>(Pow10(missing)));
  *out = scanned.negative ? -coefficient : coefficient;
  return DecimalParse::kOk;
}

}  // namespace

absl::StatusOr<Decimal> ParseDecimal(absl::string_view text) {
  Scanned<uint128> scanned;
  if (text.empty()) return absl::InvalidArgumentError("an empty text is not a decimal number");
  if (!Scan(text.data(), text.size(), &scanned)) {
    return absl::InvalidArgumentError(absl::StrCat("not a decimal number (write it like -12.50): '", text, "'"));
  }
  if (scanned.fraction_digits > kMaxDecimalScale || SignificantDigits(text.data(), text.size()) > kMaxDecimalDigits) {
    return absl::InvalidArgumentError(absl::StrCat("a decimal number has at most 38 digits: '", text, "'"));
  }
  const int128 magnitude = static_cast<int128>(scanned.magnitude);
  return Decimal{scanned.negative ? -magnitude : magnitude, scanned.fraction_digits};
}

DecimalParse ParseDecimalAtScale(const char* data, size_t size, int precision, int scale, int64_t* out) {
  return ParseAtScale<uint64_t>(data, size, precision, scale, out);
}

DecimalParse ParseDecimalAtScale(const char* data, size_t size, int precision, int scale, int128* out) {
  return ParseAtScale<uint128>(data, size, precision, scale, out);
}

absl::string_view DecimalParseReason(DecimalParse result) {
  switch (result) {
    case DecimalParse::kOk:
      return "";
    case DecimalParse::kEmpty:
      return "is empty";
    case DecimalParse::kMalformed:
      return "is not a decimal number";
    case DecimalParse::kExcessScale:
      return "has more fraction digits than the field";
    case DecimalParse::kOverflow:
      return "has more digits than the field";
  }
  return "";
}

void AppendDecimal(const Decimal& value, std::string* out) {
  char buffer[kMaxUint128Digits + 1];
  char* const end = buffer + sizeof(buffer);
  char* begin = WriteDigits(Magnitude(value.coefficient), end);
  while (end - begin <= value.scale) *--begin = '0';  // at least one digit before the point; at most 39 in all
  if (value.coefficient < 0) out->push_back('-');
  out->append(begin, end - value.scale);
  if (value.scale == 0) return;
  out->push_back('.');
  out->append(end - value.scale, end);
}

std::string FormatDecimal(const Decimal& value) {
  std::string text;
  AppendDecimal(value, &text);
  return text;
}

std::string FormatTrimmed(const Decimal& value) {
  std::string text = FormatDecimal(value);
  if (value.scale == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace assay
