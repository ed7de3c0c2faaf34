// Entry points: those of sample_session.h.
#include "tests/review/sample_session.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ingest/json_rows.h"

namespace assay {

const char kStockBook[] = R"(
name: test.stock
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets:
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
  - {name: releases, type: assay.v1.Release, key: [id]}
  - {name: staff, type: assay.v1.Staff, key: [id]}
joins:
  - {name: lots, each: line, dataset: lots, on: [order.warehouse, line.product_id], many: true, order_by: [expiry, received, lot]}
roles:
  - {name: CLERK, title: {en: Clerk, zh: 文员}, reports_to: BOSS}
  - {name: BOSS, title: {en: Boss, zh: 主管}}
reason_codes:
  - {code: BIG, text: {en: Big, zh: 大}, route: CLERK, releasable: true}
  - {code: SHORT, text: {en: Short, zh: 缺}, route: CLERK, releasable: false}
rules:
  - id: R-BIG
    each: line
    condition: line.quantity > 50
    outcome: HOLD
    reason: BIG
    expected: "50"
    actual: line.quantity
    bound: AT_MOST
    release_days: 3
    message: {en: '{actual}', zh: '{actual}'}
ledgers:
  - name: stock
    kind: KIND_LOTS
    each: line
    key: [order.warehouse, line.product_id]
    amount: line.quantity
    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}
review:
  id: order.id
  revision: order.revision
  lines: line
  line_id: line.id
  quantity: line.quantity
  product: line.product_id
  stock: stock
  short_reason: SHORT
  priority: [order.submitted_at]
  submitter: order.submitted_by
  releases: releases
  staff: staff
  amount: sum(order.lines.map(l, l.quantity))
  unevaluable_rule: SYS
  release_rule: APR
)";

std::shared_ptr<const CompiledRulebook> Compile(absl::string_view text) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", text, &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(std::move(*loaded), *Schema::CreateStandard(), &issues);
  EXPECT_NE(book, nullptr) << Format(issues);
  return book;
}

std::string Wire(const CompiledRulebook& book, const char* type, const std::string& json) {
  std::string wire;
  const absl::Status status = JsonToWire(*book.schema, **book.schema->FindMessage(type), json, &wire);
  EXPECT_TRUE(status.ok()) << status;
  return wire;
}

std::string Order(const CompiledRulebook& book, int number, const std::string& quantity) {
  return Wire(
      book, "assay.v1.Order",
      absl::StrCat(R"({"id":"O)", number, R"(","warehouse":"W","submitted_by":"me","submitted_at":"2026-11-20T0)",
                   number, R"(:00:00Z","lines":[{"id":"1","product_id":"P","quantity":")", quantity, R"("}]})"));
}

std::unique_ptr<Session> Open(const std::shared_ptr<const CompiledRulebook>& book, const std::string& on_hand,
                              int threads) {
  auto rows = std::make_shared<RowBytes>();
  rows->Add(Wire(*book, "assay.v1.StockLot",
                 absl::StrCat(R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":")", on_hand, R"("})")));
  SessionOptions options;
  options.now = {1'795'000'000, 0};
  options.threads = threads;
  return *Session::Open(book, *BuildSnapshot(*book, {{"lots", rows}}), options);
}

std::string Revised(const CompiledRulebook& book, int number, int revision, const std::string& quantity) {
  return Wire(book, "assay.v1.Order",
              absl::StrCat(R"({"id":"O)", number, R"(","revision":)", revision,
                           R"(,"warehouse":"W","submitted_by":"me","submitted_at":"2026-11-20T0)", number,
                           R"(:00:00Z","lines":[{"id":"1","product_id":"P","quantity":")", quantity, R"("}]})"));
}

void AddOrders(Session* session, const std::vector<std::string>& orders) {
  EXPECT_TRUE(session->Add(std::vector<absl::string_view>(orders.begin(), orders.end())).ok());
}

v1::RunResult RunOrders(Session* session, const std::vector<std::string>& orders) {
  AddOrders(session, orders);
  absl::StatusOr<v1::RunResult> result = session->RunWave();
  EXPECT_TRUE(result.ok()) << result.status();
  return *result;
}

const v1::Decision& Find(const v1::RunResult& result, const std::string& id) {
  for (const v1::Decision& decision : result.decisions()) {
    if (decision.order_id() == id) return decision;
  }
  static const v1::Decision kNone;
  ADD_FAILURE() << "no decision of " << id;
  return kNone;
}

void KeepAge(const v1::Decision& before, v1::Decision* decision) {
  if (before.revision() != decision->revision()) return;
  for (v1::OpenHold& hold : *decision->mutable_holds()) {
    for (const v1::OpenHold& old : before.holds()) {
      if (old.rule() == hold.rule() && old.line_id() == hold.line_id()) *hold.mutable_opened() = old.opened();
    }
  }
}

}  // namespace assay
