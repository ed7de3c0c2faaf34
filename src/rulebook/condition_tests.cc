// Entry points: TestsOf, IsJoinedDirectly, ReadsOf, JoinOf, DecidingTests. Trees are as deep as the parser let them be.
#include "rulebook/condition_tests.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "lang/function.h"
#include "lang/unparse.h"

namespace assay {
namespace {

bool IsConnective(const Expr& expr) {
  if (expr.kind != ExprKind::kCall || expr.ref.kind != Reference::Kind::kFunction) return false;
  return expr.ref.op == Op::kAnd || expr.ref.op == Op::kOr || expr.ref.op == Op::kNot ||
         expr.ref.op == Op::kConditional;
}

void AddTests(const Expr& expr, std::vector<const Expr*>* tests) {
  if (!IsConnective(expr)) {
    tests->push_back(&expr);
    return;
  }
  if (expr.operand != nullptr) AddTests(*expr.operand, tests);
  for (const Expr* arg : expr.args) AddTests(*arg, tests);
}

// Stands for one element of a list that is walked around it, by a comprehension not among `inside`.
bool ReadsElement(const Expr& expr, std::vector<const Expr*>* inside) {
  if (expr.ref.kind == Reference::Kind::kLocal) {
    return std::find(inside->begin(), inside->end(), expr.ref.comprehension) == inside->end();
  }
  if (expr.operand != nullptr && ReadsElement(*expr.operand, inside)) return true;
  const bool walks = expr.kind == ExprKind::kComprehension;
  if (walks) inside->push_back(&expr);
  const bool any =
      std::any_of(expr.args.begin(), expr.args.end(), [inside](const Expr* arg) { return ReadsElement(*arg, inside); });
  if (walks) inside->pop_back();
  return any;
}

bool ReadsElement(const Expr& expr) {
  std::vector<const Expr*> inside;
  return ReadsElement(expr, &inside);
}

bool IsName(const Expr& expr) { return expr.kind == ExprKind::kIdent || expr.kind == ExprKind::kSelect; }

class Reads {
 public:
  void Visit(const Expr& expr, bool is_operand) {
    if (expr.kind == ExprKind::kConstant || expr.ref.kind == Reference::Kind::kConstant) return;
    if (expr.range.begin == expr.range.end) return;  // handed to a table behind what is written
    const bool element = ReadsElement(expr);
    if (IsName(expr) && !expr.test_only) {
      if (!element && IsSingleValue(*expr.type)) Add(expr);
      return;
    }
    const bool computes = is_operand && expr.kind == ExprKind::kCall && !IsConnective(expr);
    if (computes && !element && IsSingleValue(*expr.type)) Add(expr);
    if (expr.test_only) return;
    if (expr.operand != nullptr) Visit(*expr.operand, false);
    for (const Expr* arg : expr.args) Visit(*arg, false);
  }

  std::vector<const Expr*> Take() { return std::move(reads_); }

 private:
  void Add(const Expr& expr) {
    if (texts_.insert(Unparse(expr)).second) reads_.push_back(&expr);
  }

  std::set<std::string> texts_;
  std::vector<const Expr*> reads_;
};

struct Decided {
  Truth truth = Truth::kErrs;
  std::vector<int> tests;
};

void Append(const std::vector<int>& more, std::vector<int>* tests) {
  tests->insert(tests->end(), more.begin(), more.end());
}

// Of && the first part that does not hold, of || the first that does, else the first that errs, else all.
Decided DecidedOfMany(Truth decisive, std::vector<Decided> parts) {
  Decided all = {decisive == Truth::kFalse ? Truth::kTrue : Truth::kFalse, {}};
  for (Truth truth : {decisive, Truth::kErrs}) {
    for (Decided& part : parts) {
      if (part.truth == truth) return std::move(part);
    }
  }
  for (const Decided& part : parts) Append(part.tests, &all.tests);
  return all;
}

Decided Decide(const TestJoin& join, absl::Span<const Truth> tests) {
  if (join.parts.empty()) return {tests[static_cast<size_t>(join.test)], {join.test}};
  std::vector<Decided> parts;
  parts.reserve(join.parts.size());
  for (const TestJoin& part : join.parts) parts.push_back(Decide(part, tests));
  if (join.op == Op::kAnd) return DecidedOfMany(Truth::kFalse, std::move(parts));
  if (join.op == Op::kOr) return DecidedOfMany(Truth::kTrue, std::move(parts));
  Decided decided = std::move(parts[0]);
  if (decided.truth == Truth::kErrs) return decided;
  if (join.op == Op::kNot) {
    decided.truth = decided.truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
    return decided;
  }
  const Decided& branch = parts[decided.truth == Truth::kTrue ? 1 : 2];
  Append(branch.tests, &decided.tests);
  decided.truth = branch.truth;
  return decided;
}

}  // namespace

bool IsSingleValue(const Type& type) {
  switch (type.kind) {
    case TypeKind::kBool:
    case TypeKind::kInt:
    case TypeKind::kUint:
    case TypeKind::kDouble:
    case TypeKind::kString:
    case TypeKind::kDecimal:
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kDuration:
      return true;
    default:
      return false;
  }
}

std::vector<const Expr*> TestsOf(const Expr& condition) {
  std::vector<const Expr*> tests;
  AddTests(condition, &tests);
  return tests;
}

bool IsJoinedDirectly(const Expr& condition, const Expr& test) {
  if (&condition == &test) return true;
  const bool joins = IsConnective(condition) && (condition.ref.op == Op::kAnd || condition.ref.op == Op::kOr);
  return joins && std::any_of(condition.args.begin(), condition.args.end(),
                              [&](const Expr* arg) { return IsJoinedDirectly(*arg, test); });
}

std::vector<const Expr*> ReadsOf(const Expr& test) {
  Reads reads;
  if (IsName(test)) return {};
  if (test.operand != nullptr) reads.Visit(*test.operand, true);
  for (const Expr* arg : test.args) reads.Visit(*arg, true);
  return reads.Take();
}

TestJoin JoinOf(const Expr& condition, int* next) {
  TestJoin join;
  if (!IsConnective(condition)) {
    join.test = (*next)++;
    return join;
  }
  join.op = condition.ref.op;
  if (condition.operand != nullptr) join.parts.push_back(JoinOf(*condition.operand, next));
  for (const Expr* arg : condition.args) join.parts.push_back(JoinOf(*arg, next));
  return join;
}

std::vector<int> DecidingTests(const TestJoin& join, absl::Span<const Truth> tests) {
  return Decide(join, tests).tests;
}

}  // namespace assay
