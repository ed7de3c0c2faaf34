// The tables of the day: what clerks work from when the review is done. Entry point:
// AddDayTables. Rows follow decisions in their order, or ascend by their first cells.
#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "review/session.h"

namespace assay {
namespace {

v1::DayTable* NewTable(const char* name, std::initializer_list<const char*> columns, v1::RunResult* result) {
  v1::DayTable* table = result->add_tables();
  table->set_name(name);
  for (const char* column : columns) table->add_columns(column);
  return table;
}

void AddRow(const std::vector<std::string>& cells, v1::DayTable* table) {
  v1::DayTableRow* row = table->add_rows();
  for (const std::string& cell : cells) row->add_cells(cell);
}

std::string ShortName(const std::string& full, absl::string_view prefix) { return full.substr(prefix.size()); }

std::string DispositionName(v1::Disposition disposition) {
  return ShortName(v1::Disposition_Name(disposition), "DISPOSITION_");
}

void AddOrders(v1::RunResult* result) {
  v1::DayTable* table = NewTable(
      "orders", {"order", "revision", "partner", "district", "disposition", "currency", "amount", "confirmed_amount"},
      result);
  for (const v1::Decision& d : result->decisions()) {
    AddRow({d.order_id(), d.revision(), d.partner(), d.district(), DispositionName(d.disposition()), d.currency(),
            d.amount(), d.confirmed_amount()},
           table);
  }
}

// Parts of one kind, line by line.
void AddParts(const char* name, v1::LinePart::Kind kind, v1::RunResult* result) {
  v1::DayTable* table = NewTable(name, {"order", "line", "product", "warehouse", "quantity", "date", "reason"}, result);
  for (const v1::Decision& d : result->decisions()) {
    if (d.disposition() != v1::DISPOSITION_CONFIRMED && d.disposition() != v1::DISPOSITION_PARTIAL) continue;
    for (const v1::LineDecision& line : d.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        if (part.kind() == kind)
          AddRow({d.order_id(), line.line_id(), line.product(), line.warehouse(), part.quantity(), part.date(),
                  part.reason()},
                 table);
      }
    }
  }
}

void AddRejections(v1::RunResult* result) {
  v1::DayTable* table = NewTable(
      "rejections", {"district", "order", "partner", "rule", "line", "reason", "message_en", "message_zh"}, result);
  std::map<std::pair<std::string, std::string>, const v1::Decision*> rejected;
  for (const v1::Decision& d : result->decisions()) {
    if (d.disposition() == v1::DISPOSITION_REJECTED) rejected[{d.district(), d.order_id()}] = &d;
  }
  for (const auto& [key, d] : rejected) {
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
  for (const auto& [role, rows] : by_role) {
    for (const auto& cells : rows) AddRow(cells, table);
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

// Orders merged for the warehouse: confirmed quantities with their origin.
void AddConsolidated(v1::RunResult* result) {
  v1::DayTable* table = NewTable("consolidated", {"warehouse", "product", "lot", "date", "quantity", "orders"}, result);
  struct Sum {
    Decimal quantity;
    std::string orders;
  };
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Sum> sums;
  for (const v1::Decision& d : result->decisions()) {
    if (d.disposition() != v1::DISPOSITION_CONFIRMED && d.disposition() != v1::DISPOSITION_PARTIAL) continue;
    for (const v1::LineDecision& line : d.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        if (part.kind() != v1::LinePart::KIND_CONFIRMED) continue;
        Sum& sum = sums[{line.warehouse(), line.product(), part.lot(), part.date()}];
        absl::StatusOr<Decimal> quantity = ParseDecimal(part.quantity());
        if (quantity.ok()) sum.quantity = Add(sum.quantity, *quantity).value_or(sum.quantity);
        absl::StrAppend(&sum.orders, sum.orders.empty() ? "" : " ", d.order_id(), "/", line.line_id());
      }
    }
  }
  for (const auto& [key, sum] : sums) {
    AddRow({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), FormatTrimmed(sum.quantity),
            sum.orders},
           table);
  }
}

// Each account of the stock ledgers: what was there, what was drawn, what can still be promised today.
void AddStock(const RunContext& context, const Ledgers& ledgers, v1::RunResult* result) {
  v1::DayTable* table = NewTable(
      "stock", {"ledger", "account", "on_hand", "safety", "proposed", "firm", "available_today", "first_shortage"},
      result);
  for (const auto& stock : ledgers.stocks()) {
    if (stock == nullptr) continue;
    const int scale = stock->scale();
    for (AccountId id : stock->keys().Ascending()) {
      if (!stock->IsOpen(id)) continue;
      const StockAccount& account = stock->account(id);
      int128 on_hand = 0;
      int128 proposed = 0;
      int128 firm = 0;
      auto add = [&](const auto& supplies) {
        for (const Supply& supply : supplies) {
          proposed += supply.proposed;
          firm += supply.firm;
        }
      };
      for (const Supply& lot : account.lots) on_hand += lot.opening;
      add(account.lots);
      add(account.receipts);
      const StockRoom room = ComputeRoom(account, context.run_day, context.run_day);
      const std::optional<int32_t> shortage = FirstShortage(account, context.run_day);
      std::string key(stock->keys().key(id));
      for (char& c : key) c = c == '\t' ? '/' : c;
      AddRow(
          {stock->name(), key, FormatTrimmed({on_hand, scale}), FormatTrimmed({account.reserve, scale}),
           FormatTrimmed({proposed, scale}), FormatTrimmed({firm, scale}),
           FormatTrimmed({std::max<int128>(0, room.at_run), scale}), shortage.has_value() ? FormatDate(*shortage) : ""},
          table);
    }
  }
}

}  // namespace

void AddDayTables(const RunContext& context, const Ledgers& ledgers, v1::RunResult* result) {
  AddOrders(result);
  AddConsolidated(result);
  AddParts("cuts", v1::LinePart::KIND_CUT, result);
  AddParts("backorders", v1::LinePart::KIND_BACKORDERED, result);
  AddRejections(result);
  AddHolds(result);
  AddPartners(result);
  AddStock(context, ledgers, result);
}

}  // namespace assay
