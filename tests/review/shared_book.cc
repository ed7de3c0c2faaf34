// Entry points: those of shared_book.h.
#include "tests/review/shared_book.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"

namespace assay {

const char kSharedBook[] = R"yaml(
name: test.shared
version: "1"
time_zone: UTC
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets:
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
  - {name: receipts, type: assay.v1.PlannedReceipt, key: [warehouse, product_id], many: true}
  - {name: partners, type: assay.v1.Partner, key: [id]}
  - {name: campaigns, type: assay.v1.Campaign, key: [id]}
joins:
  - {name: partner, dataset: partners, on: [order.sold_to]}
  - {name: campaign, each: line, dataset: campaigns, on: ["'K' + line.product_id"]}
  - {name: lots, each: line, dataset: lots, on: [order.warehouse, line.product_id], many: true, order_by: [lot]}
  - {name: receipts, each: line, dataset: receipts, on: [order.warehouse, line.product_id], many: true}
variables:
  - {name: earned, expression: "sum(order.lines.filter(l, !l.free_goods).map(l, l.stock.granted))"}
  - {name: confirmed_due, expression: "round(sum(order.lines.map(l, l.stock.granted * l.unit_price)), 2)"}
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
reason_codes:
  - {code: BIG, text: {en: Big, zh: 大}, route: CLERK, releasable: true}
  - {code: POOR, text: {en: Poor, zh: 欠}, route: CLERK, releasable: false}
  - {code: SHORT, text: {en: Short, zh: 缺}, route: CLERK, releasable: false}
  - {code: QUOTA, text: {en: No quota, zh: 额}, route: CLERK, releasable: false}
rules:
  - {id: R-BIG, each: line, condition: line.quantity > 40, outcome: HOLD, reason: BIG, actual: line.quantity,
     bound: AT_MOST, message: {en: x, zh: x}}
  - {id: R-GIFT, each: line, when: line.free_goods, condition: line.quantity > order.earned, outcome: CUT,
     cut: line.quantity - order.earned, reason: SHORT, message: {en: x, zh: x}}
  - {id: R-POOR, condition: order.funds.short > 0, outcome: REJECT, reason: POOR, message: {en: x, zh: x}}
  - {id: R-QUOTA, each: line, condition: line.quota.short > 0, outcome: HOLD, reason: QUOTA, message: {en: x, zh: x}}
ledgers:
  - name: stock
    kind: LOTS
    each: line
    key: [order.warehouse, line.product_id]
    amount: line.quantity
    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}
    receipts: {of: line.receipts, as: receipt, quantity: receipt.quantity, date: receipt.due_date, id: receipt.id}
    date: line.requested_date
    backorder_when: order.backorder_policy == 'KEEP'
    all_or_nothing_when: order.delivery_policy == 'COMPLETE'
  - {name: funds, kind: BALANCE, key: [order.sold_to], amount: order.confirmed_due,
     opening: order.partner.credit.limit, all_or_nothing_when: "true"}
  - {name: quota, kind: BALANCE, each: line, key: [line.campaign.id], amount: line.stock.granted,
     draws_when: has(line.campaign), opening: line.campaign.quota}
review:
  id: order.id
  revision: order.revision
  lines: line
  line_id: line.id
  quantity: line.quantity
  product: line.product_id
  warehouse: order.warehouse
  stock: stock
  short_reason: SHORT
  backorder_reason: SHORT
  confirmed_amount: order.confirmed_due
  partner: order.sold_to
  priority: [order.submitted_at]
  submitter: order.submitted_by
  unevaluable_rule: SYS
)yaml";

std::shared_ptr<const Snapshot> DataOn(const CompiledRulebook& book, const Amounts& there) {
  std::map<std::string, std::shared_ptr<const RowBytes>> data;
  auto lots = std::make_shared<RowBytes>();
  auto receipts = std::make_shared<RowBytes>();
  auto partners = std::make_shared<RowBytes>();
  auto campaigns = std::make_shared<RowBytes>();
  for (const auto& [name, amount] : there) {
    const std::string product = name.substr(0, name.find('/'));
    const std::string rest = name.substr(name.find('/') + 1);
    if (name[0] == 'C') {
      partners->Add(Wire(book, "assay.v1.Partner",
                         absl::StrCat(R"({"id":")", name, R"(","credit":{"limit":")", amount, R"("}})")));
    } else if (name[0] == 'K') {
      campaigns->Add(
          Wire(book, "assay.v1.Campaign", absl::StrCat(R"({"id":")", name, R"(","quota":")", amount, R"("})")));
    } else if (rest[0] == 'L') {
      lots->Add(Wire(book, "assay.v1.StockLot",
                     absl::StrCat(R"({"warehouse":"W","product_id":")", product, R"(","lot":")", rest,
                                  R"(","on_hand":")", amount, R"("})")));
    } else {
      receipts->Add(Wire(book, "assay.v1.PlannedReceipt",
                         absl::StrCat(R"({"warehouse":"W","product_id":")", product, R"(","due_date":")", rest,
                                      R"(","quantity":")", amount, R"("})")));
    }
  }
  data = {{"lots", lots}, {"receipts", receipts}, {"partners", partners}, {"campaigns", campaigns}};
  return *BuildSnapshot(book, data);
}

