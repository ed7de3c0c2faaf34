// Entry point: ReadRunCall.
#include "cli/run_call.h"

#include <chrono>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "evaluate/chunk_run.h"

namespace assay {
namespace {

absl::StatusOr<Timestamp> ClockOf(const Arguments& arguments) {
  const std::string now = arguments.Option("now", "");
  if (now.empty()) {
    const auto clock = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::seconds>(clock).count(), 0};
  }
  absl::StatusOr<Timestamp> time = ParseTimestamp(now);
  if (!time.ok()) return absl::InvalidArgumentError(absl::StrCat("--now: ", time.status().message()));
  return time;
}

}  // namespace

int ReadRunCall(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                const std::vector<std::string>& needed, RunCall* call) {
  for (const char* option : {"data", "now", "threads", "format", "lang"}) more.emplace_back(option);
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
  absl::StatusOr<Timestamp> now = ClockOf(call->arguments);
  if (!now.ok()) return Fail(2, std::string(now.status().message()));
  call->now = *now;
  const std::string threads = call->arguments.Option("threads", "1");
  if (!absl::SimpleAtoi(threads, &call->threads) || call->threads < 1 || call->threads > kMaxThreads)
    return Fail(2, absl::StrCat("--threads is a number from 1 to ", kMaxThreads, ": '", threads, "'"));
  return 0;
}

}  // namespace assay
