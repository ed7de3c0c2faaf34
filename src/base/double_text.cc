// Lays out the shortest digits of a double, and reads them back. Entry points: AppendDouble, ParseDouble.
#include "base/double_text.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/charconv.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace assay {
namespace {

// Where the point may lie in a number that is written without an exponent; the borders are ECMAScript's.
constexpr int kMinPlainPoint = -5;
constexpr int kMaxPlainPoint = 21;

// 0.digits * 10^point.
void AppendDigits(absl::string_view digits, int point, std::string* out) {
  const int size = static_cast<int>(digits.size());
  if (point < kMinPlainPoint || point > kMaxPlainPoint) {
    absl::StrAppend(out, digits.substr(0, 1), size > 1 ? "." : "", digits.substr(1), "e", point > 0 ? "+" : "",
                    point - 1);
  } else if (point <= 0) {
    absl::StrAppend(out, "0.", std::string(static_cast<size_t>(-point), '0'), digits);
  } else if (point >= size) {
    absl::StrAppend(out, digits, std::string(static_cast<size_t>(point - size), '0'));
  } else {
    absl::StrAppend(out, digits.substr(0, static_cast<size_t>(point)), ".", digits.substr(static_cast<size_t>(point)));
  }
}

bool IsSpecial(absl::string_view text) {
  return absl::EqualsIgnoreCase(text, "nan") || absl::EqualsIgnoreCase(text, "inf") ||
         absl::EqualsIgnoreCase(text, "infinity");
}

}  // namespace

void AppendDouble(double value, std::string* out) {
  if (std::isnan(value)) {
    out->append("NaN");
    return;
  }
  if (std::signbit(value)) out->push_back('-');
  if (std::isinf(value)) {
    out->append("Infinity");
    return;
  }
  if (value == 0) {
    out->push_back('0');
    return;
  }
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), std::fabs(value), std::chars_format::scientific).ptr;
  const absl::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t mark = text.find('e');
  int exponent = 0;
  static_cast<void>(absl::SimpleAtoi(text.substr(mark + 1), &exponent));
  std::string digits(text.substr(0, 1));
  if (mark > 1) digits.append(text.data() + 2, mark - 2);
  AppendDigits(digits, exponent + 1, out);
}

std::string FormatDouble(double value) {
  std::string text;
  AppendDouble(value, &text);
  return text;
}

DoubleParse ParseDouble(absl::string_view text, double* out) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  double value = 0;
  if (IsSpecial(text)) {
    value = absl::ascii_tolower(static_cast<unsigned char>(text[0])) == 'n' ? std::numeric_limits<double>::quiet_NaN()
                                                                            : std::numeric_limits<double>::infinity();
  } else {
    // The library would also read names, hexadecimals and a second sign.
    if (text.find_first_not_of("0123456789.eE+-") != absl::string_view::npos || text.find_first_of("+-") == 0) {
      return DoubleParse::kMalformed;
    }
    const char* end = text.data() + text.size();
    const absl::from_chars_result result = absl::from_chars(text.data(), end, value);
    if (result.ptr != end || result.ec == std::errc::invalid_argument) return DoubleParse::kMalformed;
    if (result.ec == std::errc::result_out_of_range && value > 1) return DoubleParse::kOverflow;
  }
  *out = negative ? -value : value;
  return DoubleParse::kOk;
}

}  // namespace assay
