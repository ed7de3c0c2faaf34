// Gathers the tables of functions, and what they share: errors, and decimals at their static scale.
// Entry point: FindFunction.
#include "interp/functions.h"

#include <array>

namespace assay {
namespace {

constexpr size_t kOps = static_cast<size_t>(Op::kUnwrap) + 1;
using FunctionIndex = std::array<const FunctionEntry*, kOps>;

FunctionIndex IndexFunctions() {
  FunctionIndex index{};
  for (absl::Span<const FunctionEntry> entries :
       {ComparisonFunctions(), ArithmeticFunctions(), ContainerFunctions(), ListFunctions(), RegexFunctions(),
        ConversionFunctions(), StringFunctions(), DecimalFunctions(), AggregateFunctions(), TimeFunctions(),
        CalendarFunctions(), NumberFunctions(), OptionalFunctions(), FormatFunctions()}) {
    for (const FunctionEntry& entry : entries) index[static_cast<size_t>(entry.op)] = &entry;
  }
  return index;
}

bool HoldsDecimal(const Type& type) {
  switch (type.kind) {
    case TypeKind::kDecimal:
      return true;
    case TypeKind::kList:
    case TypeKind::kMap:
    case TypeKind::kOptional:
    case TypeKind::kNullable:
      return HoldsDecimal(*type.element);
    default:
      return false;
  }
}

Value ConformList(const ValueList& list, const Type& element_type) {
  ValueList elements;
  for (const Value& element : list) {
    elements.push_back(Conform(element, element_type));
    if (elements.back().is_error()) return elements.back();
  }
  return Value::List(std::move(elements));
}

Value ConformMap(const ValueMap& map, const Type& element_type) {
  ValueMap entries;
  for (const MapEntry& entry : map) {
    entries.push_back({entry.key, Conform(entry.value, element_type)});
    if (entries.back().value.is_error()) return entries.back().value;
  }
  return Value::Map(std::move(entries));
}

}  // namespace

const FunctionEntry* FindFunction(Op op) {
  static const FunctionIndex kIndex = IndexFunctions();
  return kIndex[static_cast<size_t>(op)];
}

Value NoOverload() { return Refused("no overload for values of these types"); }

Value Overflow() { return Value::Error(ErrorKind::kOverflow, ""); }

Value BudgetSpent() { return Value::Error(ErrorKind::kBudget, ""); }

Value Refused(absl::string_view detail) { return Value::Error(ErrorKind::kInvalidArgument, detail); }

Value DecimalAt(const std::optional<Decimal>& value, const Type& type) {
  if (!value.has_value()) return Overflow();
  if (!type.is(TypeKind::kDecimal) || value->scale >= type.decimal.scale) return Value::OfDecimal(*value);
  const std::optional<Decimal> sized = Rescale(*value, type.decimal.scale);
  return sized.has_value() ? Value::OfDecimal(*sized) : Overflow();
}

Value Conform(const Value& value, const Type& type) {
  if (!HoldsDecimal(type)) return value;
  const Type& part = type.is(TypeKind::kDecimal) ? type : *type.element;
  switch (value.kind()) {
    case ValueKind::kDecimal:
      return DecimalAt(value.as_decimal(), type.is(TypeKind::kNullable) ? part : type);
    case ValueKind::kList:
      return ConformList(value.as_list(), part);
    case ValueKind::kMap:
      return ConformMap(value.as_map(), part);
    case ValueKind::kOptional: {
      if (value.as_optional() == nullptr) return value;
      Value held = Conform(*value.as_optional(), part);
      return held.is_error() ? held : Value::Some(std::move(held));
    }
    default:
      return value;
  }
}

}  // namespace assay
