// Rows of a decision table in a CSV file (RFC 4180), and the way back from a row's parts to their place in the file.
// Entry points: CsvSplitter, CsvRecords. Records are split again when an issue asks for a place, so that a large file
// costs an offset for each row and no tree of positions.
#ifndef ASSAY_RULEBOOK_CSV_RECORDS_H_
#define ASSAY_RULEBOOK_CSV_RECORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/source.h"

namespace assay {

struct YamlNode;

struct CsvField {
  SourceRange range;  // without the quotes
  bool has_quotes = false;
};

// What is wrong with a record, and where; "" if nothing is.
struct CsvFault {
  SourceRange range;
  std::string message;
};

// Walks over the records of a text, one at a time. Blank lines are none.
class CsvSplitter {
 public:
  CsvSplitter(absl::string_view text, int32_t offset) : text_(text), offset_(offset) {}

  // The next record's fields; false at the end, and after a fault.
  bool Next(std::vector<CsvField>* fields);

  // Where the record of the last Next begins.
  int32_t begin() const { return begin_; }
  const CsvFault& fault() const { return fault_; }

 private:
  void SkipBlankLines();
  bool ReadField(std::vector<CsvField>* fields);
  bool ReadQuoted(CsvField* field);

  absl::string_view text_;
  int32_t offset_;
  int32_t begin_ = 0;
  CsvFault fault_;
};

// The text that a field stands for.
std::string CsvFieldText(absl::string_view text, const CsvField& field);

// Where the rows of a table stand in its file.
struct CsvRecords {
  std::vector<int32_t> begins;  // of each row's record
  // Columns of the file: of each cell, and of the keys of a row, by their path below it.
  std::vector<int32_t> cells;
  std::vector<std::pair<std::string, int32_t>> keys;  // "id", "effective.from", …

  // The node of what is at `path` ("cells[2]", "effective.from"; "": all of it) of a row; nothing if there is none.
  std::optional<YamlNode> NodeAt(absl::string_view text, int32_t file, size_t row, absl::string_view path) const;
};

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CSV_RECORDS_H_
