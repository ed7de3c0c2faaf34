// Entry point: CsvOf.
#include "evaluate/table_csv.h"

#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "base/decimal.h"
#include "base/double_text.h"
#include "base/timestamp.h"

namespace assay {
namespace {

// A decimal, a double or a duration as outputs write it: "-12.50", "-1e-7", "-3600s". Infinity is a name to
// spreadsheets.
bool IsNumber(const std::string& cell) {
  if (ParseDecimal(cell).ok()) return true;
  double number = 0;
  if (ParseDouble(cell, &number) == DoubleParse::kOk && std::isfinite(number)) return FormatDouble(number) == cell;
  const absl::StatusOr<Duration> span = ParseDuration(cell);
  return span.ok() && FormatDuration(*span) == cell;
}

// What a spreadsheet would compute when it opens the file. Cells are partly what partners wrote.
bool IsFormula(const std::string& cell) { return cell.find_first_of("=+-@\t\r") == 0 && !IsNumber(cell); }

// RFC 4180: quoted where a cell holds a comma, a quote or a line break; a formula becomes a text by a ' before it.
std::string CsvCell(const std::string& given) {
  std::string cell = IsFormula(given) ? absl::StrCat("'", given) : given;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::string CsvOf(const v1::DayTable& table) {
  std::string csv = absl::StrCat(absl::StrJoin(table.columns(), ","), "\r\n");
  for (const v1::DayTableRow& row : table.rows()) {
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells()) cells.push_back(CsvCell(cell));
    absl::StrAppend(&csv, absl::StrJoin(cells, ","), "\r\n");
  }
  return csv;
}

}  // namespace assay
