// The rarer half of reading the encoding: long varints, groups, fixed-width fields to skip, and the texts of errors.
// Entry points: ReadLongVarint, SkipRare, WireErrorReason.
#include "ingest/wire_reader.h"

#include <algorithm>

namespace assay {
namespace {

// Steps over a group's fields and its end tag.
const uint8_t* SkipGroup(const uint8_t* p, const uint8_t* end, uint32_t number, int depth, WireError* error) {
  if (depth <= 0) {
    *error = WireError::kTooDeep;
    return nullptr;
  }
  while (p != end) {
    uint32_t tag = 0;
    p = ReadTag(p, end, &tag, error);
    if (p == nullptr) return nullptr;
    if (WireTypeOf(tag) == WireType::kEndGroup && tag >> 3 == number) return p;
    p = SkipField(p, end, tag, depth - 1, error);
    if (p == nullptr) return nullptr;
  }
  *error = WireError::kTruncated;
  return nullptr;
}

}  // namespace

const char* WireErrorReason(WireError error) {
  switch (error) {
    case WireError::kNone:
      return "";
    case WireError::kTruncated:
      return "it ends in the middle of a field";
    case WireError::kLongVarint:
      return "a number takes more bytes than any may";
    case WireError::kFieldZero:
      return "it has a field with the number 0";
    case WireError::kWireType:
      return "it has a field of no known wire type";
    case WireError::kGroupEnd:
      return "a group ends that was not begun";
    case WireError::kTooDeep:
      return "messages lie within one another more than 100 deep";
    case WireError::kUtf8:
      return "a string is not UTF-8";
    case WireError::kTooManyItems:
      return "a field has more items than it may";
    case WireError::kTooManyElements:
      return "it has more elements than one row may";
  }
  return "";
}

const uint8_t* ReadLongVarint(const uint8_t* p, const uint8_t* end, int max_bytes, uint64_t* value, WireError* error) {
  const uint8_t* const limit = p + std::min<ptrdiff_t>(end - p, max_bytes);
  uint64_t result = 0;
  for (int shift = 0; p != limit; shift += 7) {
    const uint8_t byte = *p++;
    result |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) {
      *value = result;
      return p;
    }
  }
  *error = p == end ? WireError::kTruncated : WireError::kLongVarint;
  return nullptr;
}

const uint8_t* SkipRare(const uint8_t* p, const uint8_t* end, uint32_t tag, int depth, WireError* error) {
  switch (WireTypeOf(tag)) {
    case WireType::kFixed64:
    case WireType::kFixed32: {
      const ptrdiff_t width = WireTypeOf(tag) == WireType::kFixed64 ? 8 : 4;
      if (end - p >= width) return p + width;
      *error = WireError::kTruncated;
      return nullptr;
    }
    case WireType::kStartGroup:
      return SkipGroup(p, end, tag >> 3, depth, error);
    case WireType::kEndGroup:
      *error = WireError::kGroupEnd;
      return nullptr;
    default:
      *error = WireError::kWireType;
      return nullptr;
  }
}

}  // namespace assay
