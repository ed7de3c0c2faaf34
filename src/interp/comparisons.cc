// Comparison operators and `!`. Entry point: ComparisonFunctions. && || ?: are in evaluator.cc: they may leave an
// operand alone.
#include "interp/functions.h"

namespace assay {
namespace {

Value Not(const Call&, Arguments args) {
  return args[0].is(ValueKind::kBool) ? Value::Bool(!args[0].as_bool()) : NoOverload();
}

Value IsEqual(const Call&, Arguments args) { return Value::Bool(Equal(args[0], args[1])); }

Value IsNotEqual(const Call&, Arguments args) { return Value::Bool(!Equal(args[0], args[1])); }

// A NaN is neither less nor greater than anything.
template <typename Test>
Value Compared(Arguments args, Test test) {
  const std::optional<std::partial_ordering> order = Order(args[0], args[1]);
  return order.has_value() ? Value::Bool(test(*order)) : NoOverload();
}

Value IsLess(const Call&, Arguments args) {
  return Compared(args, [](std::partial_ordering order) { return order < 0; });
}

Value IsLessOrEqual(const Call&, Arguments args) {
  return Compared(args, [](std::partial_ordering order) { return order <= 0; });
}

Value IsGreater(const Call&, Arguments args) {
  return Compared(args, [](std::partial_ordering order) { return order > 0; });
}

Value IsGreaterOrEqual(const Call&, Arguments args) {
  return Compared(args, [](std::partial_ordering order) { return order >= 0; });
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kNot, Not},
    {Op::kEqual, IsEqual, true},
    {Op::kNotEqual, IsNotEqual, true},
    {Op::kLess, IsLess},
    {Op::kLessEqual, IsLessOrEqual},
    {Op::kGreater, IsGreater},
    {Op::kGreaterEqual, IsGreaterOrEqual},
};

}  // namespace

absl::Span<const FunctionEntry> ComparisonFunctions() { return kFunctions; }

}  // namespace assay
