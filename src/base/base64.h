// Reads base64 (RFC 4648); Abseil's Base64Escape writes it.
// Entry point: DecodeBase64. A pure function, safe from any thread.
#ifndef ASSAY_BASE_BASE64_H_
#define ASSAY_BASE_BASE64_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace assay {

enum class Base64Alphabet : uint8_t { kStandard, kStandardOrUrl };

// Appends the bytes. Padding may be left out, but not be wrong; blanks, digits of another alphabet and bits beyond the
// last byte make it false, and then *out may have grown.
bool DecodeBase64(absl::string_view text, Base64Alphabet alphabet, std::string* out);

}  // namespace assay

#endif  // ASSAY_BASE_BASE64_H_
