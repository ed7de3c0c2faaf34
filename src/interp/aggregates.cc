// Aggregates over lists: sum, min, max, math.greatest, math.least (avg rounds: decimal_functions.cc; count is a size:
// containers.cc). Entry point: AggregateFunctions. A sum is made from the left, and every sum on the way must fit.
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
Value ExtremeOf(const Call& call, Arguments values, std::partial_ordering wanted) {
  if (!call.steps.Take(values.size())) return BudgetSpent();
  if (values.empty()) return Value::Error(ErrorKind::kEmptyList, "");
  const Value* extreme = values.data();
  for (const Value& value : values) {
    const std::optional<std::partial_ordering> order = Order(value, *extreme);
    if (!order.has_value()) return NoOverload();
    if (*order == wanted) extreme = &value;
  }
  return Conform(*extreme, *call.expr.type);
}

Value ExtremeElement(const Call& call, Arguments args, std::partial_ordering wanted) {
  return args[0].is(ValueKind::kList) ? ExtremeOf(call, args[0].as_list(), wanted) : NoOverload();
}

Value Min(const Call& call, Arguments args) { return ExtremeElement(call, args, std::partial_ordering::less); }

Value Max(const Call& call, Arguments args) { return ExtremeElement(call, args, std::partial_ordering::greater); }

// Of numbers, or of one list of them. Decimals are brought to the result's scale first, as elements of a list are.
Value ExtremeNumber(const Call& call, Arguments args, std::partial_ordering wanted) {
  const bool is_list = args.size() == 1 && args[0].is(ValueKind::kList);
  ValueList numbers;
  for (const Value& number : is_list ? Arguments(args[0].as_list()) : args) {
    if (!IsNumber(number)) return NoOverload();
    numbers.push_back(Conform(number, *call.expr.type));
    if (numbers.back().is_error()) return numbers.back();
  }
  return ExtremeOf(call, numbers, wanted);
}

Value Greatest(const Call& call, Arguments args) { return ExtremeNumber(call, args, std::partial_ordering::greater); }

Value Least(const Call& call, Arguments args) { return ExtremeNumber(call, args, std::partial_ordering::less); }

constexpr FunctionEntry kFunctions[] = {
    {Op::kSum, Sum}, {Op::kMin, Min}, {Op::kMax, Max}, {Op::kGreatest, Greatest}, {Op::kLeast, Least},
};

}  // namespace

absl::Span<const FunctionEntry> AggregateFunctions() { return kFunctions; }

}  // namespace assay
