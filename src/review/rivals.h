// Who has to be reviewed anew because somebody else is: orders that draw on one account take from each other.
//
// Entry point: FindRivals. A pure function over its arguments.
#ifndef ASSAY_REVIEW_RIVALS_H_
#define ASSAY_REVIEW_RIVALS_H_

#include <cstddef>
#include <set>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "ledger/account_keys.h"

namespace assay {

// An account of a session's ledgers: the ledger's number, and the account's in it.
using LedgerAccount = std::pair<size_t, AccountId>;

struct Rivals {
  // By order: the ledgers by whose accounts it is one of them; empty where it is none.
  std::vector<std::set<size_t>> ledgers;
  std::set<LedgerAccount> accounts;  // all that any of them asked for
};

// `asked` are the accounts that each order asked for. Rivals are the orders that asked for one of `begin`, or for one
// that a rival asked for.
Rivals FindRivals(absl::Span<const absl::Span<const LedgerAccount>> asked, const std::set<LedgerAccount>& begin);

}  // namespace assay

#endif  // ASSAY_REVIEW_RIVALS_H_
