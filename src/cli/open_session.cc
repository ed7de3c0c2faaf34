// Entry points: BeginReview, OpenSession.
#include "cli/open_session.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/data_files.h"

namespace assay {

absl::StatusOr<std::unique_ptr<Session>> OpenSession(const std::shared_ptr<const CompiledRulebook>& book,
                                                     const ReviewCall& call) {
  if (!book->review.exists) {
    return absl::FailedPreconditionError(book->evaluation.exists
                                             ? "the rulebook evaluates rows: run it by assay evaluate"
                                             : "the rulebook has no 'review' and can only be checked");
  }
  ShowProgress("reading reference data");
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> snapshot,
                   LoadData(*book, call.arguments.Option("data", ""), StrayFiles::kRefused));
  const std::string path = call.arguments.Option("orders", "");
  ASSIGN_OR_RETURN(std::unique_ptr<Session> session, Session::Open(book, std::move(snapshot), call.options));
  ASSIGN_OR_RETURN(const DataFile file, ReadDataFile(*book->schema, *book->program().batch.message, path));
  std::vector<absl::string_view> orders;
  orders.reserve(file.rows->size());
  for (size_t i = 0; i < file.rows->size(); ++i) orders.push_back((*file.rows)[i]);
  RETURN_IF_ERROR(session->Add(orders));
  ShowProgress(absl::StrCat("reviewing ", orders.size(), " orders"));
  return session;
}

int ReadReviewCall(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                   const std::vector<std::string>& needed, ReviewCall* call) {
  for (const char* option : {"orders", "checkpoint"}) more.emplace_back(option);
  const int code = ReadRunCall(command, words, std::move(more), needed, call);
  if (code != 0) return code;
  call->options.now = call->now;
  call->options.threads = call->threads;
  const std::string checkpoint = absl::StrCat("CHECKPOINT_", call->arguments.Option("checkpoint", "REVIEW"));
  if (!v1::Checkpoint_Parse(checkpoint, &call->options.checkpoint) ||
      call->options.checkpoint == v1::CHECKPOINT_UNSPECIFIED) {
    return Fail(2, "--checkpoint is ENTRY, REVIEW, PRINT or SHIP");
  }
  return 0;
}

int BeginReview(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                const std::vector<std::string>& needed, ReviewCall* call) {
  more.emplace_back("rulebook");
  const int code = ReadReviewCall(command, words, std::move(more), needed, call);
  if (code != 0) return code;
  if (!call->arguments.words.empty()) {
    return Fail(2, absl::StrCat("assay ", command, " takes options only, not '", call->arguments.words[0], "'"));
  }
  call->book = LoadRulebook(call->arguments.Option("rulebook", ""), false, nullptr);
  if (call->book == nullptr) return 1;
  absl::StatusOr<std::unique_ptr<Session>> session = OpenSession(call->book, *call);
  if (!session.ok()) return Fail(1, std::string(session.status().message()));
  call->session = *std::move(session);
  return 0;
}

}  // namespace assay
