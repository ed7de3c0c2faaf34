// format() over rows: one column of texts from a pattern and values of any types, each a column of its own. Lists and
// maps become texts first, as %s writes them. Entry point: Planner::Format.
#include "absl/strings/str_cat.h"
#include "plan/planner.h"

namespace assay {
namespace {

ConstantValue TextConstant(absl::string_view text) {
  ConstantValue constant;
  constant.type = Physical::kString;
  constant.text = std::string(text);
  return constant;
}

// How a column of texts is written: one of null, a type, a list or a map stands for that by %s alone.
FormatValue::Kind KindOf(const Type& type) {
  if (type.is(TypeKind::kNull) || type.is(TypeKind::kType)) return FormatValue::Kind::kText;
  if (type.is(TypeKind::kString)) return FormatValue::Kind::kString;
  return type.is(TypeKind::kBytes) ? FormatValue::Kind::kBytes : FormatValue::Kind::kNone;
}

}  // namespace

NodeId Planner::Formatted(NodeId pattern, const std::vector<Symbol>& values, LevelId level) {
  FormatCall call;
  for (const Symbol& value : values) {
    call.values.push_back(value.node);
    call.kinds.push_back(KindOf(*value.type));
  }
  return graph_.Format(level, pattern, call);
}

// The elements' texts with commas between them, for each row of the list's level.
NodeId Planner::Joined(const Symbol& list, const Symbol& element) {
  Node node;
  node.kind = NodeKind::kAggregate;
  node.aggregate = Aggregate::kJoin;
  node.type = Physical::kString;
  node.level = list.level;
  node.index = list.elements;
  node.stage = graph_.level(list.elements).stage;
  node.arg_count = 2;
  node.args[0] = element.node;
  node.args[1] = graph_.Constant(TextConstant(", "), {0, 0});
  return graph_.Guard(graph_.Add(node), list.guard);
}

Planner::Result Planner::ShownList(const Expr& expr, const Symbol& list) {
  Result element = Shown(expr, graph_.Lift(*list.element, list.elements));
  if (!element.has_value()) return element;
  const NodeId show = graph_.Constant(TextConstant("%s"), {0, 0});
  element->node = Formatted(show, {*element}, list.elements);
  Symbol joined = list;
  joined.kind = Symbol::Kind::kScalar;
  joined.type = inputs_->env.types->Simple(TypeKind::kNull);
  joined.node = Joined(list, *element);
  joined.node = Formatted(graph_.Constant(TextConstant("[%s]"), {0, 0}), {joined}, list.level);
  return joined;
}

// Entries in the order of their keys' texts.
Planner::Result Planner::ShownMap(const Expr& expr, const Symbol& map) {
  Result key = Shown(expr, graph_.Lift(*map.key, map.elements));
  Result value = key.has_value() ? Shown(expr, graph_.Lift(*map.element, map.elements)) : key;
  if (!value.has_value()) return value;
  Symbol text = *key;
  text.type = inputs_->env.types->Simple(TypeKind::kString);
  text.node = Formatted(graph_.Constant(TextConstant("%s"), {0, 0}), {*key}, map.elements);
  Symbol entries = map;
  entries.kind = Symbol::Kind::kList;
  Symbol entry = text;
  entry.node = Formatted(graph_.Constant(TextConstant("%s: %s"), {0, 0}), {*key, *value}, map.elements);
  entries.element = std::make_shared<Symbol>(entry);
  const Result sorted = SortedBy(expr, entries, text);
  if (!sorted.has_value()) return sorted;
  Symbol joined = map;
  joined.kind = Symbol::Kind::kScalar;
  joined.type = inputs_->env.types->Simple(TypeKind::kNull);
  joined.node = Joined(*sorted, *sorted->element);
  joined.node = Formatted(graph_.Constant(TextConstant("{%s}"), {0, 0}), {joined}, map.level);
  return joined;
}

// The value as a column that format() takes.
Planner::Result Planner::Shown(const Expr& expr, Symbol value) {
  switch (value.kind) {
    case Symbol::Kind::kNull:
      value.kind = Symbol::Kind::kScalar;
      value.type = inputs_->env.types->Simple(TypeKind::kNull);
      value.node = graph_.Constant(TextConstant("null"), {0, 0});
      return value;
    case Symbol::Kind::kList:
      return ShownList(expr, value);
    case Symbol::Kind::kMap:
      return ShownMap(expr, value);
    case Symbol::Kind::kScalar:
      if (value.type->is(TypeKind::kNullable)) {
        return Fail(expr, "over rows format() does not take what may be null: write x == null ? 'none' : string(x)");
      }
      if (IsNever(value)) {
        value.type = inputs_->env.types->Simple(TypeKind::kString);
        value.node = Never({value.node}, *value.type);
      }
      return value;
    default:
      return Fail(expr, absl::StrCat("format() writes plain values, lists and maps: take a field of this ",
                                     TypeName(*value.type)));
  }
}

Planner::Result Planner::Format(const Expr& expr) {
  const Expr& list = *expr.args[0];
  if (list.kind != ExprKind::kList || !list.optional_entries.empty()) {
    return Fail(list, "over rows the values of format() are written out: 'text'.format([a, b])");
  }
  Result pattern = Visit(*expr.operand);
  if (!pattern.has_value()) return pattern;
  const Type& text = *inputs_->env.types->Simple(TypeKind::kString);
  pattern->node = Align(*pattern, text);
  std::vector<Symbol> parts = {*pattern};
  for (const Expr* arg : list.args) {
    Result value = Visit(*arg);
    if (value.has_value()) value = Shown(*arg, *std::move(value));
    if (!value.has_value()) return value;
    parts.push_back(*std::move(value));
  }
  if (!ToOneLevel(expr, &parts)) return std::nullopt;
  const LevelId level = LevelOf(parts);
  const std::vector<Symbol> values(parts.begin() + 1, parts.end());
  Result made = Scalar(expr, Formatted(parts[0].node, values, level));
  made->type = &text;
  return made;
}

}  // namespace assay
