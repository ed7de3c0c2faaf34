// Values as the protobuf JSON mapping writes them in text: whole numbers, durations, bytes, field masks.
// Entry points: IsJsonNumber, ParseJsonInteger, ParseJsonDuration, DecodeBase64, AppendFieldMaskPath. Pure functions;
// binary floating point touches none of them.
#ifndef ASSAY_INGEST_JSON_SCALARS_H_
#define ASSAY_INGEST_JSON_SCALARS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/int128.h"
#include "base/timestamp.h"

namespace assay {

// Whether the whole text is one JSON number, without blanks around it.
bool IsJsonNumber(absl::string_view text);

// A JSON number, of which a fraction or exponent may be written as long as the value is whole: 1e3, 2.0. Nothing for
// other texts and for values of more than 38 digits.
std::optional<int128> ParseJsonInteger(absl::string_view text);

// Seconds with up to nine fraction digits and an s: "1.5s", "-0.000000001s". As protobuf demands, within 10,000 years,
// of which base/timestamp.h takes the first 292.
std::optional<Duration> ParseJsonDuration(absl::string_view text);

// Appends the bytes. The standard and the URL alphabet, padded or not; false for anything else.
bool DecodeBase64(absl::string_view text, std::string* out);

// Appends one path of a field mask, "line.unitPrice", in proto names, "line.unit_price". False if it has underscores
// already or is empty.
bool AppendFieldMaskPath(absl::string_view path, std::string* out);

}  // namespace assay

#endif  // ASSAY_INGEST_JSON_SCALARS_H_
