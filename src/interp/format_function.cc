// format(): a text with clauses %s %d %f %e %b %o %x %X that are filled from a list, as CEL's strings library says.
// Entry point: FormatFunctions.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/civil.h"
#include "base/double_text.h"
#include "base/rounding.h"
#include "base/utf8.h"
#include "interp/functions.h"

namespace assay {
namespace {

constexpr int kDefaultPrecision = 6;
constexpr int kMaxPrecision = 100;
constexpr size_t kMaxText = size_t{16} << 20;

// One clause of the pattern.
struct Clause {
  char verb = 's';
  int precision = kDefaultPrecision;
};

std::string NonFinite(double value) { return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"; }

// What %s writes; false for values that have no text.
bool AppendText(const Value& value, std::string* out);

bool AppendList(const ValueList& list, std::string* out) {
  out->push_back('[');
  for (const Value& element : list) {
    if (&element != list.data()) out->append(", ");
    if (!AppendText(element, out)) return false;
  }
  out->push_back(']');
  return true;
}

// Entries in the order of their keys' texts.
bool AppendMap(const ValueMap& map, std::string* out) {
  std::vector<std::pair<std::string, std::string>> entries(map.size());
  for (size_t i = 0; i < map.size(); ++i) {
    if (!AppendText(map[i].key, &entries[i].first) || !AppendText(map[i].value, &entries[i].second)) return false;
  }
  std::sort(entries.begin(), entries.end());
  absl::StrAppend(out, "{", absl::StrJoin(entries, ", ", absl::PairFormatter(": ")), "}");
  return true;
}

bool AppendText(const Value& value, std::string* out) {
  switch (value.kind()) {
    case ValueKind::kNull:
      out->append("null");
      return true;
    case ValueKind::kBool:
      out->append(value.as_bool() ? "true" : "false");
      return true;
    case ValueKind::kInt:
      absl::StrAppend(out, value.as_int());
      return true;
    case ValueKind::kUint:
      absl::StrAppend(out, value.as_uint());
      return true;
    case ValueKind::kDouble:
      out->append(std::isfinite(value.as_double()) ? FormatDouble(value.as_double()) : NonFinite(value.as_double()));
      return true;
    case ValueKind::kString:
      absl::StrAppend(out, value.as_string());
      return true;
    case ValueKind::kBytes:
      absl::StrAppend(out, value.as_bytes());
      return IsValidUtf8(value.as_bytes());
    case ValueKind::kDecimal:
      out->append(FormatDecimal(value.as_decimal()));
      return true;
    case ValueKind::kDate:
      out->append(FormatDate(value.as_date()));
      return true;
    case ValueKind::kTimestamp:
      out->append(FormatTimestamp(value.as_timestamp()));
      return true;
    case ValueKind::kDuration:
      out->append(FormatDuration(value.as_duration()));
      return true;
    case ValueKind::kType:
      absl::StrAppend(out, value.as_type());
      return true;
    case ValueKind::kList:
      return AppendList(value.as_list(), out);
    case ValueKind::kMap:
      return AppendMap(value.as_map(), out);
    default:
      return false;
  }
}

bool AppendInteger(const Value& value, std::string* out) {
  const bool is_number = value.is(ValueKind::kInt) || value.is(ValueKind::kUint);
  const bool is_non_finite = value.is(ValueKind::kDouble) && !std::isfinite(value.as_double());
  return (is_number || is_non_finite) && AppendText(value, out);
}

// %f and %e, of every kind of number; decimals exactly.
bool AppendReal(const Value& value, const Clause& clause, std::string* out) {
  if (value.is(ValueKind::kDecimal) && clause.verb == 'f') {
    const std::optional<Decimal> rounded = clause.precision > kMaxDecimalScale
                                               ? std::nullopt
                                               : Round(value.as_decimal(), clause.precision, Rounding::kHalfEven);
    if (rounded.has_value()) out->append(FormatDecimal(*rounded));
    return rounded.has_value();
  }
  double number = 0;
  if (value.is(ValueKind::kDouble)) number = value.as_double();
  if (value.is(ValueKind::kInt)) number = static_cast<double>(value.as_int());
  if (value.is(ValueKind::kUint)) number = static_cast<double>(value.as_uint());
  const bool is_number = value.is(ValueKind::kDouble) || value.is(ValueKind::kInt) || value.is(ValueKind::kUint);
  if (!is_number) return false;
  if (!std::isfinite(number)) {
    out->append(NonFinite(number));
  } else if (clause.verb == 'f') {
    absl::StrAppendFormat(out, "%.*f", clause.precision, number);
  } else {
    absl::StrAppendFormat(out, "%.*e", clause.precision, number);
  }
  return true;
}

// The digits of an integer in base 2, 8 or 16, behind its sign.
void AppendDigits(const Value& value, unsigned shift, bool upper, std::string* out) {
  const bool negative = value.is(ValueKind::kInt) && value.as_int() < 0;
  uint64_t left = value.is(ValueKind::kUint) ? value.as_uint() : static_cast<uint64_t>(value.as_int());
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

bool AppendInBase(const Value& value, char verb, std::string* out) {
  const unsigned shift = verb == 'b' ? 1 : verb == 'o' ? 3 : 4;
  if (value.is(ValueKind::kInt) || value.is(ValueKind::kUint)) {
    AppendDigits(value, shift, verb == 'X', out);
    return true;
  }
  if (verb == 'b' && value.is(ValueKind::kBool)) {
    out->push_back(value.as_bool() ? '1' : '0');
    return true;
  }
  const bool is_text = value.is(ValueKind::kString) || value.is(ValueKind::kBytes);
  if (shift != 4 || !is_text) return false;
  std::string hex = absl::BytesToHexString(value.is(ValueKind::kString) ? value.as_string() : value.as_bytes());
  if (verb == 'X') absl::AsciiStrToUpper(&hex);
  out->append(hex);
  return true;
}

// Whether the value has a text by the clause.
bool AppendClause(const Clause& clause, const Value& value, std::string* out) {
  switch (clause.verb) {
    case 's':
      return AppendText(value, out);
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

Value Format(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kString) || !args[1].is(ValueKind::kList)) return NoOverload();
  const absl::string_view pattern = args[0].as_string();
  const ValueList& values = args[1].as_list();
  std::string out;
  size_t next = 0;
  for (size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '%') {
      out.push_back(pattern[at++]);
    } else if (at + 1 < pattern.size() && pattern[at + 1] == '%') {
      out.push_back('%');
      at += 2;
    } else {
      Clause clause;
      if (!ReadClause(pattern, &++at, &clause)) return Refused("is no clause of format()");
      if (next >= values.size()) return Value::Error(ErrorKind::kOutOfRange, "format() has more clauses than values");
      if (!AppendClause(clause, values[next++], &out)) return Refused("a value that its clause cannot write");
    }
    if (out.size() > kMaxText) return BudgetSpent();
  }
  return call.steps.TakeBytes(out.size()) ? Value::String(std::move(out)) : BudgetSpent();
}

constexpr FunctionEntry kFunctions[] = {{Op::kFormat, Format}};

}  // namespace

absl::Span<const FunctionEntry> FormatFunctions() { return kFunctions; }

}  // namespace assay
