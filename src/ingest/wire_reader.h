// The protobuf encoding's atoms: varints, tags, lengths, and how to step over a field.
// Entry points: ReadVarint, ReadTag, ReadLength, SkipField. They read within [p, end) only, return the place after what
// they read, or nullptr with the reason in *error. Nothing here allocates.
#ifndef ASSAY_INGEST_WIRE_READER_H_
#define ASSAY_INGEST_WIRE_READER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/base/optimization.h"
#include "ingest/decode_table.h"

namespace assay {

// Messages and groups within one another, as protobuf's parsers count them: the root is not counted.
inline constexpr int kMaxWireDepth = 100;

enum class WireError : uint8_t {
  kNone,
  kTruncated,
  kLongVarint,
  kFieldZero,
  kWireType,
  kGroupEnd,
  kTooDeep,
  kUtf8,
  kTooManyItems,
  kTooManyElements,
};

// What the error says to a person: "it ends in the middle of a field".
const char* WireErrorReason(WireError error);

inline WireType WireTypeOf(uint32_t tag) { return static_cast<WireType>(tag & 7); }

const uint8_t* ReadLongVarint(const uint8_t* p, const uint8_t* end, int max_bytes, uint64_t* value, WireError* error);

inline const uint8_t* ReadVarint(const uint8_t* p, const uint8_t* end, uint64_t* value, WireError* error) {
  if (ABSL_PREDICT_TRUE(p != end && *p < 0x80)) {
    *value = *p;
    return p + 1;
  }
  return ReadLongVarint(p, end, 10, value, error);
}

// Tags and lengths take at most five bytes.
inline const uint8_t* ReadTag(const uint8_t* p, const uint8_t* end, uint32_t* tag, WireError* error) {
  if (ABSL_PREDICT_TRUE(p != end && *p < 0x80)) {
    *tag = *p;
    return p + 1;
  }
  if (end - p >= 2 && p[1] < 0x80) {
    *tag = (p[0] & 0x7fu) | static_cast<uint32_t>(p[1]) << 7;
    return p + 2;
  }
  uint64_t value = 0;
  p = ReadLongVarint(p, end, 5, &value, error);
  *tag = static_cast<uint32_t>(value);
  return p;
}

// A length that [p, end) holds.
inline const uint8_t* ReadLength(const uint8_t* p, const uint8_t* end, size_t* length, WireError* error) {
  uint64_t value = 0;
  if (ABSL_PREDICT_TRUE(p != end && *p < 0x80)) {
    value = *p++;
  } else if (p = ReadLongVarint(p, end, 5, &value, error); p == nullptr) {
    return nullptr;
  }
  if (ABSL_PREDICT_FALSE(value > static_cast<size_t>(end - p))) {
    *error = WireError::kTruncated;
    return nullptr;
  }
  *length = static_cast<size_t>(value);
  return p;
}

template <typename T>
const uint8_t* ReadFixed(const uint8_t* p, const uint8_t* end, T* value, WireError* error) {
  if (ABSL_PREDICT_FALSE(static_cast<size_t>(end - p) < sizeof(T))) {
    *error = WireError::kTruncated;
    return nullptr;
  }
  std::memcpy(value, p, sizeof(T));  // the encoding is little-endian, as are the machines we run on
  return p + sizeof(T);
}

// Steps over the value of a field whose tag was read, which is no end of a group. `depth` more groups may be entered.
const uint8_t* SkipRare(const uint8_t* p, const uint8_t* end, uint32_t tag, int depth, WireError* error);

inline const uint8_t* SkipField(const uint8_t* p, const uint8_t* end, uint32_t tag, int depth, WireError* error) {
  if (ABSL_PREDICT_FALSE(tag < 8)) {
    *error = WireError::kFieldZero;
    return nullptr;
  }
  if (WireTypeOf(tag) == WireType::kLength) {
    size_t length = 0;
    p = ReadLength(p, end, &length, error);
    return p == nullptr ? nullptr : p + length;
  }
  if (WireTypeOf(tag) == WireType::kVarint) {
    uint64_t value = 0;
    return ReadVarint(p, end, &value, error);
  }
  return SkipRare(p, end, tag, depth, error);
}

}  // namespace assay

#endif  // ASSAY_INGEST_WIRE_READER_H_
