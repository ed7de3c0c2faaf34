// Entry point: Ledgers::DrawOrder.
#include "review/draws.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace assay {
namespace {

// A value at the ledger's scale; planning made sure that its own is not larger.
int128 AtScale(const Decimal& value, int scale) { return value.coefficient * Pow10(scale - value.scale); }

std::string AccountKey(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) {
  std::string key;
  for (const PlannedValue& value : ledger.key) absl::StrAppend(&key, key.empty() ? "" : "\t", chunk.Text(value, row));
  return key;
}

// A supply of which anything is unknown is no supply to promise from, nor one to pass over in silence.
ErrorCode SupplyError(const CompiledSupply& supply, const Chunk& chunk, int32_t row) {
  if (supply.guard != kNoNode) {
    const Vector& guard = chunk.column(supply.guard);
    if (const ErrorCode code = guard.error(chunk.is_constant(supply.guard) ? 0 : row); code != 0) return code;
  }
  const LevelRows& rows = chunk.level(supply.level);
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (const ErrorCode code = chunk.Error(supply.when, i); code != 0) return code;
    if (!chunk.Flag(supply.when, i, true)) continue;
    for (const PlannedValue* value : {&supply.eligible, &supply.quantity, &supply.date}) {
      if (const ErrorCode code = chunk.Error(*value, i); code != 0) return code;
    }
  }
  return 0;
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

// The lots' names, by part of the draw; "" for receipts.
std::vector<std::string> LotsOf(const CompiledLedger& ledger, const StockDraw& draw, int32_t row, const Chunk& chunk) {
  std::vector<std::string> names;
  for (const StockPart& part : draw.parts) {
    names.emplace_back();
    if (part.kind != SupplyKind::kLot || !ledger.lots.id.exists()) continue;
    const LevelRows& rows = chunk.level(ledger.lots.level);
    for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      const bool same = static_cast<const int32_t*>(chunk.column(ledger.lots.row).data)[i] == part.supply_id;
      if (same) names.back() = chunk.Text(ledger.lots.id, i);
    }
  }
  return names;
}

}  // namespace

// The results of one ledger for the rows of one order, as columns.
struct Ledgers::Results {
  std::vector<int64_t> narrow[5];
  std::vector<int128> wide[5];
  std::vector<int32_t> date;
  std::vector<ErrorCode> errors;
  std::vector<ErrorCode> available_errors;
  std::vector<ErrorCode> date_errors;

  explicit Results(size_t size) : date(size), errors(size), available_errors(size), date_errors(size) {
    for (auto& column : narrow) column.resize(size);
    for (auto& column : wide) column.resize(size);
  }
  void Set(int result, int32_t row, int128 value) {
    wide[result][row] = value;
    narrow[result][row] = static_cast<int64_t>(value);
  }
};

Ledgers::Ledgers(const CompiledRulebook& book) : book_(book) {
  for (const CompiledLedger& ledger : book.ledgers) {
    const bool lots = ledger.proto->kind() == v1::Ledger::KIND_LOTS;
    stocks_.push_back(lots ? std::make_unique<StockLedger>(ledger.proto->name(), ledger.size.scale) : nullptr);
    balances_.push_back(lots ? nullptr : std::make_unique<BalanceLedger>(ledger.proto->name(), ledger.size.scale));
  }
}

void Ledgers::DrawOrder(const RunContext& context, int64_t order, Chunk* chunk, OrderState* state) {
  for (size_t i = 0; i < book_.ledgers.size(); ++i) {
    chunk->Compute(context.needs->ledgers[i]);
    if (chunk->is_over_budget()) return;
    DrawLedger(context, i, order, chunk, state);
  }
}

// The first value that a draw of this row needs and cannot have.
ErrorCode Ledgers::RowError(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) const {
  for (const PlannedValue& value : ledger.key) {
    if (const ErrorCode code = chunk.Error(value, row); code != 0) return code;
  }
  for (const PlannedValue* value : {&ledger.amount, &ledger.opening, &ledger.unlimited_when, &ledger.reserve,
                                    &ledger.backorder_when, &ledger.undated_when, &ledger.all_or_nothing_when}) {
    const bool unlimited = value == &ledger.opening && chunk.Flag(ledger.unlimited_when, row, false);
    if (unlimited) continue;
    if (const ErrorCode code = chunk.Error(*value, row); code != 0) return code;
  }
  // A day that is absent is any day; one that is malformed is not known.
  for (const PlannedValue* value : {&ledger.date, &ledger.backorder_until}) {
    const ErrorCode code = chunk.Error(*value, row);
    if (code != 0 && chunk.KindOf(code) != ErrorKind::kAbsent) return code;
  }
  for (const CompiledSupply* supply : {&ledger.lots, &ledger.receipts, &ledger.commitments}) {
    if (!supply->exists) continue;
    if (const ErrorCode code = SupplyError(*supply, chunk, row); code != 0) return code;
  }
  return 0;
}

