// Booleans as CEL has them: false decides &&, true decides ||, whatever else errs.
// Also ?:, guards, presence and demands. Entry point: SelectLogic.
#include "exec/kernels.h"
#include "exec/reference_columns.h"
#include "exec/row_loop.h"

namespace assay {
namespace {

uint8_t* NewBools(Frame* frame, size_t size) { return frame->arena->AllocateSpan<uint8_t>(size).data(); }

// `decided` is the value that settles the operation alone: 0 for &&, 1 for ||.
template <uint8_t decided>
void Connective(Frame* frame, const Node& node) {
  const Arg<uint8_t> a = ArgOf<uint8_t>(*frame, node, 0);
  const Arg<uint8_t> b = ArgOf<uint8_t>(*frame, node, 1);
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  Out<uint8_t> out = {NewBools(frame, size), nullptr, size};
  for (size_t i = 0; i < size; ++i) out.data[i] = decided == 0 ? (a[i] & b[i]) : (a[i] | b[i]);
  if (a.errors != nullptr || b.errors != nullptr) {
    out.errors = NewErrors(frame, size);
    for (size_t i = 0; i < size; ++i) {
      const ErrorCode left = a.error(i);
      const ErrorCode right = b.error(i);
      if ((left | right) == 0) continue;
      const bool settled = (left == 0 && a[i] == decided) || (right == 0 && b[i] == decided);
      out.data[i] = settled ? decided : 0;
      if (!settled) out.errors[i] = left != 0 ? left : right;
    }
  }
  Store(frame, node, out);
}

void Not(Frame* frame, const Node& node) {
  const Arg<uint8_t> a = ArgOf<uint8_t>(*frame, node, 0);
  const Out<uint8_t> out = NewOut<uint8_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) out.data[i] = a[i] ^ 1;
  Store(frame, node, out);
}

template <typename T>
void Conditional(Frame* frame, const Node& node) {
  const Arg<uint8_t> test = ArgOf<uint8_t>(*frame, node, 0);
  const Arg<T> yes = ArgOf<T>(*frame, node, 1);
  const Arg<T> no = ArgOf<T>(*frame, node, 2);
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  Out<T> out = {static_cast<T*>(frame->arena->Allocate(size * sizeof(T), alignof(std::max_align_t))), nullptr, size};
  for (size_t i = 0; i < size; ++i) {
    const T if_yes = yes[i], if_no = no[i];  // both read, so that nothing need jump
    out.data[i] = test[i] != 0 ? if_yes : if_no;
  }
  if (test.errors != nullptr || yes.errors != nullptr || no.errors != nullptr) {
    out.errors = NewErrors(frame, size);
    for (size_t i = 0; i < size; ++i) {
      const ErrorCode chosen = test[i] != 0 ? yes.error(i) : no.error(i);
      out.errors[i] = test.error(i) != 0 ? test.error(i) : chosen;
    }
  }
  Store(frame, node, out);
}

// The first argument, erring where either errs.
template <typename T>
void Guard(Frame* frame, const Node& node) {
  const Arg<T> a = ArgOf<T>(*frame, node, 0);
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  // Errors of `b` come first: it guards the whole of which `a` is a part.
  const Arg<uint8_t> b = ArgOf<uint8_t>(*frame, node, 1);
  Out<T> out = {nullptr, nullptr, size};
  if (!a.constant()) {
    out.data = const_cast<T*>(a.data);
    if (b.errors == nullptr) {
      out.errors = const_cast<ErrorCode*>(a.errors);
      return Store(frame, node, out);
    }
  } else {
    out.data = static_cast<T*>(frame->arena->Allocate(size * sizeof(T), alignof(std::max_align_t)));
    std::fill_n(out.data, size, a[0]);
  }
  if (a.errors != nullptr || b.errors != nullptr) {
    out.errors = NewErrors(frame, size);
    for (size_t i = 0; i < size; ++i) out.errors[i] = b.error(i) != 0 ? b.error(i) : a.error(i);
  }
  Store(frame, node, out);
}

// Absent fields, nulls and missing rows are absent; any other error stays one.
void Present(Frame* frame, const Node& node) {
  const Arg<uint8_t> a = ArgOf<uint8_t>(*frame, node, 0);
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  Out<uint8_t> out = {NewBools(frame, size), nullptr, size};
  for (size_t i = 0; i < size; ++i) {
    const ErrorCode code = a.error(i);
    out.data[i] = code == 0;
    if (code == 0) continue;
    const ErrorKind kind = frame->errors->Get(code).kind;
    if (kind == ErrorKind::kMissingRow || kind == ErrorKind::kAbsent || kind == ErrorKind::kNull) continue;
    if (out.errors == nullptr) out.errors = NewErrors(frame, size);
    out.errors[i] = code;
  }
  Store(frame, node, out);
}

// By DemandError.
constexpr Fault kDemandFaults[] = {
    {ErrorKind::kNull, ""},
    {ErrorKind::kInvalidArgument, "optional.none() has no value"},
    {ErrorKind::kInvalidArgument, "no overload for values of these types"},
    {ErrorKind::kOutOfRange, kNoSuchElement},
    {ErrorKind::kOutOfRange, kRangeTooLong},
    {ErrorKind::kInvalidArgument, "a map has each key once"},
};

// An error where the condition does not hold.
void Demand(Frame* frame, const Node& node) {
  const Fault& fault = kDemandFaults[node.option];
  const Arg<uint8_t> a = ArgOf<uint8_t>(*frame, node, 0);
  Out<uint8_t> out = NewOut<uint8_t>(frame, node);
  for (size_t i = 0; i < out.size; ++i) {
    out.data[i] = 1;
    if ((out.errors != nullptr && out.errors[i] != 0) || a[i] != 0) continue;
    SetError(frame, node, &out, i, fault.kind, fault.detail);
  }
  Store(frame, node, out);
}

template <typename F>
Kernel BySize(Physical type, F make) {
  switch (PhysicalSize(type)) {
    case 1:
      return make(uint8_t{});
    case 4:
      return make(int32_t{});
    case 8:
      return make(int64_t{});
    default:
      return make(SixteenBytes{});
  }
}

}  // namespace

Kernel SelectLogic(const Program& program, const Node& node) {
  if (node.kind == NodeKind::kGuard)
    return BySize(node.type, [](auto zero) -> Kernel { return Guard<decltype(zero)>; });
  if (node.kind == NodeKind::kPresent) return Present;
  if (node.kind == NodeKind::kDemand) return Demand;
  if (node.kind != NodeKind::kCall) return nullptr;
  switch (node.op) {
    case Op::kAnd:
      return Connective<0>;
    case Op::kOr:
      return Connective<1>;
    case Op::kNot:
      return Not;
    case Op::kConditional:
      for (int i = 1; i < 3; ++i) {
        if (PhysicalSize(program.nodes[node.args[i]].type) != PhysicalSize(node.type)) return nullptr;
      }
      return BySize(node.type, [](auto zero) -> Kernel { return Conditional<decltype(zero)>; });
    default:
      return nullptr;
  }
}

}  // namespace assay
