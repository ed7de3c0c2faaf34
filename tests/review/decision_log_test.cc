// What was done to a session, told entry by entry, and done again.
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

constexpr char kAllocation[] =
    R"({"id":"A","order_id":"O3","line_id":"1","quantity":"4","actor":"ann","reason":"asked"})";
constexpr char kRelease[] =
    R"({"id":"R","order_id":"O2","rule":"R-BIG","reason":"ok","at":"2026-11-17T00:00:00Z","actor":"ann","role":"BOSS",)"
    R"("granted_bound":"60"})";

std::vector<std::string> Told(const v1::SessionLog& log) {
  std::vector<std::string> told;
  for (const v1::LogEntry& entry : log.entries()) {
    std::string text = v1::LogEntry::Verb_Name(entry.verb()).substr(sizeof("VERB_") - 1);
    for (const v1::Decision& decision : entry.decisions()) absl::StrAppend(&text, " ", decision.order_id());
    told.push_back(text);
  }
  return told;
}

using Lines = std::vector<std::string>;

// A day of every verb; the log in two parts.
v1::SessionLog Day(const CompiledRulebook& book, Session* session) {
  EXPECT_TRUE(session->KeepLog().ok());
  RunOrders(session, {Order(book, 1, "20"), Order(book, 2, "55"), Order(book, 1, "20")});
  v1::SessionLog log = session->TakeLog();
  EXPECT_EQ(Told(log), (Lines{"OPEN", "ADD", "ADD", "RUN O1 O2"}));
  EXPECT_TRUE(session->Commit().ok());
  EXPECT_TRUE(session->Release(Wire(book, "assay.v1.Release", kRelease)).ok());
  EXPECT_FALSE(session->Release("\xff").ok());
  AddOrders(session, {Order(book, 4, "3")});
  EXPECT_TRUE(session->Redistribute(Timestamp{1'795'000'600, 0}).ok());
  RunOrders(session, {Order(book, 3, "9")});
  EXPECT_TRUE(session->Allocate(Wire(book, "assay.v1.ManualAllocation", kAllocation)).ok());
  EXPECT_TRUE(session->Withdraw("O4").ok());
  EXPECT_FALSE(session->Withdraw("O4").ok());
  RunOrders(session, {});
  const v1::SessionLog rest = session->TakeLog();
  EXPECT_EQ(Told(rest), (Lines{"COMMIT", "RELEASE", "ADD", "REDISTRIBUTE O2", "ADD", "RUN O3 O4", "ALLOCATE",
                               "WITHDRAW", "RUN O3"}));
  log.MergeFromString(rest.SerializeAsString());
  return log;
}

TEST(DecisionLogTest, ALogDoneAgainGivesTheSameState) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "80", 1);
  const v1::SessionLog log = Day(*book, session.get());
  for (int i = 0; i < log.entries_size(); ++i) EXPECT_EQ(log.entries(i).sequence(), i + 1);
  const auto again = Open(book, "80", 3);
  const absl::Status status = again->Replay(log);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(RunOrders(again.get(), {}).SerializeAsString(), RunOrders(session.get(), {}).SerializeAsString());
  // One that keeps a log keeps the same one.
  const auto keeping = Open(book, "80", 1);
  ASSERT_TRUE(keeping->KeepLog().ok());
  ASSERT_TRUE(keeping->Replay(log).ok());
  EXPECT_EQ(keeping->TakeLog().SerializeAsString(), log.SerializeAsString());
}

TEST(DecisionLogTest, ARunHasTheDigestOfItsSerializedResult) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "80", 1);
  ASSERT_TRUE(session->KeepLog().ok());
  const v1::RunResult result = RunOrders(session.get(), {Revised(*book, 1, 1, "20"), Revised(*book, 1, 2, "21")});
  EXPECT_EQ(result.decisions_size(), 1);
  EXPECT_EQ(result.superseded_size(), 1);
  EXPECT_GT(result.tables_size(), 0);
  const v1::SessionLog log = session->TakeLog();
  EXPECT_EQ(log.entries().rbegin()->digest(), Sha256Hex(result.SerializeAsString()));
}

TEST(DecisionLogTest, WhatDoesNotFitIsRefusedAndChangesNothing) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "80", 1);
  const v1::SessionLog log = Day(*book, session.get());
  EXPECT_EQ(session->Replay(log).code(), absl::StatusCode::kFailedPrecondition);  // it was used
  EXPECT_EQ(Open(book, "79", 1)->Replay(log).code(), absl::StatusCode::kFailedPrecondition);
  const auto other = Open(book, "80", 1);
  const std::string before = other->Save();
  EXPECT_EQ(other->Replay({}).code(), absl::StatusCode::kInvalidArgument);
  v1::SessionLog gap = log;
  gap.mutable_entries()->DeleteSubrange(2, 1);
  EXPECT_EQ(other->Replay(gap).code(), absl::StatusCode::kInvalidArgument);
  v1::SessionLog changed = log;
  changed.mutable_entries(2)->set_message(Order(*book, 2, "44"));
  const absl::Status status = other->Replay(changed);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "log entry 4: the run decides otherwise than the log has it");
  EXPECT_EQ(other->Save(), before);
  ASSERT_TRUE(other->Replay(log).ok());
}

TEST(DecisionLogTest, ASavedSessionGoesOnWithItsLog) {
  const auto book = Compile(kStockBook);
  const auto session = Open(book, "80", 1);
  EXPECT_TRUE(session->TakeLog().entries().empty());
  ASSERT_TRUE(session->KeepLog().ok());
  AddOrders(session.get(), {Order(*book, 1, "20")});
  EXPECT_EQ(Open(book, "80", 1)->KeepLog().code(), absl::StatusCode::kOk);
  const auto other = Open(book, "80", 1);
  ASSERT_TRUE(other->Restore(session->Save()).ok());
  RunOrders(other.get(), {});
  EXPECT_EQ(Told(other->TakeLog()), (Lines{"OPEN", "ADD", "RUN O1"}));
  const auto late = Open(book, "80", 1);
  AddOrders(late.get(), {Order(*book, 1, "20")});
  EXPECT_EQ(late->KeepLog().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace assay
