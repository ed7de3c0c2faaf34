// What is done to the draws of all ledgers at once. Entry points: Ledgers::Undo, UndoHeld, Revoke, BeginRun,
// BeginPart, Commit.
#include <algorithm>
#include <utility>

#include "review/draws.h"

namespace assay {

void Ledgers::Undo(int64_t order) {
  ForEachLedger([order](auto* ledger) { ledger->Undo(order); });
}

bool Ledgers::UndoHeld(int64_t order, const Chunk& chunk) {
  bool is_kept = false;
  for (size_t i = 0; i < book_.ledgers.size(); ++i) {
    if (chunk.Flag(book_.ledgers[i].keeps_when_held, 0, false)) {
      is_kept = true;
    } else if (stocks_[i] != nullptr) {
      stocks_[i]->Undo(order);
    } else {
      balances_[i]->Undo(order);
    }
  }
  return is_kept;
}

void Ledgers::Revoke(absl::Span<const int64_t> orders) {
  for (const int64_t order : orders) {
    ForEachLedger([order](auto* ledger) { ledger->Revoke(order); });
  }
}

// What is the same for every row, as a parameter of the rulebook, is asked once.
bool Ledgers::HasFairShares(const RunContext& context) const {
  const Program& program = book_.program();
  return std::any_of(book_.ledgers.begin(), book_.ledgers.end(), [&](const CompiledLedger& ledger) {
    const PlannedValue& when = ledger.fair_share_when;
    if (!when.exists() || program.nodes[when.node].level != kConstantLevel) return when.exists();
    Chunk chunk(&context);
    if (!chunk.Load({}).ok()) return true;
    chunk.Compute(Needs(program, {when.node}, false));
    return chunk.Error(when, 0) != 0 || chunk.Flag(when, 0, false);
  });
}

void Ledgers::BeginRun(absl::flat_hash_set<std::string> under_review) {
  under_review_ = std::move(under_review);
  promised_.clear();
  is_part_ = false;
  outlooks_.clear();
  WithdrawProposed();
  ForEachLedger([](auto* ledger) { ledger->Reopen(); });
}

void Ledgers::BeginPart(absl::flat_hash_set<std::string> under_review, std::set<LedgerAccount> accounts,
                        std::set<LedgerAccount> kept) {
  under_review_ = std::move(under_review);
  is_part_ = true;
  stated_ = std::move(accounts);
  kept_ = std::move(kept);
  contested_.clear();
  DropWithdrawn();
  for (const LedgerAccount& account : stated_) Restate(account);
}

void Ledgers::Restate(const LedgerAccount& account) {
  outlooks_.erase(account);
  if (stocks_[account.first] != nullptr) stocks_[account.first]->Reopen(account.second);
  if (balances_[account.first] != nullptr) balances_[account.first]->Reopen(account.second);
}

void Ledgers::NoteAsked(const LedgerAccount& account) {
  asked_.push_back(account);
  if (!is_part_ || !stated_.insert(account).second) return;
  if (kept_.contains(account)) {
    contested_.insert(account);
  } else {
    Restate(account);
  }
}

std::vector<LedgerAccount> Ledgers::PromisedTo(const std::string& order) const {
  const auto found = promised_.find(order);
  if (found == promised_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void Ledgers::WithdrawProposed() {
  ForEachLedger([](auto* ledger) { ledger->WithdrawProposedAll(); });
  DropWithdrawn();
}

void Ledgers::Withdraw(int64_t order) {
  ForEachLedger([order](auto* ledger) { ledger->Release(order); });
}

void Ledgers::DropWithdrawn() {
  ForEachLedger([](auto* ledger) { ledger->DropWithdrawn(); });
}

void Ledgers::Commit(absl::Span<const int64_t> orders) {
  ForEachLedger([orders](auto* ledger) { ledger->Commit(orders); });
}

}  // namespace assay
