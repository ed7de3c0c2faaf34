// What an order draws goes with it or goes back, and what hosts are told of it in the codes of PEPPOL and UBL.
#include "review/draws.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "rulebook/reference.h"
#include "tests/review/sample_session.h"
#include "tests/review/shared_book.h"

namespace assay {
namespace {

// Of partner C<number>, submitted at <number> o'clock, at a price of 1.
std::string Asking(const CompiledRulebook& book, int number, const std::string& quantity, const std::string& policy) {
  return Wire(book, "assay.v1.Order",
              absl::StrCat(R"({"id":"O)", number, R"(","warehouse":"W","sold_to":"C)", number,
                           R"(","submitted_by":"me","backorder_policy":"BACKORDER_POLICY_)", policy,
                           R"(","submitted_at":"2026-11-20T0)", number,
                           R"(:00:00Z","lines":[{"id":"1","product_id":"P1","unit_price":"1","quantity":")", quantity,
                           R"("}]})"));
}

const v1::DayTable& TableOf(const v1::RunResult& result, const std::string& name) {
  return *std::find_if(result.tables().begin(), result.tables().end(),
                       [&name](const v1::DayTable& table) { return table.name() == name; });
}

TEST(DrawsTest, WhereFundsFailTheStockGoesBackBeforeTheNextOrder) {
  const auto book = Compile(kSharedBook);
  const auto session = OpenOn(book, {{"P1/L1", 30}, {"C1", 19}, {"C2", 30}}, {1'795'000'000, 0}, 1);
  const v1::RunResult result =
      RunOrders(session.get(), {Asking(*book, 1, "20", "CANCEL"), Asking(*book, 2, "30", "CANCEL")});
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_REJECTED);
  EXPECT_EQ(Find(result, "O1").findings(0).rule(), "R-POOR");
  EXPECT_EQ(Find(result, "O2").lines(0).confirmed(), "30");
  const BalanceLedger& funds = *session->ledgers().balances()[1];
  for (AccountId id = 0; id < funds.keys().size(); ++id) {
    const bool is_second = funds.keys().key(id) == "C2";
    EXPECT_EQ(static_cast<int>(funds.account(id).proposed / 1000000), is_second ? 30 : 0);
  }
}

TEST(DrawsTest, ExactlyWhatTheFundsCoverGoes) {
  const auto book = Compile(kSharedBook);
  const auto session = OpenOn(book, {{"P1/L1", 30}, {"C1", 20}}, {1'795'000'000, 0}, 1);
  EXPECT_EQ(Find(RunOrders(session.get(), {Asking(*book, 1, "20", "CANCEL")}), "O1").disposition(),
            v1::DISPOSITION_CONFIRMED);
}

TEST(DrawsTest, OrdersAndLinesCarryResponseCodes) {
  const auto book = Compile(kSharedBook);
  Amounts there = {{"P1/L1", 50}, {"P1/2026-11-25", 4}};
  for (int c = 1; c <= 6; ++c) there[absl::StrCat("C", c)] = c == 2 ? 1 : 100;
  const auto session = OpenOn(book, there, {1'795'000'000, 0}, 1);
  const v1::RunResult result = RunOrders(
      session.get(), {Asking(*book, 1, "30", "CANCEL"), Asking(*book, 2, "5", "CANCEL"), Asking(*book, 3, "41", "KEEP"),
                      Asking(*book, 4, "22", "KEEP"), Asking(*book, 5, "2", "KEEP"), Asking(*book, 6, "1", "CANCEL")});
  const auto codes = [&result](const std::string& id) {
    const v1::Decision& decision = Find(result, id);
    return absl::StrCat(v1::Disposition_Name(decision.disposition()).substr(sizeof("DISPOSITION_") - 1), " ",
                        decision.response_code(), " ", decision.lines(0).response_code());
  };
  EXPECT_EQ(codes("O1"), "CONFIRMED AP 5");
  EXPECT_EQ(codes("O2"), "REJECTED RE 7");  // without funds
  EXPECT_EQ(codes("O3"), "HELD AB 3");      // over 40; released it would get less
  EXPECT_EQ(codes("O4"), "PARTIAL CA 3");   // 20 of 22, the rest later
  EXPECT_EQ(codes("O5"), "PARTIAL CA 3");   // all of it later
  EXPECT_EQ(codes("O6"), "REJECTED RE 7");  // nothing is left
}

TEST(DrawsTest, TheStockTableTellsCoverExcessAndWhatIsNearItsEnd) {
  std::string text = kStockBook;
  text.replace(text.find("    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}\n"),
               sizeof("    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}\n") - 1,
               "    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot, near_when: lot.lot == 'L1'}\n"
               "    daily_use: order.order_discount\n"
               "    cover_days: \"10.0\"\n"
               "    phasing_out_when: order.warehouse == 'W'\n");
  const auto book = Compile(text);
  ASSERT_NE(book, nullptr);
  const auto cells = [&book](const std::string& use) {
    const auto session = Open(book, "100", 1);
    const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "30") + use});
    const v1::DayTable& stock = TableOf(result, "stock");
    const std::vector<std::string> columns(stock.columns().end() - 4, stock.columns().end());
    EXPECT_EQ(columns, (std::vector<std::string>{"days_of_cover", "excess", "phasing_out", "near_expiry"}));
    return std::vector<std::string>(stock.rows(0).cells().end() - 4, stock.rows(0).cells().end());
  };
  const auto use = [&book](const std::string& amount) {
    return Wire(*book, "assay.v1.Order", absl::StrCat(R"({"order_discount":")", amount, R"("})"));
  };
  using Cells = std::vector<std::string>;
  EXPECT_EQ(cells(use("3")), (Cells{"23", "40", "70", "100"}));
  EXPECT_EQ(cells(use("7")), (Cells{"10", "0", "70", "100"}));
  EXPECT_EQ(cells(use("7.01")), (Cells{"9", "0", "70", "100"}));
  EXPECT_EQ(cells(use("0")), (Cells{"", "70", "70", "100"}));  // without use nothing is needed
  EXPECT_EQ(cells(""), (Cells{"", "", "70", "100"}));          // not known
}

TEST(DrawsTest, AnAccountWhoseFirstPartIsEmptyStandsOnceInTheStockTable) {
  const auto book = Compile(kStockBook);
  auto lots = std::make_shared<RowBytes>();
  lots->Add(Wire(*book, "assay.v1.StockLot", R"({"product_id":"P","lot":"L1","on_hand":"30"})"));
  const auto session = *Session::Open(book, *BuildSnapshot(*book, {{"lots", lots}}), {.now = {1'795'000'000, 0}});
  const v1::RunResult result = RunOrders(
      session.get(),
      {Wire(*book, "assay.v1.Order", R"({"id":"O1","lines":[{"id":"1","product_id":"P","quantity":"20"}]})")});
  EXPECT_EQ(Find(result, "O1").lines(0).confirmed(), "20");
  const v1::DayTable& stock = TableOf(result, "stock");
  ASSERT_EQ(stock.rows_size(), 1);
  EXPECT_EQ(stock.rows(0).cells(1), "/P");
}

// A line is delivered from its warehouse and, where that has too little, from others.
class FallbackTest : public testing::Test {
 protected:
  FallbackTest() {
    std::string text = kStockBook;
    const std::string own = "    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}\n";
    text.replace(text.find(own), own.size(), own + R"(
    all_or_nothing_when: order.delivery_policy == 'COMPLETE'
    fallbacks:
      - warehouse: order.fallback_warehouses
        key: [warehouse, line.product_id]
        lots:
          of: line.other_lots.filter(l, l.warehouse == warehouse)
          as: lot
          quantity: lot.on_hand
          id: lot.lot
)");
    text.replace(text.find("roles:\n"), 0,
                 "  - {name: other_lots, each: line, dataset: lots, key: [product_id], on: [line.product_id], "
                 "when: _.warehouse in order.fallback_warehouses, many: true, order_by: [lot]}\n");
    book_ = Compile(text);
    auto lots = std::make_shared<RowBytes>();
    for (const char* lot :
         {R"("warehouse":"W","lot":"L1","on_hand":"10")", R"("warehouse":"V","lot":"M1","on_hand":"5")",
          R"("warehouse":"V","lot":"M2","on_hand":"10")", R"("warehouse":"U","lot":"N1","on_hand":"3")"}) {
      lots->Add(Wire(*book_, "assay.v1.StockLot", absl::StrCat(R"({"product_id":"P",)", lot, "}")));
    }
    data_ = *BuildSnapshot(*book_, {{"lots", lots}});
    Restart();
  }

  void Restart() {
    SessionOptions options;
    options.now = {1'795'000'000, 0};
    session_ = *Session::Open(book_, data_, options);
  }

  std::string Of(int number, const std::string& quantity, const std::string& more) {
    return Order(*book_, number, quantity) + Wire(*book_, "assay.v1.Order", more);
  }

  // "L1:10 M1@V:2"
  static std::string Parts(const v1::Decision& decision) {
    std::string text;
    for (const v1::LinePart& part : decision.lines(0).parts()) {
      absl::StrAppend(&text, text.empty() ? "" : " ", part.kind() == v1::LinePart::KIND_CUT ? "cut" : part.lot(),
                      part.warehouse().empty() ? "" : "@", part.warehouse(), ":", part.quantity());
    }
    return text;
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const Snapshot> data_;
  std::unique_ptr<Session> session_;
};

constexpr char kElseV[] = R"({"fallback_warehouses":["V"]})";

TEST_F(FallbackTest, WhatTheWarehouseDoesNotHaveComesFromTheOther) {
  const v1::RunResult result =
      RunOrders(session_.get(), {Of(1, "17", kElseV), Of(2, "20", R"({"warehouse":"V"})"), Of(3, "1", "{}")});
  EXPECT_EQ(Parts(Find(result, "O1")), "L1:10 M1@V:5 M2@V:2");
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_CONFIRMED);
  EXPECT_EQ(Parts(Find(result, "O2")), "M2:8 cut:12");  // the two share one account
  EXPECT_EQ(Parts(Find(result, "O3")), "cut:1");        // it names no other warehouse
  const v1::DayTable& table = TableOf(result, "consolidated");
  ASSERT_EQ(table.rows_size(), 4);
  EXPECT_EQ(table.rows(3).cells(0), "V");
}

TEST_F(FallbackTest, OneIsAskedAfterTheOtherInTheOrdersOrder) {
  const auto parts = [this](const std::string& quantity, const std::string& elsewhere) {
    const std::string names = absl::StrCat(R"({"fallback_warehouses":[)", elsewhere, "]}");
    Restart();
    return Parts(Find(RunOrders(session_.get(), {Of(1, quantity, names)}), "O1"));
  };
  EXPECT_EQ(parts("20", R"("U","V")"), "L1:10 N1@U:3 M1@V:5 M2@V:2");
  EXPECT_EQ(parts("20", R"("V","U")"), "L1:10 M1@V:5 M2@V:5");
  EXPECT_EQ(parts("30", R"("V","U")"), "L1:10 M1@V:5 M2@V:10 N1@U:3 cut:2");
  EXPECT_EQ(parts("20", R"("","X","U","U")"), "L1:10 N1@U:3 cut:7");  // no name, one that has nothing, one twice
}

TEST_F(FallbackTest, WhatAllOfThemGaveIsFirmOnceCommittedAndStandsAfterARestore) {
  const std::string all = R"({"fallback_warehouses":["U","V"]})";
  RunOrders(session_.get(), {Of(1, "20", all)});
  ASSERT_TRUE(session_->Commit().ok());
  const std::string saved = session_->Save();
  Restart();
  ASSERT_TRUE(session_->Restore(saved).ok());
  const v1::RunResult result = RunOrders(session_.get(), {Of(2, "20", all)});
  EXPECT_EQ(Parts(Find(result, "O1")), "L1:10 N1@U:3 M1@V:5 M2@V:2");
  EXPECT_EQ(Parts(Find(result, "O2")), "M2@V:8 cut:12");
}

TEST_F(FallbackTest, AnExplanationTellsEachOfThem) {
  RunOrders(session_.get(), {Of(1, "20", R"({"fallback_warehouses":["U","V"]})")});
  const absl::StatusOr<v1::Explanation> explained = session_->ExplainOrder("O1");
  ASSERT_TRUE(explained.ok()) << explained.status();
  std::vector<std::string> accounts;
  for (const v1::LedgerVerdict& ledger : explained->ledgers()) {
    accounts.push_back(absl::StrCat(ledger.account(0), " ", ledger.opening(), " ", ledger.draws_size()));
  }
  EXPECT_EQ(accounts, (std::vector<std::string>{"W 10 1", "U 3 1", "V 15 2"}));
}

TEST_F(FallbackTest, ACompleteLineIsCompleteFromAllOfThemOrNotAtAll) {
  const std::string whole = R"({"delivery_policy":"DELIVERY_POLICY_COMPLETE","fallback_warehouses":["V"]})";
  EXPECT_EQ(Parts(Find(RunOrders(session_.get(), {Of(1, "26", whole)}), "O1")), "cut:26");
  EXPECT_EQ(Parts(Find(RunOrders(session_.get(), {Of(2, "25", whole)}), "O2")), "L1:10 M1@V:5 M2@V:10");
}

TEST_F(FallbackTest, TheOrdersOwnWarehouseAgainIsNoOther) {
  EXPECT_EQ(Parts(Find(RunOrders(session_.get(), {Of(1, "12", R"({"fallback_warehouses":["W"]})")}), "O1")),
            "L1:10 cut:2");
}

// Two lots, and promises to others that name an order and, some of them, a lot.
class PromisedTest : public testing::Test {
 protected:
  PromisedTest() {
    std::string text = kStockBook;
    const std::string own = "    lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}\n";
    text.replace(text.find(own), own.size(), own + R"(
    commitments: {of: line.promises, as: promise, quantity: promise.quantity, date: date(now), order: promise.order_id,
                  lot: promise.lot}
)");
    text.replace(text.find("joins:\n"), 0,
                 "  - {name: promises, type: assay.v1.Reservation, key: [warehouse, product_id], many: true}\n");
    text.replace(text.find("roles:\n"), 0,
                 "  - {name: promises, each: line, dataset: promises, on: [order.warehouse, line.product_id], many: "
                 "true}\n");
    book_ = Compile(text);
  }

  std::unique_ptr<Session> On(std::initializer_list<const char*> promises) {
    auto lots = std::make_shared<RowBytes>();
    for (const char* lot : {"L1", "L2"}) {
      lots->Add(Wire(*book_, "assay.v1.StockLot",
                     absl::StrCat(R"({"warehouse":"W","product_id":"P","on_hand":"10","lot":")", lot, R"("})")));
    }
    auto rows = std::make_shared<RowBytes>();
    for (const char* promise : promises) {
      rows->Add(
          Wire(*book_, "assay.v1.Reservation", absl::StrCat(R"({"warehouse":"W","product_id":"P",)", promise, "}")));
    }
    SessionOptions options;
    options.now = {1'795'000'000, 0};
    return *Session::Open(book_, *BuildSnapshot(*book_, {{"lots", lots}, {"promises", rows}}), options);
  }

  static std::string Confirmed(const v1::RunResult& result, const std::string& id) {
    return Find(result, id).lines(0).confirmed();
  }

  std::shared_ptr<const CompiledRulebook> book_;
};

TEST_F(PromisedTest, PromisesToOrdersUnderReviewAreTheirs) {
  const auto session = On({R"("order_id":"O1","quantity":"15")", R"("order_id":"X","quantity":"3")"});
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Order(*book_, 2, "20")}), "O2"), "2");
  const v1::RunResult both = RunOrders(session.get(), {Order(*book_, 1, "15")});
  EXPECT_EQ(Confirmed(both, "O1"), "15");
  EXPECT_EQ(Confirmed(both, "O2"), "2");
}

TEST_F(PromisedTest, PromisesToCommittedOrdersAreDrawnOnce) {
  const auto session = On({R"("order_id":"O1","quantity":"15")"});
  RunOrders(session.get(), {Order(*book_, 1, "15")});
  ASSERT_TRUE(session->Commit().ok());
  EXPECT_EQ(Confirmed(RunOrders(session.get(), {Order(*book_, 2, "20")}), "O2"), "5");
}

TEST_F(PromisedTest, WhatIsPromisedToAnOrderThatIsTakenOutIsOthersAgain) {
  const auto session = On({R"("order_id":"O1","quantity":"15")"});
  RunOrders(session.get(), {Order(*book_, 1, "1"), Order(*book_, 2, "20")});
  ASSERT_TRUE(session->Withdraw("O1").ok());
  EXPECT_EQ(Confirmed(*session->RunWave(), "O2"), "5");
}

TEST_F(PromisedTest, ALotThatIsPromisedIsGivenToNobodyElse) {
  const auto session = On({R"("order_id":"X","quantity":"8","lot":"L1")"});
  const v1::RunResult result = RunOrders(session.get(), {Order(*book_, 1, "20")});
  const v1::LineDecision& line = Find(result, "O1").lines(0);
  EXPECT_EQ(line.confirmed(), "12");
  EXPECT_EQ(line.parts(0).lot() + line.parts(0).quantity(), "L12");
  EXPECT_EQ(line.parts(1).lot() + line.parts(1).quantity(), "L210");
}

}  // namespace
}  // namespace assay
