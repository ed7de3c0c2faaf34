// Fair shares of one class of orders: what each row may be granted of scarce stock (domain.md, section 3.6).
//
// Entry points: Note while each order of the class is drawn alone, Divide, then Limit while they are drawn in turn.
// What Divide found for a row stays drawn for it until its order's turn, so nobody before it takes it. Balances are
// never shared.
#ifndef ASSAY_REVIEW_CLASS_SHARES_H_
#define ASSAY_REVIEW_CLASS_SHARES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/stock_ledger.h"

namespace assay {

class ClassShares {
 public:
  // By ledger; nullptr for balances. They outlive this.
  explicit ClassShares(const std::vector<std::unique_ptr<StockLedger>>* stocks) : stocks_(stocks) {}

  // A new class.
  void Clear();

  // What a row of ledger `ledger` was granted of what it asked for. `unit` over 0: shares are multiples of it.
  void Note(size_t ledger, const StockRequest& request, int128 unit, int128 granted);

  // The order takes no part.
  void Drop(int64_t order);

  // Divides what is there among the rows noted, in proportion to what they ask for but no more than they can use, and
  // draws it for them. `queue` has the orders of the class in theirs.
  absl::Status Divide(absl::Span<const int64_t> queue);

  // Gives back what Divide drew for the order, whose turn it is.
  void Begin(int64_t order);

  // Sets request->granted_at_most: the row's share, and what has become free since in whole units. A row that Divide
  // knows nothing of stays unlimited.
  absl::Status Limit(size_t ledger, StockRequest* request) const;

  // After the order's turn: what its rows did not use of scarce shares is not theirs the next time; one that does not
  // go takes no part any more. False if they used all.
  bool Settle(int64_t order, bool goes);

 private:
  struct Row {
    int128 unit = 1;
    int128 usable = 0;     // what it asks for, or of that what it can use
    int128 share = -1;     // of Divide; -1 before
    int128 granted = 0;    // at its turn
    StockRequest request;  // without the supplies it may take
    std::optional<std::vector<int64_t>> lots, receipts;
    bool is_capped = false;  // it cannot use more
    bool is_scarce = false;
  };
  using Place = std::pair<size_t, int64_t>;  // ledger, row of the order

  // What the rows of the class have in one account.
  struct Account {
    std::vector<Row*> rows;
    int128 there = 0;
    bool is_scarce = false;
  };

  absl::Status DivideAccount(size_t ledger, const Account& account);
  // Draws so much for the row, as far as it is there.
  absl::StatusOr<int128> DrawFor(size_t ledger, int128 amount, const Row& row);

  const std::vector<std::unique_ptr<StockLedger>>* stocks_;
  std::map<int64_t, std::map<Place, Row>> rows_;  // by order
};

}  // namespace assay

#endif  // ASSAY_REVIEW_CLASS_SHARES_H_
