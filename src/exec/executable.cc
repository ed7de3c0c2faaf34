// Chooses kernels, builds patterns and zones, and runs nodes. Entry points:
// Executable::Create, BeginRun, Run.
#include "exec/executable.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/pattern.h"
#include "base/status_macros.h"
#include "exec/run_cost.h"

namespace assay {
namespace {

void ReadColumn(Frame* frame, const Node& node) {
  frame->columns[&node - frame->program->nodes.data()] = frame->batch->column(node.index);
}

void ConstantColumn(Frame* frame, const Node& node) {
  frame->columns[&node - frame->program->nodes.data()] = frame->executable->constant(node.index);
}

void InputColumn(Frame* frame, const Node& node) {
  frame->columns[&node - frame->program->nodes.data()] = frame->inputs[node.index];
}

Kernel SelectGiven(const Node& node) {
  switch (node.kind) {
    case NodeKind::kConstant:
      return ConstantColumn;
    case NodeKind::kRead:
      return ReadColumn;
    case NodeKind::kInput:
      return InputColumn;
    default:
      return nullptr;
  }
}

bool IsExtracted(const Program& program, const Node& node) {
  return node.kind == NodeKind::kLevel && program.levels[node.index].kind == LevelKind::kExtracted;
}

const void* ConstantData(const ConstantValue& value, const absl::string_view* text) {
  switch (value.type) {
    case Physical::kBool:
      return &value.flag;
    case Physical::kUint64:
      return &value.uint64;
    case Physical::kDouble:
      return &value.real;
    case Physical::kString:
      return text;
    case Physical::kDecimal128:
      return &value.wide;
    case Physical::kTimestamp:
      return &value.timestamp;
    case Physical::kDuration:
      return &value.duration;
    default:
      return &value.int64;  // also int32 days: little-endian
  }
}

}  // namespace

absl::Status Executable::Prepare() {
  texts_.reserve(program_.constants.size());
  for (const ConstantValue& value : program_.constants) {
    texts_.emplace_back(value.text);
    constants_.push_back({value.type, ConstantData(value, &texts_.back()), nullptr, 1});
  }
  using Select = Kernel (*)(const Program&, const Node&);
  constexpr Select kSelects[] = {SelectLogic,     SelectCompare,  SelectArithmetic, SelectRows, SelectMember,
                                 SelectAggregate, SelectLevel,    SelectLookup,     SelectText, SelectConversion,
                                 SelectTime,      SelectCalendar, SelectNumber,     SelectBits, SelectFirstOfEqual,
                                 SelectTable,     SelectRegex,    SelectFormat};
  for (const Node& node : program_.nodes) {
    Kernel kernel = SelectGiven(node);
    for (size_t i = 0; kernel == nullptr && i < std::size(kSelects); ++i) kernel = kSelects[i](program_, node);
    if (kernel == nullptr) {
      return absl::UnimplementedError(absl::StrCat("an operation has no column form: node kind ",
                                                   static_cast<int>(node.kind), ", op ", static_cast<int>(node.op)));
    }
    kernels_.push_back(kernel);
    for (int i = 0; i < node.arg_count; ++i) {
      const Node& arg = program_.nodes[node.args[i]];
      if (arg.kind != NodeKind::kConstant || arg.type != Physical::kString) continue;
      const std::string& text = program_.constants[arg.index].text;
      if (i == 1 && (TakesPattern(node.op) || IsExtracted(program_, node))) {
        std::string why;
        auto regex = CompilePattern(text, program_.limits.max_pattern_size, &why);
        if (regex != nullptr) regexes_[text] = std::move(regex);
      }
      const Physical first = program_.nodes[node.args[0]].type;
      if (i > 0 && i + 1 == node.arg_count && (first == Physical::kTimestamp || first == Physical::kDate)) {
        std::optional<Zone> zone = Zone::Find(text);
        if (zone) zones_.emplace(text, *std::move(zone));
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Executable>> Executable::Create(Program program) {
  std::shared_ptr<Executable> executable(new Executable(std::move(program)));
  RETURN_IF_ERROR(executable->Prepare());
  return std::shared_ptr<const Executable>(std::move(executable));
}

const RE2* Executable::regex(const std::string& pattern) const {
  auto found = regexes_.find(pattern);
  return found == regexes_.end() ? nullptr : found->second.get();
}

const Zone* Executable::zone(const std::string& name) const {
  auto found = zones_.find(name);
  return found == zones_.end() ? nullptr : &found->second;
}

void BeginRun(const Executable& executable, const ColumnSet* batch, const ReferenceColumns* reference, Arena* arena,
              ErrorTable* errors, Frame* frame) {
  const Program& program = executable.program();
  frame->program = &program;
  frame->executable = &executable;
  frame->reference = reference;
  frame->batch = batch;
  frame->arena = arena;
  frame->errors = errors;
  frame->columns.assign(program.nodes.size(), Vector{});
  frame->done.assign(program.nodes.size(), false);
  frame->levels.assign(program.levels.size(), LevelRows{});
  frame->inputs.resize(static_cast<size_t>(program.input_count));
  frame->levels[kConstantLevel].size = 1;
  frame->is_over_budget = false;
  frame->cost_left = program.limits.max_row_cost * std::max<int64_t>(1, static_cast<int64_t>(batch->level(0).size));
  for (size_t id = 1; id < program.levels.size(); ++id) {
    const Level& level = program.levels[id];
    const bool given = level.kind == LevelKind::kRoot || level.kind == LevelKind::kRepeated;
    if (!given || level.source != frame->source) continue;
    const LevelView view = batch->level(level.ingest_level);
    LevelRows& rows = frame->levels[id];
    rows.size = static_cast<int32_t>(view.size);
    rows.parent = view.parent.data();
    rows.begin = view.begin.data();
    if (level.kind != LevelKind::kRoot) continue;
    // Every row of the batch is a child of the one constant row.
    int32_t* begin = arena->AllocateSpan<int32_t>(2).data();
    begin[0] = 0;
    begin[1] = rows.size;
    int32_t* parent = arena->AllocateSpan<int32_t>(view.size).data();
    std::fill_n(parent, view.size, 0);
    rows.begin = begin;
    rows.parent = parent;
  }
}

void Run(Frame* frame, const std::vector<NodeId>& nodes) {
  const Program& program = *frame->program;
  for (NodeId id : nodes) {
    if (frame->done[id]) continue;
    frame->done[id] = true;
    const Node& node = program.nodes[id];
    if (ChargeNode(frame, node)) frame->executable->kernel(id)(frame, node);
    if (frame->is_over_budget) return StopRun(frame);
  }
}

ErrorCode* NewErrors(Frame* frame, size_t size) {
  ErrorCode* errors = frame->arena->AllocateSpan<ErrorCode>(size).data();
  std::fill_n(errors, size, 0);
  return errors;
}

ErrorCode* CopyErrors(Frame* frame, const ErrorCode* errors, size_t size) {
  ErrorCode* copy = frame->arena->AllocateSpan<ErrorCode>(size).data();
  std::copy_n(errors, size, copy);
  return copy;
}

MergedErrors MergeErrors(Frame* frame, const Node& node, size_t size) {
  MergedErrors merged = {nullptr, false};
  for (int i = 0; i < node.arg_count; ++i) {
    const Arg<uint8_t> arg = ArgOf<uint8_t>(*frame, node, i);
    if (arg.errors == nullptr || arg.errors == merged.errors) continue;
    if (merged.errors == nullptr && !arg.constant()) {
      merged = {const_cast<ErrorCode*>(arg.errors), true};
      continue;
    }
    if (merged.errors == nullptr) merged.errors = NewErrors(frame, size);
    if (merged.is_shared) merged.errors = CopyErrors(frame, merged.errors, size);
    merged.is_shared = false;
    ErrorCode* const errors = merged.errors;
    for (size_t row = 0; row < size; ++row) errors[row] = errors[row] != 0 ? errors[row] : arg.errors[row & arg.mask];
  }
  return merged;
}

}  // namespace assay
