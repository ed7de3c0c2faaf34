// Costs of nodes and the end of a run. Entry points: ChargeComputed, StopRun.
#include "exec/run_cost.h"

#include <algorithm>

namespace assay {
namespace {

// Of the good values of a text argument, over the rows that the node goes over.
uint64_t BytesOf(const Frame& frame, const Node& node, int i) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(frame, node, i);
  const LevelId level = frame.program->nodes[node.args[i]].level;
  const auto rows = static_cast<size_t>(frame.Size(text.constant() ? node.level : level));
  if (text.constant()) return text.error(0) != 0 ? 0 : text[0].size() * rows;
  uint64_t bytes = 0;
  for (size_t row = 0; row < rows; ++row) bytes += text.error(row) != 0 ? 0 : text[row].size();
  return bytes;
}

// Functions and joined texts, not other operators: to compare texts takes next to nothing of each.
bool ReadsTexts(const Node& node) {
  if (node.kind == NodeKind::kAggregate) return node.aggregate == Aggregate::kJoin;
  if (node.kind == NodeKind::kCall) return node.op > Op::kNegate || node.op == Op::kAdd;
  return node.kind == NodeKind::kLevel;
}

}  // namespace

bool ChargeComputed(Frame* frame, const Node& node) {
  auto cost = static_cast<uint64_t>(frame->Size(node.level));
  if (node.kind == NodeKind::kAggregate) cost += static_cast<uint64_t>(frame->Size(node.index));
  if (!ReadsTexts(node)) return frame->Take(cost);
  for (int i = 0; i < node.arg_count; ++i) {
    const Node& arg = frame->program->nodes[node.args[i]];
    const int source = frame->program->levels[arg.level].source;
    const bool is_own = source == frame->source || source == kBatchSource;
    if (arg.type == Physical::kString && is_own) cost += BytesOf(*frame, node, i) / kTextBytesPerValue;
  }
  return frame->Take(cost);
}

void StopRun(Frame* frame) {
  const Program& program = *frame->program;
  size_t rows = 1;
  for (size_t id = 1; id < program.levels.size(); ++id) {
    const Level& level = program.levels[id];
    if (level.source == frame->source && level.kind == LevelKind::kRoot) {
      rows = std::max(rows, static_cast<size_t>(frame->levels[id].size));
    }
  }
  int32_t* const nowhere = frame->arena->AllocateSpan<int32_t>(rows + 1).data();
  std::fill_n(nowhere, rows + 1, 0);
  for (size_t id = 1; id < program.levels.size(); ++id) {
    const Level& level = program.levels[id];
    if (level.source != frame->source || level.kind == LevelKind::kRoot) continue;
    frame->levels[id] = {0, nowhere, nowhere, nowhere, nowhere, nullptr, nullptr};
  }
  CellError error;
  error.kind = ErrorKind::kBudget;
  error.source = frame->source;
  ErrorCode* const codes = frame->arena->AllocateSpan<ErrorCode>(rows).data();
  std::fill_n(codes, rows, frame->errors->Add(error));
  char* const values = static_cast<char*>(frame->arena->Allocate(rows * sizeof(SixteenBytes), sizeof(SixteenBytes)));
  std::fill_n(values, rows * sizeof(SixteenBytes), '\0');
  for (size_t id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    if (program.levels[node.level].source != frame->source && node.level != kConstantLevel) continue;  // not this run's
    frame->columns[id] = {node.type, values, codes, static_cast<size_t>(frame->levels[node.level].size)};
    frame->done[id] = true;
  }
}

}  // namespace assay
