// Constants as literals. Entry points: UnparseConstant, QuoteString. Nothing is rounded: a double is written with the
// digits that bring it back.
#include <charconv>
#include <cmath>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lang/unparse.h"

namespace assay {
namespace {

std::string UnparseDouble(const Constant& constant) {
  if (!constant.text.empty()) return constant.text;
  const double value = constant.double_value;
  if (std::isnan(value)) return "double('NaN')";
  if (std::isinf(value)) return value > 0 ? "double('Infinity')" : "double('-Infinity')";
  char digits[32];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof(digits), value);
  const absl::string_view text(digits, end.ptr - digits);
  return absl::StrCat(text, text.find_first_of(".e") == absl::string_view::npos ? ".0" : "");
}

std::string QuoteBytes(absl::string_view bytes) {
  std::string quoted = "b'";
  for (char c : bytes) {
    if (c == '\\' || c == '\'') {
      absl::StrAppend(&quoted, "\\", std::string(1, c));
    } else if (c >= 0x20 && c < 0x7F) {
      quoted.push_back(c);
    } else {
      absl::StrAppendFormat(&quoted, "\\x%02x", static_cast<unsigned char>(c));
    }
  }
  return quoted + "'";
}

}  // namespace

std::string QuoteString(absl::string_view text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\\' || c == '\'') {
      absl::StrAppend(&quoted, "\\", std::string(1, c));
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\r') {
      quoted += "\\r";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      absl::StrAppendFormat(&quoted, "\\x%02x", c);
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "'";
}

std::string UnparseConstant(const Constant& constant) {
  switch (constant.kind) {
    case TypeKind::kBool:
      return constant.bool_value ? "true" : "false";
    case TypeKind::kInt:
      return absl::StrCat(constant.int_value);
    case TypeKind::kUint:
      return absl::StrCat(constant.uint_value, "u");
    case TypeKind::kDouble:
      return UnparseDouble(constant);
    case TypeKind::kString:
      return QuoteString(constant.text);
    case TypeKind::kBytes:
      return QuoteBytes(constant.text);
    case TypeKind::kDecimal:
      return absl::StrCat("decimal('", FormatDecimal(constant.decimal), "')");
    case TypeKind::kDate:
      return absl::StrCat("date('", FormatDate(static_cast<int32_t>(constant.int_value)), "')");
    case TypeKind::kTimestamp:
      return absl::StrCat("timestamp('", FormatTimestamp(constant.timestamp), "')");
    case TypeKind::kDuration:
      return absl::StrCat("duration('", FormatDuration(constant.duration), "')");
    default:
      return "null";
  }
}

}  // namespace assay
