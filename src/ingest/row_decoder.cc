// The decoder's loop over fields. Entry point: RowDecoder::Decode; where rows begin and end is row_levels.cc.
// Each field costs one lookup by number and one switch. Message payloads are read in place: nothing is copied but
// values.
#include "ingest/row_decoder.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

int32_t ZigZag32(uint32_t value) { return static_cast<int32_t>((value >> 1) ^ (0u - (value & 1))); }
int64_t ZigZag64(uint64_t value) { return static_cast<int64_t>((value >> 1) ^ (uint64_t{0} - (value & 1))); }

// What an integer field of minor units says, in any of its encodings.
int128 IntegerOf(const FieldOp& op, uint64_t raw) {
  switch (op.integer) {
    case DecodeOp::kInt32:
    case DecodeOp::kSfixed32:
      return static_cast<int32_t>(raw);
    case DecodeOp::kUint32:
    case DecodeOp::kFixed32:
      return static_cast<uint32_t>(raw);
    case DecodeOp::kSint32:
      return ZigZag32(static_cast<uint32_t>(raw));
    case DecodeOp::kSint64:
      return ZigZag64(raw);
    default:
      return op.is_unsigned ? int128{raw} : int128{static_cast<int64_t>(raw)};
  }
}

absl::string_view View(const uint8_t* p, size_t size) {
  return absl::string_view(reinterpret_cast<const char*>(p), size);
}

}  // namespace

void RowDecoder::Decode(absl::string_view bytes) {
  error_ = WireError::kNone;
  is_unset_ = false;
  elements_left_ = max_elements_;
  const Row row{scratch_.data(), 0, columns_.Append(0, -1)};
  BeginRow(row);
  begin_ = reinterpret_cast<Bytes>(bytes.data());
  const Bytes end = ReadFields(table_.messages[0], row, begin_, begin_ + bytes.size(), kMaxWireDepth, 0);
  if (end != nullptr && EndRow(row)) return;
  std::string reason = WireErrorReason(error_);
  if (crowded_field_ != nullptr) absl::StrAppend(&reason, ": '", crowded_field_->full_name(), "'");
  crowded_field_ = nullptr;
  columns_.FailRow(row.number, std::move(reason));
}

// The fields of a message, or those of a group up to its end tag.
RowDecoder::Bytes RowDecoder::ReadFields(const MessageTable& table, Row row, Bytes p, Bytes end, int depth,
                                         uint32_t group) {
  while (p != end) {
    uint32_t tag = 0;
    p = ReadTag(p, end, &tag, &error_);
    if (ABSL_PREDICT_FALSE(p == nullptr)) return nullptr;
    const FieldOp& op = table.Find(tag >> 3);
    if (op.op == DecodeOp::kSkip || ABSL_PREDICT_FALSE(op.wire != WireTypeOf(tag))) {
      if (ABSL_PREDICT_FALSE(WireTypeOf(tag) == WireType::kEndGroup && tag >> 3 == group && group != 0)) return p;
      p = ReadUnmatched(op, tag, row, p, end, depth);
      if (ABSL_PREDICT_FALSE(p == nullptr)) return nullptr;
      continue;
    }
    p = ABSL_PREDICT_TRUE(IsValueOp(op.op)) ? ReadValue(op, row, p, end, depth)
                                            : ReadStructure(op, tag, row, p, end, depth);
    if (ABSL_PREDICT_FALSE(p == nullptr)) return nullptr;
    if (op.has_extras) FinishField(op, row);
  }
  return group == 0 ? p : Fail(WireError::kTruncated);
}

// A field that was not asked for, or comes in another wire type than its own: packed, or unknown.
inline RowDecoder::Bytes RowDecoder::ReadUnmatched(const FieldOp& op, uint32_t tag, Row row, Bytes p, Bytes end,
                                                   int depth) {
  if (ABSL_PREDICT_FALSE(op.op == DecodeOp::kList && WireTypeOf(tag) == WireType::kLength)) {
    return ReadPacked(op.target, row, p, end, depth);
  }
  return SkipField(p, end, tag, depth, &error_);
}

