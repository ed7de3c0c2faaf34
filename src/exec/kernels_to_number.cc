// Numbers made of numbers: int(x), uint(x), double(x). Entry point: SelectToNumber. Doubles and decimals are cut
// towards zero where they become integers; what does not fit is an overflow.
#include <limits>

#include "base/decimal.h"
#include "exec/conversion_kernels.h"
#include "exec/row_loop.h"

namespace assay {
namespace {

constexpr Fault kOutOfRange = {ErrorKind::kOverflow, "the result leaves the range of its type"};

// *out = value; false if it does not fit.
bool Fit(uint64_t value, int64_t* out) { return !__builtin_add_overflow(value, 0, out); }
bool Fit(int64_t value, uint64_t* out) { return !__builtin_add_overflow(value, 0, out); }
bool Fit(int128 value, int64_t* out) { return !__builtin_add_overflow(value, 0, out); }

// CEL leaves out both ends: a double of -2^63 need not have been that int. NaN fits nowhere.
bool Fit(double value, int64_t* out) {
  const bool fits = value > -0x1p63 && value < 0x1p63;
  if (!fits) return false;
  *out = static_cast<int64_t>(value);
  return true;
}
bool Fit(double value, uint64_t* out) {
  const bool fits = value >= 0 && value < 0x1p64;
  if (!fits) return false;
  *out = static_cast<uint64_t>(value);
  return true;
}

template <typename From, typename To>
void ToInteger(Frame* frame, const Node& node) {
  const Arg<From> value = ArgOf<From>(*frame, node, 0);
  TryEachRow<To>(frame, node,
                 [&](size_t row, To* out) -> const Fault* { return Fit(value[row], out) ? nullptr : &kOutOfRange; });
}

template <typename From>
void DecimalToInt(Frame* frame, const Node& node) {
  const Arg<From> value = ArgOf<From>(*frame, node, 0);
  const int scale = frame->program->nodes[node.args[0]].scale;
  TryEachRow<int64_t>(frame, node, [&](size_t row, int64_t* out) -> const Fault* {
    return Fit(int128{value[row]} / Pow10(scale), out) ? nullptr : &kOutOfRange;
  });
}

void TimestampToInt(Frame* frame, const Node& node) {
  const Arg<Timestamp> time = ArgOf<Timestamp>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) { return time[row].seconds; });
}

template <typename From>
void IntegerToDouble(Frame* frame, const Node& node) {
  const Arg<From> value = ArgOf<From>(*frame, node, 0);
  EachRow<double>(frame, node, [&](size_t row) { return static_cast<double>(value[row]); });
}

template <typename From>
void DecimalToDouble(Frame* frame, const Node& node) {
  const Arg<From> value = ArgOf<From>(*frame, node, 0);
  const int scale = frame->program->nodes[node.args[0]].scale;
  EachRow<double>(frame, node, [&](size_t row) { return ToDouble(Decimal{value[row], scale}); });
}

Kernel SelectToInt(Physical first) {
  switch (first) {
    case Physical::kUint64:
      return ToInteger<uint64_t, int64_t>;
    case Physical::kDouble:
      return ToInteger<double, int64_t>;
    case Physical::kDecimal64:
      return DecimalToInt<int64_t>;
    case Physical::kDecimal128:
      return DecimalToInt<int128>;
    case Physical::kTimestamp:
      return TimestampToInt;
    default:
      return nullptr;
  }
}

Kernel SelectToDouble(Physical first) {
  switch (first) {
    case Physical::kInt64:
      return IntegerToDouble<int64_t>;
    case Physical::kUint64:
      return IntegerToDouble<uint64_t>;
    case Physical::kDecimal64:
      return DecimalToDouble<int64_t>;
    case Physical::kDecimal128:
      return DecimalToDouble<int128>;
    default:
      return nullptr;
  }
}

}  // namespace

Kernel SelectToNumber(const Node& node, Physical first) {
  switch (node.op) {
    case Op::kToInt:
      return SelectToInt(first);
    case Op::kToUint:
      if (first == Physical::kInt64) return ToInteger<int64_t, uint64_t>;
      return first == Physical::kDouble ? ToInteger<double, uint64_t> : nullptr;
    case Op::kToDouble:
      return SelectToDouble(first);
    default:
      return nullptr;
  }
}

}  // namespace assay
