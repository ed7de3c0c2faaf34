// The protobuf encoding written at the end of a string: varints, tags, and messages whose length shows only at their
// end. Entry points: AppendVarint, AppendTag, BeginLength, EndLength. Nothing here checks what is written.
#ifndef ASSAY_INGEST_WIRE_WRITER_H_
#define ASSAY_INGEST_WIRE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "ingest/decode_table.h"

namespace assay {

inline void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

inline void AppendTag(int number, WireType wire, std::string* out) {
  AppendVarint(static_cast<uint64_t>(number) << 3 | static_cast<uint64_t>(wire), out);
}

template <typename T>
void AppendFixed(T value, std::string* out) {
  out->append(reinterpret_cast<const char*>(&value), sizeof(value));
}

inline void AppendBytes(absl::string_view bytes, std::string* out) {
  AppendVarint(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

// Room for the length of what is appended next; EndLength wants the position it returns.
inline size_t BeginLength(std::string* out) {
  out->push_back('\0');
  return out->size();
}

// Writes the length of all that was appended since; what is longer than 127 bytes moves up for a longer length.
inline void EndLength(size_t begin, std::string* out) {
  const size_t length = out->size() - begin;
  if (length < 0x80) {
    (*out)[begin - 1] = static_cast<char>(length);
    return;
  }
  std::string prefix;  // short enough to need no allocation
  AppendVarint(length, &prefix);
  out->replace(begin - 1, 1, prefix);
}

}  // namespace assay

#endif  // ASSAY_INGEST_WIRE_WRITER_H_
