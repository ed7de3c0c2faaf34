// Entry points: BeginEvaluation, StandardRulebook.
#include "cli/open_evaluation.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/data_files.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// A program that was installed is in bin, its rules in share/assay; one that was built, in build/PRESET/bin.
constexpr const char* kRules[] = {"../share/assay/rules/standard", "../../../rules/standard"};

// The file in the data that has the rows; the first name where there is none.
std::string RowsIn(const std::string& directory, const std::string& input) {
  const std::string lines = absl::StrCat(directory, "/", input, ".jsonl");
  const std::string binary = absl::StrCat(directory, "/", input, ".binpb");
  std::error_code error;
  return !fs::exists(lines, error) && fs::exists(binary, error) ? binary : lines;
}

absl::Status ReadData(EvaluationCall* call) {
  const CompiledRulebook& book = *call->book;
  if (!book.evaluation.exists) {
    return absl::FailedPreconditionError(book.review.exists
                                             ? "the rulebook reviews orders: run it by assay review"
                                             : "the rulebook has no 'evaluation' and can only be checked");
  }
  const std::string data = call->arguments.Option("data", "");
  ShowProgress("reading reference data");
  // One folder serves several rulebooks, and has the rows too.
  ASSIGN_OR_RETURN(call->snapshot, LoadData(book, data, StrayFiles::kLeftAlone));
  const std::string path = call->arguments.Option("rows", RowsIn(data, book.proto.input().name()));
  ASSIGN_OR_RETURN(DataFile file, ReadDataFile(*book.schema, *book.program().batch.message, path));
  call->row_bytes = std::move(file.rows);
  for (size_t i = 0; i < call->row_bytes->size(); ++i) call->rows.push_back((*call->row_bytes)[i]);
  ShowProgress(absl::StrCat("evaluating ", Counted(call->rows.size(), "row")));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> StandardRulebook(const std::string& file) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const char* rules : kRules) {
    const fs::path path = (program.parent_path() / rules / file).lexically_normal();
    if (!error && fs::exists(path, error)) return path.string();
    error.clear();
  }
  return absl::NotFoundError(
      absl::StrCat("no such standard rulebook beside the program; name one by --rulebook: '", file, "'"));
}

int BeginEvaluation(const std::string& command, const std::string& rulebook, const std::vector<std::string>& words,
                    std::vector<std::string> more, const std::vector<std::string>& needed, EvaluationCall* call) {
  for (const char* option : {"rulebook", "rows"}) more.emplace_back(option);
  if (const int code = ReadRunCall(command, words, std::move(more), needed, call); code != 0) return code;
  if (!call->arguments.words.empty()) {
    return Fail(2, absl::StrCat("assay ", command, " takes options only, not '", call->arguments.words[0], "'"));
  }
  call->options.now = call->now;
  call->options.threads = call->threads;
  call->book = LoadRulebook(call->arguments.Option("rulebook", rulebook), false, nullptr);
  if (call->book == nullptr) return 1;
  const absl::Status status = ReadData(call);
  return status.ok() ? 0 : Fail(1, std::string(status.message()));
}

}  // namespace assay
