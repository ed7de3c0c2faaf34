// The stock ledger against a plain model of domain.md, 3.5 and 3.6: every day of a short calendar is one element of an
// array, lots and receipts are lists, and a draw takes one piece at a time as long as no balance falls below 0.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ledger/stock_ledger.h"

namespace assay {
namespace {

constexpr int kDays = 24;
constexpr int kRunDate = 6;  // days before it are there for overdue receipts and commitments

struct ModelSupply {
  int64_t id;
  int day;  // kRunDate for a lot
  int quantity;
};

struct ModelDraw {
  int64_t order;
  bool is_lot;
  size_t supply;
  int quantity;
  ReservationState state;
};

struct ModelCommitment {
  int due;
  int quantity;
};

struct ModelResult {
  int granted = 0;
  int backordered = 0;
  int available = 0;
};

class Model {
 public:
  std::vector<ModelSupply> lots;
  std::vector<ModelSupply> receipts;  // by (due, id)
  std::vector<ModelCommitment> commitments;
  int reserve = 0;
  std::vector<ModelDraw> draws;

  int Left(bool is_lot, size_t supply, bool only_firm) const {
    int left = (is_lot ? lots : receipts)[supply].quantity;
    for (const ModelDraw& draw : draws) {
      const bool counts =
          draw.state == ReservationState::kFirm || (draw.state == ReservationState::kProposed && !only_firm);
      if (draw.is_lot == is_lot && draw.supply == supply && counts) left -= draw.quantity;
    }
    return left;
  }

  int LotsAboveReserve() const {
    int sum = -reserve;
    for (size_t i = 0; i < lots.size(); ++i) sum += Left(true, i, false);
    return std::max(sum, 0);
  }

  // cum(d) of every day.
  std::vector<int> Balances() const {
    std::vector<int> cum(kDays, LotsAboveReserve());
    for (int day = 0; day < kDays; ++day) {
      for (size_t i = 0; i < receipts.size(); ++i) {
        if (receipts[i].day >= kRunDate && receipts[i].day <= day) cum[day] += Left(false, i, false);
      }
      for (const ModelCommitment& commitment : commitments) {
        if (commitment.due <= day) cum[day] -= commitment.quantity;
      }
    }
    return cum;
  }

  int AvailableToPromise(int day) const {
    const std::vector<int> cum = Balances();
    return std::max(0, *std::min_element(cum.begin() + std::max(day, kRunDate), cum.end()));
  }

  ModelResult Draw(const StockRequest& request) {
    const int wanted = std::max(request.wanted.value_or(kRunDate), kRunDate);
    ModelResult result;
    result.available = AvailableToPromise(wanted);
    const std::vector<ModelDraw> before = draws;
    int left = static_cast<int>(request.amount);
    const int limit = static_cast<int>(request.granted_at_most.value_or(request.amount));
    for (size_t i = 0; i < lots.size(); ++i) {
      const auto& ids = request.eligible_lots;
      if (ids.has_value() && std::find(ids->begin(), ids->end(), lots[i].id) == ids->end()) continue;
      for (; left > 0 && result.granted < limit && LotsAboveReserve() > 0 &&
             TakeOne(request.owner.order, true, i, kRunDate);
           --left) {
        ++result.granted;
      }
    }
    for (size_t i = 0; i < receipts.size(); ++i) {
      const int day = receipts[i].day;
      if (day < kRunDate) continue;
      if (day > wanted && (!request.is_backorder_allowed || day > request.backorder_until.value_or(kDays))) continue;
      const bool is_granted = day <= wanted;
      for (; left > 0 && (!is_granted || result.granted < limit) && TakeOne(request.owner.order, false, i, day);
           --left) {
        ++(is_granted ? result.granted : result.backordered);
      }
    }
    if (request.all_or_nothing && result.granted < request.amount) {
      draws = before;
      result.granted = 0;
      result.backordered = 0;
    }
    return result;
  }

