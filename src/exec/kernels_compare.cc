// Equality and order of two columns of one type. Decimals were brought to one
// scale by the planner where 38 digits hold both there; int and uint compare exactly, either with double
// as CEL says.
// Entry point: SelectCompare.
#include <cmath>

#include "base/decimal.h"
#include "exec/kernels.h"
#include "exec/text_equality.h"

namespace assay {
namespace {

// -1, 0, 1; 2 where a NaN makes them incomparable. Exact over the whole range of both types.
int CompareExact(int64_t a, uint64_t b) {
  return a < 0 || static_cast<uint64_t>(a) < b ? -1 : static_cast<uint64_t>(a) > b;
}

// As CEL does: the integer becomes the double next to it.
template <typename Integer>
int CompareToDouble(Integer a, double b) {
  if (std::isnan(b)) return 2;
  const auto number = static_cast<double>(a);
  return number < b ? -1 : number > b ? 1 : 0;
}

int CompareMixed(int64_t a, uint64_t b) { return CompareExact(a, b); }
int CompareMixed(uint64_t a, int64_t b) { return -CompareExact(b, a); }
int CompareMixed(int64_t a, double b) { return CompareToDouble(a, b); }
int CompareMixed(uint64_t a, double b) { return CompareToDouble(a, b); }
int CompareMixed(double a, int64_t b) { return std::isnan(a) ? 2 : -CompareToDouble(b, a); }
int CompareMixed(double a, uint64_t b) { return std::isnan(a) ? 2 : -CompareToDouble(b, a); }

template <typename A, typename B, Op op>
bool Holds(const A& a, const B& b) {
  if constexpr (std::is_same_v<A, B>) {
    if constexpr (op == Op::kEqual) return a == b;
    if constexpr (op == Op::kLess) return a < b;
    if constexpr (op == Op::kLessEqual) return a <= b;
    if constexpr (op == Op::kGreater) return a > b;
    if constexpr (op == Op::kGreaterEqual) return a >= b;
  } else {
    const int order = CompareMixed(a, b);
    if constexpr (op == Op::kEqual) return order == 0;
    if constexpr (op == Op::kLess) return order == -1;
    if constexpr (op == Op::kLessEqual) return order == -1 || order == 0;
    if constexpr (op == Op::kGreater) return order == 1;
    if constexpr (op == Op::kGreaterEqual) return order == 1 || order == 0;
  }
}

template <typename A, typename B, Op op>
void Compare(Frame* frame, const Node& node) {
  const Arg<A> a = ArgOf<A>(*frame, node, 0);
  const Arg<B> b = ArgOf<B>(*frame, node, 1);
  const Out<uint8_t> out = NewOut<uint8_t>(frame, node);
  if (std::is_same_v<A, absl::string_view> && op == Op::kEqual && b.constant() && !a.constant()) {
    if constexpr (std::is_same_v<A, absl::string_view> && std::is_same_v<B, A>) {
      const TextEquality equality(b[0]);
      for (size_t i = 0; i < out.size; ++i) out.data[i] = equality.Holds(a.data[i]);
    }
  } else if (b.constant() && !a.constant()) {
    const B right = b[0];
    for (size_t i = 0; i < out.size; ++i) out.data[i] = Holds<A, B, op>(a.data[i], right);
  } else if (!a.constant() && !b.constant()) {
    for (size_t i = 0; i < out.size; ++i) out.data[i] = Holds<A, B, op>(a.data[i], b.data[i]);
  } else {
    for (size_t i = 0; i < out.size; ++i) out.data[i] = Holds<A, B, op>(a[i], b[i]);
  }
  Store(frame, node, out);
}

// Decimals of two scales, exactly.
template <Op op>
void CompareScaled(Frame* frame, const Node& node) {
  const Arg<int128> a = ArgOf<int128>(*frame, node, 0);
  const Arg<int128> b = ArgOf<int128>(*frame, node, 1);
  const int a_scale = frame->program->nodes[node.args[0]].scale;
  const int b_scale = frame->program->nodes[node.args[1]].scale;
  const Out<uint8_t> out = NewOut<uint8_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) {
    const bool errs = out.errors != nullptr && out.errors[i] != 0;
    out.data[i] = !errs && Holds<int, int, op>(Compare(Decimal{a[i], a_scale}, Decimal{b[i], b_scale}), 0);
  }
  Store(frame, node, out);
}

Kernel ScaledByOp(Op op) {
  switch (op) {
    case Op::kEqual:
      return CompareScaled<Op::kEqual>;
    case Op::kLess:
      return CompareScaled<Op::kLess>;
    case Op::kLessEqual:
      return CompareScaled<Op::kLessEqual>;
    case Op::kGreater:
      return CompareScaled<Op::kGreater>;
    default:
      return CompareScaled<Op::kGreaterEqual>;
  }
}

template <typename A, typename B>
Kernel ByOp(Op op) {
  switch (op) {
    case Op::kEqual:
      return Compare<A, B, Op::kEqual>;
    case Op::kLess:
      return Compare<A, B, Op::kLess>;
    case Op::kLessEqual:
      return Compare<A, B, Op::kLessEqual>;
    case Op::kGreater:
      return Compare<A, B, Op::kGreater>;
    case Op::kGreaterEqual:
      return Compare<A, B, Op::kGreaterEqual>;
    default:
      return nullptr;
  }
}

Kernel SameType(Physical type, Op op) {
  switch (type) {
    case Physical::kBool:
      return ByOp<uint8_t, uint8_t>(op);
    case Physical::kInt64:
    case Physical::kDecimal64:
      return ByOp<int64_t, int64_t>(op);
    case Physical::kUint64:
      return ByOp<uint64_t, uint64_t>(op);
    case Physical::kDouble:
      return ByOp<double, double>(op);
    case Physical::kString:
      return ByOp<absl::string_view, absl::string_view>(op);
    case Physical::kDecimal128:
      return ByOp<int128, int128>(op);
    case Physical::kDate:
    case Physical::kRow:
      return ByOp<int32_t, int32_t>(op);
    case Physical::kTimestamp:
      return ByOp<Timestamp, Timestamp>(op);
    case Physical::kDuration:
      return ByOp<Duration, Duration>(op);
  }
  return nullptr;
}

}  // namespace