void Ledgers::DrawLedger(const RunContext& context, size_t index, int64_t order, Chunk* chunk, OrderState* state) {
  const CompiledLedger& ledger = book_.ledgers[index];
  const int32_t rows = chunk->size(book_.level_ids[ledger.level]);
  Results results(static_cast<size_t>(rows));
  const bool of_lines = ledger.level == book_.review.lines;
  const bool is_stock = static_cast<int>(index) == book_.review.stock;
  for (int32_t row = 0; row < rows; ++row) {
    const ErrorCode draws_error = chunk->Error(ledger.draws_when, row);
    results.date_errors[row] = 0;
    if (draws_error == 0 && !chunk->Flag(ledger.draws_when, row, true)) {
      if (is_stock && of_lines) state->lines[row].draws_nothing = true;
      continue;
    }
    const ErrorCode error = draws_error != 0 ? draws_error : RowError(ledger, *chunk, row);
    int128 amount = error != 0 ? 0 : AmountOf(ledger, row, *chunk);
    if (error != 0) {
      results.errors[row] = error;
      chunk->AddUnevaluable(error, ledger.proto->name(), v1::OUTCOME_HOLD, ledger.level, row, state);
      continue;
    }
    if (of_lines && state->lines[row].cut.coefficient != 0) {
      // What a rule has cut leaves the order before it draws; of another unit than the line's, only a whole cut counts.
      const LineState& line = state->lines[row];
      const bool whole = Compare(line.cut, line.quantity) >= 0;
      if (whole) {
        amount = 0;
      } else if (is_stock && line.cut.scale <= ledger.size.scale) {
        amount = std::max<int128>(0, amount - AtScale(line.cut, ledger.size.scale));
      }
    }
    if (amount < 0) amount = 0;
    if (stocks_[index] != nullptr) {
      DrawStock(context, index, order, row, amount, chunk, state, &results);
    } else {
      DrawBalance(index, order, row, amount, chunk, state, &results);
    }
  }
  Publish(ledger, results, chunk);
}

// Result columns live in the chunk's arena until its next load.
void Ledgers::Publish(const CompiledLedger& ledger, const Results& results, Chunk* chunk) const {
  const int slots[] = {ledger.requested, ledger.granted, ledger.backordered, ledger.short_by, ledger.available};
  Frame& frame = chunk->frame();
  auto errors = [&](const std::vector<ErrorCode>& codes) -> const ErrorCode* {
    if (std::all_of(codes.begin(), codes.end(), [](ErrorCode c) { return c == 0; })) return nullptr;
    ErrorCode* copy = frame.arena->AllocateSpan<ErrorCode>(codes.size()).data();
    std::copy(codes.begin(), codes.end(), copy);
    return copy;
  };
  for (size_t k = 0; k < std::size(slots); ++k) {
    if (slots[k] < 0) continue;
    const ErrorCode* codes = errors(k == 4 ? results.available_errors : results.errors);
    if (ledger.size.fits_int64()) {
      int64_t* data = frame.arena->AllocateSpan<int64_t>(results.narrow[k].size()).data();
      std::copy(results.narrow[k].begin(), results.narrow[k].end(), data);
      frame.inputs[slots[k]] = {Physical::kDecimal64, data, codes, results.narrow[k].size()};
    } else {
      int128* data = frame.arena->AllocateSpan<int128>(results.wide[k].size()).data();
      std::copy(results.wide[k].begin(), results.wide[k].end(), data);
      frame.inputs[slots[k]] = {Physical::kDecimal128, data, codes, results.wide[k].size()};
    }
  }
  if (ledger.last_date >= 0) {
    int32_t* data = frame.arena->AllocateSpan<int32_t>(results.date.size()).data();
    std::copy(results.date.begin(), results.date.end(), data);
    frame.inputs[ledger.last_date] = {Physical::kDate, data, errors(results.date_errors), results.date.size()};
  }
}

