// A session that follows what changes: its runs review only what changed and who shares with that, and come out as runs
// over all do; and they tell what changed, and why.
#include <algorithm>
#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "rulebook/reference.h"
#include "tests/review/sample_session.h"
#include "tests/review/shared_book.h"

namespace assay {
namespace {

constexpr Timestamp kNow = {1'795'000'000, 0};

// The shared book whose orders also see one another, and whose promises to orders are known.
std::string FollowedBook() {
  return absl::StrReplaceAll(
      kSharedBook,
      {{"joins:\n",
        "  - {name: promises, type: assay.v1.Reservation, key: [warehouse, product_id], many: true}\n"
        "  - {name: releases, type: assay.v1.Release, key: [id]}\n"
        "joins:\n"
        "  - {name: twins, dataset: batch.order, key: [sold_to], on: [order.sold_to], when: _.id != order.id, "
        "many: true}\n"
        "  - {name: promises, each: line, dataset: promises, on: [order.warehouse, line.product_id], many: true}\n"},
       {"    date: line.requested_date\n",
        "    commitments: {of: line.promises, as: promise, quantity: promise.quantity, date: date(now), order: "
        "promise.order_id}\n    date: line.requested_date\n"},
       {"rules:\n",
        "rules:\n  - {id: R-TWIN, condition: \"order.twins.exists(t, size(t.lines) == size(order.lines))\", outcome: "
        "NOTE, reason: BIG, actual: size(order.twins), message: {en: x, zh: x}}\n"},
       {"review:\n", "review:\n  releases: releases\n"}});
}

// Reference data that changes, row by row.
struct Data {
  std::map<std::string, std::string> lots, partners, promises;  // JSON by a key of their own

  std::shared_ptr<const Snapshot> Build(const CompiledRulebook& book) const {
    std::map<std::string, std::shared_ptr<const RowBytes>> rows;
    const auto add = [&](const char* dataset, const char* type, const std::map<std::string, std::string>& all) {
      auto bytes = std::make_shared<RowBytes>();
      for (const auto& [key, json] : all) bytes->Add(Wire(book, type, json));
      rows[dataset] = std::move(bytes);
    };
    add("lots", "assay.v1.StockLot", lots);
    add("partners", "assay.v1.Partner", partners);
    add("promises", "assay.v1.Reservation", promises);
    return *BuildSnapshot(book, rows);
  }

  void SetLot(int product, int quantity) {
    const std::string name = absl::StrCat("P", product);
    lots[name] =
        absl::StrCat(R"({"warehouse":"W","lot":"L","product_id":")", name, R"(","on_hand":")", quantity, "\"}");
  }
  void SetPartner(int partner, int limit) {
    const std::string name = absl::StrCat("C", partner);
    partners[name] = absl::StrCat(R"({"id":")", name, R"(","credit":{"limit":")", limit, "\"}}");
  }
  void SetPromise(int product, const std::string& order, int quantity) {
    promises[absl::StrCat(product, order)] =
        absl::StrCat(R"({"warehouse":"W","product_id":"P)", product, R"(","order_id":")", order, R"(","quantity":")",
                     quantity, "\"}");
  }
};

std::string OrderOf(const CompiledRulebook& book, const std::string& id, int revision, int partner, int hour,
                    const std::vector<std::pair<int, int>>& lines) {
  std::string text;
  for (const auto& [product, quantity] : lines) {
    absl::StrAppend(&text, text.empty() ? "" : ",", R"({"id":")", product, R"(","product_id":"P)", product,
                    R"(","unit_price":"1","quantity":")", quantity, "\"}");
  }
  return Wire(book, "assay.v1.Order",
              absl::StrCat(R"({"id":")", id, R"(","revision":)", revision, R"(,"warehouse":"W","sold_to":"C)", partner,
                           R"(","submitted_by":"me","submitted_at":"2026-11-18T0)", hour, R"(:00:00Z","lines":[)", text,
                           R"(],"backorder_policy":"BACKORDER_POLICY_CANCEL"})"));
}

class FollowTest : public testing::Test {
 protected:
  FollowTest() : book_(Compile(FollowedBook())) {
    for (int p = 1; p <= 4; ++p) data_.SetLot(p, 10);
    for (int c = 1; c <= 4; ++c) data_.SetPartner(c, 100);
  }

