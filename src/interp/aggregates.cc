// Aggregates over lists: sum, min, max (avg rounds: decimal_functions.cc; count is a size: containers.cc).
// Entry point: AggregateFunctions. A sum is made from the left, and every sum on the way must fit.
#include "interp/functions.h"

namespace assay {
namespace {

Value Zero(const Type& type) {
  switch (type.kind) {
    case TypeKind::kUint:
      return Value::Uint(0);
    case TypeKind::kDouble:
      return Value::Double(0);
    case TypeKind::kDecimal:
      return Value::OfDecimal({0, type.decimal.scale});
    case TypeKind::kDuration:
      return Value::OfDuration({});
    default:
      return Value::Int(0);
  }
}

Value Sum(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kList)) return NoOverload();
  const ValueList& list = args[0].as_list();
  if (!call.steps.Take(list.size())) return BudgetSpent();
  Value sum = Zero(*call.expr.type);
  for (const Value& value : list) {
    // A static dyn may have taken the first of the overloads, whose zero is of another kind.
    const bool restart = &value == list.data() && value.kind() != sum.kind();
    sum = restart ? value : AddValues(sum, value, *call.expr.type, &call.steps);
    if (sum.is_error()) return sum;
  }
  return sum;
}

// The first of equal ones; a NaN replaces nothing and is replaced by nothing.
Value Extreme(const Call& call, Arguments args, std::partial_ordering wanted) {
  if (!args[0].is(ValueKind::kList)) return NoOverload();
  const ValueList& list = args[0].as_list();
  if (!call.steps.Take(list.size())) return BudgetSpent();
  if (list.empty()) return Value::Error(ErrorKind::kEmptyList, "");
  const Value* extreme = &list[0];
  for (const Value& value : list) {
    const std::optional<std::partial_ordering> order = Order(value, *extreme);
    if (!order.has_value()) return NoOverload();
    if (*order == wanted) extreme = &value;
  }
  return Conform(*extreme, *call.expr.type);
}

Value Min(const Call& call, Arguments args) { return Extreme(call, args, std::partial_ordering::less); }

Value Max(const Call& call, Arguments args) { return Extreme(call, args, std::partial_ordering::greater); }

constexpr FunctionEntry kFunctions[] = {
    {Op::kSum, Sum},
    {Op::kMin, Min},
    {Op::kMax, Max},
};

}  // namespace

absl::Span<const FunctionEntry> AggregateFunctions() { return kFunctions; }

}  // namespace assay
