// What ledgers had for an order: their accounts, and who had taken what of them when it drew, from their reservations.
//
// Entry point: ExplainLedgers. Changes nothing.
#ifndef ASSAY_REVIEW_EXPLAIN_LEDGERS_H_
#define ASSAY_REVIEW_EXPLAIN_LEDGERS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/chunk.h"
#include "review/draws.h"

namespace assay {

// Who took: the order, and the row of the ledger's level; "" for a line where rows are none.
struct OwnerName {
  std::string order;
  std::string line;
};
using NameOfOwner = absl::FunctionRef<OwnerName(const DrawOwner& owner, bool of_lines)>;

// `chunk` holds the order alone, after its draws and before those of any later order. Rows that drew from no account
// are left out: a finding says why, or they ask for nothing.
void ExplainLedgers(const Ledgers& ledgers, const OrderState& state, const Chunk& chunk, NameOfOwner name_of,
                    v1::Explanation* out);

}  // namespace assay

#endif  // ASSAY_REVIEW_EXPLAIN_LEDGERS_H_
