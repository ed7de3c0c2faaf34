// Sessions over the sample day and over small rulebooks made here: waves, firm draws, releases, and what hostile rows
// do.
#include "review/session.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

TEST(SessionTest, EarlierOrdersAreServedFirstAndTheLastUnitIsGranted) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  const v1::RunResult result =
      RunOrders(session.get(), {Order(*book, 3, "7"), Order(*book, 2, "10"), Order(*book, 1, "20")});
  EXPECT_EQ(Find(result, "O1").lines(0).confirmed(), "20");
  EXPECT_EQ(Find(result, "O2").lines(0).confirmed(), "10");  // exactly what is left
  EXPECT_EQ(Find(result, "O3").lines(0).confirmed(), "0");
  EXPECT_EQ(Find(result, "O3").lines(0).cut(), "7");
  EXPECT_EQ(Find(result, "O3").lines(0).parts(0).reason(), "SHORT");
  EXPECT_EQ(Find(result, "O3").disposition(), v1::DISPOSITION_REJECTED);  // all cut, nothing waits
}

TEST(SessionTest, FirmDrawsAreNotTakenByAnEarlierOrderThatComesLater) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  RunOrders(session.get(), {Order(*book, 5, "25")});
  ASSERT_TRUE(session->Commit().ok());
  const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "20")});
  EXPECT_EQ(Find(result, "O5").lines(0).confirmed(), "25");
  EXPECT_EQ(Find(result, "O1").lines(0).confirmed(), "5");
  // The same as a fresh run on what the firm draws left.
  const v1::RunResult fresh = RunOrders(Open(book, "5", 1).get(), {Order(*book, 1, "20")});
  EXPECT_EQ(Find(fresh, "O1").lines(0).SerializeAsString(), Find(result, "O1").lines(0).SerializeAsString());
}

TEST(SessionTest, ARunGivesBackWhatTheRunBeforeProposed) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  const std::vector<std::string> orders = {Order(*book, 2, "20"), Order(*book, 3, "20")};
  const std::string first = RunOrders(session.get(), orders).SerializeAsString();
  EXPECT_EQ(RunOrders(session.get(), orders).SerializeAsString(), first);  // the same bytes again draw nothing more
  const v1::RunResult third = RunOrders(session.get(), {Order(*book, 1, "30")});
  EXPECT_EQ(Find(third, "O1").lines(0).confirmed(), "30");
  EXPECT_EQ(Find(third, "O2").lines(0).confirmed(), "0");
  ASSERT_TRUE(session->Withdraw("O1").ok());
  EXPECT_EQ(RunOrders(session.get(), {}).SerializeAsString(), first);
}

TEST(SessionTest, CommitNeedsARunOfAllOrders) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "30", 1);
  EXPECT_EQ(session->Commit().code(), absl::StatusCode::kFailedPrecondition);
  RunOrders(session.get(), {Order(*book, 1, "1")});
  const std::string more = Order(*book, 2, "1");
  const absl::string_view view = more;
  ASSERT_TRUE(session->Add(absl::MakeConstSpan(&view, 1)).ok());
  EXPECT_EQ(session->Commit().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(session->Withdraw("O9").code(), absl::StatusCode::kNotFound);
}

std::string ReleaseOf(const CompiledRulebook& book, const std::string& rest) {
  return Wire(book, "assay.v1.Release",
              absl::StrCat(R"({"order_id":"O1","rule":"R-BIG","reason":"r","at":"2026-11-18T04:26:40Z",)", rest, "}"));
}

TEST(SessionTest, HeldOrdersDrawNothingUntilTheyAreReleased) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "51"), Order(*book, 2, "50")});
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_HELD);
  EXPECT_EQ(Find(result, "O1").holds(0).route(), "CLERK");
  EXPECT_EQ(Find(result, "O2").lines(0).confirmed(), "50");  // exactly at the limit passes
  ASSERT_TRUE(session->Release(ReleaseOf(*book, R"("actor":"x","role":"CLERK","granted_bound":"51")")).ok());
  result = RunOrders(session.get(), {});
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_CONFIRMED);
  EXPECT_EQ(Find(result, "O1").findings(0).lifted_from(), v1::OUTCOME_HOLD);
  EXPECT_EQ(Find(result, "O2").lines(0).confirmed(), "9");
}

