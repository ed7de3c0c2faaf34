// The functions of the plain evaluator, as tables from operation to code. Internal to interp.
//
// A function gets good values only, never errors; null only where `takes_null`. The kinds of its arguments are those of
// its row in lang/function_rows.cc, or anything where a static type is dyn: what does not fit is NoOverload.
#ifndef ASSAY_INTERP_FUNCTIONS_H_
#define ASSAY_INTERP_FUNCTIONS_H_

#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "interp/value.h"
#include "lang/ast.h"
#include "lang/function.h"

namespace assay {

// Counts down the elements that one evaluation may visit.
class StepBudget {
 public:
  explicit StepBudget(int64_t steps) : left_(steps) {}

  // False, now and from now on, if there are not so many steps left.
  bool Take(size_t steps) {
    exhausted_ = exhausted_ || left_ < static_cast<int64_t>(steps);
    if (!exhausted_) left_ -= static_cast<int64_t>(steps);
    return !exhausted_;
  }
  // The steps of a text of that many bytes.
  bool TakeBytes(size_t bytes) { return Take(bytes / kBytesPerStep + 1); }
  static constexpr size_t kBytesPerStep = 16;

  bool exhausted() const { return exhausted_; }

 private:
  int64_t left_;
  bool exhausted_ = false;
};

// The checked call that a function is to compute: its type has the result's scale, its arguments theirs.
struct Call {
  const Expr& expr;
  StepBudget& steps;
  int32_t max_pattern_size;
};

using Arguments = absl::Span<const Value>;  // the receiver first
using Function = Value (*)(const Call& call, Arguments args);

struct FunctionEntry {
  Op op = {};
  Function function = nullptr;
  bool takes_null = false;
};

absl::Span<const FunctionEntry> ComparisonFunctions();
absl::Span<const FunctionEntry> ArithmeticFunctions();
absl::Span<const FunctionEntry> ContainerFunctions();
absl::Span<const FunctionEntry> ListFunctions();
absl::Span<const FunctionEntry> RegexFunctions();
absl::Span<const FunctionEntry> ConversionFunctions();
absl::Span<const FunctionEntry> StringFunctions();
absl::Span<const FunctionEntry> DecimalFunctions();
absl::Span<const FunctionEntry> AggregateFunctions();
absl::Span<const FunctionEntry> TimeFunctions();
absl::Span<const FunctionEntry> CalendarFunctions();
absl::Span<const FunctionEntry> NumberFunctions();
absl::Span<const FunctionEntry> OptionalFunctions();
absl::Span<const FunctionEntry> FormatFunctions();

// nullptr for the operations that are not functions of their arguments' values: && || ?: and text().
const FunctionEntry* FindFunction(Op op);

// The error where kinds that a static dyn let through do not fit.
Value NoOverload();
Value Overflow();
Value BudgetSpent();
Value Refused(absl::string_view detail);  // kInvalidArgument

// A result that may have overflowed.
template <typename T>
Value OrOverflow(bool fits, T value, Value (*make)(T)) {
  return fits ? make(value) : Overflow();
}

// A decimal at the scale of a static type; overflow if there is none, or if it takes more than 38 digits. Where the
// type is no decimal (dyn), as it is.
Value DecimalAt(const std::optional<Decimal>& value, const Type& type);

// A value of one branch or element at the type that joins them all: decimals inside get its scale.
Value Conform(const Value& value, const Type& type);

// a + b, as the operator; the sum of a list is made of it.
Value AddValues(const Value& a, const Value& b, const Type& type, StepBudget* steps);

// Whether a value sorts before another that Order knows: NaN behind all other numbers.
bool SortsBefore(const Value& a, const Value& b);

// The element of a list or the value of a key.
Value IndexValue(const Value& container, const Value& index);

// container[?index], and optional[index]: nothing where there is no such element.
Value IndexOptional(Arguments args);

// The map of entries in any order; an error if a key is no key, or occurs twice.
Value MapOf(ValueMap entries);

}  // namespace assay

#endif  // ASSAY_INTERP_FUNCTIONS_H_
