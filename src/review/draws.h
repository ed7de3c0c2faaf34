// The ledgers of a session, and the draws of one order at a time.
//
// Entry point: Ledgers::DrawOrder. Owned by the session's thread: draws are made in
// priority order, one order after the other.
#ifndef ASSAY_REVIEW_DRAWS_H_
#define ASSAY_REVIEW_DRAWS_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "evaluate/chunk.h"
#include "ledger/balance_ledger.h"
#include "ledger/stock_ledger.h"
#include "review/class_shares.h"
#include "review/order_state.h"
#include "review/rivals.h"
#include "review/stock_outlook.h"

namespace assay {

// What a person gives to a line by hand.
struct StockAllocation {
  std::string line;
  std::string quantity;
  std::string lot;  // "": in the ledger's order
  std::string actor, reason;
  std::string product, warehouse;  // "" where not stated; else they must be the line's
};

// The supplies that a row may take, by id, where its ledger says so: a request borrows them.
struct EligibleSupplies {
  std::vector<int64_t> lots, receipts;
};

// What a row states of an account.
struct StatedSupply {
  std::vector<StockLot> lots;
  std::vector<StockReceipt> receipts;
  std::vector<StockCommitment> commitments;
  int128 reserve = 0;
  std::set<std::string> promised_to;  // orders that some of it is committed to

  StockSupply view() const { return {lots, receipts, commitments, reserve}; }
};

// An account that no row of the run asks for, for the stock table of the day.
struct UnaskedAccount {
  std::optional<StockAccount> account;  // nothing where what the data say of it cannot be read
  StockOutlook outlook;
};
using UnaskedAccounts = std::map<std::string, UnaskedAccount>;  // by key

struct DrawResults;

// An account of a ledger's row: what states it, and the row its values stand on.
struct AccountRow {
  const CompiledAccount* account;
  int32_t row;

  // What decisions call it; "" is the row's own.
  std::string Warehouse(const Chunk& chunk) const { return chunk.Text(account->warehouse, row); }
};
using AccountRowList = absl::InlinedVector<AccountRow, 2>;

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

  // What accounts were opened with counts no more: each run states them anew, on what firm draws left. Commitments to
  // the orders `under_review` count for nothing.
  void BeginRun(absl::flat_hash_set<std::string> under_review);

  // The same for a part: only `accounts` are stated anew, on which nothing is proposed, and any other account that is
  // asked for. One of these on which something is proposed to orders left alone, which asked for `kept`, is contested.
  void BeginPart(absl::flat_hash_set<std::string> under_review, std::set<LedgerAccount> accounts,
                 std::set<LedgerAccount> kept);
  const std::set<LedgerAccount>& contested() const { return contested_; }

  // What was asked for since ForgetAsked.
  void ForgetAsked() { asked_.clear(); }
  const std::vector<LedgerAccount>& asked() const { return asked_; }

  // Accounts some of which this session's data promise to the order.
  std::vector<LedgerAccount> PromisedTo(const std::string& order) const;

  // States what the data have and no row of the run asked for, after its draws.
  absl::Status StateUnasked(const RunContext& context);
  // By ledger; nothing where the data cannot tell its accounts.
  const std::optional<UnaskedAccounts>& unasked(size_t ledger) const { return unasked_[ledger]; }

  // Gives back the order's proposed draws.
  void Undo(int64_t order);

  // The same but for those of ledgers that keep them for an order that is held, which `chunk` holds. True if any does.
  bool UndoHeld(int64_t order, const Chunk& chunk);

  // The orders give up what they drew, firm draws too.
  void Revoke(absl::Span<const int64_t> orders);

  // Whether any ledger may have fair shares in the run, and those of the class being drawn; cleared, they limit
  // nothing.
  bool HasFairShares(const RunContext& context) const;
  ClassShares& shares() { return shares_; }
  void WithdrawProposed();
  // The same of one order, kept in the logs as withdrawn until DropWithdrawn.
  void Withdraw(int64_t order);
  void DropWithdrawn();
  void Commit(absl::Span<const int64_t> orders);