absl::Status Ledgers::OpenStock(const CompiledLedger& ledger, AccountId account, int32_t row, Chunk* chunk,
                                StockLedger* stock) {
  std::vector<StockLot> lots;
  std::vector<StockReceipt> receipts;
  std::vector<StockCommitment> commitments;
  auto each = [&](const CompiledSupply& supply, auto add) {
    if (!supply.exists) return;
    const LevelRows& rows = chunk->level(supply.level);
    for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      if (!chunk->Flag(supply.when, i, true)) continue;
      const int64_t id = supply.row == kNoNode ? i : static_cast<const int32_t*>(chunk->column(supply.row).data)[i];
      add(id, AtScale(chunk->Number(supply.quantity, i), ledger.size.scale), i);
    }
  };
  each(ledger.lots, [&](int64_t id, int128 quantity, int32_t) { lots.push_back({id, std::max<int128>(0, quantity)}); });
  each(ledger.receipts, [&](int64_t id, int128 quantity, int32_t i) {
    receipts.push_back({id, std::max<int128>(0, quantity), chunk->Day(ledger.receipts.date, i)});
  });
  each(ledger.commitments, [&](int64_t, int128 quantity, int32_t i) {
    commitments.push_back({std::max<int128>(0, quantity), chunk->Day(ledger.commitments.date, i)});
  });
  StockSupply supply;
  supply.lots = lots;
  supply.receipts = receipts;
  supply.commitments = commitments;
  supply.reserve =
      ledger.reserve.exists() ? std::max<int128>(0, AtScale(chunk->Number(ledger.reserve, row), ledger.size.scale)) : 0;
  return stock->Open(account, supply);
}

absl::StatusOr<AccountId> Ledgers::OpenAccount(size_t index, int32_t row, Chunk* chunk) {
  const CompiledLedger& ledger = book_.ledgers[index];
  StockLedger& stock = *stocks_[index];
  const AccountId account = stock.Intern(AccountKey(ledger, *chunk, row));
  if (!stock.IsOpen(account)) RETURN_IF_ERROR(OpenStock(ledger, account, row, chunk, &stock));
  return account;
}

int128 Ledgers::AmountOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk) const {
  return AtScale(chunk.Number(ledger.amount, row), ledger.size.scale);
}

// What the row asks of the account, and which lots it may take.
StockRequest Ledgers::RequestOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk,
                                std::vector<int64_t>* eligible) const {
  StockRequest request;
  if (ledger.lots.exists && ledger.lots.eligible.exists()) {
    const LevelRows& lots = chunk.level(ledger.lots.level);
    for (int32_t i = lots.begin[row]; i < lots.begin[row + 1]; ++i) {
      if (chunk.Flag(ledger.lots.eligible, i, true))
        eligible->push_back(static_cast<const int32_t*>(chunk.column(ledger.lots.row).data)[i]);
    }
    request.eligible_lots = absl::MakeConstSpan(*eligible);
  }
  if (ledger.date.exists() && chunk.Error(ledger.date, row) == 0) request.wanted = chunk.Day(ledger.date, row);
  request.is_backorder_allowed = chunk.Flag(ledger.backorder_when, row, false);
  if (ledger.backorder_until.exists() && chunk.Error(ledger.backorder_until, row) == 0) {
    request.backorder_until = chunk.Day(ledger.backorder_until, row);
  }
  request.all_or_nothing = chunk.Flag(ledger.all_or_nothing_when, row, false);
  return request;
}

