// `assay review`: a file of orders through a session. Entry point: ReviewCommand.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "base/decimal.h"
#include "base/status_macros.h"
#include "cli/files.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "review/json.h"

namespace assay {
namespace {

// What a spreadsheet would compute when it opens the file. Cells are partly what partners wrote.
bool IsFormula(const std::string& cell) { return cell.find_first_of("=+-@\t\r") == 0 && !ParseDecimal(cell).ok(); }

// RFC 4180: quoted where a cell holds a comma, a quote or a line break; a formula becomes a text by a ' before it.
std::string CsvCell(const std::string& given) {
  std::string cell = IsFormula(given) ? absl::StrCat("'", given) : given;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

std::string CsvOf(const v1::DayTable& table) {
  std::string csv = absl::StrCat(absl::StrJoin(table.columns(), ","), "\r\n");
  for (const v1::DayTableRow& row : table.rows()) {
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells()) cells.push_back(CsvCell(cell));
    absl::StrAppend(&csv, absl::StrJoin(cells, ","), "\r\n");
  }
  return csv;
}

// A line each.
std::string JsonLines(const google::protobuf::RepeatedPtrField<v1::Decision>& decisions) {
  std::string lines;
  for (const v1::Decision& decision : decisions) absl::StrAppend(&lines, JsonOf(decision), "\n");
  return lines;
}

absl::Status WriteResult(const v1::RunResult& result, const std::string& directory) {
  RETURN_IF_ERROR(MakeFolder(directory));
  std::vector<FileText> files;
  files.push_back({absl::StrCat(directory, "/decisions.jsonl"), JsonLines(result.decisions())});
  files.push_back({absl::StrCat(directory, "/superseded.jsonl"), JsonLines(result.superseded())});
  for (const v1::DayTable& table : result.tables()) {
    files.push_back({absl::StrCat(directory, "/", table.name(), ".csv"), CsvOf(table)});
  }
  return ReplaceFiles(files);
}

}  // namespace

int ReviewCommand(const std::vector<std::string>& words) {
  ReviewCall call;
  const int code = BeginReview("review", words, {"out"}, {"rulebook", "data", "orders"}, &call);
  if (code != 0) return code;
  absl::StatusOr<v1::RunResult> result = call.session->RunWave();
  ShowProgress("");
  if (!result.ok()) return Fail(1, std::string(result.status().message()));
  const std::string out = call.arguments.Option("out", "");
  if (!out.empty()) {
    const absl::Status status = WriteResult(*result, out);
    if (!status.ok()) return Fail(1, std::string(status.message()));
  }
  if (call.json) {
    std::cout << JsonLines(result->decisions()) << JsonLines(result->superseded());
  } else {
    std::cout << ReviewReport(*call.book, *result, call.language);
  }
  return 0;
}

}  // namespace assay
