// Exact decimals of up to 38 digits: text in, text out, arithmetic without a silent rounding.
// Entry points: ParseDecimal, ParseDecimalAtScale (the ingest hot path), FormatDecimal, Add … Quotient, Round.
// Everything is a pure function of plain values, safe from any thread. Binary floating point appears only in ToDouble.
#ifndef ASSAY_BASE_DECIMAL_H_
#define ASSAY_BASE_DECIMAL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/int128.h"
#include "base/rounding.h"

namespace assay {

inline constexpr int kMaxDecimalDigits = 38;
inline constexpr int kMaxDecimalScale = 38;

// The value coefficient / 10^scale, with 0 <= scale <= 38 and |coefficient| < 10^38. 1.50 and 1.5 are different structs
// of equal value: compare with Compare.
struct Decimal {
  int128 coefficient = 0;
  int scale = 0;
};

// Whether a coefficient keeps to 38 digits.
constexpr bool FitsDecimal(int128 coefficient) {
  return coefficient < Pow10(kMaxDecimalDigits) && coefficient > -Pow10(kMaxDecimalDigits);
}

constexpr Decimal DecimalFromInt64(int64_t value) { return {value, 0}; }
constexpr Decimal DecimalFromUint64(uint64_t value) { return {static_cast<int128>(value), 0}; }

// -- Text ------------------------------------------------------------------------------------------------------------

// What reading a field's text found. kExcessScale: well-formed, but with more fraction digits than the field has, even
// if they are zeros. kOverflow: more digits before the point than precision - scale.
enum class DecimalParse : uint8_t { kOk, kEmpty, kMalformed, kExcessScale, kOverflow };

// Reads `-?[0-9]+(\.[0-9]+)?`: no plus sign, no exponent, no blanks. The scale is the number of fraction digits
// written. Leading zeros do not count as digits. InvalidArgument with one line if malformed or over 38 digits.
absl::StatusOr<Decimal> ParseDecimal(absl::string_view text);

// Reads the same grammar into the coefficient at `scale`: "1.5" at scale 4 is 15000. |*out| < 10^precision. *out is
// written only on kOk. Requires 0 <= scale <= precision and precision <= 18 for int64_t, <= 38 for int128. `data` need
// not be terminated. Never allocates. Malformed text is kMalformed whatever else is wrong with it.
DecimalParse ParseDecimalAtScale(const char* data, size_t size, int precision, int scale, int64_t* out);
DecimalParse ParseDecimalAtScale(const char* data, size_t size, int precision, int scale, int128* out);

// Why a field's text was refused, for messages: "is not a decimal number", …; "" for kOk.
absl::string_view DecimalParseReason(DecimalParse result);

// Exactly `scale` fraction digits: {-5, 2} is "-0.05", {0, 2} is "0.00".
std::string FormatDecimal(const Decimal& value);

// The same without trailing fraction zeros: {1500, 3} is "1.5", {2000, 3} is "2".
std::string FormatTrimmed(const Decimal& value);

// FormatDecimal at the end of *out.
void AppendDecimal(const Decimal& value, std::string* out);

// -- Arithmetic: nothing (or kOverflow) where the exact result needs more than 38 digits or a scale over 38 ----------

// The same value with `scale` fraction digits, which must not be fewer than it has.
std::optional<Decimal> Rescale(const Decimal& value, int scale);

// Negative, 0 or positive, as a < b, a == b, a > b; exact for any two scales.
int Compare(const Decimal& a, const Decimal& b);

// Both operands are first brought to the wider scale, the scale of the result; that step may overflow too. So columns
// whose operands were aligned beforehand and single values overflow on the same inputs.
std::optional<Decimal> Add(const Decimal& a, const Decimal& b);
std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b);

// The scales add up.
std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b);

constexpr Decimal Negate(const Decimal& value) { return {-value.coefficient, value.scale}; }

// The value at exactly `scale` fraction digits (0..38), rounded once if it has more.
std::optional<Decimal> Round(const Decimal& value, int scale, Rounding mode);

enum class QuotientResult : uint8_t { kOk, kDivisionByZero, kOverflow };

// a / b at exactly `scale` fraction digits (0..38), rounded once from the exact quotient. *out is written only on kOk.
QuotientResult Quotient(const Decimal& a, const Decimal& b, int scale, Rounding mode, Decimal* out);

// The nearest double, ties to even.
double ToDouble(const Decimal& value);

}  // namespace assay

#endif  // ASSAY_BASE_DECIMAL_H_
