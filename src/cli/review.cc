// `assay review`: a file of orders through a session. Entry point: ReviewCommand.
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "review/json.h"

namespace assay {
namespace {

// RFC 4180: quoted where a cell holds a comma, a quote or a line break.
std::string CsvCell(const std::string& cell) {
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

absl::Status WriteResult(const v1::RunResult& result, const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot be made: ", directory));
  std::string decisions;
  for (const v1::Decision& decision : result.decisions()) absl::StrAppend(&decisions, JsonOf(decision), "\n");
  absl::Status status = WriteFile(absl::StrCat(directory, "/decisions.jsonl"), decisions);
  for (const v1::DayTable& table : result.tables()) {
    if (status.ok()) status = WriteFile(absl::StrCat(directory, "/", table.name(), ".csv"), CsvOf(table));
  }
  return status;
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
    for (const v1::Decision& decision : result->decisions()) std::cout << JsonOf(decision) << "\n";
  } else {
    std::cout << ReviewReport(*call.book, *result, call.language);
  }
  return 0;
}

}  // namespace assay