 private:
  bool TakeOne(int64_t order, bool is_lot, size_t supply, int day) {
    if (Left(is_lot, supply, false) == 0) return false;
    const std::vector<int> cum = Balances();
    if (*std::min_element(cum.begin() + day, cum.end()) <= 0) return false;
    draws.push_back({order, is_lot, supply, 1, ReservationState::kProposed});
    return true;
  }
};

class Dice {
 public:
  explicit Dice(uint32_t seed) : engine_(seed) {}
  int From(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }
  bool OneIn(int n) { return From(1, n) == 1; }

 private:
  std::mt19937 engine_;
};

Model RandomModel(Dice* dice) {
  Model model;
  for (int i = dice->From(0, 4); i > 0; --i) model.lots.push_back({100 + i, kRunDate, dice->From(0, 7)});
  for (int i = dice->From(0, 4); i > 0; --i) model.receipts.push_back({i, dice->From(3, kDays - 3), dice->From(0, 7)});
  std::sort(model.receipts.begin(), model.receipts.end(),
            [](const ModelSupply& a, const ModelSupply& b) { return std::pair(a.day, a.id) < std::pair(b.day, b.id); });
  for (int i = dice->From(0, 4); i > 0; --i) model.commitments.push_back({dice->From(3, kDays - 2), dice->From(0, 5)});
  if (dice->OneIn(2)) model.reserve = dice->From(0, 8);
  return model;
}

// Opens `key` with what the model has, or with what its firm draws leave of it. Receipts in any order.
AccountId OpenLike(const Model& model, bool less_firm, absl::string_view key, Dice* dice, StockLedger* ledger) {
  std::vector<StockLot> lots;
  std::vector<StockReceipt> receipts;
  std::vector<StockCommitment> commitments;
  for (size_t i = 0; i < model.lots.size(); ++i) {
    const int quantity = less_firm ? model.Left(true, i, true) : model.lots[i].quantity;
    lots.push_back({model.lots[i].id, quantity});
  }
  for (size_t i = 0; i < model.receipts.size(); ++i) {
    const int quantity = less_firm ? model.Left(false, i, true) : model.receipts[i].quantity;
    receipts.push_back({model.receipts[i].id, quantity, model.receipts[i].day});
  }
  for (const ModelCommitment& each : model.commitments) commitments.push_back({each.quantity, each.due});
  std::shuffle(receipts.begin(), receipts.end(), std::mt19937(dice->From(0, 1000)));
  std::shuffle(commitments.begin(), commitments.end(), std::mt19937(dice->From(0, 1000)));
  const AccountId account = ledger->Intern(key);
  EXPECT_EQ(ledger->Open(account, {lots, receipts, commitments, model.reserve}), absl::OkStatus());
  EXPECT_EQ(ledger->Open(account, {lots, receipts, commitments, model.reserve}), absl::OkStatus());
  return account;
}

// A request of random shape; `eligible` keeps the ids it views.
StockRequest RandomRequest(const Model& model, int64_t order, Dice* dice, std::vector<int64_t>* eligible) {
  StockRequest request;
  request.owner = {order, dice->From(0, 9)};
  request.amount = dice->From(0, 9);
  request.run_date = kRunDate;
  if (!dice->OneIn(4)) request.wanted = dice->From(4, kDays - 2);
  if (dice->OneIn(3)) {
    eligible->clear();
    for (const ModelSupply& lot : model.lots) {
      if (dice->OneIn(2)) eligible->push_back(lot.id);
    }
    std::shuffle(eligible->begin(), eligible->end(), std::mt19937(dice->From(0, 1000)));
    request.eligible_lots = *eligible;
  }
  request.is_backorder_allowed = dice->OneIn(2);
  if (dice->OneIn(3)) request.backorder_until = dice->From(4, kDays - 2);
  request.all_or_nothing = dice->OneIn(5);
  if (dice->OneIn(4)) request.granted_at_most = dice->From(0, 9);
  return request;
}

// Draws on both and compares; with all lots eligible, what is granted is exactly what was available.
void DrawOnBoth(const StockRequest& request, Model* model, StockLedger* ledger, StockDraw* draw) {
  StockDraw simulated;
  ASSERT_EQ(ledger->Simulate(request, &simulated), absl::OkStatus());
  ASSERT_EQ(ledger->Draw(request, draw), absl::OkStatus());
  const ModelResult expected = model->Draw(request);
  EXPECT_EQ(draw->granted, expected.granted);
  EXPECT_EQ(draw->backordered, expected.backordered);
  EXPECT_EQ(draw->available_before, expected.available);
  EXPECT_EQ(draw->requested, request.amount);
  EXPECT_EQ(draw->requested, draw->granted + draw->backordered + draw->short_by);
  EXPECT_EQ(simulated.granted, draw->granted);
  EXPECT_EQ(simulated.parts.size(), draw->parts.size());
  if (!request.eligible_lots.has_value() && !request.all_or_nothing && !request.granted_at_most.has_value()) {
    EXPECT_EQ(draw->granted, std::min(draw->requested, draw->available_before));
  }
}

// opening - firm - proposed = left >= 0 for every supply, as the model counts it and as the log adds up.
void ExpectReconciled(const Model& model, const StockLedger& ledger, AccountId id) {
  const StockAccount& account = ledger.account(id);
  std::map<std::pair<SupplyKind, uint32_t>, int128> logged;
  for (const Reservation& entry : ledger.log().entries()) {
    if (entry.account == id && entry.state != ReservationState::kWithdrawn) {
      logged[{entry.kind, entry.supply}] += entry.quantity;
    }
  }
  for (const bool is_lot : {true, false}) {
    const absl::Span<const Supply> supplies = is_lot ? absl::MakeSpan(account.lots) : absl::MakeSpan(account.receipts);
    for (uint32_t i = 0; i < supplies.size(); ++i) {
      EXPECT_EQ(supplies[i].left(), model.Left(is_lot, i, false));
      EXPECT_GE(supplies[i].left(), 0);
      EXPECT_EQ(supplies[i].opening - supplies[i].firm, model.Left(is_lot, i, true));
      const SupplyKind kind = is_lot ? SupplyKind::kLot : SupplyKind::kReceipt;
      EXPECT_EQ(supplies[i].proposed + supplies[i].firm, (logged[{kind, i}]));
    }
  }
}

// No draw made a day's balance negative, or more negative than it was.
void ExpectNoNewShortage(const std::vector<int>& opening, const Model& model) {
  const std::vector<int> now = model.Balances();
  for (int day = kRunDate; day < kDays; ++day) EXPECT_GE(now[day], std::min(0, opening[day]));
}

std::string Saved(const StockLedger& ledger) {
  std::string bytes;
  ledger.Save(&bytes);
  return bytes;
}

void SetState(Model* model, const std::vector<int64_t>& orders, ReservationState state) {
  for (ModelDraw& draw : model->draws) {
    const bool is_named = orders.empty() || std::find(orders.begin(), orders.end(), draw.order) != orders.end();
    if (is_named && draw.state == ReservationState::kProposed) draw.state = state;
  }
}

void EraseProposed(Model* model, int64_t order) {
  model->draws.erase(std::remove_if(model->draws.begin(), model->draws.end(),
                                    [order](const ModelDraw& draw) {
                                      return draw.order == order && draw.state == ReservationState::kProposed;
                                    }),
                     model->draws.end());
}

void Revoke(Model* model, int64_t order) {
  for (ModelDraw& draw : model->draws) {
    if (draw.order == order) draw.state = ReservationState::kWithdrawn;
  }
}

// One verb other than a draw, on both.
void RandomVerb(int64_t order, Dice* dice, Model* model, StockLedger* ledger) {
  switch (dice->From(0, 6)) {
    case 6:
      ledger->Revoke(order);
      return Revoke(model, order);
    case 0:
      ledger->Undo(order);
      return EraseProposed(model, order);
    case 1:
      ledger->Release(order);
      return SetState(model, {order}, ReservationState::kWithdrawn);
    case 2:
      ledger->Commit({order, order + 1});
      return SetState(model, {order, order + 1}, ReservationState::kFirm);
    case 3:
      if (!dice->OneIn(3)) return;
      ledger->Commit();
      return SetState(model, {}, ReservationState::kFirm);
    case 4:
      if (!dice->OneIn(3)) return;
      ledger->WithdrawProposedAll();
      return SetState(model, {}, ReservationState::kWithdrawn);
    default:
      return ledger->DropWithdrawn();
  }
}

TEST(StockModelTest, RandomVerbsAgreeWithADayByDayModel) {
  for (uint32_t seed = 1; seed <= 1500 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Model model = RandomModel(&dice);
    StockLedger ledger("stock", 0);
    const AccountId account = OpenLike(model, false, "W1", &dice, &ledger);
    const std::vector<int> opening = model.Balances();
    StockDraw draw;
    std::vector<int64_t> eligible;
    for (int step = 0; step < 12; ++step) {
      const int64_t order = dice.From(1, 5);
      if (dice.OneIn(3)) {
        RandomVerb(order, &dice, &model, &ledger);
      } else {
        StockRequest request = RandomRequest(model, order, &dice, &eligible);
        request.account = account;
        DrawOnBoth(request, &model, &ledger, &draw);
      }
      ExpectReconciled(model, ledger, account);
      ExpectNoNewShortage(opening, model);
    }
  }
}

TEST(StockModelTest, UndoOfTheLastOrderRestoresEveryByte) {
  for (uint32_t seed = 1; seed <= 500 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Model model = RandomModel(&dice);
    StockLedger ledger("stock", 0);
    const AccountId account = OpenLike(model, false, "W1", &dice, &ledger);
    StockDraw draw;
    std::vector<int64_t> eligible;
    for (int64_t order = 1; order <= 6; ++order) {
      const std::string before = Saved(ledger);
      for (int lines = dice.From(1, 4); lines > 0; --lines) {
        StockRequest request = RandomRequest(model, order, &dice, &eligible);
        request.account = account;
        ASSERT_EQ(ledger.Draw(request, &draw), absl::OkStatus());
      }
      if (dice.OneIn(2)) continue;
      ledger.Undo(order);
      EXPECT_EQ(Saved(ledger), before);
    }
    StockLedger restored("stock", 0);
    ASSERT_EQ(restored.Restore(Saved(ledger)), absl::OkStatus());
    EXPECT_EQ(Saved(restored), Saved(ledger));
  }
}

TEST(StockModelTest, ARunEqualsAFreshRunOnOpeningLessFirmDraws) {
  for (uint32_t seed = 1; seed <= 1000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Model model = RandomModel(&dice);
    StockLedger ledger("stock", 0);
    const AccountId account = OpenLike(model, false, "W1", &dice, &ledger);
    StockDraw draw;
    std::vector<int64_t> eligible;
    for (int64_t order = 1; order <= 4; ++order) {
      StockRequest request = RandomRequest(model, order, &dice, &eligible);
      request.account = account;
      DrawOnBoth(request, &model, &ledger, &draw);
      if (!dice.OneIn(2)) continue;
      ledger.Commit({order});
      SetState(&model, {order}, ReservationState::kFirm);
    }
    ledger.WithdrawProposedAll();
    SetState(&model, {}, ReservationState::kWithdrawn);
    StockLedger fresh("stock", 0);
    const AccountId fresh_account = OpenLike(model, true, "W1", &dice, &fresh);
    StockDraw fresh_draw;
    for (int64_t order = 5; order <= 9; ++order) {
      StockRequest request = RandomRequest(model, order, &dice, &eligible);
      request.account = account;
      ASSERT_EQ(ledger.Draw(request, &draw), absl::OkStatus());
      request.account = fresh_account;
      ASSERT_EQ(fresh.Draw(request, &fresh_draw), absl::OkStatus());
      EXPECT_EQ(draw.available_before, fresh_draw.available_before);
      EXPECT_EQ(draw.backordered, fresh_draw.backordered);
      ASSERT_EQ(draw.parts.size(), fresh_draw.parts.size());
      for (size_t i = 0; i < draw.parts.size(); ++i) {
        EXPECT_EQ(draw.parts[i].supply_id, fresh_draw.parts[i].supply_id);
        EXPECT_EQ(draw.parts[i].quantity, fresh_draw.parts[i].quantity);
        EXPECT_EQ(draw.parts[i].day, fresh_draw.parts[i].day);
      }
    }
  }
}

}  // namespace
}  // namespace assay
