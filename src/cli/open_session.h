// The sessions that `review`, `explain` and `diff` run: rulebook, data, orders and clock as the
// command's options name them.
#ifndef ASSAY_CLI_OPEN_SESSION_H_
#define ASSAY_CLI_OPEN_SESSION_H_

#include <memory>

#include "cli/run_call.h"
#include "review/session.h"

namespace assay {

struct ReviewCall : RunCall {
  SessionOptions options;  // the call's clock and threads; --checkpoint
  std::shared_ptr<const CompiledRulebook> book;
  std::unique_ptr<Session> session;  // with all orders added
};

// Reads --data, --orders, --now, --threads, --checkpoint, --format and --lang, and those of `more`;
// `needed` must be there. 0, or the exit code after one line on stderr.
int ReadReviewCall(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                   const std::vector<std::string>& needed, ReviewCall* call);

// A session of the rulebook over the call's data, orders and options, all orders added.
absl::StatusOr<std::unique_ptr<Session>> OpenSession(const std::shared_ptr<const CompiledRulebook>& book,
                                                     const ReviewCall& call);

// Both, with the rulebook of --rulebook. On a terminal it says on stderr what it does.
int BeginReview(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                const std::vector<std::string>& needed, ReviewCall* call);

}  // namespace assay

#endif  // ASSAY_CLI_OPEN_SESSION_H_
