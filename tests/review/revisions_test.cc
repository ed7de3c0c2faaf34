// Several orders of one id: the same content is one order, other content needs a higher revision, and what is firm
// stays (domain.md, section 3.11).
#include "review/revisions.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

// The decisions of an order, by revision and then disposition: "2 CONFIRMED 5".
std::vector<std::string> Told(const v1::RunResult& result) {
  std::vector<std::string> told;
  for (const v1::Decision& d : result.decisions()) {
    told.push_back(absl::StrCat(d.order_id(), "/", d.revision(), " ",
                                v1::Disposition_Name(d.disposition()).substr(sizeof("DISPOSITION_") - 1), " ",
                                d.lines(0).confirmed()));
  }
  std::sort(told.begin(), told.end());
  return told;
}

using Lines = std::vector<std::string>;

TEST(RevisionsTest, TheSameMessageInAnotherEncodingIsTheSameOrder) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  const std::string order = Revised(*book, 1, 1, "20");
  const std::string first = RunOrders(session.get(), {order}).SerializeAsString();
  // Field 2, the revision, once more at the end; and as a varint of two bytes where one would do.
  const std::string again = order + std::string("\x10\x01", 2);
  const std::string longer = order + std::string("\x10\x81\x00", 3);
  EXPECT_EQ(RunOrders(session.get(), {again, longer}).SerializeAsString(), first);
  ASSERT_TRUE(session->Commit().ok());
  const v1::RunResult after = RunOrders(session.get(), {order, again, longer});
  EXPECT_EQ(Told(after), (Lines{"O1/1 CONFIRMED 20"}));
  EXPECT_EQ(static_cast<int>(session->ledgers().stocks()[0]->log().entries().size()), 1);
}

TEST(RevisionsTest, OtherContentWithoutAHigherRevisionIsRejectedAndLeavesTheEarlierStanding) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  const v1::RunResult first = RunOrders(session.get(), {Revised(*book, 1, 2, "20")});
  const v1::RunResult result = RunOrders(session.get(), {Revised(*book, 1, 2, "5"), Revised(*book, 1, 1, "6")});
  EXPECT_EQ(Told(result), (Lines{"O1/1 REJECTED 0", "O1/2 CONFIRMED 20", "O1/2 REJECTED 0"}));
  for (const v1::Decision& decision : result.decisions()) {
    if (decision.disposition() != v1::DISPOSITION_REJECTED) {
      EXPECT_EQ(decision.lines(0).SerializeAsString(), first.decisions(0).lines(0).SerializeAsString());
      continue;
    }
    ASSERT_EQ(decision.findings_size(), 1);
    EXPECT_EQ(decision.findings(0).rule(), "REV");
    EXPECT_EQ(decision.findings(0).outcome(), v1::OUTCOME_REJECT);
    EXPECT_EQ(decision.findings(0).expected(), "3");
    EXPECT_EQ(decision.findings(0).actual(), decision.revision());
    EXPECT_FALSE(decision.findings(0).message().zh().empty());
  }
  // Sent once more: the same decisions.
  EXPECT_EQ(RunOrders(session.get(), {Revised(*book, 1, 2, "5")}).SerializeAsString(), result.SerializeAsString());
}

TEST(RevisionsTest, WithinOneRunTheQueueDecidesAndNotTheOrderOfAdding) {
  const auto book = Compile(kStockBook);
  std::vector<std::string> orders = {Revised(*book, 1, 1, "20"), Revised(*book, 1, 1, "5"), Revised(*book, 2, 1, "7"),
                                     Revised(*book, 1, 3, "9"), Revised(*book, 1, 2, "8")};
  std::sort(orders.begin(), orders.end());
  const std::string expected = RunOrders(Open(book, "30", 1).get(), orders).SerializeAsString();
  do {
    EXPECT_EQ(RunOrders(Open(book, "30", 2).get(), orders).SerializeAsString(), expected);
  } while (std::next_permutation(orders.begin(), orders.end()));
  v1::RunResult result;
  ASSERT_TRUE(result.ParseFromString(expected));
  EXPECT_EQ(Told(result), (Lines{"O1/3 CONFIRMED 9", "O2/1 CONFIRMED 7"}));
  EXPECT_EQ(result.superseded_size(), 3);
}

