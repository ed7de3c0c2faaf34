// What a host does to a session between its runs: moving the clock, redistributing, allocating by hand, saving and
// restoring.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

constexpr int64_t kNow = 1'795'000'000;

std::string Given(const CompiledRulebook& book, const std::string& rest) {
  return Wire(book, "assay.v1.ManualAllocation",
              absl::StrCat(R"({"line_id":"1","actor":"ann","reason":"promised by phone",)", rest, "}"));
}

std::string Allocation(const CompiledRulebook& book, const std::string& order, const std::string& quantity) {
  return Given(book, absl::StrCat(R"("order_id":")", order, R"(","quantity":")", quantity, "\""));
}

const v1::LineDecision& LineOf(const v1::RunResult& result, const std::string& id) { return Find(result, id).lines(0); }

TEST(SessionVerbsTest, AReleaseExpiresWhileTheSessionStaysOpen) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  ASSERT_TRUE(session
                  ->Release(Wire(*book, "assay.v1.Release",
                                 R"({"order_id":"O1","rule":"R-BIG","actor":"x","role":"CLERK","granted_bound":"51",
                                     "reason":"r","at":"2026-11-18T11:06:40Z","valid_until":"2026-11-18T12:00:00Z"})"))
                  .ok());
  EXPECT_EQ(Find(RunOrders(session.get(), {Order(*book, 1, "51")}), "O1").disposition(), v1::DISPOSITION_CONFIRMED);
  const v1::RunResult later = *session->RunWave(Timestamp{kNow + 3600, 0});
  EXPECT_EQ(Find(later, "O1").disposition(), v1::DISPOSITION_HELD);
  EXPECT_TRUE(absl::StrContains(Find(later, "O1").findings(0).release_void().en(), "lapsed"));
  EXPECT_EQ(Find(later, "O1").provenance().now().seconds(), kNow + 3600);
  EXPECT_EQ(session->RunWave()->SerializeAsString(), later.SerializeAsString());  // the clock stands where it was put
}

TEST(SessionVerbsTest, ALotThatExpiresOvernightIsPromisedNoMore) {
  std::string text = kStockBook;
  const std::string lots = "lots: {of: line.lots, as: lot, ";
  text.replace(text.find(lots), lots.size(), lots + "when: 'lot.expiry >= date(now)', ");
  const auto book = Compile(text);
  auto rows = std::make_shared<RowBytes>();
  rows->Add(Wire(*book, "assay.v1.StockLot",
                 R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":"30","expiry":"2026-11-18"})"));
  const auto session =
      *Session::Open(book, *BuildSnapshot(*book, {{"lots", rows}}), {v1::CHECKPOINT_REVIEW, {kNow, 0}, 1});
  RunOrders(session.get(), {Order(*book, 1, "4")});
  ASSERT_TRUE(session->Commit().ok());
  EXPECT_EQ(LineOf(RunOrders(session.get(), {Order(*book, 2, "5")}), "O2").confirmed(), "5");
  const v1::RunResult next_day = *session->RunWave(Timestamp{kNow + 86400, 0});
  EXPECT_EQ(LineOf(next_day, "O1").confirmed(), "4");  // firm
  EXPECT_EQ(LineOf(next_day, "O2").confirmed(), "0");
  const std::string saved = session->Save();
  ASSERT_TRUE(session->Restore(saved).ok());
  EXPECT_EQ(session->Save(), saved);
}

TEST(SessionVerbsTest, RedistributeLeavesNewOrdersToTheNextRun) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Order(*book, 3, "20"), Order(*book, 4, "20")});
  AddOrders(session.get(), {Order(*book, 1, "25"), Order(*book, 2, "1")});
  ASSERT_TRUE(session->Withdraw("O3").ok());
  const v1::RunResult result = *session->Redistribute(std::nullopt);
  EXPECT_EQ(result.decisions_size(), 1);
  EXPECT_EQ(LineOf(result, "O4").confirmed(), "20");
  // Byte for byte a run that never heard of them.
  EXPECT_EQ(RunOrders(Open(book, "30", 1).get(), {Order(*book, 4, "20")}).SerializeAsString(),
            result.SerializeAsString());
  EXPECT_EQ(session->Commit().code(), absl::StatusCode::kFailedPrecondition);  // two orders wait for a run
  EXPECT_EQ(LineOf(RunOrders(session.get(), {}), "O4").confirmed(), "4");
}

