// The balance ledger: limits met exactly, accounts without a limit or below zero, the verbs, and a model of plain sums.
#include "ledger/balance_ledger.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "base/decimal.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Saved(const BalanceLedger& ledger) {
  std::string bytes;
  ledger.Save(&bytes);
  return bytes;
}

class BalanceLedgerTest : public testing::Test {
 protected:
  AccountId Open(absl::string_view key, std::optional<int128> opening) {
    const AccountId id = ledger_.Intern(key);
    EXPECT_EQ(ledger_.Open(id, opening), absl::OkStatus());
    return id;
  }

  BalanceDraw Draw(AccountId account, int64_t order, int128 amount) {
    BalanceDraw draw;
    EXPECT_EQ(ledger_.Draw({.account = account, .owner = {order, 1}, .amount = amount}, &draw), absl::OkStatus());
    return draw;
  }

  BalanceLedger ledger_{"funds", 2};
};

TEST_F(BalanceLedgerTest, ExactlyTheLimitPassesAndACentMoreIsShort) {
  const AccountId id = Open("P1", 10000);
  EXPECT_EQ(Draw(id, 1, 10000).short_by, 0);
  ledger_.Undo(1);
  const BalanceDraw draw = Draw(id, 1, 10001);
  EXPECT_EQ(draw.granted, 10000);
  EXPECT_EQ(draw.short_by, 1);
  EXPECT_TRUE(draw.available_before == int128{10000});
  EXPECT_TRUE(Draw(id, 1, 0).available_before == int128{0});
}

TEST_F(BalanceLedgerTest, AllOrNothingDrawsNothingUnlessGrantedInFull) {
  const AccountId id = Open("P1", 100);
  BalanceDraw draw;
  ASSERT_EQ(ledger_.Draw({id, {1, 1}, 101, true}, &draw), absl::OkStatus());
  EXPECT_EQ(draw.granted, 0);
  EXPECT_EQ(draw.short_by, 101);
  EXPECT_TRUE(ledger_.log().entries().empty());
  ASSERT_EQ(ledger_.Draw({id, {1, 1}, 100, true}, &draw), absl::OkStatus());
  EXPECT_EQ(draw.granted, 100);
}

TEST_F(BalanceLedgerTest, ANegativeOpeningHasNothingAvailable) {
  const AccountId id = Open("P1", -500);
  const BalanceDraw draw = Draw(id, 1, 1);
  EXPECT_EQ(draw.granted, 0);
  EXPECT_TRUE(draw.available_before == int128{0});
}

TEST_F(BalanceLedgerTest, AnUnlimitedAccountGrantsAllUpTo38Digits) {
  const AccountId id = Open("P1", std::nullopt);
  const BalanceDraw draw = Draw(id, 1, Pow10(38) - 1);
  EXPECT_EQ(draw.short_by, 0);
  EXPECT_FALSE(draw.available_before.has_value());
  const std::string before = Saved(ledger_);
  BalanceDraw refused;
  EXPECT_EQ(ledger_.Draw({id, {2, 1}, 1, false}, &refused).code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Saved(ledger_), before);
}

TEST_F(BalanceLedgerTest, OpeningAgainWithAnotherAmountNamesBoth) {
  const AccountId id = Open("P1", 100);
  EXPECT_EQ(ledger_.Open(id, 100), absl::OkStatus());
  const absl::Status status = ledger_.Open(id, 150);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "funds 'P1': opened twice, all rows of one account must agree: 1.50, was opened with 1.00");
  EXPECT_TRUE(absl::EndsWith(ledger_.Open(id, std::nullopt).message(), "no limit, was opened with 1.00"));
  EXPECT_EQ(ledger_.Open(ledger_.Intern("P2"), Pow10(38)).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(ledger_.IsOpen(*ledger_.keys().Find("P2")));
}

