// JSON text token by token, strictly after RFC 8259.
// Entry point: JsonReader. It builds no tree: whoever reads asks for what must come next. The first thing wrong is kept
// with its place, and every later call fails.
#ifndef ASSAY_INGEST_JSON_READER_H_
#define ASSAY_INGEST_JSON_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace assay {

// Objects and arrays within one another.
inline constexpr int kMaxJsonDepth = 100;

enum class JsonKind : uint8_t { kObject, kArray, kString, kNumber, kTrue, kFalse, kNull, kNothing };

class JsonReader {
 public:
  // The text is borrowed.
  explicit JsonReader(absl::string_view text) : text_(text) {}

  // What the next value is by its first character; kNothing if no value begins here.
  JsonKind Peek();

  // All that follow return false, with the error set, if something else comes.

  // The members of an object: Enter, then for each NextKey (false at the end or on error) and the value. *key is valid
  // until the next string is read.
  bool EnterObject();
  bool NextKey(bool is_first, absl::string_view* key);

  // The elements of an array: Enter, then for each NextElement (false at the end or on error) and the value.
  bool EnterArray();
  bool NextElement(bool is_first);

  // Unescaped; a view of the text or of the reader, valid until the next string is read.
  bool ReadString(absl::string_view* out);

  // As it is written.
  bool ReadNumber(absl::string_view* out);

  bool ReadBool(bool* out);
  bool ReadNull();

  // Nothing but blanks is left.
  bool ReadEnd();

  bool ok() const { return error_.empty(); }

  // Makes the text wrong at `offset`, unless something was wrong before. Always false.
  bool FailAt(size_t offset, absl::string_view message);
  bool Fail(absl::string_view message) { return FailAt(token_, message); }

  // The same where no value begins.
  bool FailNoValue();

  // Where the token read last, or the next one once Peek was called, begins.
  size_t token() const { return token_; }

  // Just behind the closing quote of the string read last.
  size_t string_end() const { return string_end_; }

  absl::string_view text() const { return text_; }
  const std::string& error() const { return error_; }
  size_t error_offset() const { return error_offset_; }

 private:
  void SkipBlanks();
  bool Expect(char wanted, absl::string_view message);
  bool ReadEscape();
  bool ReadHex4(uint32_t* out);
  bool ReadUnicodeEscape();
  bool ReadEscapedString(size_t begin, absl::string_view* out);
  bool ReadWord(absl::string_view word);
  size_t SkipDigits();

  absl::string_view text_;
  size_t at_ = 0;
  size_t token_ = 0;
  size_t string_end_ = 0;
  int depth_ = 0;
  std::string unescaped_;
  std::string error_;
  size_t error_offset_ = 0;
};

}  // namespace assay

#endif  // ASSAY_INGEST_JSON_READER_H_
