// `assay review`: a file of orders through a session. Entry point: ReviewCommand.
#include <iostream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/files.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "evaluate/json.h"
#include "evaluate/table_csv.h"
#include "google/protobuf/util/delimited_message_util.h"

namespace assay {
namespace {

// The tables as a file of rows: each behind its length.
absl::StatusOr<std::string> BytesOf(const v1::RunResult& result) {
  std::ostringstream bytes;
  for (const v1::DayTable& table : result.tables()) {
    if (google::protobuf::util::SerializeDelimitedToOstream(table, &bytes)) continue;
    return absl::ResourceExhaustedError(absl::StrCat("the table takes more bytes than a message may: ", table.name()));
  }
  return bytes.str();
}

absl::Status WriteResult(const v1::RunResult& result, const std::string& directory) {
  RETURN_IF_ERROR(MakeFolder(directory));
  std::vector<FileText> files;
  files.push_back({absl::StrCat(directory, "/decisions.jsonl"), JsonLines(result.decisions())});
  files.push_back({absl::StrCat(directory, "/superseded.jsonl"), JsonLines(result.superseded())});
  files.push_back({absl::StrCat(directory, "/tables.jsonl"), JsonLines(result.tables())});
  ASSIGN_OR_RETURN(std::string bytes, BytesOf(result));
  files.push_back({absl::StrCat(directory, "/tables.binpb"), std::move(bytes)});
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
