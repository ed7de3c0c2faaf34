// The functions that round, and say so: round, quotient, avg. Entry point: DecimalFunctions. Each rounds once, to a
// scale or to the minor unit of a currency.
#include "base/currency.h"
#include "base/rounding.h"
#include "interp/functions.h"

namespace assay {
namespace {

struct RoundingTarget {
  int scale = 0;
  Rounding mode = Rounding::kHalfUp;
};

// From the arguments from `first` on: a scale or a currency's code, then perhaps a mode.
std::optional<RoundingTarget> TargetOf(Arguments args, size_t first) {
  RoundingTarget target;
  if (args.size() > first + 1) {
    const Value& name = args[first + 1];
    const std::optional<Rounding> mode =
        name.is(ValueKind::kString) ? RoundingFromName(name.as_string()) : std::nullopt;
    if (!mode.has_value()) return std::nullopt;
    target.mode = *mode;
  }
  if (args.size() > first && args[first].is(ValueKind::kString)) {
    const MinorUnit unit = FindMinorUnit(args[first].as_string());
    target.scale = unit.digits;
    return unit.kind == MinorUnit::Kind::kDigits ? std::optional<RoundingTarget>(target) : std::nullopt;
  }
  if (args.size() <= first || !args[first].is(ValueKind::kInt)) return std::nullopt;
  const int64_t scale = args[first].as_int();
  if (scale < 0 || scale > kMaxDecimalScale) return std::nullopt;
  target.scale = static_cast<int>(scale);
  return target;
}

Value NoTarget() { return Refused("is no currency with a minor unit, nor a scale"); }

Value RoundedQuotient(const Call& call, const Decimal& a, const Decimal& b, const RoundingTarget& target) {
  Decimal quotient;
  switch (Quotient(a, b, target.scale, target.mode, &quotient)) {
    case QuotientResult::kOk:
      return DecimalAt(quotient, *call.expr.type);
    case QuotientResult::kDivisionByZero:
      return Value::Error(ErrorKind::kDivisionByZero, "");
    case QuotientResult::kOverflow:
      break;
  }
  return Overflow();
}

Value RoundTo(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kDecimal)) return NoOverload();
  const std::optional<RoundingTarget> target = TargetOf(args, 1);
  if (!target.has_value()) return NoTarget();
  return DecimalAt(Round(args[0].as_decimal(), target->scale, target->mode), *call.expr.type);
}

Value QuotientOf(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kDecimal) || !args[1].is(ValueKind::kDecimal)) return NoOverload();
  const std::optional<RoundingTarget> target = TargetOf(args, 2);
  if (!target.has_value()) return NoTarget();
  return RoundedQuotient(call, args[0].as_decimal(), args[1].as_decimal(), *target);
}

Value AverageOfDoubles(const ValueList& list) {
  double sum = 0;
  for (const Value& value : list) {
    if (!value.is(ValueKind::kDouble)) return NoOverload();
    sum += value.as_double();
  }
  return Value::Double(sum / static_cast<double>(list.size()));
}

// The exact sum, divided and rounded once. The sum has 38 digits, as that of sum().
Value Average(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kList)) return NoOverload();
  const ValueList& list = args[0].as_list();
  if (!call.steps.Take(list.size())) return BudgetSpent();
  const std::optional<RoundingTarget> target = TargetOf(args, 1);
  if (args.size() > 1 && !target.has_value()) return NoTarget();
  if (list.empty()) return Value::Error(ErrorKind::kEmptyList, "");
  if (args.size() == 1) return AverageOfDoubles(list);
  std::optional<Decimal> sum = Decimal{};
  for (const Value& value : list) {
    if (!value.is(ValueKind::kDecimal)) return NoOverload();
    sum = Add(*sum, value.as_decimal());
    if (!sum.has_value()) return Overflow();
  }
  return RoundedQuotient(call, *sum, DecimalFromInt64(static_cast<int64_t>(list.size())), *target);
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kRound, RoundTo},
    {Op::kQuotient, QuotientOf},
    {Op::kAvg, Average},
};

}  // namespace

absl::Span<const FunctionEntry> DecimalFunctions() { return kFunctions; }

}  // namespace assay
