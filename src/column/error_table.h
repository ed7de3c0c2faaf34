// The errors of a batch: what went wrong with a value, where it began. Columns carry small codes; the table tells them.
// Entry points: ErrorTable::Add, AddAbsent, Get. A table belongs to one thread while it is written; codes stay valid
// until Clear. Nothing here makes text: messages are written where findings are.
#ifndef ASSAY_COLUMN_ERROR_TABLE_H_
#define ASSAY_COLUMN_ERROR_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "column/vector.h"
#include "google/protobuf/descriptor.h"

namespace assay {

enum class ErrorKind : uint8_t {
  kAbsent,       // a decimal, date or money field that holds nothing
  kMalformed,    // a field whose bytes are no value of its type
  kOverflow,     // the result leaves its type: digits, 64 bits, the years 1..9999
  kUndecodable,  // a field of a row whose bytes are no message; the row has its own finding
  kDivisionByZero,
  kMissingRow,       // a join found no row; `source` is the dataset
  kAmbiguousRow,     // a join found rows with overlapping validity
  kNoSuchKey,        // map[key]
  kOutOfRange,       // list[index], or a position of a string
  kEmptyList,        // min, max, avg of nothing
  kNull,             // a wrapper message that is absent, used as a value
  kInvalidArgument,  // a conversion or function that refuses its argument
  kNoHit,            // no row of a decision table fits, and it has no default
  kManyHits,         // several rows do where one may
  kUnlikeHits,       // several rows do that must give the same
  kBudget,           // the row asks for more elements than one row may; the row has its own finding
};

// Details of kOutOfRange.
inline constexpr absl::string_view kNoSuchElement = "the list has no element there";
inline constexpr absl::string_view kRangeTooLong = "lists.range makes at most 10,000 elements";

// Where an error value began. Rows are rows of `level` in the column set of `source`.
struct CellError {
  ErrorKind kind = ErrorKind::kMalformed;
  int32_t source = -1;  // -1 the batch itself, else the number of the dataset
  int32_t level = 0;
  int32_t row = 0;
  const google::protobuf::FieldDescriptor* field = nullptr;  // the field that was read, if any
  absl::string_view detail;  // "is not a decimal number"; static, or outlives the table; "" if the kind says it all
};

class ErrorTable {
 public:
  // The code of a new error; never 0.
  ErrorCode Add(const CellError& error) {
    errors_.push_back(error);
    return static_cast<ErrorCode>(errors_.size());
  }

  // Codes for `rows` rows of one column, any of which may be absent: the first code plus the row is its error. One call
  // serves a whole column, so that absent values cost no entry each.
  // Requires rows <= absent_room().
  ErrorCode AddAbsent(const google::protobuf::FieldDescriptor* field, int32_t level, size_t rows);

  // The error of a code from Add belongs to another row from now on.
  void MoveTo(ErrorCode code, int32_t row) { errors_[code - 1].row = row; }

  // How many more rows AddAbsent can take.
  size_t absent_room() const { return ~ErrorCode{0} - next_range_code_; }

  // The error of a code this table gave out.
  CellError Get(ErrorCode code) const;

  bool empty() const { return errors_.empty() && ranges_.empty(); }

  // All codes become invalid; memory is kept.
  void Clear();

 private:
  // Codes of single errors count up from 1, those of ranges from this on.
  static constexpr ErrorCode kFirstRangeCode = ErrorCode{1} << 31;

  struct AbsentRange {
    ErrorCode begin;
    const google::protobuf::FieldDescriptor* field;
    int32_t level;
  };

  std::vector<CellError> errors_;
  std::vector<AbsentRange> ranges_;  // ascending `begin`
  ErrorCode next_range_code_ = kFirstRangeCode;
};

}  // namespace assay

#endif  // ASSAY_COLUMN_ERROR_TABLE_H_
