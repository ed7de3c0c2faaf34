// The ledgers of a session, and the draws of one order at a time.
//
// Entry point: Ledgers::DrawOrder. Owned by the session's thread: draws are made in
// priority order, one order after the other.
#ifndef ASSAY_REVIEW_DRAWS_H_
#define ASSAY_REVIEW_DRAWS_H_

#include <memory>
#include <string>
#include <vector>

#include "evaluate/chunk.h"
#include "ledger/balance_ledger.h"
#include "ledger/stock_ledger.h"
#include "review/order_state.h"

namespace assay {

// What a person gives to a line by hand.
struct StockAllocation {
  std::string line;
  std::string quantity;
  std::string lot;  // "": in the ledger's order
  std::string actor, reason;
  std::string product, warehouse;  // "" where not stated; else they must be the line's
};

class Ledgers {
 public:
  explicit Ledgers(const CompiledRulebook& book);

  // Draws for the one order that `chunk` holds, through all ledgers in declared order, as proposed draws of owner
  // `order`; hands the results to the chunk. What cannot be had becomes a finding of `state`.
  void DrawOrder(const RunContext& context, int64_t order, Chunk* chunk, OrderState* state);

  // Draws for one line of the one order that `chunk` holds, firm at once; what `state` has are its lines. Nothing may
  // be proposed. InvalidArgument, NotFound, or FailedPrecondition if less than that is there.
  absl::Status Allocate(const RunContext& context, int64_t order, const StockAllocation& allocation,
                        const OrderState& state, Chunk* chunk);

  // What accounts were opened with counts no more: each run states them anew, on what firm draws left.
  void BeginRun();

  // Gives back the order's proposed draws.
  void Undo(int64_t order);
  void WithdrawProposed();
  void Commit(absl::Span<const int64_t> orders);

  // By ledger. Restore takes what Save wrote of the same rulebook; after a failure the ledgers are of no use.
  std::vector<std::string> Save() const;
  absl::Status Restore(absl::Span<const absl::string_view> saved);

  const std::vector<std::unique_ptr<StockLedger>>& stocks() const { return stocks_; }
  const std::vector<std::unique_ptr<BalanceLedger>>& balances() const { return balances_; }

 private:
  struct Results;

  void DrawLedger(const RunContext& context, size_t index, int64_t order, Chunk* chunk, OrderState* state);
  void Publish(const CompiledLedger& ledger, const Results& results, Chunk* chunk) const;
  ErrorCode RowError(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) const;
  void DrawStock(const RunContext& context, size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk,
                 OrderState* state, Results* results);
  void DrawBalance(size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk, OrderState* state,
                   Results* results);
  StockRequest RequestOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk,
                         std::vector<int64_t>* eligible) const;
  absl::Status Ask(const RunContext& context, size_t index, int32_t row, const StockAllocation& allocation,
                   Chunk* chunk, StockRequest* request, std::vector<int64_t>* eligible);
  ErrorCode Fail(const CompiledLedger& ledger, int32_t row, ErrorKind kind, absl::string_view why, Chunk* chunk) const;
  void FailRow(const CompiledLedger& ledger, int32_t row, const absl::Status& status, Chunk* chunk, OrderState* state,
               Results* results) const;
  // The stock account of the row, opened.
  absl::StatusOr<AccountId> OpenAccount(size_t index, int32_t row, Chunk* chunk);
  absl::Status OpenStock(const CompiledLedger& ledger, AccountId account, int32_t row, Chunk* chunk,
                         StockLedger* stock);
  int128 AmountOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk) const;

  const CompiledRulebook& book_;
  // By ledger; nullptr for ledgers of the other kind.
  std::vector<std::unique_ptr<StockLedger>> stocks_;
  std::vector<std::unique_ptr<BalanceLedger>> balances_;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_DRAWS_H_
