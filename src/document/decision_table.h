// A decision table as people draw one: a column for each input and output, a line for each row, cells as written.
// Entry point: WriteDecisionTable. It writes to the page and changes nothing else.
#ifndef ASSAY_DOCUMENT_DECISION_TABLE_H_
#define ASSAY_DOCUMENT_DECISION_TABLE_H_

#include <string>

#include "assay/v1/rulebook.pb.h"
#include "document/html_writer.h"
#include "document/value_writer.h"

namespace assay {

// `path` is where the table stands in the rulebook.
void WriteDecisionTable(const v1::Table& table, const std::string& path, ValueWriter* values, HtmlWriter* html);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_DECISION_TABLE_H_