// A session whose staff may release so far, with one order of 51 and a release of it.
v1::Decision Released(const std::string& limit, const std::string& release) {
  const auto book = Compile(kStockBook);
  auto lots = std::make_shared<RowBytes>();
  lots->Add(Wire(*book, "assay.v1.StockLot", R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":"60"})"));
  auto staff = std::make_shared<RowBytes>();
  staff->Add(
      Wire(*book, "assay.v1.Staff", absl::StrCat(R"({"id":"x","role":"CLERK","authority_limits":[)", limit, "]}")));
  const auto session = *Session::Open(book, *BuildSnapshot(*book, {{"lots", lots}, {"staff", staff}}),
                                      {v1::CHECKPOINT_REVIEW, {1'795'000'000, 0}, 1});
  EXPECT_TRUE(session->Release(Wire(*book, "assay.v1.Release", release)).ok());
  return Find(RunOrders(session.get(), {Order(*book, 1, "51")}), "O1");
}

TEST(SessionTest, AuthorityAgeAndValueLimitARelease) {
  // The clock stands at 2026-11-18T11:06:40Z.
  const std::string base =
      R"({"order_id":"O1","rule":"R-BIG","actor":"x","role":"CLERK","reason":"r","granted_bound":"51")";
  const std::string unbound = R"({"order_id":"O1","rule":"R-BIG","actor":"x","role":"CLERK","reason":"r")";
  const std::string now = R"(,"at":"2026-11-18T11:06:40Z"})";
  const std::tuple<const char*, std::string, const char*> cases[] = {
      {"", base + now, ""},
      {"", base + R"(,"at":"2026-11-15T11:06:40Z"})", ""},  // three days old, to the second
      {"", base + R"(,"at":"2026-11-15T11:06:39Z"})", "older than 3 days"},
      {"", base + "}", "does not say when"},
      {"", base + R"(,"at":"2026-11-18T11:06:41Z"})", "yet to come"},
      {"", base + R"(,"revision":2)" + now, "of revision 2"},
      {"", R"({"order_id":"O1","rule":"R-BIG","actor":"x","role":"CLERK","granted_bound":"51")" + now, "no reason"},
      {R"({"rule":"R-BIG","bound":"51"})", base + now, ""},
      {R"({"rule":"R-BIG","bound":"50"})", base + now, "may release up to 50"},
      {R"({"bound":"50"})", base + now, "may release up to 50"},
      {R"({"bound":"50"},{"rule":"R-BIG"})", base + now, ""},  // the rule's own limit states none
      {R"({"amount":"51"})", base + now, ""},
      {R"({"amount":"50.99"})", base + now, "may release orders up to 50.99"},
      {R"({"amount":"99","currency":"USD"})", base + now, "may release orders up to 99 USD"},
      {"", base + R"(,"released_value":"51")" + now, ""},
      {"", base + R"(,"released_value":"50")" + now, "beyond the released 50"},
      {"", unbound + R"(,"released_value":"51")" + now, ""},  // the figures may have changed, the value has not
      {"", unbound + R"(,"released_value":"50")" + now, "beyond the released 50"},
      {"", unbound + now, "neither a digest of the values it is for nor a bound"},
  };
  for (const auto& [limit, release, why] : cases) {
    const v1::Decision decision = Released(limit, release);
    const std::string& told = decision.findings(0).release_void().en();
    EXPECT_EQ(decision.findings(0).release_void().zh().empty(), told.empty());
    EXPECT_EQ(told.empty(), *why == '\0') << limit << release << told;
    EXPECT_NE(told.find(why), std::string::npos) << limit << release << told;
    EXPECT_EQ(decision.disposition(), *why == '\0' ? v1::DISPOSITION_CONFIRMED : v1::DISPOSITION_HELD);
    EXPECT_EQ(decision.findings_size(), told.find("may release") == std::string::npos ? 1 : 2);  // ORD-APR-01
  }
}

TEST(SessionTest, TheLastAnswerToAHoldCounts) {
  const std::string grant = R"("actor":"x","role":"CLERK","granted_bound":"51")";
  const std::string denial = R"("actor":"y","role":"CLERK","denied":true)";
  const auto at = [](int hour) { return absl::StrCat(R"(,"at":"2026-11-18T0)", hour, R"(:00:00Z")"); };
  const std::tuple<std::vector<std::string>, v1::Disposition, v1::OpenHold::Status> cases[] = {
      {{denial + at(3)}, v1::DISPOSITION_HELD, v1::OpenHold::STATUS_DENIED},
      {{grant + at(2), denial + at(3)}, v1::DISPOSITION_HELD, v1::OpenHold::STATUS_DENIED},
      {{denial + at(2), grant + at(3)}, v1::DISPOSITION_CONFIRMED, v1::OpenHold::STATUS_UNSPECIFIED},
      {{denial + at(3), grant + at(3)}, v1::DISPOSITION_HELD, v1::OpenHold::STATUS_DENIED},
      {{grant + R"(,"valid_until":"2026-11-18T05:00:00Z")" + at(3)},
       v1::DISPOSITION_HELD,
       v1::OpenHold::STATUS_EXPIRED},
      {{R"("actor":"x","role":"CLERK","granted_bound":"50")" + at(3)}, v1::DISPOSITION_HELD, v1::OpenHold::STATUS_OPEN},
      {{grant + at(3), R"("actor":"z","role":"NOBODY","denied":true)" + at(4)},
       v1::DISPOSITION_CONFIRMED,
       v1::OpenHold::STATUS_UNSPECIFIED},
  };
  for (const auto& [answers, disposition, status] : cases) {
    const auto book = Compile(kStockBook);
    const auto session = Open(book, "60", 1);
    for (const std::string& answer : answers) {
      const std::string release = Wire(*book, "assay.v1.Release",
                                       absl::StrCat(R"({"order_id":"O1","rule":"R-BIG","reason":"r",)", answer, "}"));
      ASSERT_TRUE(session->Release(release).ok());
    }
    const v1::Decision decision = Find(RunOrders(session.get(), {Order(*book, 1, "51")}), "O1");
    EXPECT_EQ(decision.disposition(), disposition) << answers.back();
    EXPECT_EQ(decision.holds().empty() ? v1::OpenHold::STATUS_UNSPECIFIED : decision.holds(0).status(), status)
        << answers.back();
  }
}

TEST(SessionTest, AReleaseWithoutAuthorityIsToldAsSuchBesideARefusal) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  for (const char* answer : {R"("actor":"z","role":"NOBODY","granted_bound":"51","at":"2026-11-18T02:00:00Z")",
                             R"("actor":"y","role":"CLERK","denied":true,"at":"2026-11-18T03:00:00Z")"}) {
    ASSERT_TRUE(session
                    ->Release(Wire(*book, "assay.v1.Release",
                                   absl::StrCat(R"({"order_id":"O1","rule":"R-BIG","reason":"r",)", answer, "}")))
                    .ok());
  }
  const v1::Decision decision = Find(RunOrders(session.get(), {Order(*book, 1, "51")}), "O1");
  ASSERT_EQ(decision.findings_size(), 2);
  EXPECT_EQ(decision.findings(0).release_void().en(), "y refused: r");
  EXPECT_EQ(decision.findings(1).actual(), "z has not the role CLERK or one above it");
}

TEST(SessionTest, AReleaseOfARuleThatIsNotThereIsRefused) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  const absl::Status status = session->Release(Wire(*book, "assay.v1.Release", R"({"order_id":"O1","rule":"R-BIGG"})"));
  EXPECT_EQ(status.message(), "the release is of a rule that the rulebook has not: 'R-BIGG'");
}

TEST(SessionTest, ExplainingLeavesTheSessionAsItWas) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  const std::string order = Order(*book, 1, "20");
  const absl::string_view view = order;
  ASSERT_TRUE(session->Add(absl::MakeConstSpan(&view, 1)).ok());
  const std::string before = session->Save();
  EXPECT_EQ(session->ExplainOrder("nope").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(session->Save(), before);
  ASSERT_TRUE(session->ExplainOrder("O1").ok());
  EXPECT_EQ(session->Save(), before);
  EXPECT_EQ(session->Commit().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(session->RunWave().ok());
  ASSERT_TRUE(session->ExplainOrder("O1").ok());
  ASSERT_TRUE(session->Commit().ok());
  EXPECT_EQ(Find(RunOrders(session.get(), {Order(*book, 2, "45")}), "O2").lines(0).confirmed(), "40");
}

TEST(SessionTest, AQuantityThatCannotBeReadHoldsTheOrderWhateverRulesRead) {
  const auto book = Compile(R"(
name: test.bare
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)");
  const auto session = *Session::Open(book, *BuildSnapshot(*book, {}), SessionOptions{});
  for (const char* quantity : {"abc", "999999999999999999999999999999999999999", "5.1234567"}) {
    const std::string order = Wire(*book, "assay.v1.Order",
                                   absl::StrCat(R"({"id":"Q","lines":[{"id":"1","quantity":")", quantity, R"("}]})"));
    const v1::Decision decision = Find(RunOrders(session.get(), {order}), "Q");
    EXPECT_EQ(decision.disposition(), v1::DISPOSITION_HELD) << quantity;
    ASSERT_EQ(decision.findings_size(), 1) << quantity;
    EXPECT_EQ(decision.findings(0).rule(), "SYS");
    EXPECT_EQ(decision.findings(0).line_id(), "1");
    ASSERT_TRUE(session->Withdraw("Q").ok());
  }
}

TEST(SessionTest, AReleaseThatDoesNotHoldSaysWhy) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("actor":"x","role":"CLERK","granted_bound":"50.9")", "beyond the granted 50.9"},
      {R"("actor":"x","role":"OTHER","granted_bound":"99")", "has not the role CLERK"},
      {R"("actor":"me","role":"CLERK","granted_bound":"99")", "the submitter may not release"},
      {R"("actor":"x","role":"CLERK","granted_bound":"99","valid_until":"2026-01-01T00:00:00Z")", "lapsed"},
      {R"("actor":"x","role":"CLERK","values_digest":"00")", "the values changed"},
      {R"("actor":"x","role":"CLERK","denied":true)", "refused"},
  };
  for (const auto& [rest, why] : cases) {
    const auto book = Compile(kStockBook);
    const auto session = Open(book, "60", 1);
    ASSERT_TRUE(session->Release(ReleaseOf(*book, rest)).ok());
    const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "51")});
    EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_HELD) << rest;
    EXPECT_NE(Find(result, "O1").findings(0).release_void().en().find(why), std::string::npos) << rest;
  }
}

