// `assay review`: a file of orders through a session. Entry point: ReviewCommand.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/command.h"
#include "cli/report.h"
#include "ingest/json_rows.h"
#include "review/json.h"
#include "review/session.h"

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

absl::StatusOr<SessionOptions> OptionsOf(const Arguments& arguments) {
  SessionOptions options;
  const std::string now = arguments.Option("now", "");
  if (now.empty()) {
    options.now.seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  } else {
    absl::StatusOr<Timestamp> time = ParseTimestamp(now);
    if (!time.ok()) return absl::InvalidArgumentError(absl::StrCat("--now: ", time.status().message()));
    options.now = *time;
  }
  if (!absl::SimpleAtoi(arguments.Option("threads", "1"), &options.threads)) {
    return absl::InvalidArgumentError("--threads takes a number");
  }
  if (!v1::Checkpoint_Parse(absl::StrCat("CHECKPOINT_", arguments.Option("checkpoint", "REVIEW")),
                            &options.checkpoint)) {
    return absl::InvalidArgumentError("--checkpoint is ENTRY, REVIEW, PRINT or SHIP");
  }
  return options;
}

absl::StatusOr<v1::RunResult> ReviewFiles(const CompiledRulebook& book, std::shared_ptr<const CompiledRulebook> shared,
                                          const Arguments& arguments) {
  absl::StatusOr<SessionOptions> options = OptionsOf(arguments);
  if (!options.ok()) return options.status();
  absl::StatusOr<std::shared_ptr<const Snapshot>> snapshot = LoadData(book, arguments.Option("data", ""));
  if (!snapshot.ok()) return snapshot.status();
  const std::string path = arguments.Option("orders", "");
  absl::StatusOr<std::string> content = ReadFile(path);
  if (!content.ok()) return content.status();
  absl::StatusOr<std::unique_ptr<Session>> session = Session::Open(std::move(shared), *snapshot, *options);
  if (!session.ok()) return session.status();
  std::vector<std::string> orders;
  absl::Status status = ReadRows(*book.schema, *book.program().batch.message, *content, absl::EndsWith(path, ".binpb"),
                                 [&](absl::string_view row) { orders.emplace_back(row); });
  if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ": ", status.message()));
  const std::vector<absl::string_view> views(orders.begin(), orders.end());
  status = (*session)->Add(views);
  if (!status.ok()) return status;
  if (isatty(STDERR_FILENO) != 0) std::cerr << "reviewing " << orders.size() << " orders\r" << std::flush;
  return (*session)->RunWave();
}

}  // namespace

int ReviewCommand(const std::vector<std::string>& words) {
  absl::StatusOr<Arguments> arguments =
      ParseArguments(words, {"rulebook", "data", "orders", "now", "threads", "out", "format", "lang", "checkpoint"});
  if (!arguments.ok()) return Fail(2, std::string(arguments.status().message()));
  for (const char* needed : {"rulebook", "data", "orders"}) {
    if (arguments->Option(needed, "").empty()) return Fail(2, absl::StrCat("assay review needs --", needed));
  }
  const std::string format = arguments->Option("format", "text");
  const std::string language = arguments->Option("lang", "en");
  if (format != "text" && format != "json") return Fail(2, "--format is text or json");
  if (language != "en" && language != "zh") return Fail(2, "--lang is en or zh");
  const std::shared_ptr<const CompiledRulebook> book = LoadRulebook(arguments->Option("rulebook", ""));
  if (book == nullptr) return 1;
  absl::StatusOr<v1::RunResult> result = ReviewFiles(*book, book, *arguments);
  if (!result.ok()) return Fail(1, std::string(result.status().message()));
  const std::string out = arguments->Option("out", "");
  if (!out.empty()) {
    const absl::Status status = WriteResult(*result, out);
    if (!status.ok()) return Fail(1, std::string(status.message()));
  }
  if (format == "json") {
    for (const v1::Decision& decision : result->decisions()) std::cout << JsonOf(decision) << "\n";
  } else {
    std::cout << ReviewReport(*book, *result, language);
  }
  return 0;
}

}  // namespace assay
