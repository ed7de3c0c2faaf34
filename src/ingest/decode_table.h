// The compiled form of a projection: for each message on the way, what to do with each field number.
// Entry points: DecodeTable and MessageTable::Find, for the wire decoder alone. Plain data, immutable once built.
#ifndef ASSAY_INGEST_DECODE_TABLE_H_
#define ASSAY_INGEST_DECODE_TABLE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace assay {

// What to do with a field. The values, kBool to kWrapper, write one cell of a column; they are list elements too.
enum class DecodeOp : uint8_t {
  kSkip,  // not asked for
  kBool,
  kVarint64,  // int64, uint64
  kInt32,     // and open enums
  kUint32,
  kSint32,
  kSint64,
  kClosedEnum,  // `target` are the numbers that count
  kFixed32,
  kSfixed32,
  kFloat,
  kFixed64,  // fixed64, sfixed64, double
  kString,   // UTF-8 is checked
  kBytes,    // also proto2 strings
  kDecimal,
  kDate,
  kMinorUnits,  // an integer, read by `integer`, as a decimal's coefficient
  kTimestamp,
  kDuration,
  kMoney,    // `target` is its number within the level
  kWrapper,  // `target` is the operation for field 1 within
  kPresenceOnly,
  kMessage,     // a singular message or group; `target` is its table
  kRows,        // a repeated message: a row of level `target` for each
  kList,        // a repeated scalar: a row of level `target` for each element
  kOneofOther,  // not asked for, but it clears siblings that are; `target` as for kClosedEnum, or -1
};

constexpr bool IsValueOp(DecodeOp op) { return op >= DecodeOp::kBool && op <= DecodeOp::kWrapper; }

// Wire types of the encoding.
enum class WireType : uint8_t { kVarint = 0, kFixed64 = 1, kLength = 2, kStartGroup = 3, kEndGroup = 4, kFixed32 = 5 };

struct FieldOp {
  DecodeOp op = DecodeOp::kSkip;
  WireType wire = WireType::kVarint;
  bool has_extras = false;         // a presence column or a oneof, seen to after the value
  bool presence_by_value = false;  // has() is "not the default" or "not empty", not "was there"
  bool empty_is_absent = false;    // annotated text without presence: "" holds nothing
  uint8_t precision = 0;           // of decimals
  uint8_t scale = 0;
  DecodeOp integer = DecodeOp::kSkip;  // kMinorUnits
  uint16_t seen = 0;                   // byte of the row's `seen` to set; bytes under kFirstSeen are nobody's
  uint16_t oneof = 0;                  // 1 + number within the level; 0 is none
  uint16_t member = 0;                 // 1 + number within the oneof's footprints; kOtherMember for the rest
  bool is_unsigned = false;            // kMinorUnits of 64 bits
  int32_t slot = -1;
  int32_t presence_slot = -1;
  int32_t text_slot = -1;
  int32_t target = -1;

  static constexpr uint16_t kFirstSeen = 8;
  static constexpr uint16_t kOtherMember = 0xffff;
};
static_assert(sizeof(FieldOp) == 32);

struct MessageTable {
  // Larger field numbers are found by bisection.
  static constexpr uint32_t kDenseFields = 512;

  std::vector<FieldOp> dense;                        // by field number, kSkip in the gaps
  std::vector<std::pair<uint32_t, FieldOp>> sparse;  // ascending

  const FieldOp& Find(uint32_t number) const { return number < dense.size() ? dense[number] : FindSparse(number); }
  const FieldOp& FindSparse(uint32_t number) const;
};

// What a oneof's member, or anything below it, has written for a row; undone when a sibling follows.
struct Footprint {
  std::vector<int32_t> slots;
  std::vector<uint16_t> seen;
  std::vector<uint16_t> oneofs;
  std::vector<int32_t> moneys;
  std::vector<int32_t> levels;
};

// The value of an unset proto2 field, where it is not zero.
struct DefaultValue {
  int32_t slot = 0;
  uint64_t bits = 0;       // of a bool and of the 8-byte types
  absl::string_view text;  // of strings and bytes; lives in the descriptor
};

struct LevelTable {
  const google::protobuf::FieldDescriptor* field = nullptr;  // nullptr for the root
  int32_t message = -1;                                      // table of the rows; -1 for lists of scalars
  FieldOp element;                                           // of lists of scalars
  uint32_t max_items = 0;                                    // 0 is no bound
  int32_t key_slot = -1;                                     // of maps
  bool has_closed_enum_values = false;                       // of maps: an entry with an unknown number is dropped
  std::vector<int32_t> required;  // slots that err as absent where `seen` at kFirstSeen + position stays 0
  int32_t money_count = 0;
  std::vector<std::vector<Footprint>> oneofs;  // by oneof, then by member
  std::vector<DefaultValue> defaults;
  std::vector<int32_t> children;
};

// The numbers of a closed enum.
struct EnumNumbers {
  std::vector<int32_t> sorted;
  bool is_dense = false;  // no gaps

  bool Contains(int32_t number) const {
    if (number < sorted.front() || number > sorted.back()) return false;
    return is_dense || ContainsSparse(number);
  }
  bool ContainsSparse(int32_t number) const;
};

struct DecodeTable {
  std::vector<MessageTable> messages;  // [0] is the root's
  std::vector<LevelTable> levels;
  std::vector<FieldOp> wrapped;  // targets of kWrapper
  std::vector<EnumNumbers> enums;
};

}  // namespace assay

#endif  // ASSAY_INGEST_DECODE_TABLE_H_
