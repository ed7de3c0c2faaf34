// Random sessions whose classes share stock, whose held orders keep it, and whose firm orders change: what was there is
// what is left, proposed and firm, to the unit that decisions tell, whatever the threads; and in turn nobody is refused
// what a later order of the same run got.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/civil.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"
#include "tests/review/shared_book.h"

namespace assay {
namespace {

constexpr int kProducts = 3;
constexpr char kNow[] = "2026-11-20T09:00:00Z";

std::string BookWith(const std::string& ledger, const std::string& priority) {
  return absl::StrReplaceAll(
      kSharedBook, {{"    amount: line.quantity\n", absl::StrCat("    amount: line.quantity\n", ledger)},
                    {"  priority: [order.submitted_at]\n", priority},
                    {"  submitter: order.submitted_by\n",
                     "  submitter: order.submitted_by\n  firm_reason: BIG\n"
                     "  firm_outcome: \"order.stage == 'SHIPPED' ? 'REJECT' : order.stage == 'PRINTED' ? 'HOLD' : "
                     "'NOTE'\"\n"}});
}

bool Goes(const v1::Decision& decision) {
  return decision.disposition() == v1::DISPOSITION_CONFIRMED || decision.disposition() == v1::DISPOSITION_PARTIAL;
}

class FairDesk {
 public:
  FairDesk(std::shared_ptr<const CompiledRulebook> book, uint32_t seed) : book_(std::move(book)), random_(seed) {
    for (int p = 0; p < kProducts; ++p) {
      for (const char* name : {"L1", "L2", "2026-11-22", "2026-11-25"})
        there_[absl::StrCat("P", p, "/", name)] = Draw(0, 60);
    }
    for (int c = 0; c < 2; ++c) there_[absl::StrCat("C", c)] = Draw(100, 900);
    for (int p = 0; p < kProducts; ++p) there_[absl::StrCat("KP", p)] = Draw(0, 200);
    session_ = OpenOn(book_, there_, *ParseTimestamp(kNow), 1);
  }

  void Step() {
    switch (Draw(0, 7)) {
      case 0:
      case 1:
        Put(OrderOf(++orders_, 1));
        return;
      case 2:
        if (orders_ > 0) Put(OrderOf(Draw(1, orders_), ++revision_));
        return;
      case 3:
        // Refused unless a run saw everything.
        EXPECT_EQ(session_->Commit().ok(), is_current_);
        return;
      case 4:
        if (session_->Withdraw(absl::StrCat("O", Draw(1, std::max(1, orders_)))).ok()) is_current_ = false;
        return;
      default:
        return Run();
    }
  }

