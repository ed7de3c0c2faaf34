// Lists and maps: membership, indexing, sizes. Entry points: ContainerFunctions, IndexValue.
#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "interp/functions.h"

namespace assay {
namespace {

Value IsIn(const Call& call, Arguments args) {
  const Value& range = args[1];
  if (range.is(ValueKind::kMap)) return Value::Bool(FindKey(range.as_map(), args[0]) != nullptr);
  if (!range.is(ValueKind::kList)) return NoOverload();
  const ValueList& list = range.as_list();
  if (!call.steps.Take(list.size())) return BudgetSpent();
  return Value::Bool(std::any_of(list.begin(), list.end(), [&](const Value& v) { return Equal(v, args[0]); }));
}

Value Index(const Call&, Arguments args) { return IndexValue(args[0], args[1]); }

// The position that an index names: an int, or under dyn any number without a fraction.
std::optional<int64_t> Position(const Value& index) {
  if (index.is(ValueKind::kInt)) return index.as_int();
  if (index.is(ValueKind::kUint)) return static_cast<int64_t>(std::min(index.as_uint(), uint64_t{1} << 62));
  if (!index.is(ValueKind::kDouble)) return std::nullopt;
  const double position = index.as_double();
  if (!(std::fabs(position) < 0x1p62) || position != std::trunc(position)) return std::nullopt;
  return static_cast<int64_t>(position);
}

Value SizeOf(const Call&, Arguments args) {
  switch (args[0].kind()) {
    case ValueKind::kString:
      return Value::Int(static_cast<int64_t>(CountCodePoints(args[0].as_string())));
    case ValueKind::kBytes:
      return Value::Int(static_cast<int64_t>(args[0].as_bytes().size()));
    case ValueKind::kList:
      return Value::Int(static_cast<int64_t>(args[0].as_list().size()));
    case ValueKind::kMap:
      return Value::Int(static_cast<int64_t>(args[0].as_map().size()));
    default:
      return NoOverload();
  }
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kIn, IsIn, true},
    {Op::kIndex, Index},
    {Op::kSize, SizeOf},
    {Op::kCount, SizeOf},
};

}  // namespace

Value IndexValue(const Value& container, const Value& index) {
  if (container.is(ValueKind::kMap)) {
    const Value* found = FindKey(container.as_map(), index);
    return found != nullptr ? *found : Value::Error(ErrorKind::kNoSuchKey, "");
  }
  const std::optional<int64_t> position = Position(index);
  if (!container.is(ValueKind::kList) || !position.has_value()) return NoOverload();
  const ValueList& list = container.as_list();
  if (*position < 0 || *position >= static_cast<int64_t>(list.size())) {
    return Value::Error(ErrorKind::kOutOfRange, "");
  }
  return list[static_cast<size_t>(*position)];
}

Value IndexOptional(Arguments args) {
  const bool chained = args[0].is(ValueKind::kOptional);
  if (chained && args[0].as_optional() == nullptr) return args[0];
  Value element = IndexValue(chained ? *args[0].as_optional() : args[0], args[1]);
  if (!element.is_error()) return Value::Some(std::move(element));
  const ErrorKind kind = element.as_error().kind;
  return kind == ErrorKind::kNoSuchKey || kind == ErrorKind::kOutOfRange ? Value::None() : element;
}

Value MapOf(ValueMap entries) {
  for (const MapEntry& entry : entries) {
    const Value& key = entry.key;
    const bool is_key =
        key.is(ValueKind::kBool) || key.is(ValueKind::kInt) || key.is(ValueKind::kUint) || key.is(ValueKind::kString);
    if (!is_key) return Refused("a map's key is a bool, int, uint or string");
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const MapEntry& a, const MapEntry& b) { return KeyLess(a.key, b.key); });
  const auto same = std::adjacent_find(entries.begin(), entries.end(),
                                       [](const MapEntry& a, const MapEntry& b) { return Equal(a.key, b.key); });
  if (same != entries.end()) return Refused("a map has each key once");
  return Value::Map(std::move(entries));
}

absl::Span<const FunctionEntry> ContainerFunctions() { return kFunctions; }

}  // namespace assay
