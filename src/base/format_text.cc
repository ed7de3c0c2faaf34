// Entry points: FormatText, AppendShown.
#include "base/format_text.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/civil.h"
#include "base/double_text.h"
#include "base/rounding.h"
#include "base/utf8.h"

namespace assay {
namespace {

using Kind = FormatValue::Kind;

constexpr int kDefaultPrecision = 6;
constexpr int kMaxPrecision = 100;

// One clause of the pattern.
struct Clause {
  char verb = 's';
  int precision = kDefaultPrecision;
};

absl::string_view NonFinite(double value) { return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"; }

bool AppendInteger(const FormatValue& value, std::string* out) {
  const bool is_number = value.kind == Kind::kInt || value.kind == Kind::kUint;
  const bool is_non_finite = value.kind == Kind::kDouble && !std::isfinite(value.real);
  return (is_number || is_non_finite) && AppendShown(value, out);
}

// %f and %e, of every kind of number; decimals exactly.
bool AppendReal(const FormatValue& value, const Clause& clause, std::string* out) {
  if (value.kind == Kind::kDecimal && clause.verb == 'f') {
    const std::optional<Decimal> rounded =
        clause.precision > kMaxDecimalScale ? std::nullopt : Round(value.decimal, clause.precision, Rounding::kHalfUp);
    if (rounded.has_value()) out->append(FormatDecimal(*rounded));
    return rounded.has_value();
  }
  double number = value.real;
  if (value.kind == Kind::kInt) number = static_cast<double>(value.integer);
  if (value.kind == Kind::kUint) number = static_cast<double>(value.natural);
  if (value.kind != Kind::kDouble && value.kind != Kind::kInt && value.kind != Kind::kUint) return false;
  if (!std::isfinite(number)) {
    absl::StrAppend(out, NonFinite(number));
  } else if (clause.verb == 'f') {
    absl::StrAppendFormat(out, "%.*f", clause.precision, number);
  } else {
    absl::StrAppendFormat(out, "%.*e", clause.precision, number);
  }
  return true;
}

// The digits of an integer in base 2, 8 or 16, behind its sign.
void AppendDigits(const FormatValue& value, unsigned shift, bool upper, std::string* out) {
  const bool negative = value.kind == Kind::kInt && value.integer < 0;
  uint64_t left = value.kind == Kind::kUint ? value.natural : static_cast<uint64_t>(value.integer);
  if (negative) left = 0 - left;
  const uint64_t mask = (uint64_t{1} << shift) - 1;
  const char* const letters = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string digits;
  do {
    digits.push_back(letters[left & mask]);
    left >>= shift;
  } while (left != 0);
  if (negative) digits.push_back('-');
  out->append(digits.rbegin(), digits.rend());
}

bool AppendInBase(const FormatValue& value, char verb, std::string* out) {
  const unsigned shift = verb == 'b' ? 1 : verb == 'o' ? 3 : 4;
  if (value.kind == Kind::kInt || value.kind == Kind::kUint) {
    AppendDigits(value, shift, verb == 'X', out);
    return true;
  }
  if (verb == 'b' && value.kind == Kind::kBool) {
    out->push_back(value.flag ? '1' : '0');
    return true;
  }
  if (shift != 4 || (value.kind != Kind::kString && value.kind != Kind::kBytes)) return false;
  std::string hex = absl::BytesToHexString(value.text);
  if (verb == 'X') absl::AsciiStrToUpper(&hex);
  out->append(hex);
  return true;
}

// Whether the value has a text by the clause.
bool AppendClause(const Clause& clause, const FormatValue& value, std::string* out) {
  switch (clause.verb) {
    case 's':
      return AppendShown(value, out);
    case 'd':
      return AppendInteger(value, out);
    case 'f':
    case 'e':
      return AppendReal(value, clause, out);
    default:
      return AppendInBase(value, clause.verb, out);
  }
}

// The clause behind a '%' at `at`, which is left behind it; false if it is none.
bool ReadClause(absl::string_view pattern, size_t* at, Clause* clause) {
  if (*at < pattern.size() && pattern[*at] == '.') {
    ++*at;
    clause->precision = 0;
    const size_t begin = *at;
    for (; *at < pattern.size() && absl::ascii_isdigit(static_cast<unsigned char>(pattern[*at])); ++*at) {
      clause->precision = std::min(clause->precision * 10 + (pattern[*at] - '0'), kMaxPrecision + 1);
    }
    if (*at == begin || clause->precision > kMaxPrecision) return false;
  }
  if (*at >= pattern.size()) return false;
  clause->verb = pattern[(*at)++];
  return absl::string_view("sdfeboxX").find(clause->verb) != absl::string_view::npos;
}

}  // namespace

bool AppendShown(const FormatValue& value, std::string* out) {
  switch (value.kind) {
    case Kind::kNone:
      return false;
    case Kind::kText:
    case Kind::kString:
      absl::StrAppend(out, value.text);
      return true;
    case Kind::kBytes:
      absl::StrAppend(out, value.text);
      return IsValidUtf8(value.text);
    case Kind::kBool:
      out->append(value.flag ? "true" : "false");
      return true;
    case Kind::kInt:
      absl::StrAppend(out, value.integer);
      return true;
    case Kind::kUint:
      absl::StrAppend(out, value.natural);
      return true;
    case Kind::kDouble:
      if (std::isfinite(value.real)) AppendDouble(value.real, out);
      if (!std::isfinite(value.real)) absl::StrAppend(out, NonFinite(value.real));
      return true;
    case Kind::kDecimal:
      out->append(FormatDecimal(value.decimal));
      return true;
    case Kind::kDate:
      AppendDate(static_cast<int32_t>(value.integer), out);
      return true;
    case Kind::kTimestamp:
      out->append(FormatTimestamp(value.timestamp));
      return true;
    case Kind::kDuration:
      out->append(FormatDuration(value.duration));
      return true;
  }
  return false;
}

FormatFault FormatText(absl::string_view pattern, absl::Span<const FormatValue> values, std::string* out) {
  size_t next = 0;
  for (size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '%') {
      const size_t end = std::min(pattern.find('%', at), pattern.size());
      absl::StrAppend(out, pattern.substr(at, end - at));
      at = end;
    } else if (at + 1 < pattern.size() && pattern[at + 1] == '%') {
      out->push_back('%');
      at += 2;
    } else {
      Clause clause;
      if (!ReadClause(pattern, &++at, &clause)) return FormatFault::kNoClause;
      if (next >= values.size()) return FormatFault::kTooFewValues;
      if (!AppendClause(clause, values[next++], out)) return FormatFault::kCannotWrite;
    }
    if (out->size() > kMaxFormatted) return FormatFault::kTooLong;
  }
  return FormatFault::kNone;
}

}  // namespace assay
