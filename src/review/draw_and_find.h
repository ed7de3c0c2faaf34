// One order's draws and what its rules find after them. A rule that reads what was drawn may cut a line; what it cuts
// was drawn already, so the order gives all back and draws again without it.
//
// Entry point: DrawAndFind. For the session's thread, one order after the other.
#ifndef ASSAY_REVIEW_DRAW_AND_FIND_H_
#define ASSAY_REVIEW_DRAW_AND_FIND_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "review/draws.h"
#include "review/releases.h"

namespace assay {

// `state` has what was found before the draws; `bytes` are the order's, which `chunk` holds, loaded. A cut once
// found stays, also where the rule finds nothing to cut the next time. Where cuts have not come to rest after a few
// draws, `are_settled` is false and the order has drawn what it may not keep.
absl::Status DrawAndFind(const RunContext& context, const ReleaseBook& releases, absl::string_view bytes, int64_t owner,
                         Ledgers* ledgers, Chunk* chunk, OrderState* state, bool* are_settled);

}  // namespace assay

#endif  // ASSAY_REVIEW_DRAW_AND_FIND_H_