TEST(RevisionsTest, AHigherRevisionGivesBackWhatTheLowerWasProposed) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  RunOrders(session.get(), {Revised(*book, 1, 1, "55"), Revised(*book, 2, 1, "40")});
  const v1::RunResult result = RunOrders(session.get(), {Revised(*book, 1, 2, "30")});
  EXPECT_EQ(Told(result), (Lines{"O1/2 CONFIRMED 30", "O2/1 PARTIAL 30"}));
  ASSERT_EQ(result.superseded_size(), 1);
  const v1::Decision& before = result.superseded(0);
  EXPECT_EQ(before.revision(), "1");
  EXPECT_EQ(before.superseded_by(), "2");
  ASSERT_EQ(before.holds_size(), 1);  // R-BIG
  EXPECT_EQ(before.holds(0).status(), v1::OpenHold::STATUS_SUPERSEDED);
  // As if the lower revision had never been.
  v1::RunResult fresh = RunOrders(Open(book, "60", 1).get(), {Revised(*book, 1, 2, "30"), Revised(*book, 2, 1, "40")});
  *fresh.mutable_superseded() = result.superseded();
  EXPECT_EQ(fresh.SerializeAsString(), result.SerializeAsString());
  // The lower one sent again stays superseded; taken out, both are gone.
  EXPECT_EQ(RunOrders(session.get(), {Revised(*book, 1, 1, "55")}).SerializeAsString(), result.SerializeAsString());
  ASSERT_TRUE(session->Withdraw("O1").ok());
  EXPECT_EQ(Told(RunOrders(session.get(), {})), (Lines{"O2/1 CONFIRMED 40"}));
  EXPECT_EQ(Told(RunOrders(session.get(), {Revised(*book, 1, 1, "20")})),
            (Lines{"O1/1 CONFIRMED 20", "O2/1 CONFIRMED 40"}));
}

TEST(RevisionsTest, AHigherRevisionOfACommittedOrderIsHeldAndTheGoodsStayPromised) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Revised(*book, 1, 1, "20")});
  ASSERT_TRUE(session->Commit().ok());
  const v1::RunResult result =
      RunOrders(session.get(), {Revised(*book, 1, 2, "25"), Revised(*book, 1, 1, "5"), Revised(*book, 2, 1, "30")});
  EXPECT_EQ(Told(result), (Lines{"O1/1 CONFIRMED 20", "O1/1 REJECTED 0", "O1/2 HELD 10", "O2/1 PARTIAL 10"}));
  // What is held and rejected can be taken out; what is firm cannot.
  ASSERT_TRUE(session->Withdraw("O1").ok());
  EXPECT_EQ(session->Withdraw("O1").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Told(RunOrders(session.get(), {})), (Lines{"O1/1 CONFIRMED 20", "O2/1 PARTIAL 10"}));
}

std::string BookWhereFirmOrders(const std::string& outcome) {
  std::string text = kStockBook;
  text.replace(text.find("  short_reason: SHORT\n"), 0,
               absl::StrCat("  firm_reason: SHORT\n  firm_reason_by: \"order.stage == 'SHIPPED' ? 'BIG' : ''\"\n",
                            "  firm_outcome: \"", outcome, "\"\n"));
  return text;
}

TEST(RevisionsTest, AChangeThatMayTakesTheGoodsOfTheFirmOrderAheadOfAllOthers) {
  const auto book = Compile(BookWhereFirmOrders("'NOTE'"));
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Revised(*book, 5, 1, "20")});
  ASSERT_TRUE(session->Commit().ok());
  // O1 comes before O5 in the queue, but not before what O5 had.
  v1::RunResult result = RunOrders(session.get(), {Revised(*book, 5, 2, "25"), Revised(*book, 1, 1, "30")});
  EXPECT_EQ(Told(result), (Lines{"O1/1 PARTIAL 5", "O5/2 CONFIRMED 25"}));
  ASSERT_EQ(result.superseded_size(), 1);
  EXPECT_EQ(result.superseded(0).superseded_by(), "2");
  // Another change before it is firm keeps the place; what it does not need goes to others.
  result = RunOrders(session.get(), {Revised(*book, 5, 3, "4")});
  EXPECT_EQ(Told(result), (Lines{"O1/1 PARTIAL 26", "O5/3 CONFIRMED 4"}));
  ASSERT_TRUE(session->Commit().ok());
  EXPECT_EQ(session->ledgers().stocks()[0]->account(0).lots[0].firm,
            session->ledgers().stocks()[0]->account(0).lots[0].opening);
}

