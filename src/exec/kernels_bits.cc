// The bits of ints and uints, by one kernel for both: a sign is a bit as any other. Entry point: SelectBits. Shifts
// bring in zeros, and refuse a negative number of places.
#include <functional>

#include "exec/row_loop.h"

namespace assay {
namespace {

constexpr Fault kNegativeShift = {ErrorKind::kInvalidArgument, "shifts by a negative number of bits"};

template <typename Operation>
void OfBits(Frame* frame, const Node& node) {
  const Arg<uint64_t> a = ArgOf<uint64_t>(*frame, node, 0);
  const Arg<uint64_t> b = ArgOf<uint64_t>(*frame, node, 1);
  EachRow<uint64_t>(frame, node, [&](size_t row) { return Operation()(a[row], b[row]); });
}

void BitNot(Frame* frame, const Node& node) {
  const Arg<uint64_t> bits = ArgOf<uint64_t>(*frame, node, 0);
  EachRow<uint64_t>(frame, node, [&](size_t row) { return ~bits[row]; });
}

template <bool kLeft>
void Shift(Frame* frame, const Node& node) {
  const Arg<uint64_t> bits = ArgOf<uint64_t>(*frame, node, 0);
  const Arg<int64_t> places = ArgOf<int64_t>(*frame, node, 1);
  TryEachRow<uint64_t>(frame, node, [&](size_t row, uint64_t* out) -> const Fault* {
    if (places[row] < 0) return &kNegativeShift;
    if (places[row] < 64) *out = kLeft ? bits[row] << places[row] : bits[row] >> places[row];
    return nullptr;
  });
}

}  // namespace

Kernel SelectBits(const Program&, const Node& node) {
  if (node.kind != NodeKind::kCall) return nullptr;
  switch (node.op) {
    case Op::kBitAnd:
      return OfBits<std::bit_and<uint64_t>>;
    case Op::kBitOr:
      return OfBits<std::bit_or<uint64_t>>;
    case Op::kBitXor:
      return OfBits<std::bit_xor<uint64_t>>;
    case Op::kBitNot:
      return BitNot;
    case Op::kBitShiftLeft:
      return Shift<true>;
    case Op::kBitShiftRight:
      return Shift<false>;
    default:
      return nullptr;
  }
}

}  // namespace assay
