// Texts of the protobuf JSON mapping. Entry points are those of the header. Everything not allowed is refused.
#include "ingest/json_scalars.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "base/decimal.h"
#include "ingest/json_reader.h"

namespace assay {
namespace {

constexpr int kMaxDigits = 38;
constexpr int64_t kMaxProtobufSeconds = 315'576'000'000;  // of a duration

// The value of a base64 digit of either alphabet, or -1.
int Base64Value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

// The whole number with these significant digits and zeros behind them.
std::optional<int128> Scale(absl::string_view digits, int64_t zeros, bool is_negative) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  while (zeros < 0 && !digits.empty()) {
    if (digits.back() != '0') return std::nullopt;  // a fraction
    digits.remove_suffix(1);
    ++zeros;
  }
  if (digits.empty()) return int128{0};
  if (static_cast<int64_t>(digits.size()) + zeros > kMaxDigits) return std::nullopt;
  int128 value = 0;
  for (char digit : digits) value = value * 10 + (digit - '0');
  value *= Pow10(static_cast<int>(zeros));
  return is_negative ? -value : value;
}

}  // namespace

bool IsJsonNumber(absl::string_view text) {
  JsonReader reader(text);
  absl::string_view number;
  return reader.ReadNumber(&number) && number.size() == text.size();
}

std::optional<int128> ParseJsonInteger(absl::string_view text) {
  if (!IsJsonNumber(text)) return std::nullopt;
  const bool is_negative = text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  int64_t exponent = 0;
  if (const size_t e = text.find_first_of("eE"); e != absl::string_view::npos) {
    if (!absl::SimpleAtoi(text.substr(e + 1), &exponent)) return std::nullopt;
    if (exponent > 1000000 || exponent < -1000000) return std::nullopt;
    text = text.substr(0, e);
  }
  std::string digits(text);
  if (const size_t point = digits.find('.'); point != std::string::npos) {
    exponent -= static_cast<int64_t>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  return Scale(digits, exponent, is_negative);
}

std::optional<Duration> ParseJsonDuration(absl::string_view text) {
  if (text.empty() || text.back() != 's') return std::nullopt;
  int128 nanos = 0;
  if (ParseDecimalAtScale(text.data(), text.size() - 1, 21, 9, &nanos) != DecimalParse::kOk) return std::nullopt;
  const Duration span{static_cast<int64_t>(nanos / kNanosPerSecond), static_cast<int32_t>(nanos % kNanosPerSecond)};
  const bool in_range = span.seconds <= kMaxProtobufSeconds && span.seconds >= -kMaxProtobufSeconds;
  return in_range ? std::optional<Duration>(span) : std::nullopt;
}

bool DecodeBase64(absl::string_view text, std::string* out) {
  const size_t written = text.size();
  while (!text.empty() && text.back() == '=' && written - text.size() < 2) text.remove_suffix(1);
  if (text.size() != written && written % 4 != 0) return false;
  if (text.size() % 4 == 1) return false;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    const int value = Base64Value(c);
    if (value < 0) return false;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out->push_back(static_cast<char>(bits >> count));
  }
  return (bits & ((1u << count) - 1)) == 0;
}

bool AppendFieldMaskPath(absl::string_view path, std::string* out) {
  for (char c : path) {
    if (c == '_') return false;
    if (absl::ascii_isupper(c)) out->push_back('_');
    out->push_back(absl::ascii_tolower(c));
  }
  return !path.empty();
}

}  // namespace assay
