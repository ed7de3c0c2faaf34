// Equality, order and keys of values. Entry points: Equal, Order, FindKey. Texts of values are in value_text.cc.
#include "interp/value.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "google/protobuf/util/message_differencer.h"

namespace assay {
namespace {

// An int or uint, which both fit.
int128 Integer(const Value& value) {
  return value.is(ValueKind::kInt) ? static_cast<int128>(value.as_int()) : static_cast<int128>(value.as_uint());
}

std::partial_ordering Reverse(std::partial_ordering order) { return 0 <=> order; }

// As CEL does: the integer becomes the double next to it.
std::partial_ordering OrderIntegerDouble(int128 a, double b) { return static_cast<double>(a) <=> b; }

Decimal ToDecimal(const Value& value) {
  return value.is(ValueKind::kDecimal) ? value.as_decimal() : Decimal{Integer(value), 0};
}

std::optional<std::partial_ordering> OrderNumbers(const Value& a, const Value& b) {
  const bool a_double = a.is(ValueKind::kDouble);
  const bool b_double = b.is(ValueKind::kDouble);
  if (a_double && b_double) return a.as_double() <=> b.as_double();
  if ((a_double && b.is(ValueKind::kDecimal)) || (b_double && a.is(ValueKind::kDecimal))) return std::nullopt;
  if (b_double) return OrderIntegerDouble(Integer(a), b.as_double());
  if (a_double) return Reverse(OrderIntegerDouble(Integer(b), a.as_double()));
  return Compare(ToDecimal(a), ToDecimal(b)) <=> 0;
}

bool EqualLists(const ValueList& a, const ValueList& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), Equal);
}

bool EqualMaps(const ValueMap& a, const ValueMap& b) {
  if (a.size() != b.size()) return false;
  return std::all_of(a.begin(), a.end(), [&b](const MapEntry& entry) {
    const Value* other = FindKey(b, entry.key);
    return other != nullptr && Equal(entry.value, *other);
  });
}

bool EqualRows(const RowValue& a, const RowValue& b) {
  if (a.message == nullptr || b.message == nullptr) {
    return a.message == b.message && a.type == b.type && a.id == b.id;
  }
  return a.message->GetDescriptor() == b.message->GetDescriptor() &&
         google::protobuf::util::MessageDifferencer::Equals(*a.message, *b.message);
}

bool EqualOptionals(const Value* a, const Value* b) { return a == nullptr || b == nullptr ? a == b : Equal(*a, *b); }

// The classes of keys, in their order.
int KeyClass(const Value& key) {
  if (key.is(ValueKind::kBool)) return 0;
  return IsNumber(key) ? 1 : 2;
}

}  // namespace

bool IsNumber(const Value& value) {
  return value.is(ValueKind::kInt) || value.is(ValueKind::kUint) || value.is(ValueKind::kDouble) ||
         value.is(ValueKind::kDecimal);
}

Value Value::List(ValueList elements) {
  return Value(std::shared_ptr<const ValueList>(std::make_shared<ValueList>(std::move(elements))));
}

Value Value::Some(Value held) { return Value(OptionalBox{std::make_shared<const Value>(std::move(held))}); }

Value Value::Map(ValueMap entries) {
  return Value(std::shared_ptr<const ValueMap>(std::make_shared<ValueMap>(std::move(entries))));
}

std::optional<std::partial_ordering> Order(const Value& a, const Value& b) {
  if (IsNumber(a) && IsNumber(b)) return OrderNumbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case ValueKind::kBool:
      return a.as_bool() <=> b.as_bool();
    case ValueKind::kString:
      return a.as_string().compare(b.as_string()) <=> 0;
    case ValueKind::kBytes:
      return a.as_bytes().compare(b.as_bytes()) <=> 0;
    case ValueKind::kDate:
      return a.as_date() <=> b.as_date();
    case ValueKind::kTimestamp:
      return a.as_timestamp() <=> b.as_timestamp();
    case ValueKind::kDuration:
      return a.as_duration() <=> b.as_duration();
    default:
      return std::nullopt;
  }
}

bool Equal(const Value& a, const Value& b) {
  if (IsNumber(a) && IsNumber(b)) return OrderNumbers(a, b) == std::partial_ordering::equivalent;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kList:
      return EqualLists(a.as_list(), b.as_list());
    case ValueKind::kMap:
      return EqualMaps(a.as_map(), b.as_map());
    case ValueKind::kRow:
      return EqualRows(a.as_row(), b.as_row());
    case ValueKind::kType:
      return a.as_type() == b.as_type();
    case ValueKind::kOptional:
      return EqualOptionals(a.as_optional(), b.as_optional());
    default:
      return Order(a, b) == std::partial_ordering::equivalent;
  }
}

bool KeyLess(const Value& a, const Value& b) {
  if (KeyClass(a) != KeyClass(b)) return KeyClass(a) < KeyClass(b);
  return Order(a, b) == std::partial_ordering::less;
}

const Value* FindKey(const ValueMap& map, const Value& key) {
  const auto found = std::lower_bound(map.begin(), map.end(), key,
                                      [](const MapEntry& entry, const Value& k) { return KeyLess(entry.key, k); });
  return found != map.end() && Equal(found->key, key) ? &found->value : nullptr;
}

}  // namespace assay
