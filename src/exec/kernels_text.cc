// Strings and bytes: concatenation, sizes, names of enum values; the other functions stand in the files of
// text_kernels.h. Entry point: SelectText. Sizes of strings count code points, those of bytes count octets.
#include "base/utf8.h"
#include "exec/row_loop.h"
#include "exec/text_kernels.h"
#include "exec/text_writer.h"
#include "lang/environment.h"

namespace assay {
namespace {

void Concatenate(Frame* frame, const Node& node) {
  const Arg<absl::string_view> a = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> b = ArgOf<absl::string_view>(*frame, node, 1);
  EachRow<absl::string_view>(frame, node, [&](size_t row) {
    if (b[row].empty()) return a[row];
    if (a[row].empty()) return b[row];
    TextWriter both(frame->arena, a[row].size() + b[row].size());
    both.Append(a[row]);
    both.Append(b[row]);
    return both.text();
  });
}

void SizeInOctets(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) { return static_cast<int64_t>(text[row].size()); });
}

void SizeInCodePoints(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  EachRow<int64_t>(frame, node, [&](size_t row) {
    return static_cast<int64_t>(IsAscii(text[row]) ? text[row].size() : CountCodePoints(text[row]));
  });
}

// Names by number, each made once for a run of the kernel unless two share a slot.
class NameSlots {
 public:
  NameSlots(const google::protobuf::EnumDescriptor* type, Arena* arena) : type_(type), arena_(arena) {}

  absl::string_view Name(int64_t number) {
    Slot& slot = slots_[static_cast<uint64_t>(number) % kSlots];
    if (slot.name.data() == nullptr || slot.number != number) {
      slot = {number, arena_->CopyString(EnumShortName(*type_, number))};
    }
    return slot.name;
  }

 private:
  static constexpr size_t kSlots = 32;
  struct Slot {
    int64_t number = 0;
    absl::string_view name;
  };
  const google::protobuf::EnumDescriptor* type_;
  Arena* arena_;
  Slot slots_[kSlots];
};

void Name(Frame* frame, const Node& node) {
  const Arg<int64_t> number = ArgOf<int64_t>(*frame, node, 0);
  NameSlots names(frame->program->enums[node.index], frame->arena);
  EachRow<absl::string_view>(frame, node, [&](size_t row) { return names.Name(number[row]); });
}

}  // namespace

Kernel SelectText(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kCall || node.arg_count == 0) return nullptr;
  if (node.op == Op::kName) return Name;
  if (program.nodes[node.args[0]].type != Physical::kString) return nullptr;
  if (node.op == Op::kAdd) return Concatenate;
  if (node.op == Op::kSize) return node.bytes ? SizeInOctets : SizeInCodePoints;
  if (const Kernel search = SelectTextSearch(node.op)) return search;
  if (const Kernel position = SelectTextPosition(node.op)) return position;
  return SelectTextEdit(node.op);
}

}  // namespace assay
