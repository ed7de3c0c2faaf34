// Draws on stock: a row's own account, and its fallbacks. Entry point: Ledgers::DrawStock.
#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "review/draw_results.h"
#include "review/draws.h"

namespace assay {
namespace {

int128 UnitOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk) {
  return ledger.fair_share_unit.exists() ? AtScale(chunk.Number(ledger.fair_share_unit, row), ledger.size.scale) : 1;
}

// What was allocated to the row by hand, as parts of a draw in the order of taking.
struct Allocated {
  int128 quantity = 0;
  std::vector<StockPart> parts;
  std::vector<std::string> actors;
};

// Of at most `amount`: what is cut from an allocated line stays firm, but is no longer the order's.
Allocated AllocatedTo(const StockLedger& stock, int64_t order, int32_t row, int128 amount) {
  Allocated found;
  for (const Reservation& entry : stock.log().FirmOf(order)) {
    const int128 quantity = std::min(entry.quantity, amount - found.quantity);
    if (entry.owner.row != row || quantity <= 0) continue;
    found.quantity += quantity;
    found.parts.push_back({quantity, entry.supply_id, entry.supply, entry.day, entry.kind});
    found.actors.push_back(entry.allocation == 0 ? "" : stock.log().allocations()[entry.allocation - 1].actor);
  }
  return found;
}

// Takes in what another account, or the same one for a later day, gave of what was left.
void Append(const StockDraw& more, size_t source, StockDraw* draw, std::vector<size_t>* sources) {
  draw->granted += more.granted;
  draw->backordered += more.backordered;
  draw->short_by -= more.granted + more.backordered;
  draw->parts.insert(draw->parts.end(), more.parts.begin(), more.parts.end());
  sources->resize(draw->parts.size(), source);
}

// The ids of elements that the row may take; nothing where it may take all.
std::optional<absl::Span<const int64_t>> Eligible(const CompiledSupply& supply, int32_t row, const Chunk& chunk,
                                                  std::vector<int64_t>* ids) {
  if (!supply.exists || !supply.eligible.exists()) return std::nullopt;
  const LevelRows& rows = chunk.level(supply.level);
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (!chunk.Flag(supply.eligible, i, true)) continue;
    ids->push_back(SupplyRow(supply, chunk, rows.begin[row], i));
  }
  return absl::MakeConstSpan(*ids);
}

// The ids of one account's lots, or of its receipts, by what the data call them, so that other data find them again: of
// several that are called the same, the place among these tells them apart.
class SupplyNames {
 public:
  int64_t IdOf(const std::string& name, StockLedger* stock) {
    for (std::string full = name;; full = absl::StrCat(name, absl::string_view(&kNameEnd, 1), ++places_[name])) {
      const int64_t id = stock->InternSupply(full);
      if (ids_.insert(id).second) return id;
    }
  }

 private:
  absl::flat_hash_map<std::string, int> places_;
  absl::flat_hash_set<int64_t> ids_;
};

// What of the lots is kept for the commitments that name them, by place among `lots`.
void KeepLots(const CompiledAccount& stated, int32_t row, const Chunk& chunk,
              const absl::flat_hash_map<std::string, int128>& named, std::vector<StockLot>* lots) {
  if (named.empty()) return;
  const LevelRows& rows = chunk.level(stated.lots.level);
  size_t place = 0;
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (!chunk.Flag(stated.lots.when, i, true)) continue;
    const auto kept = named.find(chunk.Text(stated.lots.id, i));
    if (kept != named.end()) (*lots)[place].kept = kept->second;
    ++place;
  }
}

}  // namespace

StatedSupply Ledgers::ReadSupply(size_t index, const AccountRow& at, Chunk* chunk) {
  const CompiledLedger& ledger = book_.ledgers[index];
  const CompiledAccount& stated = *at.account;
  const int32_t row = at.row;
  StockLedger& stock = *stocks_[index];
  StatedSupply supply;
  auto each = [&](const CompiledSupply& from, auto add) {
    if (!from.exists) return;
    const LevelRows& rows = chunk->level(from.level);
    for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      if (!chunk->Flag(from.when, i, true)) continue;
      add(std::max<int128>(0, AtScale(chunk->Number(from.quantity, i), ledger.size.scale)), i,
          SupplyRow(from, *chunk, rows.begin[row], i));
    }
  };
  SupplyNames lot_names, receipt_names;
  each(stated.lots, [&](int128 quantity, int32_t i, int32_t data_row) {
    supply.lots.push_back({lot_names.IdOf(chunk->Text(stated.lots.id, i), &stock), quantity, 0, data_row});
  });
  each(stated.receipts, [&](int128 quantity, int32_t i, int32_t data_row) {
    const int32_t due = chunk->Day(stated.receipts.date, i);
    std::string name = chunk->Text(stated.receipts.id, i);
    if (name.empty()) name = absl::StrCat(absl::string_view(&kNameEnd, 1), due);
    supply.receipts.push_back({receipt_names.IdOf(name, &stock), quantity, due, data_row});
  });
  absl::flat_hash_map<std::string, int128> named;
  each(stated.commitments, [&](int128 quantity, int32_t i, int32_t) {
    if (stated.commitments.order.exists()) {
      const std::string order = chunk->Text(stated.commitments.order, i);
      supply.promised_to.insert(order);
      if (under_review_.contains(order)) return;
    }
    supply.commitments.push_back({quantity, chunk->Day(stated.commitments.date, i)});
    const std::string lot = stated.commitments.lot.exists() ? chunk->Text(stated.commitments.lot, i) : "";
    if (lot.empty()) return;
    int128& kept = named[lot];
    if (!CheckedAdd(kept, quantity, &kept)) kept = quantity;  // refused below: no account opens with so much
  });
  if (stated.lots.exists && stated.lots.id.exists()) KeepLots(stated, row, *chunk, named, &supply.lots);
  supply.reserve =
      stated.reserve.exists() ? std::max<int128>(0, AtScale(chunk->Number(stated.reserve, row), ledger.size.scale)) : 0;
  return supply;
}

