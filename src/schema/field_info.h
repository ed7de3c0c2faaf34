// What a protobuf field means to the rule language: its kind, decimal size, sensitivity, presence and bounds.
// Entry point: FieldInfo, as Schema::Describe hands it out. Plain values; nothing here reads a message.
#ifndef ASSAY_SCHEMA_FIELD_INFO_H_
#define ASSAY_SCHEMA_FIELD_INFO_H_

#include <cstdint>
#include <optional>
#include <string>

namespace assay {

// One value of a field: an element of a repeated one. All widths of integers are kInt or kUint, float is kDouble.
// A google.protobuf wrapper message has the kind of its value and is `nullable`.
enum class ScalarKind : uint8_t {
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kDecimal,
  kDate,
  kTimestamp,  // google.protobuf.Timestamp
  kDuration,   // google.protobuf.Duration
  kEnum,       // its number, an int; FieldDescriptor::enum_type() has the names
  kMessage,    // any other message; a map's entry
};

// How a kDecimal is written on the wire.
enum class DecimalForm : uint8_t {
  kText,        // a string: -12.50
  kMinorUnits,  // an integer field: the coefficient at the scale
  kMoney,       // google.type.Money: units and billionths
};

struct FieldInfo {
  ScalarKind kind = ScalarKind::kMessage;
  DecimalForm decimal_form = DecimalForm::kText;
  uint8_t precision = 0;      // kDecimal: digits in all, 1..38
  uint8_t scale = 0;          // kDecimal: digits after the point, 0..precision
  bool nullable = false;      // a wrapper message: absent is null, not the default
  bool sensitive = false;     // by annotation or override
  bool has_presence = false;  // singular, and knows absent from default: message, oneof member, optional, proto2
  bool repeated = false;      // maps too
  bool is_map = false;        // key and value are the fields of message_type()
  uint32_t max_items = 0;     // repeated: the most elements one message may hold; 0 is no bound

  // Whether reading it can find it absent although it has no message-like presence: a decimal or date text that is "".
  bool is_annotated_text() const {
    return kind == ScalarKind::kDate || (kind == ScalarKind::kDecimal && decimal_form == DecimalForm::kText);
  }
};

// Types a field that carries no annotation of ours, or bounds or hides it; what it sets wins over an annotation.
struct FieldOverride {
  struct Decimal {
    uint32_t precision;
    uint32_t scale;
  };
  std::string path;                // package.Message.field
  std::optional<Decimal> decimal;  // over string, integers and google.type.Money
  bool date = false;               // over string
  bool sensitive = false;
  uint32_t max_items = 0;
};

}  // namespace assay

#endif  // ASSAY_SCHEMA_FIELD_INFO_H_