TEST(RevisionsTest, AHeldChangeOfAFirmOrderKeepsItsGoodsUntilItIsReleasedOrTakenOut) {
  const auto book = Compile(BookWhereFirmOrders("'NOTE'"));
  const auto session = Open(book, "80", 1);
  RunOrders(session.get(), {Revised(*book, 5, 1, "20")});
  ASSERT_TRUE(session->Commit().ok());
  EXPECT_EQ(Told(RunOrders(session.get(), {Revised(*book, 5, 2, "60"), Revised(*book, 1, 1, "30")})),
            (Lines{"O1/1 PARTIAL 20", "O5/2 HELD 60"}));
  const std::string saved = session->Save();
  const auto other = Open(book, "80", 2);
  ASSERT_TRUE(other->Restore(saved).ok());
  EXPECT_EQ(RunOrders(other.get(), {}).SerializeAsString(), RunOrders(session.get(), {}).SerializeAsString());
  ASSERT_TRUE(session->Withdraw("O5").ok());
  EXPECT_EQ(Told(RunOrders(session.get(), {})), (Lines{"O1/1 CONFIRMED 30"}));
}

TEST(RevisionsTest, AnAllocationThatWasGivenUpCanBeMadeAgain) {
  const auto book = Compile(BookWhereFirmOrders("'NOTE'"));
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Revised(*book, 1, 1, "20")});
  const std::string allocation =
      Wire(*book, "assay.v1.ManualAllocation",
           R"({"id":"A","order_id":"O1","line_id":"1","quantity":"5","actor":"ann","reason":"asked"})");
  ASSERT_TRUE(session->Allocate(allocation).ok());
  EXPECT_EQ(Told(RunOrders(session.get(), {Revised(*book, 1, 2, "10")})), (Lines{"O1/2 CONFIRMED 10"}));
  ASSERT_TRUE(session->Allocate(allocation).ok());
  EXPECT_EQ(session->ledgers().stocks()[0]->log().FirmOf(1).size(), 1U);
}

TEST(RevisionsTest, AChangeThatMayNotIsRefusedWithTheReasonOfItsStage) {
  const auto book = Compile(BookWhereFirmOrders("order.stage == 'SHIPPED' ? 'REJECT' : 'HOLD'"));
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Revised(*book, 1, 1, "20"), Revised(*book, 2, 1, "5")});
  ASSERT_TRUE(session->Commit().ok());
  const v1::RunResult result = RunOrders(
      session.get(), {Revised(*book, 1, 2, "21"),
                      Revised(*book, 2, 2, "6") + Wire(*book, "assay.v1.Order", R"({"stage":"ORDER_STAGE_SHIPPED"})")});
  EXPECT_EQ(Told(result), (Lines{"O1/1 CONFIRMED 20", "O1/2 HELD 5", "O2/1 CONFIRMED 5", "O2/2 REJECTED 0"}));
  for (const v1::Decision& decision : result.decisions()) {
    if (decision.revision() != "2") continue;
    ASSERT_EQ(decision.findings_size(), 1);
    EXPECT_EQ(decision.findings(0).reason(), decision.order_id() == "O1" ? "SHORT" : "BIG");
  }
}

TEST(RevisionsTest, ARejectedRevisionIsNoTwinOfTheOthers) {
  std::string text = kStockBook;
  text.replace(text.find("roles:\n"), 0,
               "  - {name: others, dataset: batch.order, key: [warehouse], on: [order.warehouse], when: _.id != "
               "order.id, many: true}\n");
  text.replace(text.find("rules:\n"), 7,
               "rules:\n  - {id: R-TWIN, condition: size(order.others) > 1, outcome: NOTE, reason: BIG, "
               "message: {en: no, zh: no}}\n");
  const auto book = Compile(text);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Revised(*book, 1, 1, "2"), Revised(*book, 2, 1, "3")});
  const v1::RunResult result = RunOrders(session.get(), {Revised(*book, 2, 1, "4"), Revised(*book, 1, 2, "1")});
  EXPECT_EQ(Find(result, "O1").findings_size(), 0) << result.DebugString();
  EXPECT_EQ(result.decisions_size(), 3);
}

TEST(RevisionsTest, WithoutARevisionAnIdIsTakenByTheContentThatCameFirst) {
  std::string text = kStockBook;
  text.replace(text.find("  revision: order.revision\n"), sizeof("  revision: order.revision\n") - 1, "");
  const auto book = Compile(text);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Order(*book, 1, "2")});
  EXPECT_EQ(Told(RunOrders(session.get(), {Order(*book, 1, "3")})), (Lines{"O1/ CONFIRMED 2", "O1/ REJECTED 0"}));
}

}  // namespace
}  // namespace assay
