// A strict JSON tokenizer. Entry points are JsonReader's. Strings without escapes are handed out in place.
// Whether the bytes are UTF-8 at all is for the caller to check, once for the whole text.
#include "ingest/json_reader.h"

#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace assay {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool IsHighSurrogate(uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool IsLowSurrogate(uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

// What stands for itself in a string.
constexpr bool IsPlain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

}  // namespace

bool JsonReader::FailAt(size_t offset, absl::string_view message) {
  if (!error_.empty()) return false;
  error_ = std::string(message);
  error_offset_ = offset;
  at_ = text_.size();
  return false;
}

void JsonReader::SkipBlanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') break;
    ++at_;
  }
  token_ = at_;
}

bool JsonReader::Expect(char wanted, absl::string_view message) {
  SkipBlanks();
  if (at_ == text_.size()) return Fail("the text ends too early");
  if (text_[at_] != wanted) return Fail(message);
  ++at_;
  return true;
}

JsonKind JsonReader::Peek() {
  SkipBlanks();
  if (at_ == text_.size()) return JsonKind::kNothing;
  switch (text_[at_]) {
    case '{':
      return JsonKind::kObject;
    case '[':
      return JsonKind::kArray;
    case '"':
      return JsonKind::kString;
    case 't':
      return JsonKind::kTrue;
    case 'f':
      return JsonKind::kFalse;
    case 'n':
      return JsonKind::kNull;
    default:
      return text_[at_] == '-' || IsDigit(text_[at_]) ? JsonKind::kNumber : JsonKind::kNothing;
  }
}

bool JsonReader::EnterObject() {
  if (!Expect('{', "expects an object {…}")) return false;
  if (++depth_ > kMaxJsonDepth) return Fail("objects and arrays lie within one another more than 100 deep");
  return true;
}

bool JsonReader::NextKey(bool is_first, absl::string_view* key) {
  SkipBlanks();
  if (at_ < text_.size() && text_[at_] == '}') {
    ++at_;
    --depth_;
    return false;
  }
  if (!is_first && !Expect(',', "expects ',' or '}'")) return false;
  if (Peek() != JsonKind::kString) {
    return Fail(at_ == text_.size() ? "the text ends too early" : "expects a name in double quotes");
  }
  const size_t name = token_;
  if (!ReadString(key) || !Expect(':', "expects ':' after a name")) return false;
  token_ = name;
  return true;
}

bool JsonReader::EnterArray() {
  if (!Expect('[', "expects an array […]")) return false;
  if (++depth_ > kMaxJsonDepth) return Fail("objects and arrays lie within one another more than 100 deep");
  return true;
}

bool JsonReader::NextElement(bool is_first) {
  SkipBlanks();
  if (at_ < text_.size() && text_[at_] == ']') {
    ++at_;
    --depth_;
    return false;
  }
  return is_first ? ok() : Expect(',', "expects ',' or ']'");
}

bool JsonReader::ReadString(absl::string_view* out) {
  if (!Expect('"', "expects a string")) return false;
  const size_t begin = at_;
  while (at_ < text_.size() && IsPlain(text_[at_])) ++at_;
  if (at_ < text_.size() && text_[at_] == '"') {
    *out = text_.substr(begin, at_ - begin);
    string_end_ = ++at_;
    return true;
  }
  return ReadEscapedString(begin, out);
}

bool JsonReader::ReadEscapedString(size_t begin, absl::string_view* out) {
  unescaped_.assign(text_.data() + begin, at_ - begin);
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (IsPlain(c)) {
      unescaped_.push_back(c);
      ++at_;
    } else if (c == '"') {
      string_end_ = ++at_;
      *out = unescaped_;
      return true;
    } else if (c != '\\') {
      return FailAt(at_, "a string has a control character; write it as \\u00XX");
    } else if (!ReadEscape()) {
      return false;
    }
  }
  return Fail("a string has no closing quote");
}

bool JsonReader::ReadEscape() {
  static constexpr absl::string_view kLetters = "\"\\/bfnrt";
  static constexpr absl::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (at_ + 1 >= text_.size()) return Fail("a string has no closing quote");
  const char letter = text_[at_ + 1];
  if (letter == 'u') return ReadUnicodeEscape();
  const size_t found = kLetters.find(letter);
  if (found == absl::string_view::npos) return FailAt(at_, "a string has an unknown escape");
  unescaped_.push_back(kMeanings[found]);
  at_ += 2;
  return true;
}

bool JsonReader::ReadHex4(uint32_t* out) {
  *out = 0;
  if (text_.size() - at_ < 6 || text_[at_] != '\\' || text_[at_ + 1] != 'u') return false;
  for (size_t i = 2; i < 6; ++i) {
    const int digit = HexValue(text_[at_ + i]);
    if (digit < 0) return false;
    *out = *out << 4 | static_cast<uint32_t>(digit);
  }
  return true;
}

bool JsonReader::ReadUnicodeEscape() {
  uint32_t unit = 0, low = 0;
  const size_t begin = at_;
  if (!ReadHex4(&unit)) return FailAt(begin, "\\u needs four hexadecimal digits");
  at_ += 6;
  if (IsHighSurrogate(unit)) {
    if (!ReadHex4(&low) || !IsLowSurrogate(low)) return FailAt(begin, "a surrogate \\uXXXX stands alone");
    at_ += 6;
    unit = 0x10000 + ((unit - 0xd800) << 10 | (low - 0xdc00));
  } else if (IsLowSurrogate(unit)) {
    return FailAt(begin, "a surrogate \\uXXXX stands alone");
  }
  AppendUtf8(static_cast<char32_t>(unit), &unescaped_);
  return true;
}

size_t JsonReader::SkipDigits() {
  const size_t begin = at_;
  while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
  return at_ - begin;
}

bool JsonReader::ReadNumber(absl::string_view* out) {
  if (Peek() != JsonKind::kNumber) return Fail("expects a number");
  const size_t begin = at_;
  at_ += text_[at_] == '-';
  const bool is_zero_first = at_ < text_.size() && text_[at_] == '0';
  const size_t whole = SkipDigits();
  bool ok = whole == 1 || (whole > 1 && !is_zero_first);
  if (at_ < text_.size() && text_[at_] == '.') {
    ++at_;
    ok = SkipDigits() != 0 && ok;
  }
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    at_ += at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-');
    ok = SkipDigits() != 0 && ok;
  }
  *out = text_.substr(begin, at_ - begin);
  return ok || Fail("is not a JSON number");
}

bool JsonReader::ReadWord(absl::string_view word) {
  SkipBlanks();
  if (text_.substr(at_, word.size()) != word) return Fail(absl::StrCat("expects ", word));
  at_ += word.size();
  return true;
}

bool JsonReader::ReadBool(bool* out) {
  *out = Peek() == JsonKind::kTrue;
  if (!*out && Peek() != JsonKind::kFalse) return Fail("expects true or false");
  return ReadWord(*out ? "true" : "false");
}

bool JsonReader::ReadNull() { return ReadWord("null"); }

bool JsonReader::FailNoValue() { return Fail(at_ == text_.size() ? "the text ends too early" : "expects a value"); }

bool JsonReader::ReadEnd() {
  if (!ok()) return false;
  SkipBlanks();
  return at_ == text_.size() || Fail("something follows after the value");
}

}  // namespace assay