  void Follow() {
    SessionOptions options;
    options.now = kNow;
    session_ = *Session::Open(book_, data_.Build(*book_), options);
    ASSERT_TRUE(session_->FollowChanges().ok());
  }

  void Put(const std::string& order) {
    const absl::string_view view = order;
    ASSERT_TRUE(session_->Add(absl::MakeConstSpan(&view, 1)).ok());
  }

  // A run, which must be that of the same session over all.
  v1::RunResult Run() {
    SessionOptions options;
    options.now = kNow;
    const auto whole = *Session::Open(book_, data_.Build(*book_), options);
    EXPECT_TRUE(whole->Restore(session_->Save()).ok());
    const absl::StatusOr<v1::RunResult> expected = whole->RunWave();
    const absl::StatusOr<v1::RunResult> found = session_->RunWave();
    EXPECT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(found->DebugString(), expected->DebugString());
    return *found;
  }

  // "O1 CONFIRMED>PARTIAL LEDGERS(stock)", each on a line.
  std::string Changes() const {
    std::string text;
    for (const v1::OrderChange& change : session_->Changes().orders()) {
      const auto name = [](v1::Disposition disposition) { return v1::Disposition_Name(disposition).substr(12); };
      absl::StrAppend(&text, change.order().order_id(), " ", name(change.order().before()), ">",
                      name(change.order().after()), " ", v1::OrderChange::Cause_Name(change.cause()).substr(6));
      for (const std::string& ledger : change.ledgers()) absl::StrAppend(&text, " ", ledger);
      absl::StrAppend(&text, "\n");
    }
    return text;
  }

  std::shared_ptr<const CompiledRulebook> book_;
  Data data_;
  std::unique_ptr<Session> session_;
};

TEST_F(FollowTest, AnOrderThatComesIsReviewedAndWhoSharesItsStock) {
  Follow();
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{1, 10}}));
  Put(OrderOf(*book_, "O3", 1, 3, 3, {{2, 5}}));
  Run();
  EXPECT_EQ(Changes(), "O2 UNSPECIFIED>CONFIRMED CAME\nO3 UNSPECIFIED>CONFIRMED CAME\n");
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 4}}));
  Run();
  EXPECT_EQ(Changes(), "O1 UNSPECIFIED>CONFIRMED CAME\nO2 CONFIRMED>PARTIAL LEDGERS stock\n");
  EXPECT_EQ(session_->Changes().reviewed(), 2);
  EXPECT_EQ(session_->Changes().kept(), 1);
  Run();
  EXPECT_EQ(Changes(), "");
  EXPECT_EQ(session_->Changes().reviewed(), 0);
}

TEST_F(FollowTest, SharedStockAndSharedFundsReachAsFarAsTheyAreShared) {
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 10}}));
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{1, 5}, {2, 10}}));
  Put(OrderOf(*book_, "O3", 1, 3, 3, {{2, 1}}));
  Put(OrderOf(*book_, "O4", 1, 4, 4, {{3, 1}}));
  Run();
  ASSERT_TRUE(session_->Withdraw("O1").ok());
  Run();
  EXPECT_EQ(Changes(), "O1 CONFIRMED>UNSPECIFIED WITHDRAWN\nO2 PARTIAL>CONFIRMED LEDGERS stock\n");
  EXPECT_EQ(session_->Changes().reviewed(), 2);  // O3 shares with O2, and is as it was
  EXPECT_EQ(session_->Changes().kept(), 1);
}

TEST_F(FollowTest, OrdersThatReadTheOneThatChangedAreReviewed) {
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 1}}));
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{2, 1}}));
  Run();
  Put(OrderOf(*book_, "O3", 1, 2, 3, {{3, 1}}));  // of the same partner: each is told of the other
  const v1::RunResult result = Run();
  EXPECT_EQ(Find(result, "O2").findings(0).rule(), "R-TWIN");
  EXPECT_EQ(Changes(), "O2 CONFIRMED>CONFIRMED ROWS\nO3 UNSPECIFIED>CONFIRMED CAME\n");
  EXPECT_EQ(session_->Changes().kept(), 1);
}

