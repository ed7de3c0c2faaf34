// Whether a value is one of a few constants. Entry point: SelectMember. The constants are columns of one row, of the
// value's own type and scale.
#include <algorithm>

#include "exec/kernels.h"
#include "exec/text_equality.h"

namespace assay {
namespace {

template <typename T>
struct Equality {
  T constant;

  explicit Equality(const T& value) : constant(value) {}
  bool Holds(const T& value) const { return value == constant; }
};
template <>
struct Equality<absl::string_view> : TextEquality {
  using TextEquality::TextEquality;
};

template <typename T>
void Member(Frame* frame, const Node& node) {
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  const Out<uint8_t> out = NewOut<uint8_t>(frame, node);
  std::fill_n(out.data, out.size, uint8_t{0});
  for (NodeId constant : frame->program->turns[node.index]) {
    const Equality<T> equality(*static_cast<const T*>(ColumnOf(*frame, constant).data));
    if (value.constant()) {
      for (size_t i = 0; i < out.size; ++i) out.data[i] |= static_cast<uint8_t>(equality.Holds(value.data[0]));
    } else {
      for (size_t i = 0; i < out.size; ++i) out.data[i] |= static_cast<uint8_t>(equality.Holds(value.data[i]));
    }
  }
  Store(frame, node, out);
}

}  // namespace

Kernel SelectMember(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kMember) return nullptr;
  switch (program.nodes[node.args[0]].type) {
    case Physical::kBool:
      return Member<uint8_t>;
    case Physical::kUint64:
      return Member<uint64_t>;
    case Physical::kDouble:
      return Member<double>;
    case Physical::kString:
      return Member<absl::string_view>;
    case Physical::kDecimal128:
      return Member<int128>;
    case Physical::kDate:
    case Physical::kRow:
      return Member<int32_t>;
    case Physical::kTimestamp:
      return Member<Timestamp>;
    case Physical::kDuration:
      return Member<Duration>;
    default:
      return Member<int64_t>;
  }
}

}  // namespace assay
