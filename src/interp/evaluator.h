// The plain evaluator: walks a checked tree over values, exactly as CEL's specification and the sizes of the checker
// say. Slow and obvious: the oracle of the column engine, the folder of constants, the base of explanations.
// Entry point: Evaluate. Errors are values; nothing here fails otherwise.
#ifndef ASSAY_INTERP_EVALUATOR_H_
#define ASSAY_INTERP_EVALUATOR_H_

#include <cstdint>
#include <functional>

#include "absl/types/span.h"
#include "assay/limits.h"
#include "interp/value.h"
#include "lang/ast.h"
#include "schema/schema.h"

namespace assay {

// What the names of an expression stand for. Every value must have the type that the environment of the check gave it,
// decimals at its scale; or be an error. Asked from the thread that evaluates, any number of times for one name.
class Activation {
 public:
  virtual ~Activation() = default;

  // `index` is Reference::index of the kinds kVariable, kVirtualField and kHostFunction.
  virtual Value Variable(int index) const = 0;
  // A row that is not there is an error of kind kMissingRow, which has() takes as false.
  virtual Value VirtualField(const Value& row, int id) const = 0;
  // Arguments may be errors: a table may have rows that do not ask for them.
  virtual Value HostFunction(int index, absl::Span<const Value> args) const = 0;

  // What the fields of rows mean. May be nullptr where there are no rows.
  virtual const Schema* schema() const = 0;
};

// An activation of an expression without names.
class EmptyActivation : public Activation {
 public:
  explicit EmptyActivation(const Schema* schema) : schema_(schema) {}

  Value Variable(int index) const override;
  Value VirtualField(const Value& row, int id) const override;
  Value HostFunction(int index, absl::Span<const Value> args) const override;
  const Schema* schema() const override { return schema_; }

 private:
  const Schema* schema_;
};

struct EvaluateOptions {
  // Elements visited by comprehensions, aggregates and list operators; sixteen bytes of a text read or made by a
  // function count as one, and patterns as PatternCost says. Past it the whole expression is an error of
  // kind kBudget, whatever its operators would absorb.
  int64_t max_steps = 10'000'000;

  // Of patterns (assay/limits.h).
  int32_t max_pattern_size = Limits{}.max_pattern_size;

  // Called, where set, with every sub-expression as it gets its value, operands first; again for every element.
  std::function<void(const Expr&, const Value&)> observer;
};

// The value of a tree that Check accepted. Operands of && and || are asked left to right, and the right one not at all
// where the left one decides.
Value Evaluate(const Expr& expr, const Activation& activation, const EvaluateOptions& options);

}  // namespace assay

#endif  // ASSAY_INTERP_EVALUATOR_H_