TEST_F(FollowTest, RowsThatAreOnlyCountedAreReadToo) {
  book_ = Compile(absl::StrReplaceAll(
      FollowedBook(), {{", when: _.id != order.id", ""},
                       {"\"order.twins.exists(t, size(t.lines) == size(order.lines))\"", "size(order.twins) > 1"}}));
  ASSERT_NE(book_, nullptr);
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 1}}));
  EXPECT_EQ(Find(Run(), "O1").findings_size(), 0);
  Put(OrderOf(*book_, "O2", 1, 1, 2, {{2, 1}}));
  EXPECT_EQ(Find(Run(), "O1").findings_size(), 1);
}

TEST_F(FollowTest, WhereTheRowOfAMissingValueLiesIsNoMatter) {
  book_ =
      Compile(absl::StrReplaceAll(FollowedBook(), {{", when: _.id != order.id", ""},
                                                   {"size(t.lines) == size(order.lines)", "t.order_discount > 5"}}));
  ASSERT_NE(book_, nullptr);
  Follow();
  Put(OrderOf(*book_, "O5", 1, 1, 1, {{1, 1}}));
  EXPECT_EQ(Find(Run(), "O5").findings(0).actual(), "batch.order[O5]: order_discount is absent");
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{2, 1}}));  // its row comes before the other's
  Run();
  EXPECT_EQ(session_->Changes().kept(), 1);
}

TEST_F(FollowTest, ARowOfTheDataConcernsThoseWhoReadIt) {
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 10}}));
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{2, 10}}));
  Run();
  data_.SetLot(1, 6);
  data_.lots["A"] = R"({"warehouse":"W","lot":"L","product_id":"P9","on_hand":"3"})";  // numbers of rows are no matter
  ASSERT_TRUE(session_->Update(data_.Build(*book_)).ok());
  Run();
  EXPECT_EQ(Changes(), "O1 CONFIRMED>PARTIAL ROWS\n");
  EXPECT_EQ(session_->Changes().kept(), 1);
}

TEST_F(FollowTest, AnAnswerToAHoldConcernsItsOrder) {
  data_.SetLot(1, 100);
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 41}}));
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{2, 1}}));
  Run();
  ASSERT_TRUE(session_
                  ->Release(Wire(*book_, "assay.v1.Release",
                                 R"({"order_id":"O1","rule":"R-BIG","reason":"r","at":"2026-11-17T00:00:00Z",)"
                                 R"("actor":"x","role":"CLERK","granted_bound":"41"})"))
                  .ok());
  Run();
  EXPECT_EQ(Changes(), "O1 HELD>CONFIRMED RELEASE\n");
  EXPECT_EQ(session_->Changes().reviewed(), 1);
}

TEST_F(FollowTest, APromiseToAnOrderThatComesIsNobodyElsesAnyMore) {
  data_.SetPromise(1, "O2", 8);
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 10}}));
  Run();
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{2, 1}}));
  Run();
  EXPECT_EQ(Changes(), "O1 PARTIAL>CONFIRMED LEDGERS stock\nO2 UNSPECIFIED>CONFIRMED CAME\n");
}

TEST_F(FollowTest, AClockThatMovesACommitAndAHigherRevisionAreToldOf) {
  Follow();
  Put(OrderOf(*book_, "O1", 1, 1, 1, {{1, 8}}));
  Put(OrderOf(*book_, "O2", 1, 2, 2, {{1, 8}}));
  Run();
  Put(OrderOf(*book_, "O1", 2, 1, 1, {{1, 2}}));
  Run();
  EXPECT_EQ(Changes(),
            "O1 CONFIRMED>UNSPECIFIED REVISION\nO1 UNSPECIFIED>CONFIRMED CAME\nO2 PARTIAL>CONFIRMED LEDGERS stock\n");
  ASSERT_TRUE(session_->Commit().ok());
  Put(OrderOf(*book_, "O3", 1, 3, 3, {{1, 1}}));
  Run();
  EXPECT_EQ(Changes(), "O3 UNSPECIFIED>REJECTED CAME\n");
}

constexpr int kGoods = 12;
constexpr int kBuyers = 9;

