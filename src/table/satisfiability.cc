// Takes && || ! and ?: apart and tries one way after the other in which the goals may hold, narrowing what each value
// may be, until nothing is left of one. Entry point: CanHold.
//
// CEL's logic is Kleene's: a && b is true where both are, and false where either is, whatever errs beside it.
#include "table/satisfiability.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lang/function.h"
#include "lang/unparse.h"
#include "table/value_set.h"

namespace assay {
namespace {

// The goals that are left, those of which one way must be chosen kept for last, and what values may be by their text.
struct State {
  std::vector<Goal> open;
  std::vector<Goal> choices;
  std::map<std::string, ValueSet> values;
};

bool IsFunction(const Expr& expr, Op op) {
  return expr.kind == ExprKind::kCall && expr.ref.kind == Reference::Kind::kFunction && expr.ref.op == op;
}

bool IsConstant(const Expr& expr) { return expr.kind == ExprKind::kConstant; }

// How a stands to b: places of a domain of its own.
enum Order : int8_t { kLess, kEqual, kGreater, kUnordered, kOrderEnd };

ValueSet Orders(std::initializer_list<Order> orders, const Domain& domain) {
  ValueSet set = ValueSet::None();
  for (const Order order : orders) set = set.Union(ValueSet::Point(domain, {order, ""}));
  return set;
}

Domain OrderDomain() { return {TypeKind::kInt, 0, kLess, kOrderEnd}; }
Domain TruthDomain() { return {TypeKind::kBool, 0, 0, 2}; }

// In which orders of a and b a comparison is true; nothing if it is none.
std::optional<ValueSet> OrdersOf(Op op) {
  const Domain domain = OrderDomain();
  switch (op) {
    case Op::kEqual:
      return Orders({kEqual}, domain);
    case Op::kNotEqual:
      return Orders({kLess, kGreater, kUnordered}, domain);
    case Op::kLess:
      return Orders({kLess}, domain);
    case Op::kLessEqual:
      return Orders({kLess, kEqual}, domain);
    case Op::kGreater:
      return Orders({kGreater}, domain);
    case Op::kGreaterEqual:
      return Orders({kGreater, kEqual}, domain);
    default:
      return std::nullopt;
  }
}

// The same set with less and greater changed over.
ValueSet Turned(const ValueSet& set) {
  const Domain domain = OrderDomain();
  ValueSet turned = ValueSet::None();
  constexpr std::array<Order, kOrderEnd> kTurned = {kGreater, kEqual, kLess, kUnordered};
  for (int order = kLess; order < kOrderEnd; ++order) {
    if (set.Contains({order, ""})) turned = turned.Union(ValueSet::Point(domain, {kTurned[order], ""}));
  }
  return turned;
}

// What a test without connectives asks: that a value, by its text, lies in a set.
struct Asked {
  std::string value;
  Domain domain;
  ValueSet set;
};

// The value that a test asks about: itself, or as the exact decimal beside a decimal.
const Expr& Tested(const Expr& side) {
  const bool is_whole = IsFunction(side, Op::kToDecimal) && side.args.size() == 1 && side.operand == nullptr &&
                        (side.args[0]->type->is(TypeKind::kInt) || side.args[0]->type->is(TypeKind::kUint));
  return is_whole ? *side.args[0] : side;
}

// The test with a variable in the place of the value it asks about, for AdmittedValues.
std::optional<Asked> AskOfOne(const Expr& test, size_t side) {
  const Expr& value = Tested(*test.args[side]);
  const std::optional<Domain> domain = DomainOf(*value.type);
  if (!domain.has_value()) return std::nullopt;
  Expr variable = value;
  variable.kind = ExprKind::kIdent;
  variable.operand = nullptr;
  variable.args.clear();
  variable.ref = {};
  variable.ref.kind = Reference::Kind::kVariable;
  variable.ref.index = 0;
  Expr conversion = *test.args[side];
  const bool is_converted = &value != test.args[side];
  if (is_converted) conversion.args = {&variable};
  Expr asking = test;
  asking.args[side] = is_converted ? &conversion : &variable;
  std::optional<ValueSet> set = AdmittedValues(*domain, asking, 0);
  if (!set.has_value()) return std::nullopt;
  return Asked{Unparse(value), *domain, *std::move(set)};
}

std::optional<Asked> AskOfTwo(const Expr& test) {
  std::optional<ValueSet> orders = OrdersOf(test.ref.op);
  if (!orders.has_value()) return std::nullopt;
  std::string a = Unparse(Tested(*test.args[0]));
  std::string b = Unparse(Tested(*test.args[1]));
  const bool is_turned = b < a;
  if (is_turned) std::swap(a, b);
  return Asked{absl::StrCat(a, "\n", b), OrderDomain(), is_turned ? Turned(*orders) : *orders};
}

Asked AskOf(const Expr& test) {
  const bool is_binary = test.kind == ExprKind::kCall && test.ref.kind == Reference::Kind::kFunction &&
                         test.operand == nullptr && test.args.size() == 2;
  if (is_binary) {
    const bool compares = OrdersOf(test.ref.op).has_value();
    const bool first_is_constant = IsConstant(*test.args[0]);
    std::optional<Asked> asked;
    if (test.ref.op == Op::kIn || (compares && IsConstant(*test.args[1]))) asked = AskOfOne(test, 0);
    if (!asked.has_value() && compares && first_is_constant) asked = AskOfOne(test, 1);
    if (!asked.has_value() && compares && !first_is_constant && !IsConstant(*test.args[1])) asked = AskOfTwo(test);
    if (asked.has_value()) return *std::move(asked);
  }
  return {Unparse(test), TruthDomain(), ValueSet::Point(TruthDomain(), {1, ""})};
}

class Search {
 public:
  explicit Search(int64_t steps) : steps_(steps) {}