Kernel SelectCompare(const Program& program, const Node& node) {
  const bool compares = node.op == Op::kEqual || node.op == Op::kLess || node.op == Op::kLessEqual ||
                        node.op == Op::kGreater || node.op == Op::kGreaterEqual;
  if (node.kind != NodeKind::kCall || !compares) return nullptr;
  const Physical a = program.nodes[node.args[0]].type;
  const Physical b = program.nodes[node.args[1]].type;
  const bool one_scale = program.nodes[node.args[0]].scale == program.nodes[node.args[1]].scale;
  if (a == Physical::kDecimal128 && b == a && !one_scale) return ScaledByOp(node.op);
  if (a == b) return SameType(a, node.op);
  if (a == Physical::kInt64 && b == Physical::kUint64) return ByOp<int64_t, uint64_t>(node.op);
  if (a == Physical::kUint64 && b == Physical::kInt64) return ByOp<uint64_t, int64_t>(node.op);
  if (a == Physical::kInt64 && b == Physical::kDouble) return ByOp<int64_t, double>(node.op);
  if (a == Physical::kDouble && b == Physical::kInt64) return ByOp<double, int64_t>(node.op);
  if (a == Physical::kUint64 && b == Physical::kDouble) return ByOp<uint64_t, double>(node.op);
  if (a == Physical::kDouble && b == Physical::kUint64) return ByOp<double, uint64_t>(node.op);
  return nullptr;
}

}  // namespace assay
