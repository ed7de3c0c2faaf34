// Six bits for each digit, eight for each byte. Entry point: DecodeBase64.
#include "base/base64.h"

namespace assay {
namespace {

// The value of a digit, or -1.
int DigitValue(char c, Base64Alphabet alphabet) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  const bool url = alphabet == Base64Alphabet::kStandardOrUrl;
  if (c == '+' || (url && c == '-')) return 62;
  if (c == '/' || (url && c == '_')) return 63;
  return -1;
}

}  // namespace

bool DecodeBase64(absl::string_view text, Base64Alphabet alphabet, std::string* out) {
  const size_t written = text.size();
  while (!text.empty() && text.back() == '=' && written - text.size() < 2) text.remove_suffix(1);
  if (text.size() != written && written % 4 != 0) return false;
  if (text.size() % 4 == 1) return false;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    const int value = DigitValue(c, alphabet);
    if (value < 0) return false;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out->push_back(static_cast<char>(bits >> count));
  }
  return (bits & ((1u << count) - 1)) == 0;
}

}  // namespace assay