  // Whether a way was found in which all goals of the state may hold; true also when the steps are spent.
  bool Try(State state, int depth) {
    if (depth > kMaxDepth) steps_ = -1;
    while (!state.open.empty()) {
      if (--steps_ < 0) return true;
      const Goal goal = state.open.back();
      state.open.pop_back();
      if (!Take(goal, &state)) return false;
    }
    if (state.choices.empty()) return true;
    const Goal choice = state.choices.back();
    state.choices.pop_back();
    steps_ -= static_cast<int64_t>(state.choices.size() + state.values.size());
    for (const std::vector<Goal>& way : WaysOf(choice)) {
      State next = state;
      next.open = way;
      if (Try(std::move(next), depth + 1)) return true;
    }
    return false;
  }

  bool is_spent() const { return steps_ < 0; }

 private:
  // Of nested choices; a condition has at most so many nodes on a path that the stack bears it.
  static constexpr int kMaxDepth = 2000;

  // False if the goal cannot hold beside those before.
  static bool Take(const Goal& goal, State* state) {
    const Expr& test = *goal.test;
    if (IsConstant(test)) return test.constant.kind == TypeKind::kBool && test.constant.bool_value == goal.wanted;
    if (IsFunction(test, Op::kNot)) {
      state->open.push_back({test.args[0], !goal.wanted});
    } else if (IsFunction(test, goal.wanted ? Op::kAnd : Op::kOr)) {
      for (const Expr* arg : test.args) state->open.push_back({arg, goal.wanted});
    } else if (IsFunction(test, Op::kAnd) || IsFunction(test, Op::kOr) || IsFunction(test, Op::kConditional)) {
      state->choices.push_back(goal);
    } else {
      return Narrow(AskOf(test), goal.wanted, state);
    }
    return true;
  }

  static bool Narrow(Asked asked, bool wanted, State* state) {
    if (!wanted) asked.set = asked.set.Complement(asked.domain);
    const auto [known, is_new] = state->values.try_emplace(std::move(asked.value), asked.set);
    if (!is_new) known->second = known->second.Intersection(asked.domain, asked.set);
    return !known->second.empty();
  }

  static std::vector<std::vector<Goal>> WaysOf(const Goal& goal) {
    const std::vector<Expr*>& args = goal.test->args;
    if (IsFunction(*goal.test, Op::kConditional)) {
      return {{{args[0], true}, {args[1], goal.wanted}}, {{args[0], false}, {args[2], goal.wanted}}};
    }
    std::vector<std::vector<Goal>> ways;
    for (const Expr* arg : args) ways.push_back({{arg, goal.wanted}});
    return ways;
  }

  int64_t steps_;
};

}  // namespace

Satisfiability CanHold(std::vector<Goal> goals, int64_t steps) {
  Search search(steps);
  const bool found = search.Try({std::move(goals), {}, {}}, 0);
  if (search.is_spent()) return Satisfiability::kNotDecided;
  return found ? Satisfiability::kPossible : Satisfiability::kNever;
}

}  // namespace assay
