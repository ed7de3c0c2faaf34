// The rows of a decision table from a CSV file, so that a spreadsheet can be its editor.
// Entry points: AdmitCsv, ReadCsvRows. Pure functions over their arguments, safe from any thread.
#ifndef ASSAY_RULEBOOK_CSV_TABLE_H_
#define ASSAY_RULEBOOK_CSV_TABLE_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "base/source.h"
#include "rulebook/csv_records.h"

namespace assay {

// The text as a source, without its byte order mark. nullptr with one error if it is too large or not UTF-8.
std::shared_ptr<const SourceText> AdmitCsv(absl::string_view name, absl::string_view bytes, IssueList* issues);

// Adds the rows to the table. The first record names the columns: every input and output of the table, in any order,
// and perhaps id, from, to, annotation_en, annotation_zh. nullptr after issues at their places.
std::shared_ptr<const CsvRecords> ReadCsvRows(const SourceText& source, v1::Table* table, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CSV_TABLE_H_
