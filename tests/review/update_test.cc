// Other reference data after draws are firm: these stay with the lots and receipts that are called the same, wherever
// their rows stand now and whatever is left of them.
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "rulebook/reference.h"
#include "tests/review/sample_session.h"
#include "tests/review/shared_book.h"

namespace assay {
namespace {

constexpr Timestamp kNow = {1'795'000'000, 0};

class UpdateTest : public testing::Test {
 protected:
  UpdateTest() : book_(Compile(kSharedBook)) {}

  void Open(const Amounts& there) { session_ = OpenOn(book_, there, kNow, 1); }

  void Put(const std::string& id, int quantity) {
    const std::string order = Wire(
        *book_, "assay.v1.Order",
        absl::StrCat(R"({"id":")", id, R"(","revision":1,"warehouse":"W","sold_to":"C","submitted_by":"me",)",
                     R"("submitted_at":"2026-11-18T01:00:00Z","backorder_policy":"BACKORDER_POLICY_CANCEL","lines":)",
                     R"([{"id":"1","product_id":"P","unit_price":"1","quantity":")", quantity, R"("}]})"));
    const absl::string_view view = order;
    ASSERT_TRUE(session_->Add(absl::MakeConstSpan(&view, 1)).ok());
  }

  v1::RunResult Run() {
    absl::StatusOr<v1::RunResult> result = session_->RunWave();
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  void Update(const Amounts& there) {
    const absl::Status status = session_->Update(DataOn(*book_, there));
    EXPECT_TRUE(status.ok()) << status;
  }

  // "L1 8, L2 1": what is drawn for the order.
  static std::string Drawn(const v1::RunResult& result, const std::string& id) {
    std::string text;
    for (const v1::LinePart& part : Find(result, id).lines(0).parts()) {
      if (part.kind() != v1::LinePart::KIND_CUT) {
        absl::StrAppend(&text, text.empty() ? "" : ", ", part.lot(), " ", part.quantity());
      }
    }
    return text;
  }

  // The cell of the stock table's only row.
  static std::string Stock(const v1::RunResult& result, const std::string& column) {
    for (const v1::DayTable& table : result.tables()) {
      if (table.name() != "stock" || table.rows_size() != 1) continue;
      for (int i = 0; i < table.columns_size(); ++i) {
        if (table.columns(i) == column) return table.rows(0).cells(i);
      }
    }
    return "none";
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::unique_ptr<Session> session_;
};

TEST_F(UpdateTest, FirmDrawsStayWithTheirLotWhereverItsRowStands) {
  Open({{"C", 1000}, {"P/L1", 10}, {"P/L2", 10}});
  Put("O1", 8);
  EXPECT_EQ(Drawn(Run(), "O1"), "L1 8");
  ASSERT_TRUE(session_->Commit().ok());
  Update({{"A/L1", 5}, {"A/L2", 5}, {"C", 1000}, {"P/L0", 1}, {"P/L1", 9}, {"P/L2", 10}});
  Put("O2", 12);
  EXPECT_EQ(Drawn(Run(), "O2"), "L0 1, L1 1, L2 10");
}

TEST_F(UpdateTest, WhereTheLotHasLessThanIsFirmNothingOfItIsLeftAndTheTableTellsTheShortfall) {
  Open({{"C", 1000}, {"P/L1", 10}, {"P/L2", 10}});
  Put("O1", 8);
  Run();
  ASSERT_TRUE(session_->Commit().ok());
  Update({{"C", 1000}, {"P/L1", 5}, {"P/L2", 10}});
  Put("O2", 12);
  Put("O3", 3);
  const v1::RunResult result = Run();
  EXPECT_EQ(Drawn(result, "O1"), "L1 8");
  EXPECT_EQ(Drawn(result, "O2"), "L2 10");
  EXPECT_EQ(Drawn(result, "O3"), "");
  EXPECT_EQ(Stock(result, "shortfall"), "3");
  EXPECT_EQ(Stock(result, "on_hand"), "15");
  EXPECT_EQ(Stock(result, "firm"), "8");
  EXPECT_EQ(Stock(result, "available_today"), "0");
}

TEST_F(UpdateTest, ALotThatIsGoneAndComesBackIsTheSame) {
  Open({{"C", 1000}, {"P/L1", 10}});
  Put("O1", 8);
  Run();
  ASSERT_TRUE(session_->Commit().ok());
  Update({{"C", 1000}, {"P/L2", 4}});
  Put("O2", 6);
  const v1::RunResult without = Run();
  EXPECT_EQ(Drawn(without, "O2"), "L2 4");
  EXPECT_EQ(Stock(without, "shortfall"), "8");
  Update({{"C", 1000}, {"P/L1", 10}, {"P/L2", 4}});
  const v1::RunResult with = Run();
  EXPECT_EQ(Drawn(with, "O2"), "L1 2, L2 4");
  EXPECT_EQ(Stock(with, "shortfall"), "0");
}

TEST_F(UpdateTest, TheStockTableListsWhatNobodyAsksForAndWhatIsFirmOfGoodsThatAreGone) {
  Open({{"C", 1000}, {"P/L1", 10}});
  Put("O1", 8);
  Run();
  ASSERT_TRUE(session_->Commit().ok());
  Update({{"A/L1", 5}, {"A/L2", 6}, {"B/2026-11-20", 7}, {"C", 1000}});
  std::string text;
  const v1::RunResult result = Run();
  for (const v1::DayTable& table : result.tables()) {
    if (table.name() != "stock") continue;
    for (const v1::DayTableRow& row : table.rows()) {
      for (const std::string& cell : row.cells()) absl::StrAppend(&text, cell, " ");
      absl::StrAppend(&text, "\n");
    }
  }
  EXPECT_EQ(text,
            "stock W/A 11 0 11 0 0 0 0 0 11 11 11 11 11      \n"
            "stock W/B 0 0 0 0 7 0 0 0 0 7 7 7 7      \n"
            "stock W/P 0 0 0 0 0 0 8 8 0 0 0 0 0      \n");
}

TEST_F(UpdateTest, ASavedSessionKnowsItsFirmDrawsOnTheDataThatCameAfterThem) {
  Open({{"C", 1000}, {"P/L1", 10}, {"P/L2", 10}});
  Put("O1", 8);
  Run();
  ASSERT_TRUE(session_->Commit().ok());
  const Amounts less = {{"C", 1000}, {"P/L0", 1}, {"P/L1", 5}, {"P/L2", 10}};
  Update(less);
  Put("O2", 12);
  Run();
  const std::string saved = session_->Save();
  const std::unique_ptr<Session> other = OpenOn(book_, less, kNow, 1);
  const absl::Status status = other->Restore(saved);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(other->Save(), saved);
  EXPECT_EQ(other->RunWave()->SerializeAsString(), Run().SerializeAsString());
}

TEST_F(UpdateTest, WhatWasAllocatedByHandStaysWithItsLot) {
  Open({{"C", 1000}, {"P/L1", 10}, {"P/L2", 10}});
  Put("O1", 8);
  Run();
  const absl::Status given = session_->Allocate(
      Wire(*book_, "assay.v1.ManualAllocation",
           R"({"id":"A","order_id":"O1","line_id":"1","lot":"L2","quantity":"3","actor":"ann","reason":"asked"})"));
  ASSERT_TRUE(given.ok()) << given;
  Update({{"C", 1000}, {"P/L0", 2}, {"P/L1", 1}, {"P/L2", 2}});
  EXPECT_EQ(Drawn(Run(), "O1"), "L2 3, L0 2, L1 1");
}

}  // namespace
}  // namespace assay
