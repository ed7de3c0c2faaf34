// Entry point: OrderRows.
#include "evaluate/row_order.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "evaluate/chunk_run.h"
#include "evaluate/message_fields.h"
#include "google/protobuf/message.h"

namespace assay {
namespace {

// A row with its id, in a form that compares as bytes: of numbers big-endian, the negative first.
struct KeyedRow {
  std::string key;
  OrderedRow row;
  bool has_id = false;

  auto Rank() const { return std::tie(has_id, key, row.bytes); }
};

std::string NumberKey(uint64_t number) {
  std::string key(sizeof(number), '\0');
  for (size_t i = key.size(); i > 0; number >>= 8) key[--i] = static_cast<char>(number & 0xFF);
  return key;
}

void ReadKey(const Chunk& chunk, int32_t at, KeyedRow* row) {
  const PlannedValue& id = chunk.context().book->evaluation.id;
  row->has_id = chunk.Error(id, at) == 0;
  row->row.id = chunk.Text(id, at);
  row->key = row->row.id;
  if (!row->has_id || id.type->is(TypeKind::kString)) return;
  const auto number = static_cast<uint64_t>(chunk.Number(id, at).coefficient);
  constexpr uint64_t kSign = uint64_t{1} << 63;
  row->key = NumberKey(id.type->is(TypeKind::kInt) ? number ^ kSign : number);
}

// Of rows of one id: leaves out those that are one message, however encoded; others are ambiguous.
void AddRowsOfId(absl::Span<KeyedRow> rows, google::protobuf::Message* message, RowOrder* order) {
  std::vector<std::pair<std::string, KeyedRow*>> contents;  // of each content the first
  for (KeyedRow& row : rows) {
    std::string content(row.row.bytes);
    if (rows.size() > 1 && row.has_id) {
      content.clear();
      CanonicalBytes(row.row.bytes, message, &content);
    }
    contents.emplace_back(std::move(content), &row);
  }
  std::stable_sort(contents.begin(), contents.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto end =
      std::unique(contents.begin(), contents.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
  order->repeated += contents.end() - end;
  contents.erase(end, contents.end());
  for (auto& [content, row] : contents) {
    row->row.is_ambiguous = row->has_id && contents.size() > 1;
    order->rows.push_back(std::move(row->row));
  }
}

}  // namespace

absl::StatusOr<RowOrder> OrderRows(const RunContext& context, absl::Span<const absl::string_view> rows, int threads) {
  std::vector<KeyedRow> keyed(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) keyed[i].row.bytes = rows[i];
  ChunkWork work;
  work.read = [&](size_t begin, size_t count, Chunk* chunk) {
    chunk->Compute(context.needs->id);
    for (size_t i = 0; i < count; ++i) ReadKey(*chunk, static_cast<int32_t>(i), &keyed[begin + i]);
  };
  work.over_budget = [](size_t) {};  // it has no id, and is found to be too costly when it is judged
  RETURN_IF_ERROR(RunChunks(context, rows, threads, work));
  std::sort(keyed.begin(), keyed.end(), [](const KeyedRow& a, const KeyedRow& b) { return a.Rank() < b.Rank(); });
  const CompiledRulebook& book = *context.book;
  const std::unique_ptr<google::protobuf::Message> message(book.schema->Prototype(*book.program().batch.message).New());
  RowOrder order;
  order.rows.reserve(rows.size());
  for (size_t begin = 0; begin < keyed.size();) {
    size_t end = begin + 1;
    while (end < keyed.size() && keyed[end].has_id == keyed[begin].has_id && keyed[end].key == keyed[begin].key) ++end;
    AddRowsOfId(absl::MakeSpan(keyed).subspan(begin, end - begin), message.get(), &order);
    begin = end;
  }
  return order;
}

}  // namespace assay