void Ledgers::DrawStock(const RunContext& context, size_t index, int64_t order, int32_t row, int128 amount,
                        Chunk* chunk, OrderState* state, Results* results) {
  const CompiledLedger& ledger = book_.ledgers[index];
  StockLedger& stock = *stocks_[index];
  const absl::StatusOr<AccountId> account = OpenAccount(index, row, chunk);
  absl::Status status = account.status();
  std::vector<int64_t> eligible;
  StockRequest request = RequestOf(ledger, row, *chunk, &eligible);
  request.account = account.value_or(0);
  request.owner = {order, row};
  Allocated allocated = AllocatedTo(stock, order, row, amount);
  request.amount = amount - allocated.quantity;
  request.run_date = context.run_day;
  StockDraw draw;
  if (status.ok()) status = stock.Draw(request, &draw);
  if (!status.ok()) {
    // Supplies that do not hold together: the row cannot be promised anything.
    return FailRow(ledger, row, status, chunk, state, results);
  }
  draw.requested = amount;
  draw.granted += allocated.quantity;
  draw.parts.insert(draw.parts.begin(), allocated.parts.begin(), allocated.parts.end());
  const int128 undated = chunk->Flag(ledger.undated_when, row, false) ? draw.short_by : 0;
  const int128 values[] = {draw.requested, draw.granted, draw.backordered + undated, draw.short_by - undated,
                           draw.available_before};
  for (int k = 0; k < 5; ++k) results->Set(k, row, values[k]);
  if (undated != 0 || draw.parts.empty()) {
    results->date_errors[row] = Fail(ledger, row, ErrorKind::kAbsent, "no day is known", chunk);
  } else {
    results->date[row] = draw.parts.back().day;
  }
  if (static_cast<int>(index) != book_.review.stock || ledger.level != book_.review.lines) return;
  LineState& line = state->lines[row];
  line.lots = LotsOf(ledger, draw, row, *chunk);
  line.allocators = std::move(allocated.actors);
  line.draw = std::move(draw);
  line.undated = undated;
  line.drawn = true;
}

ErrorCode Ledgers::Fail(const CompiledLedger& ledger, int32_t row, ErrorKind kind, absl::string_view why,
                        Chunk* chunk) const {
  Node place;
  place.level = book_.level_ids[ledger.level];
  return chunk->frame().Fail(kind, place, row, chunk->frame().arena->CopyString(why));
}

void Ledgers::FailRow(const CompiledLedger& ledger, int32_t row, const absl::Status& status, Chunk* chunk,
                      OrderState* state, Results* results) const {
  results->errors[row] = Fail(ledger, row, ErrorKind::kInvalidArgument, status.message(), chunk);
  chunk->AddUnevaluable(results->errors[row], ledger.proto->name(), v1::OUTCOME_HOLD, ledger.level, row, state);
}

void Ledgers::DrawBalance(size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk, OrderState* state,
                          Results* results) {
  const CompiledLedger& ledger = book_.ledgers[index];
  BalanceLedger& balance = *balances_[index];
  BalanceRequest request;
  request.account = balance.Intern(AccountKey(ledger, *chunk, row));
  request.owner = {order, row};
  request.amount = amount;
  request.all_or_nothing = chunk->Flag(ledger.all_or_nothing_when, row, false);
  const bool unlimited = chunk->Flag(ledger.unlimited_when, row, false);
  std::optional<int128> opening;
  if (!unlimited) opening = AtScale(chunk->Number(ledger.opening, row), ledger.size.scale);
  absl::Status status = balance.Open(request.account, opening);
  BalanceDraw draw;
  if (status.ok()) status = balance.Draw(request, &draw);
  if (!status.ok()) return FailRow(ledger, row, status, chunk, state, results);
  const int128 values[] = {draw.requested, draw.granted, 0, draw.short_by, draw.available_before.value_or(0)};
  for (int k = 0; k < 5; ++k) results->Set(k, row, values[k]);
  if (!draw.available_before.has_value()) {
    results->available_errors[row] = Fail(ledger, row, ErrorKind::kAbsent, "no limit", chunk);
  }
}

void Ledgers::Undo(int64_t order) {
  for (const auto& stock : stocks_) {
    if (stock != nullptr) stock->Undo(order);
  }
  for (const auto& balance : balances_) {
    if (balance != nullptr) balance->Undo(order);
  }
}

void Ledgers::BeginRun() {
  WithdrawProposed();
  for (const auto& stock : stocks_) {
    if (stock != nullptr) stock->Reopen();
  }
  for (const auto& balance : balances_) {
    if (balance != nullptr) balance->Reopen();
  }
}

void Ledgers::WithdrawProposed() {
  for (const auto& stock : stocks_) {
    if (stock == nullptr) continue;
    stock->WithdrawProposedAll();
    stock->DropWithdrawn();
  }
  for (const auto& balance : balances_) {
    if (balance == nullptr) continue;
    balance->WithdrawProposedAll();
    balance->DropWithdrawn();
  }
}

void Ledgers::Commit(absl::Span<const int64_t> orders) {
  for (const auto& stock : stocks_) {
    if (stock != nullptr) stock->Commit(orders);
  }
  for (const auto& balance : balances_) {
    if (balance != nullptr) balance->Commit(orders);
  }
}

}  // namespace assay
