// The tables of the day: what clerks work from when the review is done. Entry point:
// AddDayTables. Rows follow decisions in their order, or ascend by their first cells.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/civil.h"
#include "ledger/stock_table.h"
#include "review/decide.h"
#include "review/session.h"
#include "schema/enum_names.h"

namespace assay {
namespace {

v1::DayTable* NewTable(const char* name, std::initializer_list<const char*> columns, v1::RunResult* result) {
  v1::DayTable* table = result->add_tables();
  table->set_name(name);
  for (const char* column : columns) table->add_columns(column);
  return table;
}

void AddRow(std::vector<std::string> cells, v1::DayTable* table) {
  v1::DayTableRow* row = table->add_rows();
  row->mutable_cells()->Reserve(static_cast<int>(cells.size()));
  for (std::string& cell : cells) row->add_cells(std::move(cell));
}

void AddOrders(v1::RunResult* result) {
  v1::DayTable* table = NewTable(
      "orders", {"order", "revision", "partner", "district", "disposition", "currency", "amount", "confirmed_amount"},
      result);
  for (const v1::Decision& d : result->decisions()) {
    AddRow(
        {d.order_id(), d.revision(), d.partner(), d.district(),
         EnumShortName(*v1::Disposition_descriptor(), d.disposition()), d.currency(), d.amount(), d.confirmed_amount()},
        table);
  }
}

const std::string& WarehouseOf(const v1::LineDecision& line, const v1::LinePart& part) {
  return part.warehouse().empty() ? line.warehouse() : part.warehouse();
}

// Parts of one kind, line by line. Of orders that go, and of those that are rejected because nothing of them is left;
// what a rule rejects stands in the rejections alone.
void AddParts(const char* name, v1::LinePart::Kind kind, v1::RunResult* result) {
  v1::DayTable* table = NewTable(name, {"order", "line", "product", "warehouse", "quantity", "date", "reason"}, result);
  for (const v1::Decision& d : result->decisions()) {
    if (d.disposition() == v1::DISPOSITION_HELD || RejectingFinding(d) != nullptr) continue;
    for (const v1::LineDecision& line : d.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        if (part.kind() == kind)
          AddRow({d.order_id(), line.line_id(), line.product(), WarehouseOf(line, part), part.quantity(), part.date(),
                  part.reason()},
                 table);
      }
    }
  }
}

// Nothing of the order is left: its lines say why.
void AddCutLines(const CompiledRulebook& book, const v1::Decision& d, v1::DayTable* table) {
  for (const v1::LineDecision& line : d.lines()) {
    for (const v1::LinePart& part : line.parts()) {
      const auto reason = book.reasons.find(part.reason());
      const v1::LocalizedText text = reason == book.reasons.end() ? v1::LocalizedText() : reason->second->text();
      AddRow({d.district(), d.order_id(), d.partner(), "", line.line_id(), part.reason(), text.en(), text.zh()}, table);
    }
  }
}

void AddRejections(const CompiledRulebook& book, v1::RunResult* result) {
  v1::DayTable* table = NewTable(
      "rejections", {"district", "order", "partner", "rule", "line", "reason", "message_en", "message_zh"}, result);
  std::vector<const v1::Decision*> rejected;
  for (const v1::Decision& d : result->decisions()) {
    if (d.disposition() == v1::DISPOSITION_REJECTED) rejected.push_back(&d);
  }
  std::stable_sort(rejected.begin(), rejected.end(), [](const v1::Decision* x, const v1::Decision* y) {
    return std::tie(x->district(), x->order_id()) < std::tie(y->district(), y->order_id());
  });
  for (const v1::Decision* d : rejected) {
    if (RejectingFinding(*d) == nullptr) AddCutLines(book, *d, table);
    for (const v1::Finding& f : d->findings()) {
      if (f.outcome() != v1::OUTCOME_REJECT || f.observed()) continue;
      AddRow({d->district(), d->order_id(), d->partner(), f.rule(), f.line_id(), f.reason(), f.message().en(),
              f.message().zh()},
             table);
    }
  }
}

void AddHolds(v1::RunResult* result) {
  v1::DayTable* table = NewTable("holds", {"route", "order", "line", "rule", "reason", "partner", "amount"}, result);
  std::map<std::string, std::vector<std::vector<std::string>>> by_role;
  for (const v1::Decision& d : result->decisions()) {
    for (const v1::OpenHold& h : d.holds()) {
      by_role[h.route()].push_back(
          {h.route(), d.order_id(), h.line_id(), h.rule(), h.reason(), d.partner(), d.amount()});
    }
  }
  for (auto& [role, rows] : by_role) {
    for (auto& cells : rows) AddRow(std::move(cells), table);
  }
}

// Amounts per partner and currency, for the finance clerk.
void AddPartners(v1::RunResult* result) {
  v1::DayTable* table = NewTable("partners", {"partner", "currency", "orders", "ordered", "confirmed"}, result);
  struct Sums {
    int orders = 0;
    Decimal ordered, confirmed;
  };
  std::map<std::pair<std::string, std::string>, Sums> sums;
  auto add = [](const std::string& text, Decimal* sum) {
    absl::StatusOr<Decimal> value = ParseDecimal(text);
    if (value.ok()) *sum = Add(*sum, *value).value_or(*sum);
  };
  for (const v1::Decision& d : result->decisions()) {
    Sums& s = sums[{d.partner(), d.currency()}];
    ++s.orders;
    add(d.amount(), &s.ordered);
    add(d.confirmed_amount(), &s.confirmed);
  }
  for (const auto& [key, s] : sums) {
    AddRow({key.first, key.second, absl::StrCat(s.orders), FormatDecimal(s.ordered), FormatDecimal(s.confirmed)},
           table);
  }
}

bool IsDelivered(const v1::Decision& d) {
  return d.disposition() == v1::DISPOSITION_CONFIRMED || d.disposition() == v1::DISPOSITION_PARTIAL;
}

// Confirmed, and nothing of it is taken off a shelf: goods that come back. What stock confirms has a day.
bool IsReturn(const CompiledRulebook& book, const v1::LinePart& part) {
  return book.review.stock >= 0 && part.kind() == v1::LinePart::KIND_CONFIRMED && part.date().empty();
}

void AddReturns(const CompiledRulebook& book, v1::RunResult* result) {
  v1::DayTable* table = NewTable("returns", {"order", "line", "product", "warehouse", "quantity"}, result);
  for (const v1::Decision& d : result->decisions()) {
    if (!IsDelivered(d)) continue;
    for (const v1::LineDecision& line : d.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        if (!IsReturn(book, part)) continue;
        AddRow({d.order_id(), line.line_id(), line.product(), line.warehouse(), part.quantity()}, table);
      }
    }
  }
}

