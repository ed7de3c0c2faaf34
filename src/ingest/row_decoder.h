// One message into one root row and its child rows.
// Entry point: RowDecoder::Decode, for WireDecoder alone. It writes into a ColumnSet and leaves it as a row that could
// not be read where the bytes are no message.
#ifndef ASSAY_INGEST_ROW_DECODER_H_
#define ASSAY_INGEST_ROW_DECODER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "column/column_set.h"
#include "ingest/decode_table.h"
#include "ingest/value_reader.h"
#include "ingest/wire_reader.h"

namespace assay {

// What is known of a level's row while it is read; a level has one row open at a time. Kept between batches.
struct LevelScratch {
  explicit LevelScratch(const LevelTable& table);

  uint8_t& seen(uint16_t byte) { return reinterpret_cast<uint8_t*>(seen_words.data())[byte]; }

  std::vector<uint64_t> seen_words;     // FieldOp::seen counts its bytes
  std::vector<uint64_t> unseen_words;   // what they are when a row begins: 0 where a value is required, else 1
  std::vector<uint16_t> oneof_members;  // by oneof, the member that is set, 0 for none
  std::vector<WholeAndNanos> moneys;
  std::vector<int32_t> order;  // of OrderEntries
  bool is_dropped = false;     // a map entry whose value is no number of its closed enum
};

class RowDecoder {
 public:
  // All are borrowed.
  RowDecoder(const DecodeTable& table, int32_t max_elements, absl::Span<LevelScratch> scratch, ColumnSet* columns)
      : table_(table), scratch_(scratch), columns_(*columns), max_elements_(max_elements) {}

  // Appends one root row.
  void Decode(absl::string_view bytes);

 private:
  // The open row of a level.
  struct Row {
    LevelScratch* scratch = nullptr;
    int32_t level = 0;
    int32_t number = 0;
  };
  // Every Read function reads within [p, end) and returns the place after what it read, or nullptr with error_ set.
  using Bytes = const uint8_t*;

  Bytes ReadFields(const MessageTable& table, Row row, Bytes p, Bytes end, int depth, uint32_t group);
  Bytes ReadUnmatched(const FieldOp& op, uint32_t tag, Row row, Bytes p, Bytes end, int depth);

  Bytes ReadValue(const FieldOp& op, Row row, Bytes p, Bytes end, int depth);
  Bytes ReadLoneValue(const FieldOp& op, Row row, Bytes p, Bytes end, int depth);
  Bytes ReadAnnotatedText(const FieldOp& op, Row row, Bytes p, Bytes end);
  Bytes ReadMinorUnits(const FieldOp& op, Row row, Bytes p, Bytes end);
  Bytes ReadMessageValue(const FieldOp& op, Row row, Bytes p, Bytes end, int depth);
  Bytes ReadWrapped(const FieldOp& op, Row row, Bytes p, Bytes end, int depth);
  void StoreVarint(const FieldOp& op, uint64_t value, Row row);
  void StoreFixed32(const FieldOp& op, uint32_t value, int32_t row);

  Bytes ReadStructure(const FieldOp& op, uint32_t tag, Row row, Bytes p, Bytes end, int depth);
  Bytes ReadMessage(const MessageTable& table, uint32_t tag, Row row, Bytes p, Bytes end, int depth);
  Bytes ReadRow(int32_t level, uint32_t tag, Row parent, Bytes p, Bytes end, int depth);
  Bytes ReadElement(int32_t level, Row parent, Bytes p, Bytes end, int depth);
  Bytes ReadPacked(int32_t level, Row parent, Bytes p, Bytes end, int depth);
  Bytes ReadOneofOther(const FieldOp& op, uint32_t tag, Bytes p, Bytes end, int depth);

  void FinishField(const FieldOp& op, Row row);
  bool IsPresent(const FieldOp& op, Row row);
  void SwitchOneof(const FieldOp& op, Row row);
  void Undo(const Footprint& footprint, Row row);

  // False, with error_ set, if the row of the root has too many elements.
  bool AppendRow(int32_t level, Row parent, Row* row);
  void BeginRow(Row row);
  void SetDefault(const DefaultValue& value, int32_t row);
  void SetDefaults(Row row, absl::Span<const int32_t> slots);
  // False, with error_ set, if a field has more items than it may.
  bool EndRow(Row row);
  void MarkAbsent(Row row);
  void OrderEntries(int32_t level, int32_t parent_row);

  Bytes Fail(WireError error) {
    error_ = error;
    return nullptr;
  }

  const DecodeTable& table_;
  absl::Span<LevelScratch> scratch_;
  ColumnSet& columns_;
  const int32_t max_elements_;
  Bytes begin_ = nullptr;  // of the message of the root
  int32_t elements_left_ = 0;
  bool is_unset_ = false;  // the value just read is no number of its closed enum
  WireError error_ = WireError::kNone;
  const google::protobuf::FieldDescriptor* crowded_field_ = nullptr;  // of kTooManyItems
};

}  // namespace assay

#endif  // ASSAY_INGEST_ROW_DECODER_H_
