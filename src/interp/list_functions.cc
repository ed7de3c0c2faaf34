// CEL's lists and sets libraries: order, parts and layers of lists, lists as sets. Entry point: ListFunctions.
#include <algorithm>
#include <cmath>

#include "interp/functions.h"

namespace assay {
namespace {

bool IsNan(const Value& value) { return value.is(ValueKind::kDouble) && std::isnan(value.as_double()); }

bool AreLists(Arguments args, size_t count) {
  return std::all_of(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Value& arg) { return arg.is(ValueKind::kList); });
}

bool Holds(const ValueList& list, const Value& value) {
  return std::any_of(list.begin(), list.end(), [&](const Value& other) { return Equal(other, value); });
}

// The first of equal elements stays.
Value Distinct(const Call& call, Arguments args) {
  if (!AreLists(args, 1)) return NoOverload();
  ValueList kept;
  for (const Value& value : args[0].as_list()) {
    if (!call.steps.Take(kept.size() + 1)) return BudgetSpent();
    if (!Holds(kept, value)) kept.push_back(value);
  }
  return Value::List(std::move(kept));
}

// Equal elements stay as they stood.
Value Sort(const Call& call, Arguments args) {
  if (!AreLists(args, 1)) return NoOverload();
  ValueList sorted = args[0].as_list();
  if (!call.steps.Take(sorted.size())) return BudgetSpent();
  for (const Value& value : sorted) {
    if (!Order(sorted.front(), value).has_value()) return NoOverload();
  }
  std::stable_sort(sorted.begin(), sorted.end(), SortsBefore);
  return Value::List(std::move(sorted));
}

Value Slice(const Call& call, Arguments args) {
  if (!AreLists(args, 1) || !args[1].is(ValueKind::kInt) || !args[2].is(ValueKind::kInt)) return NoOverload();
  const ValueList& list = args[0].as_list();
  const int64_t begin = args[1].as_int();
  const int64_t end = args[2].as_int();
  if (begin < 0 || begin > end || end > static_cast<int64_t>(list.size())) {
    return Value::Error(ErrorKind::kOutOfRange, kNoSuchElement);
  }
  if (!call.steps.Take(static_cast<size_t>(end - begin))) return BudgetSpent();
  return Value::List(ValueList(list.begin() + begin, list.begin() + end));
}

bool AddFlat(const ValueList& list, int64_t depth, StepBudget* steps, ValueList* flat) {
  for (const Value& value : list) {
    if (!steps->Take(1)) return false;
    if (depth == 0 || !value.is(ValueKind::kList)) {
      flat->push_back(value);
    } else if (!AddFlat(value.as_list(), depth - 1, steps, flat)) {
      return false;
    }
  }
  return true;
}

Value Flatten(const Call& call, Arguments args) {
  if (!AreLists(args, 1) || (args.size() == 2 && !args[1].is(ValueKind::kInt))) return NoOverload();
  const int64_t depth = args.size() == 2 ? args[1].as_int() : 1;
  if (depth < 0) return Refused("a list is flattened by no less than 0 layers");
  ValueList flat;
  if (!AddFlat(args[0].as_list(), depth, &call.steps, &flat)) return BudgetSpent();
  return Conform(Value::List(std::move(flat)), *call.expr.type);
}

Value Range(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kInt)) return NoOverload();
  const int64_t size = std::max<int64_t>(args[0].as_int(), 0);
  if (size > kMaxRange) return Value::Error(ErrorKind::kOutOfRange, kRangeTooLong);
  if (!call.steps.Take(static_cast<size_t>(size))) return BudgetSpent();
  ValueList numbers;
  for (int64_t i = 0; i < size; ++i) numbers.push_back(Value::Int(i));
  return Value::List(std::move(numbers));
}

Value First(const Call&, Arguments args) {
  if (!AreLists(args, 1)) return NoOverload();
  return args[0].as_list().empty() ? Value::None() : Value::Some(args[0].as_list().front());
}

Value Last(const Call&, Arguments args) {
  if (!AreLists(args, 1)) return NoOverload();
  return args[0].as_list().empty() ? Value::None() : Value::Some(args[0].as_list().back());
}

// Whether every element of `part` is in `whole`; `any`: whether one is.
Value Compare(const Call& call, const ValueList& whole, const ValueList& part, bool any) {
  if (!call.steps.Take((whole.size() + 1) * part.size())) return BudgetSpent();
  const auto is_held = [&](const Value& value) { return Holds(whole, value); };
  return Value::Bool(any ? std::any_of(part.begin(), part.end(), is_held)
                         : std::all_of(part.begin(), part.end(), is_held));
}

Value SetsContains(const Call& call, Arguments args) {
  return AreLists(args, 2) ? Compare(call, args[0].as_list(), args[1].as_list(), false) : NoOverload();
}

Value SetsIntersects(const Call& call, Arguments args) {
  return AreLists(args, 2) ? Compare(call, args[0].as_list(), args[1].as_list(), true) : NoOverload();
}

Value SetsEquivalent(const Call& call, Arguments args) {
  if (!AreLists(args, 2)) return NoOverload();
  Value one = Compare(call, args[0].as_list(), args[1].as_list(), false);
  if (one.is_error() || !one.as_bool()) return one;
  return Compare(call, args[1].as_list(), args[0].as_list(), false);
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kDistinct, Distinct},
    {Op::kSort, Sort},
    {Op::kSlice, Slice},
    {Op::kFlatten, Flatten},
    {Op::kRange, Range},
    {Op::kFirst, First},
    {Op::kLast, Last},
    {Op::kSetsContains, SetsContains},
    {Op::kSetsEquivalent, SetsEquivalent},
    {Op::kSetsIntersects, SetsIntersects},
};

}  // namespace

bool SortsBefore(const Value& a, const Value& b) {
  return Order(a, b) == std::partial_ordering::less || (!IsNan(a) && IsNan(b));
}

absl::Span<const FunctionEntry> ListFunctions() { return kFunctions; }

}  // namespace assay
