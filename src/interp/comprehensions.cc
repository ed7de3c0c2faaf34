// Comprehensions: the macros over lists and maps, and cel.bind. Lists are visited in order, maps by ascending key.
// Entry point: Evaluation::VisitComprehension.
#include <algorithm>
#include <utility>

#include "interp/evaluation.h"

namespace assay {
namespace {

using Locals = std::array<Value, 2>;

// The variables of each turn. One variable holds a list's element or a map's key; two hold index and element, or key
// and value.
std::vector<Locals> TurnsOf(const Value& range, bool two_variables) {
  std::vector<Locals> turns;
  if (range.is(ValueKind::kMap)) {
    for (const MapEntry& entry : range.as_map()) turns.push_back({entry.key, entry.value});
    return turns;
  }
  for (const Value& element : range.as_list()) {
    const Value index = Value::Int(static_cast<int64_t>(turns.size()));
    turns.push_back(two_variables ? Locals{index, element} : Locals{element, Value()});
  }
  return turns;
}

Value AsCondition(Value value) {
  if (value.is_error() || value.is(ValueKind::kBool)) return value;
  return NoOverload();
}

}  // namespace

Value Evaluation::VisitWith(const Expr& comprehension, const Locals& locals, const Expr& body) {
  frames_.push_back({&comprehension, locals});
  Value value = Visit(body);
  frames_.pop_back();
  return value;
}

Value Evaluation::VisitComprehension(const Expr& expr) {
  if (expr.macro == Macro::kBind) return Bind(expr);
  if (expr.macro == Macro::kOptMap || expr.macro == Macro::kOptFlatMap) return OptionalMap(expr);
  Value range = Visit(*expr.operand);
  if (range.is_error()) return range;
  if (!range.is(ValueKind::kList) && !range.is(ValueKind::kMap)) return NoOverload();
  const size_t size = range.is(ValueKind::kList) ? range.as_list().size() : range.as_map().size();
  if (!steps_.Take(size + 1)) return BudgetSpent();
  const std::vector<Locals> turns = TurnsOf(range, expr.vars.size() == 2);
  switch (expr.macro) {
    case Macro::kAll:
    case Macro::kExists:
      return Quantify(expr, turns);
    case Macro::kExistsOne:
      return ExistsOne(expr, turns);
    case Macro::kFilter:
      return Filter(expr, turns);
    case Macro::kMap:
    case Macro::kTransformList:
      return Transform(expr, turns);
    case Macro::kTransformMap:
    case Macro::kTransformMapEntry:
      return TransformMap(expr, turns);
    case Macro::kSortBy:
      return SortBy(expr, turns);
    default:
      return Refused("a macro that is not available");
  }
}

// The name stands for its value, also where that is an error which the body may ignore.
Value Evaluation::Bind(const Expr& expr) { return VisitWith(expr, {Visit(*expr.operand), Value()}, *expr.args[0]); }

// all and exists: && and || over the elements.
Value Evaluation::Quantify(const Expr& expr, const std::vector<Locals>& range) {
  const bool decisive = expr.macro == Macro::kExists;
  Value undecided = Value::Bool(!decisive);
  for (const Locals& locals : range) {
    Value test = AsCondition(VisitWith(expr, locals, *expr.args[0]));
    if (test.is(ValueKind::kBool) && test.as_bool() == decisive) return test;
    if (test.is_error() && !undecided.is_error()) undecided = std::move(test);
  }
  return undecided;
}

Value Evaluation::ExistsOne(const Expr& expr, const std::vector<Locals>& range) {
  int64_t found = 0;
  for (const Locals& locals : range) {
    Value test = AsCondition(VisitWith(expr, locals, *expr.args[0]));
    if (test.is_error()) return test;
    found += test.as_bool() ? 1 : 0;
  }
  return Value::Bool(found == 1);
}

Value Evaluation::Filter(const Expr& expr, const std::vector<Locals>& range) {
  ValueList kept;
  const bool is_indexed = expr.vars.size() == 2 && expr.operand->type->is(TypeKind::kList);
  for (const Locals& locals : range) {
    Value test = AsCondition(VisitWith(expr, locals, *expr.args[0]));
    if (test.is_error()) return test;
    if (test.as_bool()) kept.push_back(locals[is_indexed ? 1 : 0]);
  }
  return Value::List(std::move(kept));
}

// map and transformList: the last argument is the transformation, one before it the filter.
Value Evaluation::Transform(const Expr& expr, const std::vector<Locals>& range) {
  ValueList results;
  for (const Locals& locals : range) {
    if (expr.args.size() == 2) {
      Value test = AsCondition(VisitWith(expr, locals, *expr.args[0]));
      if (test.is_error()) return test;
      if (!test.as_bool()) continue;
    }
    results.push_back(VisitWith(expr, locals, *expr.args.back()));
    if (results.back().is_error()) return results.back();
  }
  return Value::List(std::move(results));
}

// transformMap keeps the keys of a map, or the indexes of a list; transformMapEntry makes entries of its own.
Value Evaluation::TransformMap(const Expr& expr, const std::vector<Locals>& range) {
  ValueMap entries;
  for (const Locals& locals : range) {
    if (expr.args.size() == 2) {
      Value test = AsCondition(VisitWith(expr, locals, *expr.args[0]));
      if (test.is_error()) return test;
      if (!test.as_bool()) continue;
    }
    Value value = VisitWith(expr, locals, *expr.args.back());
    if (value.is_error()) return value;
    if (expr.macro == Macro::kTransformMap) {
      entries.push_back({locals[0], std::move(value)});
      continue;
    }
    if (!value.is(ValueKind::kMap)) return NoOverload();
    entries.insert(entries.end(), value.as_map().begin(), value.as_map().end());
  }
  return MapOf(std::move(entries));
}

// The elements in the order of their keys, equal ones as they stood.
Value Evaluation::SortBy(const Expr& expr, const std::vector<Locals>& range) {
  std::vector<std::pair<Value, Value>> keyed;
  for (const Locals& locals : range) {
    Value key = VisitWith(expr, locals, *expr.args[0]);
    if (key.is_error()) return key;
    if (!keyed.empty() && !Order(keyed[0].first, key).has_value()) return NoOverload();
    keyed.emplace_back(std::move(key), locals[0]);
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return SortsBefore(a.first, b.first); });
  ValueList sorted;
  for (auto& [key, element] : keyed) sorted.push_back(std::move(element));
  return Value::List(std::move(sorted));
}

Value Evaluation::OptionalMap(const Expr& expr) {
  const Value operand = Visit(*expr.operand);
  if (operand.is_error()) return operand;
  if (!operand.is(ValueKind::kOptional)) return NoOverload();
  if (operand.as_optional() == nullptr) return operand;
  Value body = VisitWith(expr, {*operand.as_optional(), Value()}, *expr.args[0]);
  if (body.is_error()) return body;
  if (expr.macro == Macro::kOptMap) return Value::Some(std::move(body));
  return body.is(ValueKind::kOptional) ? body : NoOverload();
}

}  // namespace assay
