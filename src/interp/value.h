// One value of the rule language, with its type beside it: what the plain evaluator computes with.
// Entry points: Value's factories, Equal, Order, FindKey, ToJson. Values are immutable and cheap to copy; a row borrows
// its message, which must outlive it, unless it has an `owner`. Nothing here computes.
#ifndef ASSAY_INTERP_VALUE_H_
#define ASSAY_INTERP_VALUE_H_

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/decimal.h"
#include "base/timestamp.h"
#include "column/error_table.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "lang/type.h"

namespace assay {

// In the order of Value's alternatives.
enum class ValueKind : uint8_t {
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kDecimal,
  kDate,
  kTimestamp,
  kDuration,
  kList,
  kMap,
  kRow,
  kType,
  kOptional,
  kError,
};

class Value;

// A row: a message, a row that is only virtual (`message` is nullptr and `id` its owner's number), or both.
struct RowValue {
  const google::protobuf::Message* message = nullptr;
  const RowType* type = nullptr;  // nullptr where its static type is dyn
  int64_t id = -1;
  // What keeps the message alive where the expression made it; nullptr where it is borrowed.
  std::shared_ptr<const google::protobuf::Message> owner = nullptr;
  // Of a decision table's answer: its outputs, which may be errors; `id` is the row, from 0. The field of output i has
  // the number first_output + i.
  std::shared_ptr<const std::vector<Value>> outputs = nullptr;
  int first_output = 0;
};

struct ErrorValue {
  ErrorKind kind = ErrorKind::kInvalidArgument;
  std::string detail;  // "is not a decimal number"; "" if the kind says it all. Never holds a value that was read
  std::string origin;  // the field's full name, or dataset and key; "" for an operation
  const google::protobuf::FieldDescriptor* field = nullptr;  // the field that was read, if any
};

struct MapEntry;
using ValueList = std::vector<Value>;
using ValueMap = std::vector<MapEntry>;

class Value {
 public:
  Value() = default;  // null

  static Value Null() { return Value(); }
  static Value Bool(bool value) { return Value(Variant(value)); }
  static Value Int(int64_t value) { return Value(Variant(value)); }
  static Value Uint(uint64_t value) { return Value(Variant(value)); }
  static Value Double(double value) { return Value(Variant(value)); }
  static Value String(std::string text) { return Value(StringText{Share(std::move(text))}); }
  static Value Bytes(std::string bytes) { return Value(BytesText{Share(std::move(bytes))}); }
  static Value OfDecimal(const Decimal& value) { return Value(Variant(value)); }
  static Value Date(int32_t days) { return Value(DayNumber{days}); }
  static Value OfTimestamp(const Timestamp& value) { return Value(Variant(value)); }
  static Value OfDuration(const Duration& value) { return Value(Variant(value)); }

  // Elements are good values: where one errs, its error stands for the whole list or map.
  static Value List(ValueList elements);
  // Keys must ascend by Order and differ.
  static Value Map(ValueMap entries);

  static Value Row(const RowValue& row) { return Value(Variant(row)); }
  // A type by the name that type() gives: "int", "list", "assay.v1.Order".
  static Value Type(std::string name) { return Value(TypeText{Share(std::move(name))}); }

  // optional.none(), and the optional that holds a good value.
  static Value None() { return Value(OptionalBox{nullptr}); }
  static Value Some(Value held);

  static Value OfError(ErrorValue error) {
    return Value(std::shared_ptr<const ErrorValue>(std::make_shared<ErrorValue>(std::move(error))));
  }
  static Value Error(ErrorKind kind, absl::string_view detail) {
    return OfError({kind, std::string(detail), "", nullptr});
  }

  ValueKind kind() const { return static_cast<ValueKind>(data_.index()); }
  bool is(ValueKind kind) const { return this->kind() == kind; }
  bool is_error() const { return is(ValueKind::kError); }

