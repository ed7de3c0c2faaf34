// One account of dated supply, and what it can still promise.
// Entry points: NormalizeSupply for what a host states, StockRoom for available to promise (domain.md, section 3.5).
// Pure functions of plain values: no keys, no owners, no log, nothing remembered.
//
// What is promised is tied to the supply it will come from. So a draw counts from the day its supply is there, and the
// account after it is the account that would have been opened with that much less of that supply. What is kept of a lot
// for a commitment that names it counts like the rest of the lot, and the commitment like any; only nobody draws it.
// With
//
//   base    = max(0, left in the lots - reserve)
//   cum(t)  = base + left in the receipts due in [run date, t] - commitments due up to t,      t >= run date
//   room(t) = min of cum(u) over u >= t
//
// available to promise on day d is ATP(d) = max(0, room(max(d, run date))). Draws obey two rules: what leaves the lots
// is at most base (the reserve stays on the shelf), and for every day t at most max(0, room(t)) is taken from supplies
// there by t. Hence no draw makes a cum(t) negative or more negative than it was, and each supply keeps opening - drawn
// >= 0.
//
// Taking greedily, lots first and then receipts by day, each as much as these rules leave, is best: the supplies there
// by t are nested as t grows, so every order of taking that stops only at a rule ends at the same largest sum. With all
// lots eligible, what is there by day d sums up to exactly ATP(d): a rule for a day t < d could only bind harder if
// some u in [t, d) had max(0, cum(u)) + receipts due in (u, d] < cum(d), and commitments are not negative.
#ifndef ASSAY_LEDGER_STOCK_ACCOUNT_H_
#define ASSAY_LEDGER_STOCK_ACCOUNT_H_

#include <cstdint>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/int128.h"

namespace assay {

// Where a supply stands in the data it was stated from.
inline constexpr int32_t kKnownById = -1;     // requests name it by its id
inline constexpr int32_t kStatedNoMore = -2;  // the account was stated again without it

// Quantities are coefficients at the ledger's scale; days count from 1970-01-01 (civil.h). An id stays the same when
// the account is stated again from other data; a row does not, and is what requests name the supply by.
struct StockLot {
  int64_t id = 0;
  int128 quantity = 0;
  int128 kept = 0;  // of it, for commitments that name the lot: nobody draws it; more than there is counts as all
  int32_t row = kKnownById;
};

struct StockReceipt {
  int64_t id = 0;
  int128 quantity = 0;
  int32_t due = 0;
  int32_t row = kKnownById;
};

struct StockCommitment {
  int128 quantity = 0;
  int32_t due = 0;
};

// What a host states of an account. Views, borrowed for the call.
struct StockSupply {
  absl::Span<const StockLot> lots;  // usable ones, in the order of taking (FEFO is the caller's)
  absl::Span<const StockReceipt> receipts;
  absl::Span<const StockCommitment> commitments;
  int128 reserve = 0;  // stays on the shelf: safety stock
};

// A lot or a receipt and what became of it. Where it was stated again with less than was drawn, nothing is left of it,
// and it falls short.
struct Supply {
  int128 opening = 0;  // as stated last
  int128 proposed = 0;
  int128 firm = 0;
  int128 kept = 0;  // lots only: of the opening, for commitments that name the lot
  int64_t id = 0;
  int32_t due = 0;  // receipts only
  int32_t row = kKnownById;

  int64_t asked_by() const { return row < 0 ? id : row; }
  bool is_stated() const { return row != kStatedNoMore; }
  int128 left() const { return opening > proposed + firm ? opening - proposed - firm : 0; }
  int128 shortfall() const { return proposed + firm > opening ? proposed + firm - opening : 0; }
  int128 free() const { return kept < left() ? left() - kept : 0; }
};

// Held in one piece where an account has few supplies: a run draws on accounts in no order that a cache could guess.
struct StockAccount {
  absl::InlinedVector<Supply, 3> lots;                  // in the order of taking
  absl::InlinedVector<Supply, 2> receipts;              // by day, of one day by id or, stated with rows, as stated
  absl::InlinedVector<StockCommitment, 2> commitments;  // one for each day, ascending, over 0
  int128 reserve = 0;
  bool opened = false;
  uint32_t round = 0;  // the ledger's own: when it was stated last

  // max(0, left in the lots - reserve).
  int128 Base() const;
};

// The account just opened with `supply`: receipts by day, commitments added up by day. InvalidArgument for a quantity
// or reserve below 0, a lot stated twice, a day outside civil.h's range, or quantities that add up to 39 digits; the
// message has no account in it, the caller prefixes it.
absl::StatusOr<StockAccount> NormalizeSupply(const StockSupply& supply);

// The same of one that was opened before: what was drawn of it stays with the supplies of the same ids, also where
// these have less now, or are stated no more. InvalidArgument also where the draws add up to 39 digits.
absl::StatusOr<StockAccount> RestateSupply(const StockAccount& before, const StockSupply& supply);

// InvalidArgument if what is drawn of the account adds up to 39 digits.
absl::Status CheckDrawn(const StockAccount& account);

// room(t) of the file's head, as of one run date, at every day that matters.
struct StockRoom {
  int128 base = 0;
  int128 at_run = 0;                           // room(run date)
  int128 at_wanted = 0;                        // room(max(wanted, run date)); ATP is max(0, it)
  absl::InlinedVector<int128, 8> at_receipts;  // room(due) of each receipt; 0 for the overdue
};

// The place of the supply with this id among an account's lots or receipts, of several the one of this day (0 for
// lots); their number if there is none. A receipt may have another day since it was drawn on.
uint32_t PlaceOf(absl::Span<const Supply> supplies, int64_t id, int32_t due);

// O(receipts + commitments) and the lots of Base.
StockRoom ComputeRoom(const StockAccount& account, int32_t run_date, int32_t wanted);

// cum(day) of the file's head for day >= run_date, as of the run date: the projected balance, which may be negative.
int128 ProjectedBalance(const StockAccount& account, int32_t run_date, int32_t day);

// The first day from the run date on whose cum is negative.
std::optional<int32_t> FirstShortage(const StockAccount& account, int32_t run_date);

}  // namespace assay

#endif  // ASSAY_LEDGER_STOCK_ACCOUNT_H_
