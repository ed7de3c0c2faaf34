// Random sequences of session verbs: after every run what was there is what is left,
// proposed and firm, and the run is the one of a fresh session on what the firm draws
// left.
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "gtest/gtest.h"
#include "ingest/json_rows.h"
#include "review/session.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: test.shared
version: "1"
time_zone: UTC
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets:
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
  - {name: receipts, type: assay.v1.PlannedReceipt, key: [warehouse, product_id], many: true}
  - {name: partners, type: assay.v1.Partner, key: [id]}
joins:
  - {name: partner, dataset: partners, on: [order.sold_to]}
  - {name: lots, each: line, dataset: lots, on: [order.warehouse, line.product_id], many: true, order_by: [lot]}
  - {name: receipts, each: line, dataset: receipts, on: [order.warehouse, line.product_id], many: true}
variables:
  - {name: confirmed_due, expression: "round(sum(order.lines.map(l, l.stock.granted * l.unit_price)), 2)"}
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
reason_codes:
  - {code: BIG, text: {en: Big, zh: 大}, route: CLERK, releasable: true}
  - {code: POOR, text: {en: Poor, zh: 欠}, route: CLERK, releasable: false}
  - {code: SHORT, text: {en: Short, zh: 缺}, route: CLERK, releasable: false}
rules:
  - {id: R-BIG, each: line, condition: line.quantity > 40, outcome: HOLD, reason: BIG, actual: line.quantity,
     bound: AT_MOST, message: {en: x, zh: x}}
  - {id: R-POOR, condition: order.funds.short > 0, outcome: REJECT, reason: POOR, message: {en: x, zh: x}}
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
review:
  id: order.id
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

constexpr int kProducts = 3;
constexpr int kPartners = 2;
constexpr char kToday[] = "2026-11-20";

// What there is of each lot ("P1/L1"), receipt ("P1/2026-11-22") and partner ("C1").
using Amounts = std::map<std::string, int>;

std::shared_ptr<const CompiledRulebook> Book() {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", kBook, &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  EXPECT_NE(book, nullptr) << Format(issues);
  return book;
}

std::string Wire(const CompiledRulebook& book, const char* type, const std::string& json) {
  std::string wire;
  const absl::Status status = JsonToWire(*book.schema, **book.schema->FindMessage(type), json, &wire);
  EXPECT_TRUE(status.ok()) << status;
  return wire;
}

std::unique_ptr<Session> Open(const std::shared_ptr<const CompiledRulebook>& book, const Amounts& there) {
  std::map<std::string, std::shared_ptr<const RowBytes>> data;
  auto lots = std::make_shared<RowBytes>();
  auto receipts = std::make_shared<RowBytes>();
  auto partners = std::make_shared<RowBytes>();
  for (const auto& [name, amount] : there) {
    const std::string product = name.substr(0, name.find('/'));
    const std::string rest = name.substr(name.find('/') + 1);
    if (name[0] == 'C') {
      partners->Add(Wire(*book, "assay.v1.Partner",
                         absl::StrCat(R"({"id":")", name, R"(","credit":{"limit":")", amount, R"("}})")));
    } else if (rest[0] == 'L') {
      lots->Add(Wire(*book, "assay.v1.StockLot",
                     absl::StrCat(R"({"warehouse":"W","product_id":")", product, R"(","lot":")", rest,
                                  R"(","on_hand":")", amount, R"("})")));
    } else {
      receipts->Add(Wire(*book, "assay.v1.PlannedReceipt",
                         absl::StrCat(R"({"warehouse":"W","product_id":")", product, R"(","due_date":")", rest,
                                      R"(","quantity":")", amount, R"("})")));
    }
  }
  data = {{"lots", lots}, {"receipts", receipts}, {"partners", partners}};
  SessionOptions options;
  options.now = *ParseTimestamp(absl::StrCat(kToday, "T09:00:00Z"));
  return *Session::Open(book, *BuildSnapshot(*book, data), options);
}

// One session and what a reader of its decisions knows.
class Desk {
 public:
  Desk(std::shared_ptr<const CompiledRulebook> book, uint32_t seed) : book_(std::move(book)), random_(seed) {
    for (int p = 0; p < kProducts; ++p) {
      for (const char* name : {"L1", "L2", "2026-11-22", "2026-11-25"})
        there_[absl::StrCat("P", p, "/", name)] = Draw(0, 40);
    }
    for (int c = 0; c < kPartners; ++c) there_[absl::StrCat("C", c)] = Draw(0, 400);
    session_ = assay::Open(book_, there_);
  }

