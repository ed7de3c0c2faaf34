// The rows of lists in another order or shape: sorted, reversed, flattened, counted; and which elements come first
// among equals. Entry points: SelectOrder for levels, SelectFirstOfEqual.
#include <algorithm>
#include <cmath>

#include "absl/base/casts.h"
#include "absl/container/flat_hash_set.h"
#include "absl/numeric/int128.h"
#include "exec/kernels.h"
#include "exec/new_rows.h"

namespace assay {
namespace {

// What stands beside an error means nothing.
template <typename T>
T ValueOf(const Arg<T>& arg, int32_t row) {
  return arg.error(static_cast<size_t>(row)) != 0 ? T() : arg[static_cast<size_t>(row)];
}

// A total order in which NaN stands behind all other numbers.
template <typename T>
bool SortsBefore(const T& a, const T& b) {
  return a < b;
}
bool SortsBefore(double a, double b) { return a < b || (!std::isnan(a) && std::isnan(b)); }

template <typename T>
void Sorted(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& origin = frame->levels[level.origin];
  const Arg<T> key = ArgOf<T>(*frame, node, 0);
  const int32_t parents = frame->Size(level.parent);
  if (!frame->TakeRows(static_cast<size_t>(origin.size))) return;
  const NewRows rows = Allocate(frame, parents, static_cast<size_t>(origin.size));
  std::copy_n(origin.parent, origin.size, rows.parent);
  std::copy_n(origin.begin, parents + 1, rows.begin);
  for (int32_t i = 0; i < origin.size; ++i) rows.source[i] = i;
  // Not stable_sort, which takes memory: equal keys are told apart by their rows.
  const auto before = [&](int32_t a, int32_t b) {
    const T x = ValueOf(key, a);
    const T y = ValueOf(key, b);
    return SortsBefore(x, y) || (!SortsBefore(y, x) && a < b);
  };
  for (int32_t p = 0; p < parents; ++p) std::sort(rows.source + rows.begin[p], rows.source + rows.begin[p + 1], before);
  frame->levels[node.index] = {origin.size, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

void Reversed(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& origin = frame->levels[level.origin];
  const int32_t parents = frame->Size(level.parent);
  if (!frame->TakeRows(static_cast<size_t>(origin.size))) return;
  const NewRows rows = Allocate(frame, parents, static_cast<size_t>(origin.size));
  std::copy_n(origin.parent, origin.size, rows.parent);
  std::copy_n(origin.begin, parents + 1, rows.begin);
  for (int32_t p = 0; p < parents; ++p) {
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) {
      rows.source[i] = rows.begin[p] + rows.begin[p + 1] - 1 - i;
    }
  }
  frame->levels[node.index] = {origin.size, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

// The rows of an inner list are grouped by outer list already.
void Flattened(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& inner = frame->levels[level.origin];
  const LevelRows& outer = frame->levels[frame->program->levels[level.origin].parent];
  const int32_t parents = frame->Size(level.parent);
  if (!frame->TakeRows(static_cast<size_t>(inner.size))) return;
  const NewRows rows = Allocate(frame, parents, static_cast<size_t>(inner.size));
  for (int32_t p = 0; p <= parents; ++p) rows.begin[p] = inner.begin[outer.begin[p]];
  for (int32_t i = 0; i < inner.size; ++i) {
    rows.parent[i] = outer.parent[inner.parent[i]];
    rows.source[i] = i;
  }
  frame->levels[node.index] = {inner.size, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

void Counted(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const Arg<int64_t> count = ArgOf<int64_t>(*frame, node, 0);
  const int32_t parents = frame->Size(level.parent);
  auto width = [&](int32_t p) { return count.error(p) != 0 ? 0 : std::max<int64_t>(count[p], 0); };
  size_t size = 0;
  for (int32_t p = 0; p < parents; ++p) size += static_cast<size_t>(width(p));
  if (!frame->TakeRows(size)) return;
  const NewRows rows = Allocate(frame, parents, size);
  int32_t row = 0;
  for (int32_t p = 0; p < parents; ++p) {
    rows.begin[p] = row;
    for (int64_t i = 0; i < width(p); ++i, ++row) {
      rows.parent[row] = p;
      rows.source[row] = row;
    }
  }
  rows.begin[parents] = row;
  frame->levels[node.index] = {row, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

// What a set of values keeps of one: equal values are one, NaN is equal to nothing.
template <typename T>
T SetKey(const T& value) {
  return value;
}
uint64_t SetKey(double value) { return absl::bit_cast<uint64_t>(value == 0 ? 0.0 : value); }
std::pair<int64_t, int64_t> SetKey(const Timestamp& value) { return {value.seconds, value.nanos}; }
std::pair<int64_t, int64_t> SetKey(const Duration& value) { return {value.seconds, value.nanos}; }
absl::uint128 SetKey(int128 value) { return static_cast<absl::uint128>(value); }

template <typename T>
bool EqualsNothing(const T&) {
  return false;
}
bool EqualsNothing(double value) { return std::isnan(value); }

template <typename T>
void FirstOfEqual(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.level];
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  const Out<uint8_t> out = NewOut<uint8_t>(frame, node);
  const int32_t parents = frame->Size(frame->program->levels[node.level].parent);
  absl::flat_hash_set<decltype(SetKey(value[0]))> seen;
  for (int32_t p = 0; p < parents; ++p) {
    seen.clear();
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) {
      const T element = ValueOf(value, i);
      out.data[i] = EqualsNothing(element) || seen.insert(SetKey(element)).second;
    }
  }
  Store(frame, node, out);
}

template <template <typename> class Make>
Kernel ByType(Physical type) {
  switch (type) {
    case Physical::kBool:
      return Make<uint8_t>::kKernel;
    case Physical::kUint64:
      return Make<uint64_t>::kKernel;
    case Physical::kDouble:
      return Make<double>::kKernel;
    case Physical::kString:
      return Make<absl::string_view>::kKernel;
    case Physical::kDecimal128:
      return Make<int128>::kKernel;
    case Physical::kDate:
    case Physical::kRow:
      return Make<int32_t>::kKernel;
    case Physical::kTimestamp:
      return Make<Timestamp>::kKernel;
    case Physical::kDuration:
      return Make<Duration>::kKernel;
    default:
      return Make<int64_t>::kKernel;
  }
}

template <typename T>
struct MakeSorted {
  static constexpr Kernel kKernel = Sorted<T>;
};
template <typename T>
struct MakeFirstOfEqual {
  static constexpr Kernel kKernel = FirstOfEqual<T>;
};

}  // namespace

Kernel SelectOrder(const Program& program, const Node& node) {
  const Level& level = program.levels[node.index];
  switch (level.kind) {
    case LevelKind::kOrdered:
      return level.mask == kNoNode ? Reversed : ByType<MakeSorted>(program.nodes[level.mask].type);
    case LevelKind::kFlattened:
      return Flattened;
    case LevelKind::kCounted:
      return Counted;
    default:
      return nullptr;
  }
}

Kernel SelectFirstOfEqual(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kFirstOfEqual) return nullptr;
  return ByType<MakeFirstOfEqual>(program.nodes[node.args[0]].type);
}

}  // namespace assay
