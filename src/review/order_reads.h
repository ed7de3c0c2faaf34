// What each order of a run reads of reference data and of the other orders, as a digest: where it is as it was, and the
// clock stands, the order's rules and messages come out as before, up to what the ledgers grant.
//
// Entry point: OrderReads. Immutable; used from any number of threads.
#ifndef ASSAY_REVIEW_ORDER_READS_H_
#define ASSAY_REVIEW_ORDER_READS_H_

#include <string>
#include <vector>

#include "base/sha256.h"
#include "evaluate/chunk.h"

namespace assay {

class OrderReads {
 public:
  // `needs` are those of the rulebook.
  OrderReads(const CompiledRulebook& book, const RunNeeds& needs);

  // False where what is looked up depends on draws: then it cannot be told before them.
  bool is_known() const { return is_known_; }

  // What a chunk computes before it is asked.
  const std::vector<NodeId>& needed() const { return needed_; }

  // Of a row of the chunk's input.
  Sha256Digest DigestOf(const Chunk& chunk, int32_t row) const;

 private:
  std::vector<NodeId> read_;  // values, rows and lists that come from a dataset, each the first on its way
  std::vector<NodeId> needed_;
  std::vector<bool> are_numbered_;  // by dataset: messages name its rows by their number
  bool is_known_ = true;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_ORDER_READS_H_
