// The state of one evaluation, shared by the files that make it up: evaluator.cc (names, fields, calls) and
// comprehensions.cc (macros over lists and maps). Internal to interp.
#ifndef ASSAY_INTERP_EVALUATION_H_
#define ASSAY_INTERP_EVALUATION_H_

#include <array>
#include <optional>
#include <vector>

#include "interp/evaluator.h"
#include "interp/functions.h"

namespace assay {

class Evaluation {
 public:
  Evaluation(const Activation& activation, const EvaluateOptions& options)
      : activation_(activation), options_(options), steps_(options.max_steps) {}

  Value Run(const Expr& root);

 private:
  // What a comprehension's variables hold while its body is evaluated.
  struct Frame {
    const Expr* comprehension = nullptr;
    std::array<Value, 2> locals;
  };

  Value Visit(const Expr& expr);
  Value VisitNode(const Expr& expr);
  Value VisitName(const Expr& expr);
  Value VisitSelect(const Expr& expr);
  Value VisitMessage(const Expr& expr);
  Value VisitList(const Expr& expr);
  Value VisitMap(const Expr& expr);
  Value VisitCall(const Expr& expr);

  Value Member(const Expr& expr, const Value& operand, bool test);
  Value MemberField(const Expr& expr, const Value& operand, bool test);
  Value MemberVirtual(const Expr& expr, const Value& operand, bool test);
  Value MemberByName(const Expr& expr, const Value& operand, bool test);
  std::optional<Value> VisitEntry(const Expr& expr, size_t entry, const Expr& part);

  Value CallLogical(const Expr& expr);
  Value CallConditional(const Expr& expr);
  Value CallOr(const Expr& expr);
  Value CallText(const Expr& expr);
  Value CallHost(const Expr& expr);
  Value CallFunction(const Expr& expr);

  // comprehensions.cc
  Value VisitComprehension(const Expr& expr);
  Value Bind(const Expr& expr);
  Value Quantify(const Expr& expr, const std::vector<std::array<Value, 2>>& range);
  Value ExistsOne(const Expr& expr, const std::vector<std::array<Value, 2>>& range);
  Value Filter(const Expr& expr, const std::vector<std::array<Value, 2>>& range);
  Value Transform(const Expr& expr, const std::vector<std::array<Value, 2>>& range);
  Value TransformMap(const Expr& expr, const std::vector<std::array<Value, 2>>& range);
  Value SortBy(const Expr& expr, const std::vector<std::array<Value, 2>>& range);
  Value OptionalMap(const Expr& expr);
  Value VisitWith(const Expr& comprehension, const std::array<Value, 2>& locals, const Expr& body);

  const Activation& activation_;
  const EvaluateOptions& options_;
  StepBudget steps_;
  std::vector<Frame> frames_;
};

}  // namespace assay

#endif  // ASSAY_INTERP_EVALUATION_H_
