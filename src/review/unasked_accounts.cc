// What the stock table of the day says of accounts that nobody asks for: they are stated by the ledger's own
// expressions, of a row that has their key and nothing else. Entry point: Ledgers::StateUnasked.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "evaluate/chunk_run.h"
#include "review/account_rows.h"
#include "review/draw_results.h"
#include "review/draws.h"

namespace assay {
namespace {

std::vector<NodeId> NeedsOf(const CompiledLedger& ledger, const Program& program) {
  std::vector<NodeId> roots;
  const auto add = [&roots](const PlannedValue& value) {
    if (value.exists()) roots.push_back(value.node);
  };
  const CompiledAccount& account = ledger.accounts[0];
  for (const PlannedValue* value :
       {&account.reserve, &ledger.daily_use, &ledger.cover_days, &ledger.phasing_out_when}) {
    add(*value);
  }
  for (const PlannedValue& value : account.key) add(value);
  for (const CompiledSupply* supply : {&account.lots, &account.receipts, &account.commitments}) {
    if (!supply->exists) continue;
    for (const PlannedValue* value : {&supply->when, &supply->quantity, &supply->date, &supply->id, &supply->near_when,
                                      &supply->order, &supply->lot}) {
      add(*value);
    }
    for (const NodeId node : {supply->row, supply->guard}) {
      if (node != kNoNode) roots.push_back(node);
    }
  }
  return Needs(program, roots, false);
}

bool IsDrawnOn(const StockAccount& account) {
  const auto is_drawn = [](const Supply& supply) { return supply.firm != 0 || supply.proposed != 0; };
  return std::any_of(account.lots.begin(), account.lots.end(), is_drawn) ||
         std::any_of(account.receipts.begin(), account.receipts.end(), is_drawn);
}

}  // namespace

// The account as the chunk's row states it, with what is firm of it; nothing where this cannot be had.
std::optional<StockAccount> Ledgers::StatedUnasked(size_t index, const std::string& key, int32_t row, Chunk* chunk) {
  const AccountRow own = {&book_.ledgers[index].accounts[0], row};
  if (AccountError(own, *chunk, false, under_review_) != 0) return std::nullopt;
  StockLedger& stock = *stocks_[index];
  const StatedSupply supply = ReadSupply(index, own, chunk);
  const std::optional<AccountId> id = stock.keys().Find(key);
  const bool was_there = id.has_value() && stock.HasAccount(*id);
  absl::StatusOr<StockAccount> account =
      was_there ? RestateSupply(stock.account(*id), supply.view()) : NormalizeSupply(supply.view());
  if (!account.ok()) return std::nullopt;
  return *std::move(account);
}

absl::Status Ledgers::StateUnasked(const RunContext& context) {
  unasked_.assign(stocks_.size(), {});
  for (size_t index = 0; index < stocks_.size(); ++index) {
    if (stocks_[index] == nullptr) continue;
    const AccountRows accounts(book_, index);
    if (accounts.are_known()) RETURN_IF_ERROR(StateUnasked(context, index, accounts.List(*context.snapshot)));
  }
  return absl::OkStatus();
}

absl::Status Ledgers::StateUnasked(const RunContext& context, size_t index,
                                   const std::map<std::string, std::string>& listed) {
  const CompiledLedger& ledger = book_.ledgers[index];
  const StockLedger& stock = *stocks_[index];
  UnaskedAccounts& out = unasked_[index].emplace();
  std::vector<const std::string*> keys;
  std::vector<absl::string_view> rows;
  for (const auto& [key, row] : listed) {
    const std::optional<AccountId> id = stock.keys().Find(key);
    if (id.has_value() && stock.IsOpen(*id)) continue;
    keys.push_back(&key);
    rows.emplace_back(row);
  }
  const std::vector<NodeId> needs = NeedsOf(ledger, book_.program());
  ChunkWork work;
  work.read = [&](size_t begin, size_t count, Chunk* chunk) {
    chunk->Compute(needs);
    if (chunk->is_over_budget()) return;
    for (size_t k = 0; k < count; ++k) {
      const int32_t row = chunk->FirstRow(book_.level_ids[ledger.level], static_cast<int32_t>(k));
      const std::string& key = *keys[begin + k];
      out[key] = {StatedUnasked(index, key, row, chunk), ReadOutlook(ledger, *chunk, row)};
    }
  };
  work.over_budget = [&](size_t row) { out[*keys[row]] = {}; };
  RETURN_IF_ERROR(RunChunks(context, rows, 1, work));
  // What is firm of goods that the data do not have any more.
  for (AccountId id = 0; id < stock.keys().size(); ++id) {
    if (!stock.HasAccount(id) || stock.IsOpen(id) || !IsDrawnOn(stock.account(id))) continue;
    const auto [found, is_new] = out.try_emplace(std::string(stock.keys().key(id)));
    if (!is_new) continue;
    ASSIGN_OR_RETURN(found->second.account, RestateSupply(stock.account(id), {}));
  }
  return absl::OkStatus();
}

}  // namespace assay