  // Each requires the kind it names.
  bool as_bool() const { return std::get<bool>(data_); }
  int64_t as_int() const { return std::get<int64_t>(data_); }
  uint64_t as_uint() const { return std::get<uint64_t>(data_); }
  double as_double() const { return std::get<double>(data_); }
  absl::string_view as_string() const { return *std::get<StringText>(data_).text; }
  absl::string_view as_bytes() const { return *std::get<BytesText>(data_).text; }
  const Decimal& as_decimal() const { return std::get<Decimal>(data_); }
  int32_t as_date() const { return std::get<DayNumber>(data_).days; }
  const Timestamp& as_timestamp() const { return std::get<Timestamp>(data_); }
  const Duration& as_duration() const { return std::get<Duration>(data_); }
  const ValueList& as_list() const { return *std::get<std::shared_ptr<const ValueList>>(data_); }
  const ValueMap& as_map() const { return *std::get<std::shared_ptr<const ValueMap>>(data_); }
  const RowValue& as_row() const { return std::get<RowValue>(data_); }
  absl::string_view as_type() const { return *std::get<TypeText>(data_).text; }
  // What an optional holds; nullptr if it is none.
  const Value* as_optional() const { return std::get<OptionalBox>(data_).held.get(); }
  const ErrorValue& as_error() const { return *std::get<std::shared_ptr<const ErrorValue>>(data_); }

 private:
  using SharedText = std::shared_ptr<const std::string>;
  struct StringText {
    SharedText text;
  };
  struct BytesText {
    SharedText text;
  };
  struct TypeText {
    SharedText text;
  };
  struct OptionalBox {
    std::shared_ptr<const Value> held;
  };
  struct DayNumber {
    int32_t days;
  };
  using Variant =
      std::variant<std::monostate, bool, int64_t, uint64_t, double, StringText, BytesText, Decimal, DayNumber,
                   Timestamp, Duration, std::shared_ptr<const ValueList>, std::shared_ptr<const ValueMap>, RowValue,
                   TypeText, OptionalBox, std::shared_ptr<const ErrorValue>>;

  explicit Value(Variant data) : data_(std::move(data)) {}

  static SharedText Share(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

  Variant data_;
};

struct MapEntry {
  Value key;
  Value value;
};

// Whether it is an int, uint, double or decimal.
bool IsNumber(const Value& value);

// CEL's equality: numbers by value across int, uint, double and decimal (a double never equals a decimal), lists and
// maps part by part, messages field by field as they are on the wire; values of different kinds differ. Neither may be
// an error.
bool Equal(const Value& a, const Value& b);

// How a stands to b: numbers by value, texts by code points, false before true. `unordered` if one is NaN; nothing if
// values of these kinds have no order.
std::optional<std::partial_ordering> Order(const Value& a, const Value& b);

// Whether key a comes before key b in a map; a total order over bool, int, uint and string keys.
bool KeyLess(const Value& a, const Value& b);

// The value of the entry with a key equal to `key`; nullptr if there is none.
const Value* FindKey(const ValueMap& map, const Value& key);

// The name that type(value) gives.
std::string TypeNameOf(const Value& value);

// One line of JSON in the ways of the protobuf mapping: decimals, dates, timestamps, durations as strings, bytes as
// base64; integers are numbers up to 2^53 in magnitude, else strings. A map is an object whatever its keys are, an
// optional what it holds, or null. An
// error is {"error": {"kind": …, "detail": …, "origin": …}}, a row that is only virtual {"row": id}.
std::string ToJson(const Value& value);

// As a rule's author would write it, for messages of tests and explanations: 1u, b'..', decimal 1.50 as 1.50.
std::string DebugString(const Value& value);

// "overflow", "division by zero", …: one name for each kind.
absl::string_view ErrorKindName(ErrorKind kind);

}  // namespace assay

#endif  // ASSAY_INTERP_VALUE_H_