TEST(SessionTest, AnUnknownLotHoldsTheLineAndIsNotPassedOver) {
  for (const char* on_hand : {"", R"(,"on_hand":"many")"}) {
    const auto book = Compile(kStockBook);
    auto rows = std::make_shared<RowBytes>();
    rows->Add(Wire(*book, "assay.v1.StockLot", R"({"warehouse":"W","product_id":"P","lot":"L1","on_hand":"30"})"));
    rows->Add(Wire(*book, "assay.v1.StockLot",
                   absl::StrCat(R"({"warehouse":"W","product_id":"P","lot":"L2")", on_hand, "}")));
    const auto session =
        *Session::Open(book, *BuildSnapshot(*book, {{"lots", rows}}), {v1::CHECKPOINT_REVIEW, {1'795'000'000, 0}, 1});
    const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "3")});
    EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_HELD);
    ASSERT_EQ(Find(result, "O1").findings_size(), 1);
    EXPECT_EQ(Find(result, "O1").findings(0).rule(), "SYS");
    EXPECT_NE(Find(result, "O1").findings(0).actual().find("lots[W, P]: on_hand"), std::string::npos)
        << Find(result, "O1").findings(0).actual();
  }
}

TEST(SessionTest, OrdersThatStateAnAccountDifferentlyAreHeld) {
  const auto book = Compile(R"(
name: test.fund
version: "1"
input: {name: order, type: assay.v1.Order}
ledgers:
  - {name: fund, kind: BALANCE, key: [order.sold_to], amount: order.total, opening: order.tax}
review: {id: order.id, unevaluable_rule: SYS}
)");
  const auto session = *Session::Open(book, *BuildSnapshot(*book, {}), {v1::CHECKPOINT_REVIEW, {1'795'000'000, 0}, 1});
  auto order = [&](const char* id, const char* tax) {
    return Wire(*book, "assay.v1.Order",
                absl::StrCat(R"({"id":")", id, R"(","sold_to":"C","total":"4","tax":")", tax, R"("})"));
  };
  const v1::RunResult result = RunOrders(session.get(), {order("A", "9"), order("B", "9"), order("C", "10")});
  EXPECT_EQ(Find(result, "B").disposition(), v1::DISPOSITION_CONFIRMED);
  ASSERT_EQ(Find(result, "C").disposition(), v1::DISPOSITION_HELD);
  EXPECT_NE(Find(result, "C").findings(0).actual().find("10"), std::string::npos) << result.DebugString();
}

TEST(SessionTest, WhatNothingCoversWaitsWithoutADateWhereTheLedgerSaysSo) {
  std::string text = kStockBook;
  text.replace(text.find("    amount: line.quantity"), 0, "    undated_when: order.id != 'O2'\n");
  const auto book = Compile(text);
  const auto session = Open(book, "30", 1);
  const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "32"), Order(*book, 2, "5")});
  const v1::LineDecision& waits = Find(result, "O1").lines(0);
  EXPECT_EQ(waits.confirmed(), "30");
  EXPECT_EQ(waits.backordered(), "2");
  ASSERT_EQ(waits.parts_size(), 2);
  EXPECT_EQ(waits.parts(1).kind(), v1::LinePart::KIND_BACKORDERED);
  EXPECT_EQ(waits.parts(1).date(), "");
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_PARTIAL);
  EXPECT_EQ(Find(result, "O2").lines(0).cut(), "5");
}

