// The compiled form of a projection: for each message on the way, what to do with each field number.
// Entry points: DecodeTable and MessageTable::Find, for the wire decoder alone. Plain data, immutable once built.
#ifndef ASSAY_INGEST_DECODE_TABLE_H_
#define ASSAY_INGEST_DECODE_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace assay {

// What to do with a field. The scalars, up to kLastScalar, write one value into a column; also as list elements.
enum class DecodeOp : uint8_t {
  kSkip,  // not asked for; only this one has no column and no target
  kBool,
  kVarint64,  // int64, uint64, open enums
  kInt32,
  kUint32,
  kSint32,
  kSint64,
  kClosedEnum,
  kFixed32,
  kSfixed32,
  kFloat,
  kFixed64,  // fixed64, sfixed64, double
  kString,   // UTF-8 is checked
  kBytes,    // also proto2 strings
  kDecimal64,
  kDecimal128,
  kDate,
  kMinorUnits,  // an integer as a decimal's coefficient
  kTimestamp,
  kDuration,
  kWrapper,  // `target` is the operation for field 1 within
  kMoney,
  kLastScalar = kMoney,
  kPresenceOnly,  // sets `presence_slot`, skips the value
  kMessage,       // a singular message or group; `target` is its table
  kRows,          // a repeated message: a row of `level` for each
  kList,          // a repeated scalar: a row of `level` for each element; `target` is the element's operation
  kOneofOther,    // not asked for, but it clears siblings that are
};

// Wire types of the encoding; kAny fits none of its tags.
enum class WireType : uint8_t { kVarint = 0, kFixed64 = 1, kLength = 2, kStartGroup = 3, kEndGroup = 4, kFixed32 = 5 };

struct FieldOp {
  DecodeOp op = DecodeOp::kSkip;
  WireType wire = WireType::kVarint;
  bool has_extras = false;         // presence, text or a oneof: anything beyond the value itself
  bool presence_by_value = false;  // has() is "not the default" or "not empty", not "was there"
  bool empty_is_absent = false;    // annotated text without presence: "" holds nothing
  uint8_t precision = 0;
  uint8_t scale = 0;
  DecodeOp integer = DecodeOp::kSkip;  // kMinorUnits: how the integer lies on the wire; target_wide as its column
  uint16_t seen = 0;                   // byte of the row's `seen` to set; byte 0 is nobody's
  uint16_t oneof = 0;                  // 1 + number within the level; 0 is none
  uint16_t member = 0;                 // 1 + number within the oneof's members; the others share 0xffff
  uint16_t money = 0;                  // kMoney: number within the level
  int32_t slot = -1;
  int32_t presence_slot = -1;
  int32_t text_slot = -1;
  int32_t target = -1;
  int32_t level = -1;
  int32_t enum_values = -1;  // the closed enum whose numbers count
  const google::protobuf::FieldDescriptor* field = nullptr;
};

// Field numbers up to kDenseFields are found by position, larger ones by bisection.
struct MessageTable {
  static constexpr uint32_t kDenseFields = 512;

  std::vector<FieldOp> dense;                        // by field number, kSkip in the gaps
  std::vector<std::pair<uint32_t, FieldOp>> sparse;  // ascending
  FieldOp skip;

  const FieldOp& Find(uint32_t number) const { return number < dense.size() ? dense[number] : FindSparse(number); }
  const FieldOp& FindSparse(uint32_t number) const;
};

// What a oneof member (or anything below it) has written for a row, to be undone when a sibling follows.
struct Footprint {
  std::vector<int32_t> slots;
  std::vector<uint16_t> seen;
  std::vector<uint16_t> oneofs;
  std::vector<uint16_t> moneys;
  std::vector<int32_t> levels;
};

// A value that an unset proto2 field has, where it is not zero.
struct DefaultValue {
  int32_t slot;
  uint64_t bits = 0;       // of the 8-byte types; of a bool, 0 or 1
  absl::string_view text;  // of strings and bytes
};

struct LevelTable {
  int parent = -1;
  int32_t message = -1;  // table of its rows' messages; -1 for lists of scalars
  const google::protobuf::FieldDescriptor* field = nullptr;
  uint32_t max_items = 0;        // 0 is no bound
  int32_t key_slot = -1;         // of maps
  int32_t map_enum_values = -1;  // of maps to a closed enum
  // `seen` bytes of a row: 0 is scratch, [1, 1 + required.size()) belong to annotated values that are absent if unseen.
  std::vector<int32_t> required;  // their slots
  uint16_t money_count = 0;
  std::vector<std::vector<Footprint>> oneofs;  // by oneof, then by member
  std::vector<DefaultValue> defaults;
  std::vector<int32_t> children;
};

// The numbers of a closed enum.
struct EnumValues {
  bool is_dense = false;  // all of [min, max]
  int32_t min = 0;
  int32_t max = 0;
  std::vector<int32_t> sorted;

  bool Contains(int32_t number) const {
    if (number < min || number > max) return false;
    return is_dense || ContainsSparse(number);
  }
  bool ContainsSparse(int32_t number) const;
};

struct DecodeTable {
  std::vector<MessageTable> messages;  // [0] is the root
  std::vector<LevelTable> levels;
  std::vector<FieldOp> elements;  // operations that are targets of kList and kWrapper
  std::vector<EnumValues> enums;
};

}  // namespace assay

#endif  // ASSAY_INGEST_DECODE_TABLE_H_
