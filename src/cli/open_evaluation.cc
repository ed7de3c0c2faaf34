// Entry points: BeginEvaluation, StandardRulebook.
#include "cli/open_evaluation.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "cli/data_files.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// A program that was installed is in bin, its rules in share/assay; one that was built, in build/PRESET/bin.
constexpr const char* kRules[] = {"../share/assay/rules/standard", "../../../rules/standard"};

// The file in the data that has the rows: called as the input, else that of a dataset of the same messages.
absl::StatusOr<std::string> RowsIn(const std::string& directory, const v1::Rulebook& book) {
  std::vector<std::string> names = {book.input().name()};
  for (const v1::Dataset& dataset : book.datasets()) {
    if (dataset.type() == book.input().type()) names.push_back(dataset.name());
  }
  std::error_code error;
  for (const std::string& name : names) {
    for (const char* extension : {".jsonl", ".binpb"}) {
      std::string path = absl::StrCat(directory, "/", name, extension);
      if (fs::exists(path, error)) return path;
    }
  }
  return absl::NotFoundError(absl::StrCat("the data have no rows to evaluate, no ",
                                          absl::StrJoin(names, ".jsonl and no "), ".jsonl; name them by --rows: '",
                                          directory, "'"));
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
  std::string path = call->arguments.Option("rows", "");
  if (path.empty()) {
    ASSIGN_OR_RETURN(path, RowsIn(data, book.proto));
  }
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