absl::Status Ledgers::OpenStock(const LedgerAccount& account, const AccountRow& at, Chunk* chunk) {
  const StatedSupply supply = ReadSupply(account.first, at, chunk);
  for (const std::string& order : supply.promised_to) promised_[order].insert(account);
  return stocks_[account.first]->Open(account.second, supply.view());
}

absl::StatusOr<AccountId> Ledgers::OpenAccount(size_t index, const AccountRow& at, Chunk* chunk) {
  StockLedger& stock = *stocks_[index];
  const AccountId account = stock.Intern(AccountKey(*at.account, *chunk, at.row));
  NoteAsked({index, account});
  if (!stock.IsOpen(account)) RETURN_IF_ERROR(OpenStock({index, account}, at, chunk));
  if (!at.account->is_fallback() && !outlooks_.contains({index, account})) {
    outlooks_[{index, account}] = ReadOutlook(book_.ledgers[index], *chunk, at.row);
  }
  return account;
}

// What the row asks of the account, and which lots and receipts it may take.
StockRequest Ledgers::RequestOf(const CompiledLedger& ledger, const AccountRow& at, int32_t row, const Chunk& chunk,
                                EligibleSupplies* eligible) const {
  StockRequest request;
  request.eligible_lots = Eligible(at.account->lots, at.row, chunk, &eligible->lots);
  request.eligible_receipts = Eligible(at.account->receipts, at.row, chunk, &eligible->receipts);
  if (ledger.date.exists() && chunk.Error(ledger.date, row) == 0) request.wanted = chunk.Day(ledger.date, row);
  request.is_backorder_allowed = chunk.Flag(ledger.backorder_when, row, false);
  if (ledger.backorder_until.exists() && chunk.Error(ledger.backorder_until, row) == 0) {
    request.backorder_until = chunk.Day(ledger.backorder_until, row);
  }
  request.all_or_nothing = chunk.Flag(ledger.all_or_nothing_when, row, false);
  return request;
}

// What a row asks of one of its accounts, ready to be drawn.
absl::Status Ledgers::PrepareRequest(size_t index, const AccountRow& at, int32_t row, Chunk* chunk,
                                     StockRequest* request, EligibleSupplies* eligible) {
  const DrawOwner owner = request->owner;
  const int128 amount = request->amount;
  ASSIGN_OR_RETURN(const AccountId account, OpenAccount(index, at, chunk));
  *request = RequestOf(book_.ledgers[index], at, row, *chunk, eligible);
  request->account = account;
  request->owner = owner;
  request->amount = amount;
  request->run_date = chunk->context().run_day;
  return absl::OkStatus();
}

absl::Status Ledgers::DrawOwn(size_t index, int32_t row, Chunk* chunk, StockRequest* request, StockDraw* draw) {
  const CompiledLedger& ledger = book_.ledgers[index];
  StockLedger& stock = *stocks_[index];
  const bool is_shared = chunk->Flag(ledger.fair_share_when, row, false);
  if (is_shared) RETURN_IF_ERROR(shares_.Limit(index, request));
  RETURN_IF_ERROR(stock.Draw(*request, draw));
  if (is_shared) shares_.Note(index, *request, UnitOf(ledger, row, *chunk), draw->granted);
  return absl::OkStatus();
}

// Whether the accounts together have all that is asked for by the wanted day.
absl::StatusOr<bool> Ledgers::HasAll(size_t index, int32_t row, const AccountRowList& accounts,
                                     const StockRequest& asked, Chunk* chunk) {
  std::vector<AccountId> seen;
  int128 left = asked.amount;
  for (const AccountRow& at : accounts) {
    EligibleSupplies eligible;
    StockRequest request = asked;
    RETURN_IF_ERROR(PrepareRequest(index, at, row, chunk, &request, &eligible));
    if (std::find(seen.begin(), seen.end(), request.account) != seen.end()) continue;
    seen.push_back(request.account);
    request.is_backorder_allowed = false;
    request.all_or_nothing = false;
    request.amount = left;
    const bool is_shared = !at.account->is_fallback() && chunk->Flag(book_.ledgers[index].fair_share_when, row, false);
    if (is_shared) RETURN_IF_ERROR(shares_.Limit(index, &request));
    StockDraw draw;
    RETURN_IF_ERROR(stocks_[index]->Simulate(request, &draw));
    left -= draw.granted;
  }
  return left == 0;
}

