// Where rows begin and end: what a row starts with, what it lacks at its end, and the order of map entries.
// Entry points: RowDecoder's AppendRow, BeginRow, EndRow. No byte of a message is read here.
#include <algorithm>

#include "ingest/row_decoder.h"

namespace assay {
namespace {

constexpr uint64_t kAllSeen = 0x0101010101010101u;

// Ascending keys; T as Vector::values has it.
template <typename T>
bool IsStrictlyAscending(const T* keys, int32_t first, int32_t end) {
  for (int32_t row = first + 1; row < end; ++row) {
    if (!(keys[row - 1] < keys[row])) return false;
  }
  return true;
}

// The rows of [first, end) by ascending key, of equal keys the last row alone.
template <typename T>
void OrderByKey(const T* keys, int32_t first, int32_t end, std::vector<int32_t>* order) {
  order->clear();
  if (IsStrictlyAscending(keys, first, end)) return;
  for (int32_t row = first; row < end; ++row) order->push_back(row);
  std::sort(order->begin(), order->end(), [keys](int32_t a, int32_t b) {
    if (keys[a] < keys[b]) return true;
    return !(keys[b] < keys[a]) && a > b;
  });
  const auto is_same = [keys](int32_t a, int32_t b) { return !(keys[a] < keys[b]); };
  order->erase(std::unique(order->begin(), order->end(), is_same), order->end());
}

}  // namespace

LevelScratch::LevelScratch(const LevelTable& table)
    : unseen_words(1 + (table.required.size() + 7) / 8, kAllSeen),
      oneof_members(table.oneofs.size()),
      moneys(static_cast<size_t>(table.money_count)) {
  auto* const bytes = reinterpret_cast<uint8_t*>(unseen_words.data());
  std::fill_n(bytes + FieldOp::kFirstSeen, table.required.size(), uint8_t{0});
  seen_words = unseen_words;
}

bool RowDecoder::AppendRow(int32_t level, Row parent, Row* row) {
  if (ABSL_PREDICT_FALSE(--elements_left_ < 0)) {
    error_ = WireError::kTooManyElements;
    return false;
  }
  *row = {&scratch_[level], level, columns_.Append(level, parent.number)};
  return true;
}

void RowDecoder::BeginRow(Row row) {
  LevelScratch& scratch = *row.scratch;
  for (size_t i = 1; i < scratch.seen_words.size(); ++i) scratch.seen_words[i] = scratch.unseen_words[i];
  for (uint16_t& member : scratch.oneof_members) member = 0;
  for (WholeAndNanos& money : scratch.moneys) money = {};
  scratch.is_dropped = false;
  for (const DefaultValue& value : table_.levels[row.level].defaults) SetDefault(value, row.number);
}

void RowDecoder::SetDefault(const DefaultValue& value, int32_t row) {
  switch (columns_.type(value.slot)) {
    case Physical::kString:
      columns_.at<absl::string_view>(value.slot, row) = value.text;
      return;
    case Physical::kBool:
      columns_.at<uint8_t>(value.slot, row) = static_cast<uint8_t>(value.bits);
      return;
    default:
      columns_.at<uint64_t>(value.slot, row) = value.bits;
  }
}

void RowDecoder::SetDefaults(Row row, absl::Span<const int32_t> slots) {
  for (const DefaultValue& value : table_.levels[row.level].defaults) {
    if (std::find(slots.begin(), slots.end(), value.slot) != slots.end()) SetDefault(value, row.number);
  }
}

bool RowDecoder::EndRow(Row row) {
  MarkAbsent(row);
  for (int32_t child : table_.levels[row.level].children) {
    const LevelTable& level = table_.levels[child];
    if (level.key_slot >= 0) OrderEntries(child, row.number);
    const int32_t count = columns_.size(child) - columns_.begin(child, row.number);
    if (ABSL_PREDICT_FALSE(level.max_items != 0 && count > static_cast<int64_t>(level.max_items))) {
      crowded_field_ = level.field;
      error_ = WireError::kTooManyItems;
      return false;
    }
    columns_.EndParent(child, row.number);
  }
  if (ABSL_PREDICT_FALSE(row.scratch->is_dropped && table_.levels[row.level].has_closed_enum_values)) {
    columns_.Truncate(row.level, row.number);
  }
  return true;
}

void RowDecoder::MarkAbsent(Row row) {
  const LevelScratch& scratch = *row.scratch;
  for (size_t i = 1; i < scratch.seen_words.size(); ++i) {
    uint64_t missing = scratch.seen_words[i] ^ kAllSeen;  // seen bytes are 0 or 1
    for (; missing != 0; missing &= missing - 1) {
      const size_t byte = static_cast<size_t>(__builtin_ctzll(missing)) / 8;
      columns_.SetAbsent(table_.levels[row.level].required[(i - 1) * 8 + byte], row.number);
    }
  }
}

void RowDecoder::OrderEntries(int32_t level, int32_t parent_row) {
  const int32_t first = columns_.begin(level, parent_row);
  const int32_t end = columns_.size(level);
  if (end - first < 2) return;
  const int32_t slot = table_.levels[level].key_slot;
  std::vector<int32_t>& order = scratch_[level].order;
  switch (columns_.type(slot)) {
    case Physical::kString:
      OrderByKey(&columns_.at<absl::string_view>(slot, 0), first, end, &order);
      break;
    case Physical::kUint64:
      OrderByKey(&columns_.at<uint64_t>(slot, 0), first, end, &order);
      break;
    case Physical::kBool:
      OrderByKey(&columns_.at<uint8_t>(slot, 0), first, end, &order);
      break;
    default:
      OrderByKey(&columns_.at<int64_t>(slot, 0), first, end, &order);
  }
  if (!order.empty()) columns_.Rearrange(level, first, order);
}

}  // namespace assay