// Orders merged for the warehouse: confirmed quantities with their origin.
void AddConsolidated(const CompiledRulebook& book, v1::RunResult* result) {
  v1::DayTable* table = NewTable("consolidated", {"warehouse", "product", "lot", "date", "quantity", "orders"}, result);
  struct Sum {
    Decimal quantity;
    std::string orders;
  };
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Sum> sums;
  for (const v1::Decision& d : result->decisions()) {
    if (!IsDelivered(d)) continue;
    for (const v1::LineDecision& line : d.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        if (part.kind() != v1::LinePart::KIND_CONFIRMED || IsReturn(book, part)) continue;
        Sum& sum = sums[{WarehouseOf(line, part), line.product(), part.lot(), part.date()}];
        absl::StatusOr<Decimal> quantity = ParseDecimal(part.quantity());
        if (quantity.ok()) sum.quantity = Add(sum.quantity, *quantity).value_or(sum.quantity);
        absl::StrAppend(&sum.orders, sum.orders.empty() ? "" : " ", d.order_id(), "/", line.line_id());
      }
    }
  }
  for (auto& [key, sum] : sums) {
    AddRow({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), FormatTrimmed(sum.quantity),
            std::move(sum.orders)},
           table);
  }
}

// What is available is compared with what is used; "" where one of them is not known.
void AddOutlook(const StockOutlook& outlook, int128 available, int scale, std::vector<std::string>* cells) {
  const auto add = [cells](const std::optional<int128>& quantity, int places) {
    cells->push_back(quantity.has_value() ? FormatTrimmed({*quantity, places}) : "");
  };
  add(DaysOfCover(outlook, available), 0);
  add(ExcessOf(outlook, available, scale), scale);
  std::optional<int128> phasing_out;
  if (outlook.is_phasing_out.has_value()) phasing_out = *outlook.is_phasing_out ? available : 0;
  add(phasing_out, scale);
  add(outlook.near_expiry, scale);
}