  void Step() {
    switch (Draw(0, 6)) {
      case 0:
      case 1:
        return Add();
      case 2:
        return Commit();
      case 3:
        return Release();
      case 4:
        return Withdraw();
      default:
        return Run();
    }
  }

 private:
  int Draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  void Add() {
    const int number = ++orders_;
    std::string lines;
    for (int i = 1, count = Draw(1, 3); i <= count; ++i) {
      absl::StrAppend(&lines, i > 1 ? "," : "", R"({"id":")", i, R"(","product_id":"P)", Draw(0, kProducts - 1),
                      R"(","quantity":")", Draw(1, 45), R"(","unit_price":")", Draw(1, 4), "\"",
                      Draw(0, 1) == 0 ? R"(,"requested_date":"2026-11-23")" : "", "}");
    }
    const std::string order = Wire(
        *book_, "assay.v1.Order",
        absl::StrCat(R"({"id":"O)", number, R"(","warehouse":"W","sold_to":"C)", Draw(0, kPartners - 1),
                     R"(","submitted_by":"me","submitted_at":"2026-11-20T0)", Draw(0, 8), R"(:00:00Z","lines":[)",
                     lines, R"(],"backorder_policy":"BACKORDER_POLICY_)", Draw(0, 1) == 0 ? "KEEP" : "CANCEL",
                     R"(","delivery_policy":"DELIVERY_POLICY_)", Draw(0, 2) == 0 ? "COMPLETE" : "PARTIAL", R"("})"));
    open_[absl::StrCat("O", number)] = order;
    const absl::string_view view = order;
    ASSERT_TRUE(session_->Add(absl::MakeConstSpan(&view, 1)).ok());
    ran_ = false;
  }

  void Release() {
    if (orders_ == 0) return;
    const std::string release =
        Wire(*book_, "assay.v1.Release",
             absl::StrCat(R"({"order_id":"O)", Draw(1, orders_), R"(","rule":"R-BIG","actor":"x","role":"CLERK",)",
                          R"("granted_bound":")", Draw(40, 45), R"("})"));
    releases_.push_back(release);
    ASSERT_TRUE(session_->Release(release).ok());
    ran_ = false;
  }

  void Withdraw() {
    if (orders_ == 0) return;
    const std::string id = absl::StrCat("O", Draw(1, orders_));
    const absl::Status status = session_->Withdraw(id);
    const bool open = open_.contains(id);
    const bool seen = last_.contains(id);
    if (open && seen) {
      ASSERT_TRUE(status.ok()) << status;
      open_.erase(id);
      last_.erase(id);
      ran_ = false;
    } else {
      ASSERT_EQ(status.code(),
                firm_orders_.contains(id) ? absl::StatusCode::kFailedPrecondition : absl::StatusCode::kNotFound);
    }
  }

  void Commit() {
    const absl::Status status = session_->Commit();
    ASSERT_EQ(status.ok(), ran_);
    if (!ran_) return;
    for (const auto& [id, decision] : last_) {
      const bool decided =
          decision.disposition() == v1::DISPOSITION_CONFIRMED || decision.disposition() == v1::DISPOSITION_PARTIAL;
      if (!decided || firm_orders_.contains(id)) continue;
      AddDraws(decision, &firm_);
      firm_orders_.insert(id);
      open_.erase(id);
    }
  }

  // What the decision took, by its own words.
  static void AddDraws(const v1::Decision& decision, Amounts* taken) {
    for (const v1::LineDecision& line : decision.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        if (part.kind() == v1::LinePart::KIND_CUT) continue;
        const std::string& from = part.lot().empty() ? part.date() : part.lot();
        (*taken)[absl::StrCat(line.product(), "/", from)] += std::stoi(part.quantity());
      }
    }
    (*taken)[decision.partner()] += static_cast<int>(std::stod(decision.confirmed_amount()));
  }

  void Run() {
    const absl::StatusOr<v1::RunResult> result = session_->RunWave();
    ASSERT_TRUE(result.ok()) << result.status();
    last_.clear();
    Amounts taken;
    for (const v1::Decision& decision : result->decisions()) {
      last_[decision.order_id()] = decision;
      const bool takes =
          decision.disposition() == v1::DISPOSITION_CONFIRMED || decision.disposition() == v1::DISPOSITION_PARTIAL;
      if (takes) AddDraws(decision, &taken);
      for (const v1::LineDecision& line : decision.lines()) {
        ASSERT_EQ(std::stoi(line.requested()),
                  std::stoi(line.confirmed()) + std::stoi(line.backordered()) + std::stoi(line.cut()));
      }
    }
    for (const auto& [name, amount] : taken) ASSERT_LE(amount, there_.at(name)) << name;
    ASSERT_NO_FATAL_FAILURE(CheckLedgers(taken));
    ASSERT_NO_FATAL_FAILURE(CheckFresh(*result));
    ran_ = true;
  }

  // The ledgers hold what the decisions say, to the unit.
  void CheckLedgers(const Amounts& taken) const {
    auto of = [](const Amounts& amounts, const std::string& name) {
      const auto found = amounts.find(name);
      return found == amounts.end() ? 0 : found->second;
    };
    const StockLedger& stock = *session_->ledgers().stocks()[0];
    int128 unit = 1;
    for (int i = 0; i < stock.scale(); ++i) unit *= 10;
    for (AccountId id = 0; id < stock.keys().size(); ++id) {
      const std::string product(stock.keys().key(id).substr(2));
      const StockAccount& account = stock.account(id);
      auto check = [&](const Supply& supply, const std::string& name) {
        ASSERT_EQ(static_cast<int>(supply.firm / unit), of(firm_, name)) << name;
        ASSERT_EQ(static_cast<int>((supply.proposed + supply.firm) / unit), of(taken, name)) << name;
        ASSERT_EQ(static_cast<int>(supply.opening / unit), there_.at(name)) << name;
        ASSERT_GE(static_cast<int64_t>(supply.left()), 0) << name;
      };
      for (size_t i = 0; i < account.lots.size(); ++i) check(account.lots[i], absl::StrCat(product, "/L", i + 1));
      for (const Supply& receipt : account.receipts)
        check(receipt, absl::StrCat(product, "/", FormatDate(receipt.due)));
    }
    const BalanceLedger& funds = *session_->ledgers().balances()[1];
    for (AccountId id = 0; id < funds.keys().size(); ++id) {
      const std::string partner(funds.keys().key(id));
      ASSERT_EQ(static_cast<int>((funds.account(id).proposed + funds.account(id).firm) / unit), of(taken, partner));
      ASSERT_EQ(static_cast<int>(funds.account(id).firm / unit), of(firm_, partner));
    }
  }

  // The same open orders and releases on (opening - firm draws) give the same decisions.
  void CheckFresh(const v1::RunResult& result) const {
    Amounts left = there_;
    for (const auto& [name, amount] : firm_) left[name] -= amount;
    const std::unique_ptr<Session> fresh = assay::Open(book_, left);
    for (const auto& [id, order] : open_) {
      const absl::string_view view = order;
      ASSERT_TRUE(fresh->Add(absl::MakeConstSpan(&view, 1)).ok());
    }
    for (const std::string& release : releases_) ASSERT_TRUE(fresh->Release(release).ok());
    const absl::StatusOr<v1::RunResult> again = fresh->RunWave();
    ASSERT_TRUE(again.ok());
    std::vector<v1::Decision> expected(again->decisions().begin(), again->decisions().end());
    std::vector<v1::Decision> found;
    for (const v1::Decision& decision : result.decisions()) {
      if (!firm_orders_.contains(decision.order_id())) found.push_back(decision);
    }
    ASSERT_EQ(found.size(), expected.size());
    for (size_t i = 0; i < found.size(); ++i) {
      // The data are others, so is their name.
      found[i].mutable_provenance()->clear_snapshot();
      expected[i].mutable_provenance()->clear_snapshot();
      ASSERT_EQ(found[i].SerializeAsString(), expected[i].SerializeAsString())
          << found[i].DebugString() << expected[i].DebugString();
    }
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::mt19937 random_;
  Amounts there_;
  Amounts firm_;
  std::unique_ptr<Session> session_;
  int orders_ = 0;
  std::map<std::string, std::string> open_;
  std::vector<std::string> releases_;
  std::map<std::string, v1::Decision> last_;
  std::set<std::string> firm_orders_;
  bool ran_ = false;
};

TEST(SessionPropertyTest, LedgersReconcileAndRunsEqualFreshOnesAfterRandomVerbs) {
  const auto book = Book();
  ASSERT_NE(book, nullptr);
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Desk desk(book, seed);
    for (int step = 0; step < 40 && !HasFatalFailure(); ++step) desk.Step();
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace assay