TEST_F(BalanceLedgerTest, BadRequestsAreRefusedAndDrawNothing) {
  const AccountId id = Open("P1", 100);
  BalanceDraw draw;
  EXPECT_EQ(ledger_.Draw({id, {1, 1}, -1, false}, &draw).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ledger_.Draw({id, {1, 1}, Pow10(38), false}, &draw).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ledger_.Draw({id + 1, {1, 1}, 1, false}, &draw).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ledger_.Allocate({id, {1, 1}, 1, false}, "clerk", "", &draw).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(ledger_.log().entries().empty());
}

TEST_F(BalanceLedgerTest, AllocationsAndCommittedDrawsSurviveRedistribution) {
  const AccountId id = Open("P1", 100);
  BalanceDraw draw;
  ASSERT_EQ(ledger_.Allocate({id, {1, 1}, 30, false}, "clerk 12", "promised", &draw), absl::OkStatus());
  Draw(id, 2, 20);
  ledger_.Commit({2});
  Draw(id, 3, 50);
  ledger_.WithdrawProposedAll();
  EXPECT_EQ(ledger_.account(id).firm, 50);
  EXPECT_EQ(ledger_.account(id).proposed, 0);
  EXPECT_TRUE(ledger_.account(id).Available() == int128{50});
}

TEST_F(BalanceLedgerTest, AccountsAreListedByAscendingKeyWhateverTheirNumbers) {
  for (const absl::string_view key : {"b", "\xff", "a", "", "ab"}) Open(key, 1);
  std::vector<std::string> keys;
  for (const AccountId id : ledger_.keys().Ascending()) keys.emplace_back(ledger_.keys().key(id));
  EXPECT_EQ(keys, (std::vector<std::string>{"", "a", "ab", "b", "\xff"}));
}

TEST_F(BalanceLedgerTest, EqualStatesHaveEqualBytesWhateverTheOrderOfInterning) {
  BalanceLedger other("funds", 2);
  other.Intern("never opened");
  for (const absl::string_view key : {"b", "a"}) ASSERT_EQ(other.Open(other.Intern(key), 100), absl::OkStatus());
  Open("a", 100);
  Open("b", 100);
  BalanceDraw draw;
  ASSERT_EQ(other.Draw({*other.keys().Find("b"), {5, 2}, 40, false}, &draw), absl::OkStatus());
  ASSERT_EQ(ledger_.Draw({*ledger_.keys().Find("b"), {5, 2}, 40, false}, &draw), absl::OkStatus());
  EXPECT_EQ(Saved(other), Saved(ledger_));
}

// Per order: how much it holds, firm or proposed.
struct ModelAccount {
  int opening = 0;
  std::map<int64_t, int> proposed;
  int firm = 0;

  int Available() const {
    int left = opening - firm;
    for (const auto& [order, amount] : proposed) left -= amount;
    return std::max(left, 0);
  }
};

void RandomVerb(int verb, int64_t order, ModelAccount* model, BalanceLedger* ledger) {
  if (verb == 0) ledger->Undo(order);
  if (verb == 1) ledger->Release(order);
  if (verb == 2) ledger->WithdrawProposedAll();
  if (verb == 3) ledger->Commit({order});
  if (verb == 3) model->firm += model->proposed[order];
  if (verb == 2) model->proposed.clear();
  model->proposed.erase(order);
}

TEST(BalanceModelTest, RandomVerbsAgreeWithPlainSums) {
  std::mt19937 engine(42);
  for (int run = 0; run < 300; ++run) {
    ModelAccount model;
    model.opening = static_cast<int>(engine() % 60) - 5;
    BalanceLedger ledger("quota", 0);
    const AccountId id = ledger.Intern("Q");
    ASSERT_EQ(ledger.Open(id, model.opening), absl::OkStatus());
    for (int step = 0; step < 40; ++step) {
      const auto order = static_cast<int64_t>(engine() % 4);
      if (engine() % 3 == 0) {
        RandomVerb(static_cast<int>(engine() % 4), order, &model, &ledger);
      } else {
        const int amount = static_cast<int>(engine() % 12);
        BalanceDraw draw;
        ASSERT_EQ(ledger.Draw({id, {order, step}, amount, false}, &draw), absl::OkStatus());
        EXPECT_TRUE(draw.available_before == int128{model.Available()});
        const int granted = std::min(amount, model.Available());
        EXPECT_EQ(draw.granted, granted);
        model.proposed[order] += granted;
      }
      ASSERT_TRUE(ledger.account(id).Available() == int128{model.Available()});
      ASSERT_EQ(ledger.account(id).firm, model.firm);
    }
    BalanceLedger restored("quota", 0);
    ASSERT_EQ(restored.Restore(Saved(ledger)), absl::OkStatus());
    ASSERT_EQ(Saved(restored), Saved(ledger));
    ASSERT_TRUE(restored.account(0).Available() == ledger.account(id).Available());
  }
}

}  // namespace
}  // namespace assay
