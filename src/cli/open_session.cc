// Entry points: BeginReview, OpenSession.
#include "cli/open_session.h"

#include <chrono>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/data_files.h"

namespace assay {
namespace {

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
  const std::string threads = arguments.Option("threads", "1");
  if (!absl::SimpleAtoi(threads, &options.threads) || options.threads < 1 || options.threads > kMaxThreads) {
    return absl::InvalidArgumentError(
        absl::StrCat("--threads is a number from 1 to ", kMaxThreads, ": '", threads, "'"));
  }
  const std::string checkpoint = absl::StrCat("CHECKPOINT_", arguments.Option("checkpoint", "REVIEW"));
  if (!v1::Checkpoint_Parse(checkpoint, &options.checkpoint) || options.checkpoint == v1::CHECKPOINT_UNSPECIFIED) {
    return absl::InvalidArgumentError("--checkpoint is ENTRY, REVIEW, PRINT or SHIP");
  }
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Session>> OpenSession(const std::shared_ptr<const CompiledRulebook>& book,
                                                     const ReviewCall& call) {
  ShowProgress("reading reference data");
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> snapshot, LoadData(*book, call.arguments.Option("data", "")));
  const std::string path = call.arguments.Option("orders", "");
  ASSIGN_OR_RETURN(std::unique_ptr<Session> session, Session::Open(book, std::move(snapshot), call.options));
  ASSIGN_OR_RETURN(const DataFile file, ReadDataFile(*book->schema, *book->program().batch.message, path));
  std::vector<absl::string_view> orders;
  for (size_t i = 0; i < file.rows->size(); ++i) orders.push_back((*file.rows)[i]);
  RETURN_IF_ERROR(session->Add(orders));
  ShowProgress(absl::StrCat("reviewing ", orders.size(), " orders"));
  return session;
}

int ReadReviewCall(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                   const std::vector<std::string>& needed, ReviewCall* call) {
  for (const char* option : {"data", "orders", "now", "threads", "checkpoint", "format", "lang"})
    more.emplace_back(option);
  absl::StatusOr<Arguments> arguments = ParseArguments(words, more);
  if (!arguments.ok()) return Fail(2, std::string(arguments.status().message()));
  call->arguments = *std::move(arguments);
  for (const std::string& option : needed) {
    if (call->arguments.Option(option, "").empty())
      return Fail(2, absl::StrCat("assay ", command, " needs --", option));
  }
  const std::string format = call->arguments.Option("format", "text");
  if (format != "text" && format != "json") return Fail(2, "--format is text or json");
  call->json = format == "json";
  call->language = call->arguments.Option("lang", "en");
  if (call->language != "en" && call->language != "zh") return Fail(2, "--lang is en or zh");
  absl::StatusOr<SessionOptions> options = OptionsOf(call->arguments);
  if (!options.ok()) return Fail(2, std::string(options.status().message()));
  call->options = *options;
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
