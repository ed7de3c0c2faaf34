// Lists and maps written out: a level of as many rows for each row around them. Entry points: ListLiteral, MapLiteral.
#include <algorithm>
#include <tuple>

#include "plan/planner.h"

namespace assay {
namespace {

// The order of keys of one type that are written out.
bool KeyBefore(const Expr& a, const Expr& b) {
  const Constant& x = a.constant;
  const Constant& y = b.constant;
  return std::tie(x.bool_value, x.int_value, x.uint_value, x.text) <
         std::tie(y.bool_value, y.int_value, y.uint_value, y.text);
}

}  // namespace

Planner::Result Planner::ListLiteral(const Expr& expr) {
  std::vector<Symbol> parts;
  for (const Expr* arg : expr.args) {
    Result part = Visit(*arg);
    if (!part.has_value()) return part;
    parts.push_back(std::move(*part));
  }
  if (!ToOneLevel(expr, &parts)) return std::nullopt;
  if (!expr.optional_entries.empty()) return OptionalEntries(expr, std::move(parts));
  return ListOf(expr, expr.type->is(TypeKind::kList) ? expr.type->element : expr.type, parts, LevelOf(parts));
}

Planner::Result Planner::FailOnTypes(const Expr& expr) {
  return Fail(expr, "over rows a list holds values of one type");
}

// Each part's elements at its own turn; at the others it has none.
Planner::Result Planner::TurnsOfRanges(const Expr& expr, const Type* type, const std::vector<Symbol>& parts,
                                       LevelId level, LevelId elements) {
  ConstantValue none;
  none.type = Physical::kRow;
  none.int64 = -1;
  const NodeId nowhere = graph_.Constant(none, {0, 0});
  const NodeId parent = graph_.AncestorMap(elements, level);
  Result turns;
  for (size_t i = 0; i < parts.size(); ++i) {
    const NodeId now =
        graph_.Call(Op::kEqual, Physical::kBool, {0, 0}, {Position(elements), Int(static_cast<int64_t>(i))});
    const NodeId index = graph_.Call(Op::kConditional, Physical::kRow, {0, 0}, {now, parent, nowhere});
    Symbol part = graph_.Gather(graph_.Lift(parts[i], level), index, elements);
    part.guard = kNoNode;  // that of the whole list
    turns = i == 0 ? part : Concat(expr, type, *turns, part);
    if (!turns.has_value()) return turns;
  }
  return turns;
}

// The parts, columns on `level`, by turns on the level `elements` of a list made of them.
Planner::Result Planner::TurnsOf(const Expr& expr, const Type* type, const std::vector<Symbol>& parts, LevelId level,
                                 LevelId elements) {
  using Kind = Symbol::Kind;
  const Symbol& first = parts[0];
  for (const Symbol& part : parts) {
    if (part.kind != first.kind) return FailOnTypes(expr);
    if (part.kind == Kind::kScalar && part.type->is(TypeKind::kNullable)) {
      return Fail(expr, "over rows a list cannot hold what may be null: write has(x.f) ? x.f : a value in its place");
    }
  }
  Symbol element = first;
  element.level = elements;
  std::vector<NodeId> nodes;
  switch (first.kind) {
    case Kind::kScalar:
      element.type = OneType(type, parts);
      if (element.type == nullptr) return FailOnTypes(expr);
      for (const Symbol& part : parts) nodes.push_back(Align(part, *element.type));
      element.node = graph_.Turns(elements, Graph::PhysicalOf(*element.type), SizeOf(*element.type), nodes);
      return element;
    case Kind::kRow:
      for (const Symbol& part : parts) {
        const bool alike = part.rows == first.rows && part.path == first.path && part.arguments == nullptr;
        if (!alike || part.node == kNoNode) {
          return Fail(expr, "a list written out holds rows of one list, picked by index, or plain values");
        }
        nodes.push_back(part.node);
      }
      element.node = graph_.Turns(elements, Physical::kRow, {0, 0}, nodes);
      return element;
    case Kind::kOptional: {
      std::vector<Symbol> values;
      for (const Symbol& part : parts) {
        nodes.push_back(part.node);
        values.push_back(*part.element);
      }
      Result value = TurnsOf(expr, type->is(TypeKind::kOptional) ? type->element : type, values, level, elements);
      if (!value.has_value()) return value;
      return ScaledOptional(expr, graph_.Turns(elements, Physical::kBool, {0, 0}, nodes), *value);
    }
    case Kind::kList:
    case Kind::kMap:
      return TurnsOfRanges(expr, type, parts, level, elements);
    case Kind::kNull:
      break;
  }
  return FailOnTypes(expr);
}

// The deepest level of all; constants stay on theirs.
LevelId Planner::LevelOf(const std::vector<Symbol>& parts) const {
  LevelId level = kConstantLevel;
  for (const Symbol& part : parts) level = graph_.Deeper(level, part.level);
  return level;
}

// A list of the parts for each row of `level`, which they stand on or are constants.
Planner::Result Planner::ListOf(const Expr& expr, const Type* element_type, const std::vector<Symbol>& parts,
                                LevelId level) {
  Symbol list;
  list.kind = Symbol::Kind::kList;
  list.type = expr.type;
  list.level = level;
  list.elements = graph_.Fixed(list.level, static_cast<int>(parts.size()));
  if (parts.empty()) {
    // An element that no row has; of decimals that were folded away the scale stays, for what the list is joined to.
    const bool is_of_decimals = expr.type->is(TypeKind::kList) && expr.type->element->is(TypeKind::kDecimal);
    Symbol never;
    never.level = list.elements;
    never.type = is_of_decimals ? expr.type->element : inputs_->env.types->Simple(TypeKind::kUnbound);
    never.node = graph_.Turns(list.elements, Graph::PhysicalOf(*never.type), SizeOf(*never.type), {});
    list.element = std::make_shared<Symbol>(never);
    return list;
  }
  Result element = TurnsOf(expr, element_type, parts, list.level, list.elements);
  if (!element.has_value()) return element;
  // What an element is comes before what bringing it to the list's scale makes of it.
  list.guard = ErrorGuard(*element, list.elements);
  for (size_t i = parts.size(); i > 0; --i) {
    const NodeId error = ErrorOf(parts[i - 1]);
    if (error != kNoNode && graph_.MayErr(error)) list.guard = graph_.Guard(list.guard, error);
  }
  list.element = std::make_shared<Symbol>(*element);
  return list;
}

// The map with its entries by ascending key, an error where two have one key; that comes before what its guard tells.
Planner::Result Planner::Keyed(const Expr& expr, const Symbol& map) {
  if (map.key->kind != Symbol::Kind::kScalar || IsNever(*map.key))
    return Fail(expr, "over rows a key is a plain value");
  Node first;
  first.kind = NodeKind::kFirstOfEqual;
  first.type = Physical::kBool;
  first.level = map.elements;
  first.arg_count = 1;
  first.args[0] = Lifted(*map.key, map.elements);
  const NodeId once = graph_.Aggregate(Aggregate::kAll, map.elements, graph_.Add(first), Physical::kBool, {0, 0});
  Symbol keyed = map;
  keyed.guard = graph_.Guard(map.guard, graph_.Demand(once, DemandError::kKeyTwice));
  return OnLevel(keyed, graph_.Ordered(map.elements, first.args[0]));
}

// One map of the entries of all maps that are the elements of `maps`.
Planner::Result Planner::EntriesOf(const Expr& expr, const Symbol& maps) {
  const Symbol inner = graph_.Lift(*maps.element, maps.elements);
  if (inner.kind != Symbol::Kind::kMap) return Fail(expr, "transformMapEntry() makes maps");
  const LevelId flat = graph_.Flattened(inner.elements);
  Symbol map = maps;
  map.kind = Symbol::Kind::kMap;
  map.type = expr.type;
  map.elements = flat;
  map.guard = kNoNode;
  const auto moved = [&](const Symbol& of) {
    return std::make_shared<Symbol>(graph_.Gather(graph_.Lift(of, inner.elements), graph_.SourceMap(flat), flat));
  };
  map.key = moved(*inner.key);
  map.element = moved(*inner.element);
  Result keyed = Keyed(expr, map);
  if (keyed.has_value()) keyed->guard = graph_.Guard(keyed->guard, maps.guard);
  return keyed;
}

// The entries at `order` in `parts` (key, value, key, value …), those with `?` where there is a value. Keys that are
// written out are in order and differ.
Planner::Result Planner::MapOf(const Expr& expr, const std::vector<Symbol>& parts, const std::vector<size_t>& order,
                               bool written_out) {
  std::vector<Symbol> keys;
  std::vector<Symbol> values;
  std::vector<NodeId> present;
  for (size_t i : order) {
    const bool optional = !expr.optional_entries.empty() && expr.optional_entries[i / 2];
    Result value = optional ? PresentValue(expr, parts[i + 1]) : parts[i + 1];
    if (!value.has_value()) return value;
    keys.push_back(parts[i]);
    values.push_back(*std::move(value));
    present.push_back(optional ? parts[i + 1].node : graph_.True());
  }
  Result map = ListOf(expr, expr.type->element, values, LevelOf(parts));
  if (!map.has_value()) return map;
  map->kind = Symbol::Kind::kMap;
  if (keys.empty()) {
    map->key = map->element;
    return map;
  }
  Result key = TurnsOf(expr, expr.type->key, keys, map->level, map->elements);
  if (!key.has_value()) return key;
  map->key = std::make_shared<Symbol>(*key);
  if (!expr.optional_entries.empty()) {
    const NodeId mask = graph_.Turns(map->elements, Physical::kBool, {0, 0}, present);
    map = OnLevel(*map, graph_.Selection(map->elements, mask));
  }
  if (!written_out) map = Keyed(expr, *map);
  if (!map.has_value()) return map;
  // The first that errs as written stands.
  for (size_t i = parts.size(); i > 0; --i) {
    const NodeId error = ErrorOf(parts[i - 1]);
    if (error != kNoNode && graph_.MayErr(error)) map->guard = graph_.Guard(map->guard, error);
  }
  return map;
}

Planner::Result Planner::MapLiteral(const Expr& expr) {
  bool written_out = expr.optional_entries.empty();  // and so known to be there, and in order
  std::vector<Symbol> parts;                         // key, value, key, value …
  for (const Expr* arg : expr.args) {
    Result part = Visit(*arg);
    if (!part.has_value()) return part;
    parts.push_back(*std::move(part));
  }
  std::vector<size_t> order;
  for (size_t i = 0; i + 1 < expr.args.size(); i += 2) {
    if (expr.args[i]->type->kind != expr.args[0]->type->kind)
      return Fail(expr, "over rows the keys of a map are of one type");
    written_out = written_out && expr.args[i]->kind == ExprKind::kConstant;
    order.push_back(i);
  }
  const auto before = [&](size_t a, size_t b) { return KeyBefore(*expr.args[a], *expr.args[b]); };
  if (written_out) std::sort(order.begin(), order.end(), before);
  for (size_t i = 1; written_out && i < order.size(); ++i) {
    if (!before(order[i - 1], order[i])) return Fail(expr, "a map has each key once");
  }
  if (!ToOneLevel(expr, &parts)) return std::nullopt;
  return MapOf(expr, parts, order, written_out);
}

}  // namespace assay