// A session that follows changes, and random verbs on it.
class FollowingDesk {
 public:
  FollowingDesk(std::shared_ptr<const CompiledRulebook> book, uint32_t seed) : book_(std::move(book)), random_(seed) {
    for (int p = 0; p < kGoods; ++p) data_.SetLot(p, Draw(0, 60));
    for (int c = 0; c < kBuyers; ++c) data_.SetPartner(c, Draw(20, 200));
    session_ = Open();
    EXPECT_TRUE(session_->FollowChanges().ok());
  }

  void Step() {
    some_ = absl::StrCat("O", Draw(1, std::max(1, orders_)));
    switch (Draw(0, 9)) {
      case 0:
      case 1:
        return Put(absl::StrCat("O", ++orders_), 1);
      case 2:
        if (orders_ > 0) Put(some_, ++revision_);
        return;
      case 3:
        (void)session_->Withdraw(some_);  // if a run has seen it
        return;
      case 4:
        return Release();
      case 5:
        if (Draw(0, 5) == 0) (void)session_->Commit();  // if nothing came since the last run
        return;
      case 6:
        return Update();
      default:
        return Run();
    }
  }

  int64_t reviewed() const { return reviewed_; }
  int64_t kept() const { return kept_; }

 private:
  int Draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  std::unique_ptr<Session> Open() const {
    SessionOptions options;
    options.now = kNow;
    return *Session::Open(book_, data_.Build(*book_), options);
  }

  void Put(const std::string& id, int revision) {
    std::map<int, int> lines;
    for (int i = Draw(1, 2); i > 0; --i) lines[Draw(0, kGoods - 1)] = Draw(1, 44);
    const std::string order =
        OrderOf(*book_, id, revision, Draw(0, kBuyers - 1), Draw(0, 9), {lines.begin(), lines.end()});
    const absl::string_view view = order;
    ASSERT_TRUE(session_->Add(absl::MakeConstSpan(&view, 1)).ok());
  }

  void Release() {
    const std::string release =
        absl::StrCat(R"({"order_id":")", some_, R"(","rule":"R-BIG","reason":"r","at":"2026-11-17T00:00:00Z",)",
                     R"("actor":"x","role":"CLERK","granted_bound":")", Draw(40, 44), "\"}");
    ASSERT_TRUE(session_->Release(Wire(*book_, "assay.v1.Release", release)).ok());
  }

  void Update() {
    if (Draw(0, 1) == 0) data_.SetLot(Draw(0, kGoods - 1), Draw(0, 60));
    if (Draw(0, 1) == 0) data_.SetPartner(Draw(0, kBuyers - 1), Draw(20, 200));
    if (Draw(0, 2) == 0) data_.SetPromise(Draw(0, kGoods - 1), some_, Draw(1, 20));
    ASSERT_TRUE(session_->Update(data_.Build(*book_)).ok());
  }

  void Run() {
    const std::unique_ptr<Session> whole = Open();
    ASSERT_TRUE(whole->Restore(session_->Save()).ok());
    const absl::StatusOr<v1::RunResult> found = session_->RunWave();
    ASSERT_TRUE(found.ok()) << found.status();
    const absl::StatusOr<v1::RunResult> expected = whole->RunWave();
    ASSERT_EQ(found->SerializeAsString(), expected->SerializeAsString())
        << found->DebugString() << expected->DebugString();
    reviewed_ += session_->Changes().reviewed();
    kept_ += session_->Changes().kept();
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::mt19937 random_;
  Data data_;
  std::unique_ptr<Session> session_;
  std::string some_;
  int orders_ = 0;
  int revision_ = 1;
  int64_t reviewed_ = 0, kept_ = 0;
};

TEST(FollowPropertyTest, RunsOverAPartEqualRunsOverAll) {
  const auto book = Compile(FollowedBook());
  ASSERT_NE(book, nullptr);
  int64_t reviewed = 0;
  int64_t kept = 0;
  for (uint32_t seed = 1; seed <= 100 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    FollowingDesk desk(book, seed);
    for (int step = 0; step < 60 && !testing::Test::HasFailure(); ++step) desk.Step();
    reviewed += desk.reviewed();
    kept += desk.kept();
  }
  EXPECT_GT(kept, reviewed / 4) << reviewed;  // runs over a part were there to compare
}

}  // namespace
}  // namespace assay
