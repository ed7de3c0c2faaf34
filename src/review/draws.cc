// Entry point: Ledgers::DrawOrder.
#include "review/draws.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "review/draw_results.h"

namespace assay {
namespace {

// Of a list that cannot be had.
ErrorCode GuardError(NodeId guard, const Chunk& chunk, int32_t row) {
  return guard == kNoNode ? 0 : chunk.column(guard).error(chunk.is_constant(guard) ? 0 : row);
}

// A supply of which anything is unknown is no supply to promise from, nor one to pass over in silence.
ErrorCode SupplyError(const CompiledSupply& supply, const Chunk& chunk, int32_t row, bool to_draw,
                      const absl::flat_hash_set<std::string>& under_review) {
  if (const ErrorCode code = GuardError(supply.guard, chunk, row); code != 0) return code;
  const LevelRows& rows = chunk.level(supply.level);
  for (int32_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    if (const ErrorCode code = chunk.Error(supply.when, i); code != 0) return code;
    if (!chunk.Flag(supply.when, i, true)) continue;
    for (const PlannedValue* value : {&supply.eligible, &supply.quantity, &supply.date, &supply.order, &supply.lot}) {
      if (value == &supply.eligible && !to_draw) continue;
      const ErrorCode code = chunk.Error(*value, i);
      // What is promised to an order under review counts for nothing, whatever is wrong with it.
      const bool counts = code != 0 && !(supply.order.exists() && under_review.contains(chunk.Text(supply.order, i)));
      if (counts) return code;
    }
  }
  return 0;
}

}  // namespace

ErrorCode AccountError(const AccountRow& at, const Chunk& chunk, bool to_draw,
                       const absl::flat_hash_set<std::string>& under_review) {
  const auto& [stated, row] = at;
  const CompiledAccount& account = *stated;
  for (const PlannedValue& value : account.key) {
    if (const ErrorCode code = chunk.Error(value, row); code != 0) return code;
  }
  if (const ErrorCode code = chunk.Error(account.reserve, row); code != 0) return code;
  if (const ErrorCode code = to_draw ? chunk.Error(account.warehouse, row) : 0; code != 0) return code;
  for (const CompiledSupply* supply : {&account.lots, &account.receipts, &account.commitments}) {
    if (!supply->exists) continue;
    if (const ErrorCode code = SupplyError(*supply, chunk, row, to_draw, under_review); code != 0) return code;
  }
  return 0;
}

Ledgers::Ledgers(const CompiledRulebook& book) : book_(book) {
  for (const CompiledLedger& ledger : book.ledgers) {
    const bool lots = ledger.proto->kind() == v1::Ledger::KIND_LOTS;
    stocks_.push_back(lots ? std::make_unique<StockLedger>(ledger.proto->name(), ledger.size.scale) : nullptr);
    unasked_.emplace_back();
    balances_.push_back(lots ? nullptr : std::make_unique<BalanceLedger>(ledger.proto->name(), ledger.size.scale));
  }
}

void Ledgers::DrawOrder(const RunContext& context, int64_t order, Chunk* chunk, OrderState* state) {
  for (size_t i = 0; i < book_.ledgers.size(); ++i) {
    chunk->Compute(context.needs->ledgers[i]);
    if (chunk->is_over_budget()) return;
    DrawLedger(i, order, chunk, state);
  }
}

// The first value that a draw of this row needs and cannot have.
ErrorCode Ledgers::RowError(const CompiledLedger& ledger, const Chunk& chunk, int32_t row) const {
  for (const CompiledAccount& account : ledger.accounts) {
    if (const ErrorCode code = GuardError(account.guard, chunk, row); code != 0) return code;
  }
  for (const AccountRow& account : AccountsOf(ledger, chunk, row)) {
    if (const ErrorCode code = AccountError(account, chunk, true, under_review_); code != 0) return code;
  }
  for (const PlannedValue* value :
       {&ledger.amount, &ledger.opening, &ledger.unlimited_when, &ledger.backorder_when, &ledger.undated_when,
        &ledger.all_or_nothing_when, &ledger.fair_share_when, &ledger.fair_share_unit}) {
    const bool unlimited = value == &ledger.opening && chunk.Flag(ledger.unlimited_when, row, false);
    if (unlimited) continue;
    if (const ErrorCode code = chunk.Error(*value, row); code != 0) return code;
  }
  // A day that is absent is any day; one that is malformed is not known.
  for (const PlannedValue* value : {&ledger.date, &ledger.backorder_until}) {
    const ErrorCode code = chunk.Error(*value, row);
    if (code != 0 && chunk.KindOf(code) != ErrorKind::kAbsent) return code;
  }
  return 0;
}

void Ledgers::DrawLedger(size_t index, int64_t order, Chunk* chunk, OrderState* state) {
  const CompiledLedger& ledger = book_.ledgers[index];
  const int32_t rows = chunk->size(book_.level_ids[ledger.level]);
  DrawResults results(static_cast<size_t>(rows));
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
      DrawStock(index, order, row, amount, chunk, state, &results);
    } else {
      DrawBalance(index, order, row, amount, chunk, state, &results);
    }
  }
  Publish(ledger, results, chunk);
}

// Result columns live in the chunk's arena until its next load.
void Ledgers::Publish(const CompiledLedger& ledger, const DrawResults& results, Chunk* chunk) const {
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

int128 Ledgers::AmountOf(const CompiledLedger& ledger, int32_t row, const Chunk& chunk) const {
  return AtScale(chunk.Number(ledger.amount, row), ledger.size.scale);
}

ErrorCode Ledgers::Fail(const CompiledLedger& ledger, int32_t row, ErrorKind kind, absl::string_view why,
                        Chunk* chunk) const {
  Node place;
  place.level = book_.level_ids[ledger.level];
  return chunk->frame().Fail(kind, place, row, chunk->frame().arena->CopyString(why));
}

void Ledgers::FailRow(const CompiledLedger& ledger, int32_t row, const absl::Status& status, Chunk* chunk,
                      OrderState* state, DrawResults* results) const {
  results->errors[row] = Fail(ledger, row, ErrorKind::kInvalidArgument, status.message(), chunk);
  chunk->AddUnevaluable(results->errors[row], ledger.proto->name(), v1::OUTCOME_HOLD, ledger.level, row, state);
}

void Ledgers::DrawBalance(size_t index, int64_t order, int32_t row, int128 amount, Chunk* chunk, OrderState* state,
                          DrawResults* results) {
  const CompiledLedger& ledger = book_.ledgers[index];
  BalanceLedger& balance = *balances_[index];
  BalanceRequest request;
  request.account = balance.Intern(AccountKey(ledger.accounts[0], *chunk, row));
  NoteAsked({index, request.account});
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

}  // namespace assay