// By the wanted day from one account after the other; what none of them has waits at the row's own.
absl::Status Ledgers::DrawAccounts(size_t index, int32_t row, const AccountRowList& accounts, const StockRequest& asked,
                                   Chunk* chunk, StockDraw* draw, std::vector<size_t>* sources) {
  EligibleSupplies eligible;
  StockRequest own = asked;
  RETURN_IF_ERROR(PrepareRequest(index, accounts[0], row, chunk, &own, &eligible));
  if (accounts.size() == 1) {
    RETURN_IF_ERROR(DrawOwn(index, row, chunk, &own, draw));
    sources->assign(draw->parts.size(), 0);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const bool has_all, HasAll(index, row, accounts, asked, chunk));
  if (own.all_or_nothing && !has_all) own.amount = 0;
  const bool is_backorder_allowed = own.is_backorder_allowed;
  own.is_backorder_allowed = false;
  own.all_or_nothing = false;
  RETURN_IF_ERROR(DrawOwn(index, row, chunk, &own, draw));
  draw->requested = asked.amount;
  draw->short_by = asked.amount - draw->granted;
  sources->assign(draw->parts.size(), 0);
  if (own.amount < asked.amount) return absl::OkStatus();
  for (size_t source = 1; source < accounts.size(); ++source) {
    if (draw->short_by == 0) break;
    EligibleSupplies supplies;
    StockRequest request = asked;
    request.amount = draw->short_by;
    RETURN_IF_ERROR(PrepareRequest(index, accounts[source], row, chunk, &request, &supplies));
    if (request.account == own.account) continue;
    request.is_backorder_allowed = false;
    request.all_or_nothing = false;
    StockDraw more;
    RETURN_IF_ERROR(stocks_[index]->Draw(request, &more));
    Append(more, source, draw, sources);
  }
  if (!is_backorder_allowed || draw->short_by == 0) return absl::OkStatus();
  own.amount = draw->short_by;
  own.is_backorder_allowed = true;
  own.granted_at_most = 0;
  StockDraw later;
  RETURN_IF_ERROR(stocks_[index]->Draw(own, &later));
  Append(later, 0, draw, sources);
  return absl::OkStatus();
}

void Ledgers::DrawStock(size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk, OrderState* state,
                        DrawResults* results) {
  const CompiledLedger& ledger = book_.ledgers[index];
  Allocated allocated = AllocatedTo(*stocks_[index], order, row, amount);
  StockRequest asked;
  asked.owner = {order, row};
  asked.amount = amount - allocated.quantity;
  StockDraw draw;
  std::vector<size_t> sources;
  const AccountRowList accounts = AccountsOf(ledger, *chunk, row);
  const absl::Status status = DrawAccounts(index, row, accounts, asked, chunk, &draw, &sources);
  // Supplies that do not hold together: the row cannot be promised anything.
  if (!status.ok()) return FailRow(ledger, row, status, chunk, state, results);
  draw.requested = amount;
  draw.granted += allocated.quantity;
  draw.parts.insert(draw.parts.begin(), allocated.parts.begin(), allocated.parts.end());
  sources.insert(sources.begin(), allocated.parts.size(), 0);
  const int128 undated = chunk->Flag(ledger.undated_when, row, false) ? draw.short_by : 0;
  const int128 values[] = {draw.requested, draw.granted, draw.backordered + undated, draw.short_by - undated,
                           draw.available_before};
  for (int k = 0; k < 5; ++k) results->Set(k, row, values[k]);
  if (undated != 0 || draw.parts.empty()) {
    results->date_errors[row] = Fail(ledger, row, ErrorKind::kAbsent, "no day is known", chunk);
  } else {
    results->date[row] = std::max_element(draw.parts.begin(), draw.parts.end(), [](const auto& a, const auto& b) {
                           return a.day < b.day;
                         })->day;
  }
  if (static_cast<int>(index) != book_.review.stock || ledger.level != book_.review.lines) return;
  auto line = std::make_shared<LineDraw>();
  for (size_t i = 0; i < sources.size(); ++i) {
    const AccountRow& at = accounts[sources[i]];
    const StockPart& part = draw.parts[i];
    const bool is_lot = part.kind == SupplyKind::kLot;
    line->lots.push_back(is_lot ? LotName(at.account->lots, *stocks_[index], part.supply_id) : "");
    line->warehouses.push_back(at.Warehouse(*chunk));
  }
  line->allocators = std::move(allocated.actors);
  line->draw = std::move(draw);
  line->undated = undated;
  state->lines[row].drawn = std::move(line);
}

}  // namespace assay