std::unique_ptr<Session> OpenOn(const std::shared_ptr<const CompiledRulebook>& book, const Amounts& there,
                                const Timestamp& now, int threads) {
  SessionOptions options;
  options.now = now;
  options.threads = threads;
  return *Session::Open(book, DataOn(*book, there), options);
}

std::string RandomOrder(const CompiledRulebook& book, const std::string& id, int revision, int document,
                        std::mt19937* random) {
  const auto draw = [random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(*random); };
  std::string lines;
  for (int i = 1, count = draw(1, 3); i <= count; ++i) {
    absl::StrAppend(&lines, i > 1 ? "," : "", R"({"id":")", i, R"(","product_id":"P)", draw(0, kProducts - 1),
                    R"(","quantity":")", draw(1, 45), R"(","unit_price":")", draw(1, 4), "\"",
                    draw(0, 1) == 0 ? R"(,"requested_date":"2026-11-23")" : "",
                    draw(0, 3) == 0 ? R"(,"free_goods":true)" : "", "}");
  }
  return Wire(
      book, "assay.v1.Order",
      absl::StrCat(R"({"id":")", id, R"(","revision":)", revision, R"(,"warehouse":"W","sold_to":"C)",
                   draw(0, kPartners - 1), R"(","source_document_id":")", document,
                   R"(","submitted_by":"me","submitted_at":"2026-11-20T0)", draw(0, 8), R"(:00:00Z","lines":[)", lines,
                   R"(],"backorder_policy":"BACKORDER_POLICY_)", draw(0, 1) == 0 ? "KEEP" : "CANCEL",
                   R"(","delivery_policy":"DELIVERY_POLICY_)", draw(0, 2) == 0 ? "COMPLETE" : "PARTIAL", R"("})"));
}

bool Takes(const v1::Decision& decision) {
  return decision.disposition() == v1::DISPOSITION_CONFIRMED || decision.disposition() == v1::DISPOSITION_PARTIAL;
}

void AddDraws(const v1::Decision& decision, Amounts* taken) {
  for (const v1::LineDecision& line : decision.lines()) {
    (*taken)[absl::StrCat("K", line.product())] += std::stoi(line.confirmed());
    for (const v1::LinePart& part : line.parts()) {
      if (part.kind() == v1::LinePart::KIND_CUT || !part.allocated_by().empty()) continue;
      const std::string& from = part.lot().empty() ? part.date() : part.lot();
      (*taken)[absl::StrCat(line.product(), "/", from)] += std::stoi(part.quantity());
    }
  }
  (*taken)[decision.partner()] += static_cast<int>(std::stod(decision.confirmed_amount()));
}

void ExpectBalancesAreRight(const Ledgers& ledgers, const Amounts& there, const Amounts& taken, const Amounts& firm) {
  const auto of = [](const Amounts& amounts, const std::string& name) {
    const auto found = amounts.find(name);
    return found == amounts.end() ? 0 : found->second;
  };
  for (const size_t index : {kFundsLedger, kQuotaLedger}) {
    const BalanceLedger& balance = *ledgers.balances()[index];
    const int128 unit = Pow10(balance.scale());
    for (AccountId id = 0; id < balance.keys().size(); ++id) {
      const std::string name(balance.keys().key(id));
      const BalanceAccount& account = balance.account(id);
      ASSERT_EQ(static_cast<int>((account.proposed + account.firm) / unit), of(taken, name)) << name;
      ASSERT_EQ(static_cast<int>(account.firm / unit), of(firm, name)) << name;
      if (!balance.IsOpen(id)) continue;  // nobody asks for it now
      ASSERT_EQ(static_cast<int>(*account.opening / unit), there.at(name)) << name;
      const int left = there.at(name) - of(taken, name);
      ASSERT_EQ(static_cast<int>(*account.Available() / unit), std::max(0, left)) << name;
      // Less than nothing is left only of what firm draws took before the data changed.
      ASSERT_TRUE(left >= 0 || account.proposed == 0) << name;
    }
  }
}

void ExpectNobodyIsPassedOver(const v1::RunResult& result, const std::set<std::string>& committed,
                              const std::set<std::string>& allocated) {
  std::set<std::string> short_of;
  for (const v1::Decision& decision : result.decisions()) {
    const bool goes = Takes(decision);
    const bool is_cut = std::any_of(decision.findings().begin(), decision.findings().end(),
                                    [](const v1::Finding& finding) { return finding.rule() == "R-GIFT"; });
    if (!goes || committed.contains(decision.order_id()) || allocated.contains(decision.order_id())) continue;
    std::set<std::string> more;
    for (const v1::LineDecision& line : decision.lines()) {
      const bool has_lot = std::any_of(line.parts().begin(), line.parts().end(), [](const v1::LinePart& part) {
        return part.kind() != v1::LinePart::KIND_CUT && !part.lot().empty();
      });
      ASSERT_FALSE(has_lot && short_of.contains(line.product())) << decision.DebugString();
      const int confirmed = std::stoi(line.confirmed());
      if (!is_cut && confirmed > 0 && confirmed < std::stoi(line.requested())) more.insert(line.product());
    }
    short_of.insert(more.begin(), more.end());
  }
}

}  // namespace assay