TEST(SessionVerbsTest, AnAllocationIsFirmAndTellsWhoGaveIt) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Order(*book, 1, "28"), Order(*book, 2, "10")});
  ASSERT_TRUE(session->Allocate(Allocation(*book, "O2", "6")).ok());
  ASSERT_TRUE(session->Allocate(Allocation(*book, "O2", "6")).ok());  // once more is nothing more
  EXPECT_EQ(session->Commit().code(), absl::StatusCode::kFailedPrecondition);
  const v1::RunResult result = RunOrders(session.get(), {});
  EXPECT_EQ(LineOf(result, "O1").confirmed(), "24");
  EXPECT_EQ(LineOf(result, "O2").confirmed(), "6");
  EXPECT_EQ(LineOf(result, "O2").cut(), "4");
  ASSERT_EQ(LineOf(result, "O2").parts_size(), 2);
  EXPECT_EQ(LineOf(result, "O2").parts(0).allocated_by(), "ann");
  EXPECT_EQ(LineOf(result, "O2").parts(0).lot(), "L1");
  const ReservationLog& log = session->ledgers().stocks()[0]->log();
  EXPECT_EQ(log.allocations()[0].reason, "promised by phone");
  // Its goods are the order's for good; a change of it is held.
  EXPECT_EQ(session->Withdraw("O2").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Find(RunOrders(session.get(), {Revised(*book, 2, 1, "11")}), "O1").lines(0).confirmed(), "24");
  ASSERT_TRUE(session->Withdraw("O2").ok());  // the change
  RunOrders(session.get(), {});
  ASSERT_TRUE(session->Commit().ok());
  EXPECT_EQ(session->Allocate(Allocation(*book, "O2", "1")).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(SessionVerbsTest, AtEntryNothingBecomesFirm) {
  const auto book = Compile(kStockBook);
  auto rows = std::make_shared<RowBytes>();
  rows->Add(Wire(*book, "assay.v1.StockLot", R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":"30"})"));
  const auto session =
      *Session::Open(book, *BuildSnapshot(*book, {{"lots", rows}}), {v1::CHECKPOINT_ENTRY, {1'795'000'000, 0}, 1});
  EXPECT_EQ(Find(RunOrders(session.get(), {Order(*book, 1, "20")}), "O1").disposition(), v1::DISPOSITION_CONFIRMED);
  const absl::Status committed = session->Commit();
  EXPECT_EQ(committed.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(committed.message(),
            "a session at checkpoint ENTRY simulates, its draws never become firm; open one at REVIEW");
  const absl::Status allocated = session->Allocate(
      Wire(*book, "assay.v1.ManualAllocation",
           R"({"order_id":"O1","line_id":"1","quantity":"5","actor":"x","reason":"r","at":"2026-11-18T04:26:40Z"})"));
  EXPECT_EQ(allocated.message(), committed.message());
  EXPECT_EQ(Find(*session->RunWave(), "O1").disposition(), v1::DISPOSITION_CONFIRMED);
}

TEST(SessionVerbsTest, AnAllocationThatCannotBeChangesNothing) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  const std::string before =
      RunOrders(session.get(), {Order(*book, 1, "28"), Order(*book, 2, "40")}).SerializeAsString();
  const std::string saved = session->Save();
  const std::pair<std::string, absl::StatusCode> cases[] = {
      {Allocation(*book, "O2", "31"), absl::StatusCode::kFailedPrecondition},  // so much is not there
      {Allocation(*book, "O1", "29"), absl::StatusCode::kInvalidArgument},     // more than the line asks
      {Allocation(*book, "O2", "0"), absl::StatusCode::kInvalidArgument},
      {Allocation(*book, "O2", "-1"), absl::StatusCode::kInvalidArgument},
      {Allocation(*book, "O2", "1.0000001"), absl::StatusCode::kInvalidArgument},
      {Allocation(*book, "O2", "one"), absl::StatusCode::kInvalidArgument},
      {Allocation(*book, "O2", ""), absl::StatusCode::kInvalidArgument},
      {Allocation(*book, "O9", "1"), absl::StatusCode::kNotFound},
      {Allocation(*book, "", "1"), absl::StatusCode::kNotFound},
      {Given(*book, R"("order_id":"O2","quantity":"1","lot":"L9")"), absl::StatusCode::kNotFound},
      {Given(*book, R"("order_id":"O2","quantity":"1","product_id":"Q")"), absl::StatusCode::kInvalidArgument},
      {Wire(*book, "assay.v1.ManualAllocation",
            R"({"order_id":"O2","line_id":"7","quantity":"1","actor":"a","reason":"b"})"),
       absl::StatusCode::kNotFound},
      {Wire(*book, "assay.v1.ManualAllocation", R"({"order_id":"O2","line_id":"1","quantity":"1","actor":"a"})"),
       absl::StatusCode::kInvalidArgument},
      {"\xff", absl::StatusCode::kInvalidArgument},
  };
  for (const auto& [allocation, code] : cases) {
    const absl::Status status = session->Allocate(allocation);
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_FALSE(absl::StrContains(status.message(), '\n'));
    EXPECT_EQ(session->Save(), saved);
  }
  EXPECT_EQ(session->RunWave()->SerializeAsString(), before);
  EXPECT_TRUE(session->Allocate(Given(*book, R"("order_id":"O2","quantity":"30","lot":"L1")")).ok());  // all there is
}

TEST(SessionVerbsTest, ARestoredSessionGoesOnAsTheSavedOneWould) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  RunOrders(session.get(), {Revised(*book, 1, 1, "20"), Revised(*book, 2, 1, "55"), Revised(*book, 3, 1, "9")});
  ASSERT_TRUE(session->Commit().ok());
  RunOrders(session.get(), {Revised(*book, 4, 1, "20"), Revised(*book, 3, 2, "10"), Revised(*book, 2, 2, "8")});
  ASSERT_TRUE(session->Allocate(Allocation(*book, "O4", "5")).ok());
  ASSERT_TRUE(session->Release(Wire(*book, "assay.v1.Release", R"({"order_id":"O2","rule":"R-BIG"})")).ok());
  AddOrders(session.get(), {Revised(*book, 5, 1, "3")});
  const std::string saved = session->Save();
  const auto restored = Open(book, "60", 2);
  RunOrders(restored.get(), {Revised(*book, 9, 1, "1")});  // is replaced
  ASSERT_TRUE(restored->Restore(saved).ok());
  EXPECT_EQ(restored->Save(), saved);
  for (Session* each : {session.get(), restored.get()}) {
    EXPECT_EQ(each->Commit().code(), absl::StatusCode::kFailedPrecondition);
    RunOrders(each, {Revised(*book, 1, 1, "20"), Revised(*book, 6, 1, "40")});
    ASSERT_TRUE(each->Commit().ok());
  }
  EXPECT_EQ(restored->RunWave()->SerializeAsString(), session->RunWave()->SerializeAsString());
  EXPECT_EQ(restored->Save(), session->Save());
}

TEST(SessionVerbsTest, ASessionIsRestoredOnlyWhereItWasSaved) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Order(*book, 1, "20")});
  const std::string saved = session->Save();
  std::string other_text = kStockBook;
  other_text.replace(other_text.find("> 50"), 4, "> 51");
  const auto other_book = Open(Compile(other_text), "30", 1);
  const absl::Status book_refused = other_book->Restore(saved);
  EXPECT_EQ(book_refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(absl::StrContains(book_refused.message(), "another rulebook")) << book_refused;
  const absl::Status data_refused = Open(book, "31", 1)->Restore(saved);
  EXPECT_EQ(data_refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(absl::StrContains(data_refused.message(), "reference data")) << data_refused;
}

TEST(SessionVerbsTest, CorruptedBytesAreRefusedAndChangeNothing) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Order(*book, 1, "20")});
  ASSERT_TRUE(session->Commit().ok());
  const std::string saved = session->Save();
  for (size_t i = 0; i < saved.size(); ++i) {
    std::string flipped = saved;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x40);
    for (const std::string& bytes : {flipped, saved.substr(0, i)}) {
      const absl::Status status = session->Restore(bytes);
      ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << i;
      ASSERT_FALSE(absl::StrContains(status.message(), '\n'));
    }
  }
  EXPECT_EQ(session->Save(), saved);
}