struct StockLine {
  const StockAccount* account = nullptr;  // nullptr: what the data say of it cannot be read
  StockOutlook outlook;
};

// By key the accounts that orders of the run asked for, and those that the data have besides.
std::map<std::string, StockLine> StockLinesOf(const Ledgers& ledgers, size_t ledger) {
  std::map<std::string, StockLine> lines;
  const StockLedger& stock = *ledgers.stocks()[ledger];
  const std::optional<UnaskedAccounts>& unasked = ledgers.unasked(ledger);
  for (AccountId id = 0; id < stock.keys().size(); ++id) {
    const bool is_listed = unasked.has_value() ? stock.IsOpen(id) : stock.HasAccount(id);
    if (is_listed) lines[std::string(stock.keys().key(id))] = {&stock.account(id), ledgers.outlook(ledger, id)};
  }
  if (!unasked.has_value()) return lines;
  for (const auto& [key, each] : *unasked) {
    lines[key] = {each.account.has_value() ? &*each.account : nullptr, each.outlook};
  }
  return lines;
}

void AddStockCells(const StockAccount& account, const StockOutlook& outlook, int32_t day,
                   absl::Span<const int32_t> weeks, int scale, std::vector<std::string>* cells) {
  const StockRow row = StockRowOf(account, day, weeks);
  for (const int128 quantity : {row.on_hand, row.reserve, row.usable, row.reserved, row.receipts, row.proposed,
                                row.firm, row.shortfall, row.available}) {
    cells->push_back(FormatTrimmed({quantity, scale}));
  }
  for (const int128 balance : row.balances) cells->push_back(FormatTrimmed({balance, scale}));
  cells->push_back(row.first_shortage.has_value() ? FormatDate(*row.first_shortage) : "");
  AddOutlook(outlook, row.available, scale, cells);
}

// Each account of the stock ledgers (ledger/stock_table.h), with the balances projected for the ends of four weeks.
void AddStock(int32_t day, const Ledgers& ledgers, v1::RunResult* result) {
  v1::DayTable* table =
      NewTable("stock", {"ledger",          "account",        "on_hand",        "safety",         "usable",
                         "reserved",        "receipts",       "proposed",       "firm",           "shortfall",
                         "available_today", "balance_week_1", "balance_week_2", "balance_week_3", "balance_week_4",
                         "first_shortage",  "days_of_cover",  "excess",         "phasing_out",    "near_expiry"},
               result);
  const int32_t weeks[] = {day + 7, day + 14, day + 21, day + 28};
  for (size_t i = 0; i < ledgers.stocks().size(); ++i) {
    const auto& stock = ledgers.stocks()[i];
    if (stock == nullptr) continue;
    for (const auto& [key, line] : StockLinesOf(ledgers, i)) {
      std::vector<std::string> cells = {stock->name(), absl::StrReplaceAll(key, {{"\t", "/"}})};
      if (line.account != nullptr) AddStockCells(*line.account, line.outlook, day, weeks, stock->scale(), &cells);
      cells.resize(static_cast<size_t>(table->columns_size()));
      AddRow(std::move(cells), table);
    }
  }
}

}  // namespace

void AddDayTables(const CompiledRulebook& book, int32_t day, const Ledgers& ledgers, v1::RunResult* result) {
  AddOrders(result);
  AddConsolidated(book, result);
  AddParts("cuts", v1::LinePart::KIND_CUT, result);
  AddParts("backorders", v1::LinePart::KIND_BACKORDERED, result);
  AddReturns(book, result);
  AddRejections(book, result);
  AddHolds(result);
  AddPartners(result);
  AddStock(day, ledgers, result);
}

}  // namespace assay
