// Entry point: ExplainLedgers.
#include "review/explain_ledgers.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/civil.h"
#include "base/decimal.h"
#include "review/draw_results.h"

namespace assay {
namespace {

constexpr char kMasked[] = "***";

// One account of a ledger on one row.
struct LedgerRow {
  const CompiledLedger& ledger;
  AccountRow account;
  const Chunk& chunk;
  int32_t row;
  bool of_lines;
  bool is_masked;

  std::string Text(int128 amount) const { return is_masked ? kMasked : FormatTrimmed({amount, ledger.size.scale}); }
};

bool IsSensitive(const CompiledLedger& ledger, const CompiledAccount& account) {
  return ledger.amount.sensitive || ledger.opening.sensitive || account.reserve.sensitive ||
         account.lots.quantity.sensitive || account.receipts.quantity.sensitive ||
         account.commitments.quantity.sensitive;
}

// `stock` is the ledger where it keeps lots.
void AddDraws(const LedgerRow& at, const ReservationLog& log, const StockLedger* stock, AccountId account,
              NameOfOwner name_of, v1::LedgerVerdict* out) {
  for (const Reservation& entry : log.entries()) {
    if (entry.account != account || entry.state == ReservationState::kWithdrawn) continue;
    v1::LedgerDraw* draw = out->add_draws();
    OwnerName name = name_of(entry.owner, at.of_lines);
    draw->set_order_id(std::move(name.order));
    draw->set_line_id(std::move(name.line));
    draw->set_quantity(at.Text(entry.quantity));
    draw->set_is_firm(entry.state == ReservationState::kFirm);
    if (entry.kind == SupplyKind::kLot) draw->set_lot(LotName(at.account.account->lots, *stock, entry.supply_id));
    if (entry.kind == SupplyKind::kReceipt) draw->set_expected(FormatDate(entry.day));
    if (entry.allocation > 0) draw->set_allocated_by(log.allocations()[entry.allocation - 1].actor);
  }
}

void AddStock(const LedgerRow& at, const StockAccount& account, v1::LedgerVerdict* out) {
  int128 on_hand = 0;
  int128 receipts = 0;
  int128 commitments = 0;
  for (const Supply& lot : account.lots) on_hand += lot.opening;
  for (const Supply& receipt : account.receipts) receipts += receipt.opening;
  for (const StockCommitment& commitment : account.commitments) commitments += commitment.quantity;
  out->set_opening(at.Text(on_hand));
  out->set_reserve(at.Text(account.reserve));
  out->set_receipts(at.Text(receipts));
  out->set_commitments(at.Text(commitments));
}

// The key of the row's account; nothing where it cannot be had.
std::optional<std::string> KeyOf(const LedgerRow& at, v1::LedgerVerdict* out) {
  const bool draws =
      at.chunk.Error(at.ledger.draws_when, at.row) == 0 && at.chunk.Flag(at.ledger.draws_when, at.row, true);
  if (!draws) return std::nullopt;
  const auto& [account, row] = at.account;
  for (const PlannedValue& value : account->key) {
    if (at.chunk.Error(value, row) != 0) return std::nullopt;
    out->add_account(value.sensitive ? kMasked : at.chunk.Text(value, row));
  }
  return AccountKey(*account, at.chunk, row);
}

template <typename Ledger>
const Ledger* OpenedLedger(const Ledger* ledger, const std::string& key, AccountId* account) {
  if (ledger == nullptr) return nullptr;
  const std::optional<AccountId> found = ledger->keys().Find(key);
  if (!found.has_value() || !ledger->IsOpen(*found)) return nullptr;
  *account = *found;
  return ledger;
}

// Nothing where the row asked the account for nothing, or it could not be opened.
void ExplainAccount(const Ledgers& ledgers, size_t index, const LedgerRow& at, const OrderState& state,
                    NameOfOwner name_of, v1::Explanation* out) {
  v1::LedgerVerdict verdict;
  const std::optional<std::string> key = KeyOf(at, &verdict);
  if (!key.has_value()) return;
  verdict.set_ledger(at.ledger.proto->name());
  if (at.of_lines) verdict.set_line_id(state.lines[static_cast<size_t>(at.row)].id);
  AccountId account = 0;
  if (const StockLedger* stock = OpenedLedger(ledgers.stocks()[index].get(), *key, &account)) {
    AddStock(at, stock->account(account), &verdict);
    AddDraws(at, stock->log(), stock, account, name_of, &verdict);
  } else if (const BalanceLedger* balance = OpenedLedger(ledgers.balances()[index].get(), *key, &account)) {
    const std::optional<int128> opening = balance->account(account).opening;
    if (opening.has_value()) verdict.set_opening(at.Text(*opening));
    AddDraws(at, balance->log(), nullptr, account, name_of, &verdict);
  } else {
    return;
  }
  *out->add_ledgers() = std::move(verdict);
}

}  // namespace

void ExplainLedgers(const Ledgers& ledgers, const OrderState& state, const Chunk& chunk, NameOfOwner name_of,
                    v1::Explanation* out) {
  const CompiledRulebook& book = *chunk.context().book;
  for (size_t i = 0; i < book.ledgers.size(); ++i) {
    const CompiledLedger& ledger = book.ledgers[i];
    const bool of_lines = ledger.level == book.review.lines;
    for (int32_t row = 0; row < chunk.size(book.level_ids[static_cast<size_t>(ledger.level)]); ++row) {
      for (const AccountRow& account : AccountsOf(ledger, chunk, row)) {
        const LedgerRow at = {ledger, account, chunk, row, of_lines, IsSensitive(ledger, *account.account)};
        ExplainAccount(ledgers, i, at, state, name_of, out);
      }
    }
  }
}

}  // namespace assay
