// Saved ledgers under hostile hands: every change of the bytes is refused, or is the one encoding of another state.
#include <random>
#include <string>

#include "absl/strings/match.h"
#include "base/sha256.h"
#include "gtest/gtest.h"
#include "ledger/balance_ledger.h"
#include "ledger/saved_bytes.h"
#include "ledger/stock_ledger.h"

namespace assay {
namespace {

constexpr size_t kChecksumBytes = 8;

StockLedger SampleStock() {
  StockLedger ledger("stock", 6);
  const std::vector<StockLot> lots = {{70, 5000000}, {71, 3000000}};
  const std::vector<StockReceipt> receipts = {{20, 4000000, 20103}, {21, 9000000, 20110}};
  const std::vector<StockCommitment> commitments = {{1000000, 20099}, {2000000, 20105}};
  for (const absl::string_view key : {"W1|P2", "W1|P1"}) {
    EXPECT_EQ(ledger.Open(ledger.Intern(key), {lots, receipts, commitments, 1000000}), absl::OkStatus());
  }
  StockDraw draw;
  StockRequest request = {.amount = 6500000, .run_date = 20100, .wanted = 20104, .is_backorder_allowed = true};
  for (int64_t order = 1; order <= 4; ++order) {
    request.owner = {order, 10 * order};
    request.account = static_cast<AccountId>(order % 2);
    EXPECT_EQ(ledger.Draw(request, &draw), absl::OkStatus());
    if (order == 1) ledger.Commit();
    if (order == 2) ledger.Release(2);
  }
  request.amount = 500000;
  EXPECT_EQ(ledger.Allocate(request, "clerk 12", "new store", &draw), absl::OkStatus());
  return ledger;
}

BalanceLedger SampleBalance() {
  BalanceLedger ledger("funds", 2);
  EXPECT_EQ(ledger.Open(ledger.Intern("P2"), 100000), absl::OkStatus());
  EXPECT_EQ(ledger.Open(ledger.Intern("P1"), std::nullopt), absl::OkStatus());
  BalanceDraw draw;
  EXPECT_EQ(ledger.Allocate({0, {1, 1}, 500, false}, "clerk 12", "paid in cash", &draw), absl::OkStatus());
  EXPECT_EQ(ledger.Draw({1, {2, 1}, 700, false}, &draw), absl::OkStatus());
  EXPECT_EQ(ledger.Draw({0, {3, 1}, 99500, false}, &draw), absl::OkStatus());
  return ledger;
}

template <typename Ledger>
std::string Saved(const Ledger& ledger) {
  std::string bytes;
  ledger.Save(&bytes);
  return bytes;
}

// The bytes with a checksum that fits them, so that what is read is the payload.
std::string Sealed(absl::string_view body) {
  Sha256 sha;
  sha.Update(body);
  const Sha256Digest digest = sha.Finish();
  return std::string(body) + std::string(digest.begin(), digest.begin() + kChecksumBytes);
}

absl::string_view BodyOf(absl::string_view bytes) { return bytes.substr(0, bytes.size() - kChecksumBytes); }

// Refused with the state untouched, or accepted as exactly the state those bytes say.
template <typename Ledger>
void ExpectRefusedOrExact(const std::string& bytes, Ledger* ledger) {
  const std::string before = Saved(*ledger);
  const absl::Status status = ledger->Restore(bytes);
  if (status.ok()) {
    ASSERT_EQ(Saved(*ledger), bytes);
    ASSERT_EQ(ledger->Restore(before), absl::OkStatus());
  } else {
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    ASSERT_TRUE(absl::StartsWith(status.message(), "saved state refused")) << status;
    ASSERT_EQ(Saved(*ledger), before);
  }
}

template <typename Ledger>
void Attack(const std::string& saved, Ledger* ledger) {
  const std::string body(BodyOf(saved));
  for (size_t size = 0; size < saved.size(); ++size) {
    EXPECT_FALSE(ledger->Restore(saved.substr(0, size)).ok());
    ExpectRefusedOrExact(Sealed(body.substr(0, size)), ledger);
  }
  EXPECT_FALSE(ledger->Restore(saved + '\0').ok());
  EXPECT_FALSE(ledger->Restore(Sealed(body + '\0')).ok());
  for (size_t at = 0; at < saved.size(); ++at) {
    std::string changed = saved;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_FALSE(ledger->Restore(changed).ok()) << at;
  }
  for (size_t at = 0; at < body.size(); ++at) {
    for (const int change : {1, 2, 4, 8, 16, 32, 64, 128, 3, 255}) {
      std::string changed = body;
      changed[at] = static_cast<char>(changed[at] ^ change);
      ExpectRefusedOrExact(Sealed(changed), ledger);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

template <typename Ledger>
void AttackAtRandom(const std::string& saved, Ledger* ledger) {
  const std::string body(BodyOf(saved));
  std::mt19937 engine(99);
  for (int round = 0; round < 20000 && !testing::Test::HasFatalFailure(); ++round) {
    std::string changed = body;
    for (int edits = 1 + static_cast<int>(engine() % 4); edits > 0; --edits) {
      const size_t at = engine() % changed.size();
      if (engine() % 4 == 0) {
        changed.erase(at, 1 + engine() % 3);
      } else if (engine() % 3 == 0) {
        changed.insert(at, 1, static_cast<char>(engine()));
      } else {
        changed[at] = static_cast<char>(engine());
      }
    }
    ExpectRefusedOrExact(Sealed(changed), ledger);
  }
}

TEST(SavedLedgerTest, ARestoredStockLedgerIsTheOneSaved) {
  const StockLedger ledger = SampleStock();
  StockLedger restored("stock", 6);
  ASSERT_EQ(restored.Restore(Saved(ledger)), absl::OkStatus());
  EXPECT_EQ(Saved(restored), Saved(ledger));
  const AccountId before = *ledger.keys().Find("W1|P2");
  const AccountId after = *restored.keys().Find("W1|P2");
  EXPECT_EQ(restored.account(after).lots[0].left(), ledger.account(before).lots[0].left());
  EXPECT_EQ(restored.account(after).receipts[1].proposed, ledger.account(before).receipts[1].proposed);
  EXPECT_EQ(restored.log().allocations()[0].reason, "new store");
}

TEST(SavedLedgerTest, UndoWorksAfterARestore) {
  StockLedger restored("stock", 6);
  ASSERT_EQ(restored.Restore(Saved(SampleStock())), absl::OkStatus());
  const size_t before = restored.log().entries().size();
  restored.Undo(3);
  EXPECT_LT(restored.log().entries().size(), before);
  for (const Reservation& entry : restored.log().entries()) EXPECT_NE(entry.owner.order, 3);
}

TEST(SavedLedgerTest, AnotherLedgersBytesAreRefused) {
  StockLedger other_name("shelf", 6);
  StockLedger other_scale("stock", 2);
  BalanceLedger other_kind("stock", 6);
  EXPECT_FALSE(other_name.Restore(Saved(SampleStock())).ok());
  EXPECT_FALSE(other_scale.Restore(Saved(SampleStock())).ok());
  EXPECT_EQ(other_kind.Restore(Saved(SampleStock())).message(),
            "saved state refused, save it again: of another kind or another version");
  EXPECT_EQ(other_kind.Restore("").message(), "saved state refused, save it again: not a saved state");
}

TEST(SavedLedgerTest, EveryChangedByteOfAStockLedgerIsRefusedOrExact) {
  StockLedger ledger = SampleStock();
  Attack(Saved(ledger), &ledger);
}

TEST(SavedLedgerTest, EveryChangedByteOfABalanceLedgerIsRefusedOrExact) {
  BalanceLedger ledger = SampleBalance();
  Attack(Saved(ledger), &ledger);
}

TEST(SavedLedgerTest, RandomEditsAreRefusedOrExact) {
  StockLedger stock = SampleStock();
  AttackAtRandom(Saved(stock), &stock);
  BalanceLedger balance = SampleBalance();
  AttackAtRandom(Saved(balance), &balance);
}

TEST(SavedBytesTest, NumbersAtTheirLimitsComeBack) {
  std::string bytes;
  SavedWriter writer(SavedKind::kStock, 1, &bytes);
  for (const int128 value : {kInt128Min, kInt128Max, int128{0}, int128{-1}}) writer.Amount(value);
  for (const int64_t value : {INT64_MIN, INT64_MAX, int64_t{-1}}) writer.Signed(value);
  writer.Unsigned(UINT64_MAX);
  writer.Bytes("");
  writer.Finish();
  SavedReader reader(SavedKind::kStock, 1, bytes);
  for (const int128 value : {kInt128Min, kInt128Max, int128{0}, int128{-1}}) EXPECT_TRUE(reader.Amount() == value);
  for (const int64_t value : {INT64_MIN, INT64_MAX, int64_t{-1}}) EXPECT_EQ(reader.Signed(), value);
  EXPECT_EQ(reader.Unsigned(), UINT64_MAX);
  EXPECT_EQ(reader.Bytes(), "");
  EXPECT_EQ(reader.Finish(), absl::OkStatus());
}

TEST(SavedBytesTest, LongAndTooLargeNumbersAreRefused) {
  for (const absl::string_view payload : {absl::string_view("\x80\x00", 2), absl::string_view("\x80", 1),
                                          absl::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10)}) {
    const std::string bytes = Sealed(absl::StrCat("ASYL\x02\x01", payload));
    SavedReader reader(SavedKind::kStock, 1, bytes);
    EXPECT_EQ(reader.Unsigned(), 0);
    EXPECT_FALSE(reader.ok());
  }
}

}  // namespace
}  // namespace assay
