// + - * / % and negation of numbers, and decimals brought to another size. Integers
// overflow as errors, doubles as IEEE 754, decimals beyond 38 digits as errors.
// Entry point: SelectArithmetic.
#include <limits>

#include "base/decimal.h"
#include "exec/kernels.h"

namespace assay {
namespace {

constexpr absl::string_view kOutOfRange = "the result leaves the range of its type";
constexpr absl::string_view kTooManyDigits = "the result needs more than 38 digits";

// Each operation: true and *out, or false on overflow.
struct AddOp {
  template <typename T>
  static bool Do(T a, T b, T* out) {
    return !__builtin_add_overflow(a, b, out);
  }
  static bool Do(double a, double b, double* out) {
    *out = a + b;
    return true;
  }
};
struct SubtractOp {
  template <typename T>
  static bool Do(T a, T b, T* out) {
    return !__builtin_sub_overflow(a, b, out);
  }
  static bool Do(double a, double b, double* out) {
    *out = a - b;
    return true;
  }
};
struct MultiplyOp {
  // Most wide factors are small: checking a product of 128 bits costs more than multiplying.
  static bool Do(int128 a, int128 b, int128* out) {
    if (FitsInt64(a) && FitsInt64(b)) {
      *out = static_cast<int128>(static_cast<int64_t>(a)) * static_cast<int64_t>(b);
      return true;
    }
    return !__builtin_mul_overflow(a, b, out);
  }
  template <typename T>
  static bool Do(T a, T b, T* out) {
    return !__builtin_mul_overflow(a, b, out);
  }
  static bool Do(double a, double b, double* out) {
    *out = a * b;
    return true;
  }
};

template <typename T, typename F>
void Checked(Frame* frame, const Node& node) {
  const Arg<T> a = ArgOf<T>(*frame, node, 0);
  const Arg<T> b = ArgOf<T>(*frame, node, 1);
  Out<T> out = NewOut<T>(frame, node);
  const bool decimal = node.type == Physical::kDecimal128 || node.type == Physical::kDecimal64;
  for (size_t i = 0; i < out.size; ++i) {
    bool fits = F::Do(a[i], b[i], &out.data[i]);
    if constexpr (std::is_same_v<T, int128>) fits = fits && FitsDecimal(out.data[i]);
    if (fits) continue;
    if (out.errors != nullptr && out.errors[i] != 0) {
      out.data[i] = T();
      continue;
    }
    SetError(frame, node, &out, i, ErrorKind::kOverflow, decimal ? kTooManyDigits : kOutOfRange);
  }
  Store(frame, node, out);
}

// Narrow decimals: the checker sized the result so that it cannot overflow.
template <typename F>
void Narrow(Frame* frame, const Node& node) {
  const Arg<int64_t> a = ArgOf<int64_t>(*frame, node, 0);
  const Arg<int64_t> b = ArgOf<int64_t>(*frame, node, 1);
  const Out<int64_t> out = NewOut<int64_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) F::Do(a[i], b[i], &out.data[i]);
  Store(frame, node, out);
}

// 18 digits times 18 digits: at most 36.
void MultiplyNarrowToWide(Frame* frame, const Node& node) {
  const Arg<int64_t> a = ArgOf<int64_t>(*frame, node, 0);
  const Arg<int64_t> b = ArgOf<int64_t>(*frame, node, 1);
  const Out<int128> out = NewOut<int128>(frame, node);
  for (size_t i = 0; i < out.size; ++i) out.data[i] = static_cast<int128>(a[i]) * b[i];
  Store(frame, node, out);
}

template <typename T, bool modulo>
void Divide(Frame* frame, const Node& node) {
  const Arg<T> a = ArgOf<T>(*frame, node, 0);
  const Arg<T> b = ArgOf<T>(*frame, node, 1);
  Out<T> out = NewOut<T>(frame, node);
  for (size_t i = 0; i < out.size; ++i) {
    if (out.errors != nullptr && out.errors[i] != 0) continue;
    const T divisor = b[i];
    if (divisor == 0) {
      SetError(frame, node, &out, i, ErrorKind::kDivisionByZero, "");
    } else if (std::is_signed_v<T> && divisor == static_cast<T>(-1)) {
      // The least integer has no positive twin; its remainder would trap.
      if (a[i] == std::numeric_limits<T>::min()) {
        SetError(frame, node, &out, i, ErrorKind::kOverflow, kOutOfRange);
      } else {
        out.data[i] = modulo ? T(0) : static_cast<T>(-a[i]);
      }
    } else {
      out.data[i] = modulo ? a[i] % divisor : a[i] / divisor;
    }
  }
  Store(frame, node, out);
}

void DivideDouble(Frame* frame, const Node& node) {
  const Arg<double> a = ArgOf<double>(*frame, node, 0);
  const Arg<double> b = ArgOf<double>(*frame, node, 1);
  const Out<double> out = NewOut<double>(frame, node);
  for (size_t i = 0; i < out.size; ++i) out.data[i] = a[i] / b[i];
  Store(frame, node, out);
}

template <typename T>
void Negate(Frame* frame, const Node& node) {
  const Arg<T> a = ArgOf<T>(*frame, node, 0);
  Out<T> out = NewOut<T>(frame, node);
  for (size_t i = 0; i < out.size; ++i) {
    const bool least = node.type == Physical::kInt64 && a[i] == std::numeric_limits<T>::min();
    const bool errs = out.errors != nullptr && out.errors[i] != 0;
    if (!least) {
      out.data[i] = -a[i];
    } else if (!errs) {
      SetError(frame, node, &out, i, ErrorKind::kOverflow, kOutOfRange);
    }
  }
  Store(frame, node, out);
}

// A decimal (or int, uint: scale 0) at a scale not smaller than its own.
template <typename From, typename To>
void Rescale(Frame* frame, const Node& node) {
  const Arg<From> a = ArgOf<From>(*frame, node, 0);
  const Node& from = frame->program->nodes[node.args[0]];
  Out<To> out = NewOut<To>(frame, node);
  const int shift = node.scale - from.scale;
  const To factor = static_cast<To>(Pow10(shift));
  // Enough digits were reserved unless the size was capped at 38.
  const bool exact = from.digits != 0 && from.digits + shift <= (sizeof(To) == 8 ? 18 : 38);
  if (exact && sizeof(From) == 8 && FitsInt64(factor)) {  // one multiplication, which cannot leave 128 bits
    const int64_t narrow = static_cast<int64_t>(factor);
    for (size_t i = 0; i < out.size; ++i) {
      out.data[i] = static_cast<To>(static_cast<int128>(static_cast<int64_t>(a[i])) * narrow);
    }
    return Store(frame, node, out);
  }
  for (size_t i = 0; i < out.size; ++i) {
    bool fits = MultiplyOp::Do(static_cast<To>(a[i]), factor, &out.data[i]);
    if (!exact && sizeof(To) == 16) fits = fits && FitsDecimal(out.data[i]);
    if (fits) continue;
    const bool errs = out.errors != nullptr && out.errors[i] != 0;
    out.data[i] = To();
    if (!errs) SetError(frame, node, &out, i, ErrorKind::kOverflow, kTooManyDigits);
  }
  Store(frame, node, out);
}

template <typename F>
Kernel ByType(Physical type) {
  switch (type) {
    case Physical::kInt64:
      return Checked<int64_t, F>;
    case Physical::kUint64:
      return Checked<uint64_t, F>;
    case Physical::kDouble:
      return Checked<double, F>;
    case Physical::kDecimal64:
      return Narrow<F>;
    case Physical::kDecimal128:
      return Checked<int128, F>;
    default:
      return nullptr;
  }
}

template <bool modulo>
Kernel SelectDivision(Physical type) {
  if (type == Physical::kInt64) return Divide<int64_t, modulo>;
  if (type == Physical::kUint64) return Divide<uint64_t, modulo>;
  return type == Physical::kDouble && !modulo ? DivideDouble : nullptr;
}

Kernel SelectRescale(Physical from, Physical to) {
  if (to == Physical::kDecimal64)
    return from == Physical::kDecimal128 ? Rescale<int128, int64_t> : Rescale<int64_t, int64_t>;
  if (from == Physical::kDecimal128) return Rescale<int128, int128>;
  return from == Physical::kUint64 ? Rescale<uint64_t, int128> : Rescale<int64_t, int128>;
}

}  // namespace

Kernel SelectArithmetic(const Program& program, const Node& node) {
  if (node.kind == NodeKind::kRescale) return SelectRescale(program.nodes[node.args[0]].type, node.type);
  if (node.kind != NodeKind::kCall) return nullptr;
  const Physical first = program.nodes[node.args[0]].type;
  const bool times = first == Physical::kTimestamp || first == Physical::kDuration || first == Physical::kDate;
  if (times) return nullptr;
  switch (node.op) {
    case Op::kAdd:
      return ByType<AddOp>(node.type);
    case Op::kSubtract:
      return ByType<SubtractOp>(node.type);
    case Op::kMultiply:
      if (node.type == Physical::kDecimal128 && first == Physical::kDecimal64) return MultiplyNarrowToWide;
      return ByType<MultiplyOp>(node.type);
    case Op::kDivide:
      return SelectDivision<false>(node.type);
    case Op::kModulo:
      return SelectDivision<true>(node.type);
    case Op::kNegate:
      if (node.type == Physical::kDouble) return Negate<double>;
      return node.type == Physical::kDecimal128 ? Negate<int128> : Negate<int64_t>;
    default:
      return nullptr;
  }
}

}  // namespace assay
