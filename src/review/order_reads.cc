// Everything an order has of a dataset passes a lookup, a value gathered from the row found, or a list of its rows.
// Entry points: those of order_reads.h.
#include "review/order_reads.h"

#include <cstdint>
#include <set>
#include <type_traits>
#include <utility>

#include "absl/hash/hash.h"
#include "evaluate/error_place.h"

namespace assay {
namespace {

std::set<NodeId> AllNodes(const RunNeeds& needs) {
  std::set<NodeId> nodes;
  const auto add = [&nodes](const std::vector<NodeId>& more) { nodes.insert(more.begin(), more.end()); };
  for (const std::vector<NodeId>* list : {&needs.own, &needs.hold_due, &needs.early, &needs.late}) add(*list);
  for (const auto* lists : {&needs.ledgers, &needs.details, &needs.conditions}) {
    for (const std::vector<NodeId>& list : *lists) add(list);
  }
  return nodes;
}

// Whether something of a dataset enters here.
bool Reads(const Program& program, NodeId id) {
  const Node& node = program.nodes[id];
  if (LookupOf(program, node) != nullptr) return true;
  if (node.kind == NodeKind::kLevel) {
    const Level& level = program.levels[node.index];
    if (level.origin >= 0 && program.levels[level.origin].source != kBatchSource) return true;
  }
  bool reads = false;
  EachInput(program, id, [&](NodeId input) { reads = reads || program.is_static(input); });
  return reads;
}

std::pair<int32_t, int32_t> RowsOf(const Chunk& chunk, LevelId level, int32_t row) {
  const Program& program = chunk.context().book->program();
  if (level == kConstantLevel) return {0, 1};
  if (IsOfConstants(program, level)) return {0, chunk.size(level)};
  return {chunk.FirstRow(level, row), chunk.FirstRow(level, row + 1)};
}

// Bytes that no other value has, each led by its length where that may differ.
class Digest {
 public:
  // Of a type without padding.
  template <typename T>
  void Add(const T& value) {
    static_assert(std::has_unique_object_representations_v<T>);
    sha_.Update(absl::string_view(reinterpret_cast<const char*>(&value), sizeof(value)));
  }
  void AddText(absl::string_view text) {
    Add(text.size());
    sha_.Update(text);
  }
  // An error as messages tell it. Of one that began in a dataset's row they tell the key: that is as it was where the
  // row's bytes are; or the row's number, where the dataset has no key of texts.
  void AddError(const RunContext& context, const CellError& error, const std::vector<bool>& are_numbered) {
    Add(error.kind);
    Add(reinterpret_cast<uintptr_t>(error.field));
    AddText(error.detail);
    if (error.source == kBatchSource || !TellsRow(error.kind)) return;
    const int32_t row = RootRowOf(context, error);
    const Dataset& rows = context.snapshot->dataset(error.source);
    const bool is_known = row >= 0 && row < rows.size();
    Add(is_known ? absl::HashOf(rows.Row(row)) : size_t{0});
    Add(are_numbered[static_cast<size_t>(error.source)] || !is_known ? row : -1);
  }
  Sha256Digest Finish() { return sha_.Finish(); }

 private:
  Sha256 sha_;
};

void AddValue(const Vector& column, size_t row, Digest* digest) {
  if (column.type == Physical::kRow) return;  // which row it is says nothing of what is in it
  if (column.type == Physical::kString) return digest->AddText(column.values<absl::string_view>()[row]);
  if (column.type == Physical::kTimestamp) {
    const Timestamp& time = column.values<Timestamp>()[row];
    digest->Add(time.seconds);
    return digest->Add(time.nanos);
  }
  if (column.type == Physical::kDuration) {
    const Duration& duration = column.values<Duration>()[row];
    digest->Add(duration.seconds);
    return digest->Add(duration.nanos);
  }
  const size_t size = PhysicalSize(column.type);
  digest->AddText(absl::string_view(static_cast<const char*>(column.data) + row * size, size));
}

void AddColumn(const Chunk& chunk, const std::vector<bool>& are_numbered, NodeId id, int32_t row, Digest* digest) {
  const Node& node = chunk.context().book->program().nodes[id];
  const Vector& column = chunk.column(id);
  const auto [begin, end] = RowsOf(chunk, node.level, row);
  digest->Add(end - begin);
  for (int32_t i = begin; i < end; ++i) {
    const ErrorCode error = column.error(static_cast<size_t>(i));
    digest->Add(error != 0);
    if (error != 0) {
      digest->AddError(chunk.context(), chunk.ErrorOf(error), are_numbered);
    } else {
      AddValue(column, static_cast<size_t>(i), digest);
    }
  }
}

// How many rows each parent row has.
void AddRows(const Chunk& chunk, NodeId id, int32_t row, Digest* digest) {
  const Program& program = chunk.context().book->program();
  const LevelId level = program.nodes[id].index;
  const LevelRows& rows = chunk.level(level);
  const auto [begin, end] = RowsOf(chunk, program.levels[level].parent, row);
  for (int32_t i = begin; i < end; ++i) digest->Add(rows.begin[i + 1] - rows.begin[i]);
}

}  // namespace

OrderReads::OrderReads(const CompiledRulebook& book, const RunNeeds& needs) {
  const Program& program = book.program();
  for (const NodeId id : AllNodes(needs)) {
    if (!Reads(program, id)) continue;
    read_.push_back(id);
    is_known_ = is_known_ && program.nodes[id].stage == 0;
  }
  for (size_t i = 0; i < program.datasets.size(); ++i) {
    are_numbered_.push_back(NamingFields(book, static_cast<int>(i)).empty());
  }
  if (is_known_) needed_ = Needs(program, read_, false);
}

Sha256Digest OrderReads::DigestOf(const Chunk& chunk, int32_t row) const {
  Digest digest;
  for (const NodeId id : read_) {
    if (chunk.context().book->program().nodes[id].kind == NodeKind::kLevel) {
      AddRows(chunk, id, row, &digest);
    } else {
      AddColumn(chunk, are_numbered_, id, row, &digest);
    }
  }
  return digest.Finish();
}

}  // namespace assay
