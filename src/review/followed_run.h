// What a session that follows changes remembers of a run, and by what it tells orders apart in the next one. Plain
// data, internal to review.
#ifndef ASSAY_REVIEW_FOLLOWED_RUN_H_
#define ASSAY_REVIEW_FOLLOWED_RUN_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "assay/v1/diff.pb.h"
#include "base/sha256.h"
#include "base/timestamp.h"
#include "review/order_state.h"
#include "review/revisions.h"
#include "review/rivals.h"
#include "snapshot/snapshot.h"

namespace assay {

// What an order's decision was made of.
struct RememberedOrder {
  Sha256Digest reads = {};
  OrderState head;
  Standing standing = Standing::kStands;
  bool amends = false;
  std::vector<LedgerAccount> asked;
};

// A run of which the next one may keep some.
struct RunBasis {
  Timestamp now;
  std::shared_ptr<const Snapshot> data;
  absl::flat_hash_set<std::string> under_review;
};

// Who is reviewed in a run, by place among its orders; the others keep the decision they have. Only `is_reviewed` is
// filled where changes are not followed.
struct RunPart {
  bool is_partial = false;  // some may be left
  std::vector<bool> is_reviewed;
  std::vector<std::optional<Sha256Digest>> reads;
  std::vector<OrderState> heads;
  std::vector<std::vector<LedgerAccount>> asked;
  std::vector<v1::OrderChange::Cause> causes;
  std::vector<std::set<size_t>> by_ledgers;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_FOLLOWED_RUN_H_