TEST(SessionVerbsTest, WhatIsNoReleaseIsRefusedAtOnce) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  EXPECT_EQ(session->Release("\xff").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Find(RunOrders(session.get(), {Order(*book, 1, "20")}), "O1").disposition(), v1::DISPOSITION_CONFIRMED);
}

TEST(SessionVerbsTest, AnEligibilityThatCannotBeKnownHoldsTheLine) {
  std::string text = kStockBook;
  const std::string lots = "lots: {of: line.lots, as: lot, ";
  text.replace(text.find(lots), lots.size(), lots + "eligible: 'lot.expiry > date(now)', ");
  const auto book = Compile(text);
  const auto session = Open(book, "30", 1);  // its lot has no expiry
  const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "3")});
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_HELD);
  ASSERT_EQ(Find(result, "O1").findings_size(), 1);
  EXPECT_EQ(Find(result, "O1").findings(0).rule(), "SYS");
  EXPECT_TRUE(absl::StrContains(Find(result, "O1").findings(0).actual(), "expiry"));
}

// Held, it loses nothing yet; released, the line leaves it so that the rest can go.
TEST(SessionVerbsTest, ALineThatCannotBeDrawnWaitsWhileTheOrderIsHeldAndIsCutOnceItIsReleased) {
  std::string text = kStockBook;
  const std::string lots = "lots: {of: line.lots, as: lot, ";
  text.replace(text.find(lots), lots.size(), lots + "eligible: 'lot.expiry > date(now)', ");
  const std::string unevaluable =
      "  - {code: LOST, text: {en: l, zh: l}, route: CLERK, releasable: true}\nrules:\n"
      "  - {id: SYS, condition: 'false', outcome: HOLD, reason: LOST, message: {en: '{actual}', zh: '{actual}'}}\n";
  text.replace(text.find("rules:\n"), std::string("rules:\n").size(), unevaluable);
  const auto book = Compile(text);
  const auto session = Open(book, "30", 1);  // its lot has no expiry
  const v1::RunResult held = RunOrders(session.get(), {Order(*book, 1, "3")});
  const v1::LineDecision& waiting = Find(held, "O1").lines(0);
  EXPECT_EQ(Find(held, "O1").disposition(), v1::DISPOSITION_HELD);
  EXPECT_EQ(waiting.cut(), "0");
  EXPECT_EQ(waiting.backordered(), "3");
  ASSERT_EQ(waiting.parts_size(), 1);
  EXPECT_EQ(waiting.parts(0).kind(), v1::LinePart::KIND_BACKORDERED);
  EXPECT_EQ(waiting.parts(0).reason(), "LOST");
  EXPECT_EQ(waiting.parts(0).date(), "");

  const v1::Finding& finding = Find(held, "O1").findings(0);
  ASSERT_TRUE(session
                  ->Release(Wire(*book, "assay.v1.Release",
                                 absl::StrCat(R"({"order_id":"O1","line_id":"1","rule":"SYS","actor":"x",)",
                                              R"("role":"CLERK","reason":"r","at":"2026-11-18T04:26:40Z",)",
                                              R"("values_digest":")", finding.values_digest(), R"("})")))
                  .ok());
  const v1::RunResult released = *session->RunWave();
  EXPECT_EQ(Find(released, "O1").disposition(), v1::DISPOSITION_REJECTED) << released.DebugString();
  EXPECT_EQ(Find(released, "O1").lines(0).cut(), "3");
}

