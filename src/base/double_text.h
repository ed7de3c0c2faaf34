// Doubles as text and back: the shortest decimal that reads back as the same number.
// Entry points: AppendDouble, ParseDouble. Pure functions, safe from any thread; no locale changes what they do.
#ifndef ASSAY_BASE_DOUBLE_TEXT_H_
#define ASSAY_BASE_DOUBLE_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace assay {

// As ECMAScript writes numbers: "0.1", "100", "1e+21", "1.5e-7"; beside them "-0", "NaN", "Infinity", "-Infinity".
void AppendDouble(double value, std::string* out);
std::string FormatDouble(double value);

// kOverflow: a number beyond the largest double.
enum class DoubleParse : uint8_t { kOk, kMalformed, kOverflow };

// Reads a sign, digits with a point among, before or behind them, and an exponent; or nan, inf, infinity in any case.
// Rounded to the nearest double; too small is 0. *out is written only on kOk.
DoubleParse ParseDouble(absl::string_view text, double* out);

}  // namespace assay

#endif  // ASSAY_BASE_DOUBLE_TEXT_H_
