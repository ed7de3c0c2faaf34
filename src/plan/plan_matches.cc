// Loops in which only elements count that have the text of the row they are looked at from, as in
// `project.targets.filter(t, t.key == target.parent)`: these are found by their text, not by going over all of them.
// Entry point: Planner::RangeAt. What counts for nothing is left out, and the whole test is computed of the rest.
#include "plan/planner.h"

namespace assay {
namespace {

bool Mentions(const Expr& expr, const Expr& loop) {
  if (expr.ref.kind == Reference::Kind::kLocal && expr.ref.comprehension == &loop) return true;
  if (expr.operand != nullptr && Mentions(*expr.operand, loop)) return true;
  for (const Expr* arg : expr.args) {
    if (Mentions(*arg, loop)) return true;
  }
  return false;
}

bool IsText(const Expr& expr) { return expr.type != nullptr && expr.type->is(TypeKind::kString); }

// Whether an element for which the test does not hold counts for nothing.
bool IsOfThoseThatHold(const Expr& loop) {
  switch (loop.macro) {
    case Macro::kExists:
    case Macro::kExistsOne:
    case Macro::kFilter:
      return true;
    default:
      return loop.macro == Macro::kMap && loop.args.size() == 2;
  }
}

}  // namespace

// Whether everything it names is known on the level, as it stands on it or above.
bool Planner::StandsOn(const Expr& expr, LevelId level) const {
  const auto is_above = [&](LevelId other) { return graph_.Deeper(other, level) == level; };
  if (expr.ref.kind == Reference::Kind::kLocal) {
    const auto local = locals_.find({expr.ref.comprehension, expr.ref.index});
    if (local != locals_.end() && !is_above(local->second.level)) return false;
  }
  if (expr.ref.kind == Reference::Kind::kVariable) return is_above(VariableLevel(expr.ref.index));
  if (expr.operand != nullptr && !StandsOn(*expr.operand, level)) return false;
  for (const Expr* arg : expr.args) {
    if (!StandsOn(*arg, level)) return false;
  }
  return true;
}

// Of a test, or of what it joins with &&, the first `element's text == text that differs from row to row of the level`;
// nullptr where there is none. The loop's variable is the element of the list as it stands.
const Expr* Planner::FindEquality(const Expr& loop, const Expr& test, const Symbol& list, LevelId level) {
  if (test.kind != ExprKind::kCall || test.ref.kind != Reference::Kind::kFunction || test.args.size() != 2)
    return nullptr;
  if (test.ref.op == Op::kAnd) {
    const Expr* const first = FindEquality(loop, *test.args[0], list, level);
    return first != nullptr ? first : FindEquality(loop, *test.args[1], list, level);
  }
  if (test.ref.op != Op::kEqual || !IsText(*test.args[0]) || !IsText(*test.args[1])) return nullptr;
  const bool is_first = Mentions(*test.args[0], loop);
  if (is_first == Mentions(*test.args[1], loop)) return nullptr;
  const Expr& own = *test.args[is_first ? 0 : 1];
  const Expr& wanted = *test.args[is_first ? 1 : 0];
  const bool differs = !StandsOn(wanted, list.level) && StandsOn(wanted, level);
  return differs && StandsOn(own, list.elements) ? &test : nullptr;
}

// The list on a level, with the elements that the loop has to look at.
Planner::Result Planner::RangeAt(const Expr& expr, const Symbol& list, LevelId level) {
  const bool is_shared = list.kind == Symbol::Kind::kList && list.level != level && list.level > kConstantLevel &&
                         graph_.level(list.elements).source == graph_.level(level).source;
  if (!is_shared || expr.vars.size() != 1 || !IsOfThoseThatHold(expr)) return graph_.Lift(list, level);
  const auto variable = std::make_pair(&expr, 0);
  locals_[variable] = graph_.Lift(*list.element, list.elements);
  const Expr* const equality = FindEquality(expr, *expr.args[0], list, level);
  Result sides[2];
  for (int i = 0; equality != nullptr && i < 2; ++i) {
    const bool is_own = Mentions(*equality->args[static_cast<size_t>(i)], expr);
    sides[is_own ? 1 : 0] = Visit(*equality->args[static_cast<size_t>(i)]);
  }
  locals_.erase(variable);
  if (equality == nullptr) return graph_.Lift(list, level);
  for (const Result& side : sides) {
    if (!side.has_value()) return std::nullopt;
    if (side->kind != Symbol::Kind::kScalar) return graph_.Lift(list, level);
  }
  return graph_.LiftMatching(list, level, Lifted(*sides[0], level), Lifted(*sides[1], list.elements));
}

}  // namespace assay