TEST(SessionVerbsTest, NothingIsAllocatedToAnOrderThatIsRejectedAnywayNorByAStranger) {
  const auto book = Compile(R"(
name: test.reject
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets:
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
  - {name: staff, type: assay.v1.Staff, key: [id]}
joins: [{name: lots, each: line, dataset: lots, on: ["'W'", line.product_id], many: true}]
rules:
  - {id: BAD, condition: order.currency == 'BAD', outcome: REJECT, message: {en: bad, zh: 错}}
ledgers:
  - {name: stock, kind: LOTS, each: line, key: ["'W'", line.product_id], amount: line.quantity,
     lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity, product: line.product_id, stock: stock,
         staff: staff}
)");
  auto lots = std::make_shared<RowBytes>();
  lots->Add(Wire(*book, "assay.v1.StockLot", R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":"60"})"));
  auto staff = std::make_shared<RowBytes>();
  staff->Add(Wire(*book, "assay.v1.Staff", R"({"id":"x"})"));
  const auto session =
      *Session::Open(book, *BuildSnapshot(*book, {{"lots", lots}, {"staff", staff}}), SessionOptions{});
  RunOrders(session.get(),
            {Wire(*book, "assay.v1.Order",
                  R"({"id":"O1","currency":"BAD","lines":[{"id":"1","product_id":"P","quantity":"1"}]})"),
             Wire(*book, "assay.v1.Order", R"({"id":"O2","lines":[{"id":"1","product_id":"P","quantity":"1"}]})")});
  const auto allocate = [&](const char* order, const char* actor) {
    return std::string(
        session
            ->Allocate(Wire(*book, "assay.v1.ManualAllocation",
                            absl::StrCat(R"({"order_id":")", order,
                                         R"(","line_id":"1","quantity":"1","reason":"r","actor":")", actor, R"("})")))
            .message());
  };
  EXPECT_EQ(allocate("O1", "x"), "nothing is allocated to a rejected order: 'O1'");
  EXPECT_EQ(allocate("O2", "y"), "the allocation's actor is not among the staff: 'y'");
  EXPECT_EQ(allocate("O2", "x"), "");
}

}  // namespace
}  // namespace assay