  // By ledger. Restore takes what Save wrote of the same rulebook; after a failure the ledgers are of no use.
  std::vector<std::string> Save() const;
  absl::Status Restore(absl::Span<const absl::string_view> saved);

  const std::vector<std::unique_ptr<StockLedger>>& stocks() const { return stocks_; }
  const std::vector<std::unique_ptr<BalanceLedger>>& balances() const { return balances_; }

  // Of accounts that this run has stated.
  StockOutlook outlook(size_t ledger, AccountId account) const {
    const auto found = outlooks_.find({ledger, account});
    return found == outlooks_.end() ? StockOutlook() : found->second;
  }

 private:
  // Of either kind.
  template <typename Verb>
  void ForEachLedger(Verb verb) {
    for (const auto& stock : stocks_) {
      if (stock != nullptr) verb(stock.get());
    }
    for (const auto& balance : balances_) {
      if (balance != nullptr) verb(balance.get());
    }
  }

  void DrawLedger(size_t index, int64_t order, Chunk* chunk, OrderState* state);
  void Publish(const CompiledLedger& ledger, const DrawResults& results, Chunk* chunk) const;
  ErrorCode RowError(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) const;
  void DrawStock(size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk, OrderState* state,
                 DrawResults* results);
  absl::Status DrawAccounts(size_t index, int32_t row, const AccountRowList& accounts, const StockRequest& asked,
                            Chunk* chunk, StockDraw* draw, std::vector<size_t>* sources);
  absl::Status DrawOwn(size_t index, int32_t row, Chunk* chunk, StockRequest* request, StockDraw* draw);
  absl::StatusOr<bool> HasAll(size_t index, int32_t row, const AccountRowList& accounts, const StockRequest& asked,
                              Chunk* chunk);
  absl::Status PrepareRequest(size_t index, const AccountRow& at, int32_t row, Chunk* chunk, StockRequest* request,
                              EligibleSupplies* eligible);
  void DrawBalance(size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk, OrderState* state,
                   DrawResults* results);
  StockRequest RequestOf(const CompiledLedger& ledger, const AccountRow& at, int32_t row, const Chunk& chunk,
                         EligibleSupplies* eligible) const;
  absl::Status Ask(const RunContext& context, size_t index, int32_t row, const StockAllocation& allocation,
                   Chunk* chunk, StockRequest* request, EligibleSupplies* eligible);
  ErrorCode Fail(const CompiledLedger& ledger, int32_t row, ErrorKind kind, absl::string_view why, Chunk* chunk) const;
  void FailRow(const CompiledLedger& ledger, int32_t row, const absl::Status& status, Chunk* chunk, OrderState* state,
               DrawResults* results) const;
  void NoteAsked(const LedgerAccount& account);
  void Restate(const LedgerAccount& account);
  // The stock account, opened.
  absl::StatusOr<AccountId> OpenAccount(size_t index, const AccountRow& at, Chunk* chunk);
  StatedSupply ReadSupply(size_t index, const AccountRow& at, Chunk* chunk);
  std::optional<StockAccount> StatedUnasked(size_t index, const std::string& key, int32_t row, Chunk* chunk);
  absl::Status StateUnasked(const RunContext& context, size_t index, const std::map<std::string, std::string>& listed);
  absl::Status OpenStock(const LedgerAccount& account, const AccountRow& at, Chunk* chunk);
  int128 AmountOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk) const;

  const CompiledRulebook& book_;
  // By ledger; nullptr for ledgers of the other kind.
  std::vector<std::unique_ptr<StockLedger>> stocks_;
  std::vector<std::unique_ptr<BalanceLedger>> balances_;
  absl::flat_hash_map<std::pair<size_t, AccountId>, StockOutlook> outlooks_;
  std::vector<std::optional<UnaskedAccounts>> unasked_;
  absl::flat_hash_set<std::string> under_review_;
  std::vector<LedgerAccount> asked_;
  absl::flat_hash_map<std::string, std::set<LedgerAccount>> promised_;  // by order
  bool is_part_ = false;
  std::set<LedgerAccount> stated_, kept_, contested_;  // of a part
  ClassShares shares_ = ClassShares(&stocks_);
};

}  // namespace assay

#endif  // ASSAY_REVIEW_DRAWS_H_
