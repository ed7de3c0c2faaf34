// Fractions of a second in text, shared by timestamps and durations. Entry points: TakeFraction, AppendFraction.
// It never rounds: more than nine digits are refused on the way in, and nine are enough on the way out.
#ifndef ASSAY_BASE_TIME_FRACTION_H_
#define ASSAY_BASE_TIME_FRACTION_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace assay {

// Takes one to nine digits, the fraction after a point, off the front of *text; false if there are none or more.
bool TakeFraction(absl::string_view* text, int32_t* nanos);

// Appends "", ".123", ".123456" or ".123456789"; nanos is 0..999,999,999.
void AppendFraction(int32_t nanos, std::string* out);

}  // namespace assay

#endif  // ASSAY_BASE_TIME_FRACTION_H_