ABSL_ATTRIBUTE_ALWAYS_INLINE inline RowDecoder::Bytes RowDecoder::ReadValue(const FieldOp& op, Row row, Bytes p,
                                                                            Bytes end, int depth) {
  switch (op.op) {
    case DecodeOp::kBool:
    case DecodeOp::kVarint64:
    case DecodeOp::kInt32:
    case DecodeOp::kUint32:
    case DecodeOp::kSint32:
    case DecodeOp::kSint64:
    case DecodeOp::kClosedEnum: {
      uint64_t value = 0;
      p = ReadVarint(p, end, &value, &error_);
      if (ABSL_PREDICT_TRUE(p != nullptr)) StoreVarint(op, value, row);
      return p;
    }
    case DecodeOp::kFixed32:
    case DecodeOp::kSfixed32:
    case DecodeOp::kFloat: {
      uint32_t value = 0;
      p = ReadFixed(p, end, &value, &error_);
      if (ABSL_PREDICT_TRUE(p != nullptr)) StoreFixed32(op, value, row.number);
      return p;
    }
    case DecodeOp::kFixed64:
      return ReadFixed(p, end, &columns_.at<uint64_t>(op.slot, row.number), &error_);
    case DecodeOp::kString:
    case DecodeOp::kBytes: {
      size_t size = 0;
      p = ReadLength(p, end, &size, &error_);
      if (ABSL_PREDICT_FALSE(p == nullptr)) return nullptr;
      const absl::string_view text = View(p, size);
      if (op.op == DecodeOp::kString && ABSL_PREDICT_FALSE(!IsUtf8(text))) return Fail(WireError::kUtf8);
      columns_.at<absl::string_view>(op.slot, row.number) = text;
      return p + size;
    }
    case DecodeOp::kDecimal:
    case DecodeOp::kDate:
      return ReadAnnotatedText(op, row, p, end);
    case DecodeOp::kMinorUnits:
      return ReadMinorUnits(op, row, p, end);
    default:
      return ReadMessageValue(op, row, p, end, depth);
  }
}

inline void RowDecoder::StoreVarint(const FieldOp& op, uint64_t value, Row row) {
  switch (op.op) {
    case DecodeOp::kBool:
      columns_.at<uint8_t>(op.slot, row.number) = value != 0;
      return;
    case DecodeOp::kInt32:
      columns_.at<int64_t>(op.slot, row.number) = static_cast<int32_t>(value);
      return;
    case DecodeOp::kUint32:
      columns_.at<uint64_t>(op.slot, row.number) = static_cast<uint32_t>(value);
      return;
    case DecodeOp::kSint32:
      columns_.at<int64_t>(op.slot, row.number) = ZigZag32(static_cast<uint32_t>(value));
      return;
    case DecodeOp::kSint64:
      columns_.at<int64_t>(op.slot, row.number) = ZigZag64(value);
      return;
    case DecodeOp::kClosedEnum:
      is_unset_ = !table_.enums[op.target].Contains(static_cast<int32_t>(value));
      if (is_unset_) {
        row.scratch->is_dropped = true;
        return;
      }
      columns_.at<int64_t>(op.slot, row.number) = static_cast<int32_t>(value);
      return;
    default:
      columns_.at<uint64_t>(op.slot, row.number) = value;
  }
}

inline void RowDecoder::StoreFixed32(const FieldOp& op, uint32_t value, int32_t row) {
  if (op.op == DecodeOp::kFixed32) {
    columns_.at<uint64_t>(op.slot, row) = value;
  } else if (op.op == DecodeOp::kSfixed32) {
    columns_.at<int64_t>(op.slot, row) = static_cast<int32_t>(value);
  } else {
    float number = 0;
    std::memcpy(&number, &value, sizeof(number));
    columns_.at<double>(op.slot, row) = number;
  }
}

inline RowDecoder::Bytes RowDecoder::ReadAnnotatedText(const FieldOp& op, Row row, Bytes p, Bytes end) {
  size_t size = 0;
  p = ReadLength(p, end, &size, &error_);
  if (ABSL_PREDICT_FALSE(p == nullptr)) return nullptr;
  const absl::string_view text = View(p, size);
  if (op.text_slot >= 0) columns_.at<absl::string_view>(op.text_slot, row.number) = text;
  const bool is_absent = size == 0 && op.empty_is_absent;
  row.scratch->seen(op.seen) = !is_absent;
  if (op.op == DecodeOp::kDecimal && p - begin_ >= 8 &&
      ReadPlainDecimal(op, text, &columns_.at<int64_t>(op.slot, row.number))) {
    columns_.SetError(op.slot, row.number, 0);
    return p + size;
  }
  if (ABSL_PREDICT_FALSE(is_absent)) {
    columns_.ResetValue(op.slot, row.number);
    return p;
  }
  const bool is_text = op.op == DecodeOp::kDecimal ? ReadDecimalText(op, text, row.number, &columns_)
                                                   : ReadDateText(op, text, row.number, &columns_);
  return ABSL_PREDICT_TRUE(is_text) ? p + size : Fail(WireError::kUtf8);
}