TEST(SessionTest, AHoldIsDueWhenTheRulebookSays) {
  std::string text = kStockBook;
  text.replace(text.find("review:\n"), 8,
               "review:\n  hold_due: \"order.id == 'O1' ? now + duration('4h') : timestamp(order.warehouse)\"\n");
  const auto book = Compile(text);
  const auto session = Open(book, "60", 1);
  const v1::RunResult result = RunOrders(session.get(), {Order(*book, 1, "51"), Order(*book, 2, "52")});
  ASSERT_EQ(Find(result, "O1").holds_size(), 1);
  EXPECT_EQ(Find(result, "O1").holds(0).due().seconds() - Find(result, "O1").holds(0).opened().seconds(), 4 * 3600);
  ASSERT_EQ(Find(result, "O2").holds_size(), 1);
  EXPECT_FALSE(Find(result, "O2").holds(0).has_due());
  EXPECT_EQ(Find(result, "O2").findings_size(), 2);  // that the time cannot be had is noted
}

TEST(SessionTest, ARejectedOrderHoldsNobodyUpAndIsListedWithItsReasons) {
  std::string text = kStockBook;
  text.replace(text.find("rules:\n"), 7,
               "rules:\n  - {id: R-NO, condition: order.id == 'O1', outcome: REJECT, reason: BIG, "
               "message: {en: no, zh: no}}\n");
  const auto book = Compile(text);
  const auto session = Open(book, "60", 1);
  const v1::RunResult result = RunOrders(
      session.get(), {Order(*book, 1, "51"), Order(*book, 2, "50"), Order(*book, 3, "20"), Order(*book, 4, "7")});
  EXPECT_EQ(Find(result, "O1").findings_size(), 2);  // the hold is still told
  EXPECT_EQ(Find(result, "O1").holds_size(), 0);
  EXPECT_EQ(Find(result, "O4").disposition(), v1::DISPOSITION_REJECTED);  // nothing of it is left
  std::map<std::string, std::vector<std::string>> listed;
  for (const v1::DayTable& table : result.tables()) {
    for (const v1::DayTableRow& row : table.rows()) {
      const bool rejections = table.name() == "rejections";
      if (rejections || table.name() == "cuts")
        listed[table.name()].push_back(absl::StrCat(row.cells(rejections ? 1 : 0), ":", row.cells(rejections ? 5 : 6)));
    }
  }
  EXPECT_EQ(listed["rejections"], (std::vector<std::string>{"O1:BIG", "O4:SHORT"}));
  EXPECT_EQ(listed["cuts"], (std::vector<std::string>{"O3:SHORT", "O4:SHORT"}));
}

TEST(SessionTest, ARowThatCannotBeReadIsHeldAndTheOthersGoOn) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "60", 1);
  const v1::RunResult result = RunOrders(session.get(), {"\xff\xff", Order(*book, 1, "1x"), Order(*book, 2, "3")});
  EXPECT_EQ(Find(result, "").disposition(), v1::DISPOSITION_HELD);
  EXPECT_EQ(Find(result, "").findings_size(), 1);
  EXPECT_EQ(Find(result, "O1").disposition(), v1::DISPOSITION_HELD);
  ASSERT_EQ(Find(result, "O1").findings_size(), 1);  // one origin, one finding
  EXPECT_EQ(Find(result, "O1").findings(0).rule(), "SYS");
  EXPECT_NE(Find(result, "O1").findings(0).actual().find("line 1: quantity"), std::string::npos);
  EXPECT_EQ(Find(result, "O1").lines(0).response_code(), "7");
  EXPECT_EQ(Find(result, "O2").disposition(), v1::DISPOSITION_CONFIRMED);
}

}  // namespace
}  // namespace assay
