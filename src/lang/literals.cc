// Literal decoding. Entry points: DecodeLiteral, DecimalOfDouble.
// Every wrong escape of a string is reported, not only the first one.
#include "lang/literals.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace assay {
namespace {

// -- Numbers ---------------------------------------------------------------------------------------------------------

std::optional<uint64_t> ParseMagnitude(absl::string_view digits) {
  const bool is_hex = digits.size() > 2 && digits[1] == 'x';
  const uint64_t base = is_hex ? 16 : 10;
  uint64_t value = 0;
  for (char c : digits.substr(is_hex ? 2 : 0)) {
    const uint64_t digit = IsDigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
    if (value > (std::numeric_limits<uint64_t>::max() - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

std::optional<Constant> DecodeInt(absl::string_view text, bool is_negative) {
  const std::optional<uint64_t> magnitude = ParseMagnitude(text);
  const uint64_t most = (uint64_t{1} << 63) - (is_negative ? 0 : 1);
  if (!magnitude.has_value() || *magnitude > most) return std::nullopt;
  Constant constant;
  constant.kind = TypeKind::kInt;
  constant.int_value = static_cast<int64_t>(is_negative ? -*magnitude : *magnitude);
  return constant;
}

std::optional<Constant> DecodeUint(absl::string_view text) {
  const std::optional<uint64_t> magnitude = ParseMagnitude(text.substr(0, text.size() - 1));
  if (!magnitude.has_value()) return std::nullopt;
  Constant constant;
  constant.kind = TypeKind::kUint;
  constant.uint_value = *magnitude;
  return constant;
}

std::optional<Constant> DecodeDouble(absl::string_view text, bool is_negative) {
  Constant constant;
  constant.kind = TypeKind::kDouble;
  constant.text = absl::StrCat(is_negative ? "-" : "", text);
  if (!absl::SimpleAtod(constant.text, &constant.double_value) || !std::isfinite(constant.double_value)) {
    return std::nullopt;
  }
  const std::optional<Decimal> decimal = DecimalOfDouble(constant.text);
  constant.has_decimal = decimal.has_value();
  if (decimal.has_value()) constant.decimal = *decimal;
  return constant;
}

absl::string_view RangeOf(TokenKind kind) {
  if (kind == TokenKind::kInt) return "an int lies between -9223372036854775808 and 9223372036854775807, not ";
  if (kind == TokenKind::kUint) return "a uint lies between 0u and 18446744073709551615u, not ";
  return "a double is smaller than 1.8e308, not ";
}

std::optional<Constant> DecodeNumber(const Token& token, bool is_negative, SyntaxErrors* errors) {
  const absl::string_view text = errors->text().substr(token.range.begin, token.range.end - token.range.begin);
  std::optional<Constant> constant;
  if (token.kind == TokenKind::kInt) constant = DecodeInt(text, is_negative);
  if (token.kind == TokenKind::kUint) constant = DecodeUint(text);
  if (token.kind == TokenKind::kDouble) constant = DecodeDouble(text, is_negative);
  if (!constant.has_value()) {
    errors->Add(token.range,
                absl::StrCat(RangeOf(token.kind), QuoteShort(absl::StrCat(is_negative ? "-" : "", text), 40)));
  }
  return constant;
}

// -- Strings ---------------------------------------------------------------------------------------------------------

// Simple escapes: the letter, then what it stands for.
constexpr absl::string_view kSimpleEscapes = "a\ab\bf\fn\nr\rt\tv\v\\\\??\"\"''``";

class StringDecoder {
 public:
  StringDecoder(const Token& token, SyntaxErrors* errors)
      : text_(errors->text().substr(0, token.range.end)), errors_(errors), at_(token.range.begin) {
    for (; text_[at_] != '"' && text_[at_] != '\''; ++at_) {
      is_raw_ |= text_[at_] == 'r' || text_[at_] == 'R';
      is_bytes_ |= text_[at_] == 'b' || text_[at_] == 'B';
    }
    const bool is_triple = text_.size() - at_ >= 6 && text_[at_ + 1] == text_[at_] && text_[at_ + 2] == text_[at_];
    at_ += is_triple ? 3 : 1;
    text_.remove_suffix(is_triple ? 3 : 1);
  }

  // False, after reporting, if an escape is wrong.
  bool Decode(std::string* out) {
    while (at_ < text_.size()) {
      if (text_[at_] == '\\' && !is_raw_) {
        DecodeEscape(out);
      } else if (text_[at_] == '\r') {  // every line break counts as one "\n", on all platforms
        at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
        out->push_back('\n');
      } else {
        out->push_back(text_[at_++]);
      }
    }
    return is_valid_;
  }

  bool is_bytes() const { return is_bytes_; }

 private:
  void Fail(size_t end, absl::string_view reason) {
    const size_t shown = std::min(end, text_.size());
    errors_->Add({static_cast<int32_t>(at_), static_cast<int32_t>(shown)},
                 absl::StrCat(reason, ": ", QuoteShort(text_.substr(at_, shown - at_), 12)));
    is_valid_ = false;
  }

  void DecodeEscape(std::string* out) {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    for (size_t i = 0; i < kSimpleEscapes.size(); i += 2) {
      if (kSimpleEscapes[i] != c) continue;
      out->push_back(kSimpleEscapes[i + 1]);
      at_ += 2;
      return;
    }
    if (c == 'x' || c == 'X') return DecodeDigits(2, 2, 16, "\\x takes two hexadecimal digits", out);
    if (c == 'u') return DecodeDigits(2, 4, 16, "\\u takes four hexadecimal digits", out);
    if (c == 'U') return DecodeDigits(2, 8, 16, "\\U takes eight hexadecimal digits", out);
    if (c >= '0' && c <= '3') return DecodeDigits(1, 3, 8, "an octal escape takes three digits, 000 to 377", out);
    size_t end = at_ + 1;
    if (end < text_.size()) DecodeUtf8(text_, &end);
    Fail(end, "no such escape; a backslash itself is written \\\\");
    at_ = end;
  }

  // The number behind the `skip` characters that introduce it.
  void DecodeDigits(size_t skip, size_t count, int base, absl::string_view rule, std::string* out) {
    uint32_t value = 0;
    const char letter = text_[at_ + 1];
    size_t end = at_ + skip;
    for (; end < at_ + skip + count && end < text_.size(); ++end) {
      const char c = absl::ascii_tolower(text_[end]);
      if (base == 8 ? c < '0' || c > '7' : !absl::ascii_isxdigit(c)) break;
      value = value * base + (IsDigit(c) ? c - '0' : c - 'a' + 10);
    }
    if (end != at_ + skip + count) {
      Fail(end, rule);
    } else if (is_bytes_ && (letter == 'u' || letter == 'U')) {
      Fail(end, "bytes have no \\u: write the octets with \\x");
    } else if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
      Fail(end, "not a code point (they are 0 to 10FFFF without D800 to DFFF)");
    } else if (is_bytes_) {
      out->push_back(static_cast<char>(value));
    } else {
      AppendUtf8(value, out);
    }
    at_ = end;
  }

  absl::string_view text_;  // ends where the content ends
  SyntaxErrors* errors_;
  size_t at_;
  bool is_raw_ = false;
  bool is_bytes_ = false;
  bool is_valid_ = true;
};

std::optional<Constant> DecodeText(const Token& token, SyntaxErrors* errors) {
  StringDecoder decoder(token, errors);
  Constant constant;
  constant.kind = decoder.is_bytes() ? TypeKind::kBytes : TypeKind::kString;
  if (!decoder.Decode(&constant.text)) return std::nullopt;
  return constant;
}

}  // namespace

std::optional<Constant> DecodeLiteral(const Token& token, bool is_negative, SyntaxErrors* errors) {
  if (token.kind == TokenKind::kString || token.kind == TokenKind::kBytes) return DecodeText(token, errors);
  if (token.kind == TokenKind::kInt || token.kind == TokenKind::kUint || token.kind == TokenKind::kDouble) {
    return DecodeNumber(token, is_negative, errors);
  }
  Constant constant;
  if (token.kind != TokenKind::kNull) {
    constant.kind = TypeKind::kBool;
    constant.bool_value = token.kind == TokenKind::kTrue;
  }
  return constant;
}

std::optional<Decimal> DecimalOfDouble(absl::string_view text) {
  const size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  absl::string_view mantissa = text.substr(0, exponent_at);
  const bool is_negative = !mantissa.empty() && mantissa[0] == '-';
  mantissa.remove_prefix(is_negative ? 1 : 0);
  int64_t exponent = 0;  // one that does not even fit has no decimal either, unless the number is zero
  if (exponent_at < text.size() && !absl::SimpleAtoi(text.substr(exponent_at + 1), &exponent)) return std::nullopt;
  if (exponent < -1'000'000'000 || exponent > 1'000'000'000) return std::nullopt;

  std::string digits;
  int64_t scale = -exponent;
  bool in_fraction = false;
  for (char c : mantissa) {
    if (c == '.') {
      in_fraction = true;
      continue;
    }
    if (c != '0' || !digits.empty()) digits.push_back(c);
    scale += in_fraction;
  }
  if (scale < 0 && !digits.empty()) {
    if (-scale > kMaxDecimalDigits) return std::nullopt;
    digits.append(-scale, '0');
  }
  scale = std::max<int64_t>(scale, 0);
  while (!digits.empty() && digits.back() == '0' && scale > 0 &&
         (scale > kMaxDecimalScale || digits.size() > kMaxDecimalDigits)) {
    digits.pop_back();
    --scale;
  }
  if (digits.empty()) scale = std::min<int64_t>(scale, kMaxDecimalScale);
  if (scale > kMaxDecimalScale || digits.size() > kMaxDecimalDigits) return std::nullopt;
  int128 coefficient = 0;
  for (char c : digits) coefficient = coefficient * 10 + (c - '0');
  return Decimal{is_negative ? -coefficient : coefficient, static_cast<int>(scale)};
}

}  // namespace assay