RowDecoder::Bytes RowDecoder::ReadMinorUnits(const FieldOp& op, Row row, Bytes p, Bytes end) {
  uint64_t raw = 0;
  uint32_t narrow = 0;
  if (op.wire == WireType::kVarint) {
    p = ReadVarint(p, end, &raw, &error_);
  } else if (op.wire == WireType::kFixed64) {
    p = ReadFixed(p, end, &raw, &error_);
  } else {
    p = ReadFixed(p, end, &narrow, &error_);
    raw = narrow;
  }
  if (p == nullptr) return nullptr;
  row.scratch->seen(op.seen) = 1;
  StoreMinorUnits(op, IntegerOf(op, raw), row.number, &columns_);
  return p;
}

// A message that is one value. What an earlier part of it said stays where this one is silent.
RowDecoder::Bytes RowDecoder::ReadMessageValue(const FieldOp& op, Row row, Bytes p, Bytes end, int depth) {
  if (depth <= 0) return Fail(WireError::kTooDeep);
  size_t size = 0;
  p = ReadLength(p, end, &size, &error_);
  if (p == nullptr) return nullptr;
  if (op.op == DecodeOp::kWrapper) return ReadWrapped(table_.wrapped[op.target], row, p, p + size, depth - 1);
  const bool is_money = op.op == DecodeOp::kMoney;
  WholeAndNanos parts;
  if (is_money) {
    parts = row.scratch->moneys[op.target];
  } else {
    const Timestamp& cell = columns_.at<Timestamp>(op.slot, row.number);  // a Duration lies alike
    parts = {cell.seconds, cell.nanos};
  }
  p = MergeWholeAndNanos(p, p + size, is_money ? 2 : 1, &parts, depth - 1, &error_);
  if (p == nullptr) return nullptr;
  row.scratch->seen(op.seen) = 1;
  if (is_money) {
    row.scratch->moneys[op.target] = parts;
    StoreMoney(op, parts, row.number, &columns_);
  } else if (op.op == DecodeOp::kTimestamp) {
    StoreTimestamp(op, parts, row.number, &columns_);
  } else {
    StoreDuration(op, parts, row.number, &columns_);
  }
  return p;
}

RowDecoder::Bytes RowDecoder::ReadWrapped(const FieldOp& op, Row row, Bytes p, Bytes end, int depth) {
  while (p != end) {
    uint32_t tag = 0;
    p = ReadTag(p, end, &tag, &error_);
    if (p == nullptr) return nullptr;
    const bool is_value = tag >> 3 == 1 && WireTypeOf(tag) == op.wire;
    p = is_value ? ReadLoneValue(op, row, p, end, depth) : SkipField(p, end, tag, depth, &error_);
    if (p == nullptr) return nullptr;
  }
  return p;
}

// ReadValue, once more for the rarer callers.
RowDecoder::Bytes RowDecoder::ReadLoneValue(const FieldOp& op, Row row, Bytes p, Bytes end, int depth) {
  return ReadValue(op, row, p, end, depth);
}

RowDecoder::Bytes RowDecoder::ReadStructure(const FieldOp& op, uint32_t tag, Row row, Bytes p, Bytes end, int depth) {
  switch (op.op) {
    case DecodeOp::kMessage:
      return ReadMessage(table_.messages[op.target], tag, row, p, end, depth);
    case DecodeOp::kRows:
      return ReadRow(op.target, tag, row, p, end, depth);
    case DecodeOp::kList:
      return ReadElement(op.target, row, p, end, depth);
    case DecodeOp::kOneofOther:
      return ReadOneofOther(op, tag, p, end, depth);
    default:
      return SkipField(p, end, tag, depth, &error_);
  }
}

