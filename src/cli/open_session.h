// The session that `review` and `explain` run: rulebook, data, orders and clock as the
// command's options name them.
#ifndef ASSAY_CLI_OPEN_SESSION_H_
#define ASSAY_CLI_OPEN_SESSION_H_

#include <memory>

#include "cli/command.h"
#include "review/session.h"

namespace assay {

// Reads --data, --orders, --now, --threads and --checkpoint; all orders are added. On a terminal it says on stderr what
// it does.
absl::StatusOr<std::unique_ptr<Session>> OpenSession(const std::shared_ptr<const CompiledRulebook>& book,
                                                     const Arguments& arguments);

}  // namespace assay

#endif  // ASSAY_CLI_OPEN_SESSION_H_