 private:
  int Draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  std::string OrderOf(int number, int revision) {
    std::string lines;
    for (int i = 1, count = Draw(1, 3); i <= count; ++i) {
      absl::StrAppend(&lines, i > 1 ? "," : "", R"({"id":")", i, R"(","product_id":"P)", Draw(0, kProducts - 1),
                      R"(","quantity":")", Draw(1, 44), R"(","unit_price":"1")",
                      Draw(0, 1) == 0 ? R"(,"requested_date":"2026-11-23")" : "",
                      Draw(0, 3) == 0 ? R"(,"free_goods":true)" : "", "}");
    }
    const char* stages[] = {"SUBMITTED", "SUBMITTED", "PRINTED", "SHIPPED"};
    return Wire(
        *book_, "assay.v1.Order",
        absl::StrCat(R"({"id":"O)", number, R"(","revision":)", revision, R"(,"warehouse":"W","sold_to":"C)",
                     Draw(0, 1), R"(","stage":"ORDER_STAGE_)", stages[Draw(0, 3)],
                     R"(","submitted_by":"me","submitted_at":"2026-11-20T0)", Draw(0, 8), R"(:00:00Z","lines":[)",
                     lines, R"(],"backorder_policy":"BACKORDER_POLICY_)", Draw(0, 1) == 0 ? "KEEP" : "CANCEL",
                     R"(","delivery_policy":"DELIVERY_POLICY_)", Draw(0, 3) == 0 ? "COMPLETE" : "PARTIAL", R"("})"));
  }

  void Put(const std::string& order) {
    const absl::string_view view = order;
    ASSERT_TRUE(session_->Add(absl::MakeConstSpan(&view, 1)).ok());
    is_current_ = false;
  }

  void Run() {
    const std::string before = session_->Save();
    const absl::StatusOr<v1::RunResult> result = session_->RunWave();
    ASSERT_TRUE(result.ok()) << result.status();
    is_current_ = true;
    const auto other = OpenOn(book_, there_, *ParseTimestamp(kNow), 1 << Draw(0, 2));
    ASSERT_TRUE(other->Restore(before).ok());
    ASSERT_EQ(other->RunWave()->SerializeAsString(), result->SerializeAsString());
    ASSERT_EQ(other->Save(), session_->Save());
    ASSERT_EQ(other->RunWave()->SerializeAsString(), result->SerializeAsString());
    ASSERT_NO_FATAL_FAILURE(CheckStock(*result));
    ASSERT_NO_FATAL_FAILURE(CheckBalances());
  }

  // No partner's funds and no campaign's quota are given away twice.
  void CheckBalances() const {
    for (const size_t index : {kFundsLedger, kQuotaLedger}) {
      const BalanceLedger& balance = *session_->ledgers().balances()[index];
      for (AccountId id = 0; id < balance.keys().size(); ++id) {
        const BalanceAccount& account = balance.account(id);
        const int64_t left = static_cast<int64_t>(*account.opening - account.proposed - account.firm);
        ASSERT_GE(left, 0) << balance.keys().key(id);
        ASSERT_EQ(static_cast<int64_t>(*account.Available()), left) << balance.keys().key(id);
        ASSERT_EQ(*account.opening, there_.at(std::string(balance.keys().key(id))) * Pow10(balance.scale()));
      }
    }
  }

  // What decisions tell of each supply, of orders that go and of those held that keep it.
  void CheckStock(const v1::RunResult& result) {
    Amounts goes;
    Amounts kept;
    for (const v1::Decision& decision : result.decisions()) {
      const bool is_held = decision.disposition() == v1::DISPOSITION_HELD;
      for (const v1::LineDecision& line : decision.lines()) {
        for (const v1::LinePart& part : line.parts()) {
          if (part.kind() == v1::LinePart::KIND_CUT || (!Goes(decision) && !is_held)) continue;
          const std::string& from = part.lot().empty() ? part.date() : part.lot();
          (is_held ? kept : goes)[absl::StrCat(line.product(), "/", from)] += std::stoi(part.quantity());
        }
      }
    }
    const StockLedger& stock = *session_->ledgers().stocks()[0];
    int128 unit = 1;
    for (int i = 0; i < stock.scale(); ++i) unit *= 10;
    for (AccountId id = 0; id < stock.keys().size(); ++id) {
      if (!stock.IsOpen(id)) continue;
      const std::string product(stock.keys().key(id).substr(2));
      const auto check = [&](const Supply& supply, const std::string& name) {
        const int drawn = static_cast<int>((supply.proposed + supply.firm) / unit);
        ASSERT_GE(static_cast<int64_t>(supply.left()), 0) << name;
        ASSERT_EQ(static_cast<int>(supply.opening / unit), there_.at(name)) << name;
        ASSERT_GE(drawn, goes[name]) << name;
        ASSERT_LE(drawn, goes[name] + kept[name]) << name;
      };
      const StockAccount& account = stock.account(id);
      for (size_t i = 0; i < account.lots.size(); ++i) check(account.lots[i], absl::StrCat(product, "/L", i + 1));
      for (const Supply& receipt : account.receipts)
        check(receipt, absl::StrCat(product, "/", FormatDate(receipt.due)));
    }
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::mt19937 random_;
  Amounts there_;
  std::unique_ptr<Session> session_;
  int orders_ = 0;
  int revision_ = 1;
  bool is_current_ = false;
};

void Work(const std::string& text) {
  const auto book = Compile(text);
  ASSERT_NE(book, nullptr);
  for (uint32_t seed = 1; seed <= 60 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    FairDesk desk(book, seed);
    for (int step = 0; step < 40 && !testing::Test::HasFailure(); ++step) desk.Step();
  }
}

TEST(FairSessionPropertyTest, SharedStockReconcilesWhateverIsCommittedChangedAndTakenOut) {
  Work(BookWith("    fair_share_when: \"true\"\n    fair_share_unit: \"1.0\"\n",
                "  priority: [order.sold_to, order.submitted_at]\n  class_keys: 1\n"));
}

TEST(FairSessionPropertyTest, AndWithWhatHeldOrdersKeep) {
  Work(
      BookWith("    fair_share_when: line.quantity > 3\n    fair_share_unit: \"1.0\"\n    keeps_when_held: "
               "order.sold_to == 'C0'\n",
               "  priority: [order.submitted_at]\n"));
}

TEST(FairSessionPropertyTest, AndWithoutEither) { Work(BookWith("", "  priority: [order.submitted_at]\n")); }

// Of lots alone, orders that take parts: once one of them is short, later ones get nothing.
TEST(FairSessionPropertyTest, NoOrderIsRefusedAUnitThatALaterOneGot) {
  const auto book = Compile(kStockBook);
  std::mt19937 random(5);
  for (int turn = 0; turn < 200; ++turn) {
    const auto session = Open(book, absl::StrCat(random() % 120), 1 + static_cast<int>(random() % 3));
    std::vector<std::string> orders;
    for (int i = 1; i <= 9; ++i) orders.push_back(Order(*book, i, absl::StrCat(1 + random() % 60)));
    std::shuffle(orders.begin(), orders.end(), random);
    bool is_short = false;
    const v1::RunResult result = RunOrders(session.get(), orders);
    for (const v1::Decision& decision : result.decisions()) {
      if (decision.disposition() == v1::DISPOSITION_HELD) continue;  // over 50: it draws nothing
      const v1::LineDecision& line = decision.lines(0);
      if (is_short) {
        EXPECT_EQ(line.confirmed(), "0");
      }
      is_short = is_short || line.confirmed() != line.requested();
    }
  }
}

}  // namespace
}  // namespace assay