RowDecoder::Bytes RowDecoder::ReadMessage(const MessageTable& table, uint32_t tag, Row row, Bytes p, Bytes end,
                                          int depth) {
  if (ABSL_PREDICT_FALSE(depth <= 0)) return Fail(WireError::kTooDeep);
  if (ABSL_PREDICT_FALSE(WireTypeOf(tag) == WireType::kStartGroup)) {
    return ReadFields(table, row, p, end, depth - 1, tag >> 3);
  }
  size_t size = 0;
  p = ReadLength(p, end, &size, &error_);
  if (ABSL_PREDICT_FALSE(p == nullptr)) return nullptr;
  return ReadFields(table, row, p, p + size, depth - 1, 0);
}

RowDecoder::Bytes RowDecoder::ReadRow(int32_t level, uint32_t tag, Row parent, Bytes p, Bytes end, int depth) {
  Row row;
  if (!AppendRow(level, parent, &row)) return nullptr;
  BeginRow(row);
  p = ReadMessage(table_.messages[table_.levels[level].message], tag, row, p, end, depth);
  if (ABSL_PREDICT_FALSE(p == nullptr || !EndRow(row))) return nullptr;
  return p;
}

RowDecoder::Bytes RowDecoder::ReadElement(int32_t level, Row parent, Bytes p, Bytes end, int depth) {
  const FieldOp& element = table_.levels[level].element;
  Row row;
  if (!AppendRow(level, parent, &row)) return nullptr;
  if (element.op == DecodeOp::kMoney) row.scratch->moneys[0] = {};
  p = ReadLoneValue(element, row, p, end, depth);
  if (element.op == DecodeOp::kClosedEnum && is_unset_) columns_.Truncate(level, row.number);
  return p;
}

RowDecoder::Bytes RowDecoder::ReadPacked(int32_t level, Row parent, Bytes p, Bytes end, int depth) {
  size_t size = 0;
  p = ReadLength(p, end, &size, &error_);
  if (p == nullptr) return nullptr;
  const Bytes stop = p + size;
  while (p != nullptr && p != stop) p = ReadElement(level, parent, p, stop, depth);
  return p;
}

RowDecoder::Bytes RowDecoder::ReadOneofOther(const FieldOp& op, uint32_t tag, Bytes p, Bytes end, int depth) {
  is_unset_ = false;
  if (op.target < 0) return SkipField(p, end, tag, depth, &error_);
  uint64_t value = 0;
  p = ReadVarint(p, end, &value, &error_);
  is_unset_ = !table_.enums[op.target].Contains(static_cast<int32_t>(value));
  return p;
}

// Presence and oneofs, once the value is in its cell.
void RowDecoder::FinishField(const FieldOp& op, Row row) {
  if ((op.op == DecodeOp::kClosedEnum || op.op == DecodeOp::kOneofOther) && is_unset_) return;
  if (op.presence_slot >= 0) columns_.at<uint8_t>(op.presence_slot, row.number) = IsPresent(op, row);
  if (op.oneof != 0) SwitchOneof(op, row);
}

bool RowDecoder::IsPresent(const FieldOp& op, Row row) {
  if (!op.presence_by_value) return true;
  if (op.empty_is_absent) return row.scratch->seen(op.seen) != 0;
  return !columns_.IsZero(op.slot, row.number) || columns_.HasError(op.slot, row.number);
}

void RowDecoder::SwitchOneof(const FieldOp& op, Row row) {
  uint16_t& member = row.scratch->oneof_members[op.oneof - 1];
  const uint16_t before = std::exchange(member, op.member);
  if (before == op.member || before == 0 || before == FieldOp::kOtherMember) return;
  Undo(table_.levels[row.level].oneofs[op.oneof - 1][before - 1], row);
}

void RowDecoder::Undo(const Footprint& footprint, Row row) {
  for (int32_t slot : footprint.slots) columns_.ResetValue(slot, row.number);
  for (uint16_t byte : footprint.seen) row.scratch->seen(byte) = 0;
  for (uint16_t oneof : footprint.oneofs) row.scratch->oneof_members[oneof - 1] = 0;
  for (int32_t money : footprint.moneys) row.scratch->moneys[money] = {};
  for (int32_t level : footprint.levels) columns_.Truncate(level, columns_.begin(level, row.number));
  SetDefaults(row, footprint.slots);
}

}  // namespace assay
