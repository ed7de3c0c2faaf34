// Random sequences of all verbs of a session: after every run what was there is what is left, proposed and firm, the
// run is the one of a fresh session on what the firm draws left, whatever its threads, and nobody is passed over.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "gtest/gtest.h"
#include "tests/review/sample_session.h"
#include "tests/review/shared_book.h"

namespace assay {
namespace {

constexpr char kToday[] = "2026-11-20";

// One session and what a reader of its decisions knows.
class Desk {
 public:
  Desk(std::shared_ptr<const CompiledRulebook> book, uint32_t seed) : book_(std::move(book)), random_(seed) {
    for (int p = 0; p < kProducts; ++p) {
      for (const char* name : {"L1", "L2", "2026-11-22", "2026-11-25"})
        there_[absl::StrCat("P", p, "/", name)] = Draw(0, 40);
    }
    for (int c = 0; c < kPartners; ++c) there_[absl::StrCat("C", c)] = Draw(0, 400);
    for (int p = 0; p < kProducts; ++p) there_[absl::StrCat("KP", p)] = Draw(0, 200);
    now_ = *ParseTimestamp(absl::StrCat(kToday, "T09:00:00Z"));
    session_ = OpenOn(book_, there_, now_, 1);
  }

  void Step() {
    switch (Draw(0, 14)) {
      case 0:
      case 1:
      case 2:
        return AddNew();
      case 3:
        return Revise();
      case 4:
        return AddAgain();
      case 5:
        return Commit();
      case 6:
        return Release();
      case 7:
        return Withdraw();
      case 8:
        return Allocate();
      case 9:
        return SaveAndRestore();
      case 10:
        return Run(true);
      case 11:
        return Update();
      default:
        return Run(false);
    }
  }

 private:
  int Draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  void Put(const std::string& order) {
    const absl::string_view view = order;
    ASSERT_TRUE(session_->Add(absl::MakeConstSpan(&view, 1)).ok());
  }

  void AddNew() {
    const std::string id = absl::StrCat("O", ++orders_);
    open_[id] = {RandomOrder(*book_, id, 5, ++documents_, &random_), 5};
    Put(open_[id].bytes);
    ran_ = false;
  }

  // A message of an order that a run has seen, with a revision that rises or does not, and what a run makes of it.
  void Revise() {
    const std::string id = absl::StrCat("O", Draw(1, std::max(1, orders_)));
    if (!last_.contains(id)) return;
    const int revision = std::stoi(last_.at(id).revision()) + Draw(-1, 1);
    const bool rises = revision > std::stoi(last_.at(id).revision());
    const bool is_firm = firm_orders_.contains(id) || allocated_.contains(id);
    const std::string order = RandomOrder(*book_, id, revision, ++documents_, &random_);
    Put(order);
    if (rises && !is_firm) {
      open_[id] = {order, revision};
      refused_.erase(id);
    } else if (!rises && !is_firm) {
      ++refused_[id];
    }
    Run(false);
    if (rises && is_firm) {
      ASSERT_GT(beside_[id], 0) << id;
    }
  }

  // The same message, now and then in another encoding.
  void AddAgain() {
    const std::string id = absl::StrCat("O", Draw(1, std::max(1, orders_)));
    if (!open_.contains(id)) return;
    Put(open_.at(id).bytes +
        (Draw(0, 1) == 0 ? "" : std::string("\x10", 1) + static_cast<char>(open_.at(id).revision)));
  }

  void Release() {
    if (orders_ == 0) return;
    const std::string release =
        Wire(*book_, "assay.v1.Release",
             absl::StrCat(R"({"order_id":"O)", Draw(1, orders_),
                          R"(","rule":"R-BIG","reason":"r","at":"2026-11-20T00:00:00Z","actor":"x","role":"CLERK",)",
                          R"("granted_bound":")", Draw(40, 45), R"(","valid_until":"2026-11-20T)", Draw(10, 18),
                          R"(:00:00Z"})"));
    ASSERT_TRUE(session_->Release(release).ok());
    if (std::find(releases_.begin(), releases_.end(), release) != releases_.end()) return;  // the same again is none
    releases_.push_back(release);
    ran_ = false;
  }

  void Withdraw() {
    if (orders_ == 0) return;
    const std::string id = absl::StrCat("O", Draw(1, orders_));
    const absl::Status status = session_->Withdraw(id);
    const bool is_firm = firm_orders_.contains(id) || allocated_.contains(id);
    const bool is_seen = last_.contains(id);
    if (is_seen && !is_firm) {
      ASSERT_TRUE(status.ok()) << status;
      open_.erase(id);
      last_.erase(id);
    } else if (is_seen && beside_[id] > 0) {
      ASSERT_TRUE(status.ok()) << status;  // what was refused or held beside it
    } else {
      ASSERT_EQ(status.code(), is_firm ? absl::StatusCode::kFailedPrecondition : absl::StatusCode::kNotFound);
      return;
    }
    refused_.erase(id);
    beside_.erase(id);
    ran_ = false;
  }

  void Allocate() {
    const std::string id = absl::StrCat("O", Draw(1, std::max(1, orders_)));
    if (!last_.contains(id) || firm_orders_.contains(id)) return;
    const int line = Draw(0, last_.at(id).lines_size() - 1);
    const int quantity = Draw(1, 12);
    const std::string allocation =
        Wire(*book_, "assay.v1.ManualAllocation",
             absl::StrCat(R"({"id":")", ++documents_, R"(","order_id":")", id, R"(","line_id":")", line + 1,
                          R"(","quantity":")", quantity, R"(","actor":"ann","reason":"asked"})"));
    const StockLedger& before = *session_->ledgers().stocks()[0];
    const size_t made = before.log().allocations().size();
    const std::string state = session_->Save();
    const absl::Status status = session_->Allocate(allocation);
    if (!status.ok()) {
      ASSERT_EQ(session_->Save(), state);
      return;
    }
    ASSERT_TRUE(session_->Allocate(allocation).ok());  // once more is nothing more
    const StockLedger& stock = *session_->ledgers().stocks()[0];
    ASSERT_EQ(stock.log().allocations().size(), made + 1);
    int given = 0;
    for (const Reservation& entry : stock.log().entries()) {
      if (entry.allocation != made + 1) continue;
      const int units = static_cast<int>(entry.quantity / Unit());
      given += units;
      const StockAccount& account = stock.account(entry.account);
      const std::string name = entry.kind == SupplyKind::kLot
                                   ? absl::StrCat("L", PlaceOf(account.lots, entry.supply_id, 0) + 1)
                                   : FormatDate(entry.day);
      allocated_draws_[id][absl::StrCat(last_.at(id).lines(line).product(), "/", name)] += units;
    }
    ASSERT_EQ(given, quantity);
    allocated_[id].push_back(allocation);
    allocations_.emplace_back(id, allocation);
    ran_ = false;
  }

  // Other data, whose rows stand elsewhere: more or less than was drawn firmly, but where an allocation would have to
  // be made again.
  void Update() {
    std::set<std::string> kept;
    for (const auto& [id, draws] : allocated_draws_) {
      for (const auto& [name, amount] : draws) kept.insert(name.substr(0, name.find('/')));
    }
    if (there_.erase("A/L1") == 0) there_["A/L1"] = 1;
    for (auto& [name, amount] : there_) {
      if (Draw(0, 3) == 0 && !kept.contains(name.substr(0, name.find('/'))))
        amount = Draw(0, name[0] == 'C' ? 400 : name[0] == 'K' ? 200 : 40);
    }
    ASSERT_TRUE(session_->Update(DataOn(*book_, there_)).ok());
    ran_ = false;
  }

  // The session goes on in another one, of another number of threads.
  void SaveAndRestore() {
    const std::string saved = session_->Save();
    std::unique_ptr<Session> other = OpenOn(book_, there_, now_, 1 << Draw(0, 2));
    ASSERT_TRUE(other->Restore(saved).ok());
    ASSERT_EQ(other->Save(), saved);
    session_ = std::move(other);
  }

  void Commit() {
    const absl::Status status = session_->Commit();
    ASSERT_EQ(status.ok(), ran_);
    if (!ran_) return;
    for (const auto& [id, decision] : last_) {
      if (!Takes(decision) || firm_orders_.contains(id)) continue;
      AddDraws(decision, &firm_);
      Add(allocated_draws_[id], &firm_);
      firm_orders_.insert(id);
      open_.erase(id);
      allocated_.erase(id);
    }
  }

  static void Add(const Amounts& more, Amounts* sum) {
    for (const auto& [name, amount] : more) (*sum)[name] += amount;
  }

  // Of several orders of one id all but one are told that their revision is not to be.
  static bool IsBeside(const v1::Decision& decision) {
    return decision.findings_size() > 0 && decision.findings(decision.findings_size() - 1).rule() == "REV";
  }

  void Run(bool only_seen) {
    const std::set<std::string> seen = Ids(last_);
    if (Draw(0, 3) == 0) now_.seconds += 1800;
    const absl::StatusOr<v1::RunResult> result = only_seen ? session_->Redistribute(now_) : session_->RunWave(now_);
    ASSERT_TRUE(result.ok()) << result.status();
    const std::map<std::string, v1::Decision> before = std::exchange(last_, {});
    beside_.clear();
    Amounts taken;
    for (const auto& [id, draws] : allocated_draws_) Add(draws, &taken);
    for (const v1::Decision& decision : result->decisions()) {
      for (const v1::LineDecision& line : decision.lines()) {
        ASSERT_EQ(std::stoi(line.requested()),
                  std::stoi(line.confirmed()) + std::stoi(line.backordered()) + std::stoi(line.cut()));
      }
      if (IsBeside(decision)) {
        ASSERT_FALSE(Takes(decision));
        ++beside_[decision.order_id()];
        continue;
      }
      ASSERT_TRUE(last_.emplace(decision.order_id(), decision).second) << decision.order_id();
      if (open_.contains(decision.order_id())) {
        ASSERT_EQ(decision.revision(), absl::StrCat(open_.at(decision.order_id()).revision));
      }
      if (Takes(decision)) AddDraws(decision, &taken);
    }
    for (const auto& [id, count] : refused_) {
      if (!firm_orders_.contains(id) && !allocated_.contains(id)) {
        ASSERT_EQ(beside_[id], count) << id;
      }
    }
    Amounts firm = FirmNow();
    for (const auto& [name, amount] : taken) ASSERT_LE(amount, std::max(there_.at(name), firm[name])) << name;
    ASSERT_NO_FATAL_FAILURE(CheckLedgers(taken));
    ASSERT_NO_FATAL_FAILURE(ExpectNobodyIsPassedOver(*result, firm_orders_, Ids(allocated_)));
    ASSERT_NO_FATAL_FAILURE(CheckFresh(*result, only_seen ? seen : Ids(open_), before));
    ran_ = std::all_of(open_.begin(), open_.end(), [&](const auto& each) { return last_.contains(each.first); });
  }

  template <typename Map>
  static std::set<std::string> Ids(const Map& map) {
    std::set<std::string> ids;
    for (const auto& [id, value] : map) ids.insert(id);
    return ids;
  }

  int128 Unit() const {
    int128 unit = 1;
    for (int i = 0; i < session_->ledgers().stocks()[0]->scale(); ++i) unit *= 10;
    return unit;
  }

  Amounts FirmNow() const {
    Amounts firm = firm_;
    for (const auto& [id, draws] : allocated_draws_) {
      if (!firm_orders_.contains(id)) Add(draws, &firm);
    }
    return firm;
  }

  // The ledgers hold what the decisions say, to the unit.
  void CheckLedgers(const Amounts& taken) const {
    auto of = [](const Amounts& amounts, const std::string& name) {
      const auto found = amounts.find(name);
      return found == amounts.end() ? 0 : found->second;
    };
    const StockLedger& stock = *session_->ledgers().stocks()[0];
    const int128 unit = Unit();
    const Amounts firm = FirmNow();
    for (AccountId id = 0; id < stock.keys().size(); ++id) {
      if (!stock.IsOpen(id)) continue;  // nobody asks for it now
      const std::string product(stock.keys().key(id).substr(2));
      const StockAccount& account = stock.account(id);
      auto check = [&](const Supply& supply, const std::string& name) {
        ASSERT_EQ(static_cast<int>(supply.firm / unit), of(firm, name)) << name;
        ASSERT_EQ(static_cast<int>((supply.proposed + supply.firm) / unit), of(taken, name)) << name;
        ASSERT_EQ(static_cast<int>(supply.opening / unit), there_.at(name)) << name;
        ASSERT_EQ(static_cast<int>(supply.left() / unit), std::max(0, there_.at(name) - of(taken, name))) << name;
        ASSERT_EQ(static_cast<int>(supply.shortfall() / unit), std::max(0, of(taken, name) - there_.at(name))) << name;
      };
      for (size_t i = 0; i < account.lots.size(); ++i) check(account.lots[i], absl::StrCat(product, "/L", i + 1));
      for (const Supply& receipt : account.receipts)
        check(receipt, absl::StrCat(product, "/", FormatDate(receipt.due)));
    }
    ExpectBalancesAreRight(session_->ledgers(), there_, taken, firm);
  }

  // The same open orders and releases on (opening - firm draws) give the same decisions;
  // `before` are those of the run before.
  void CheckFresh(const v1::RunResult& result, const std::set<std::string>& ids,
                  const std::map<std::string, v1::Decision>& before) {
    Amounts left = there_;
    for (const auto& [name, amount] : firm_) {
      left[name] -= amount;
      if (name[0] == 'P') left[name] = std::max(0, left[name]);  // what falls short of one lot is no other's
    }
    const std::unique_ptr<Session> fresh = OpenOn(book_, left, now_, 1 << Draw(0, 2));
    std::vector<absl::string_view> orders;
    for (const auto& [id, order] : open_) {
      if (ids.contains(id)) orders.emplace_back(order.bytes);
    }
    std::shuffle(orders.begin(), orders.end(), random_);
    ASSERT_TRUE(fresh->Add(orders).ok());
    for (const std::string& release : releases_) ASSERT_TRUE(fresh->Release(release).ok());
    ASSERT_TRUE(fresh->RunWave().ok());
    for (const auto& [id, allocation] : allocations_) {
      if (firm_orders_.contains(id)) continue;
      const absl::Status status = fresh->Allocate(allocation);
      ASSERT_TRUE(status.ok()) << status;
    }
    const absl::StatusOr<v1::RunResult> again = fresh->RunWave();
    ASSERT_TRUE(again.ok());
    std::vector<v1::Decision> expected(again->decisions().begin(), again->decisions().end());
    std::vector<v1::Decision> found;
    for (const v1::Decision& decision : result.decisions()) {
      if (!firm_orders_.contains(decision.order_id()) && !IsBeside(decision)) found.push_back(decision);
    }
    ASSERT_EQ(found.size(), expected.size());
    for (size_t i = 0; i < found.size(); ++i) {
      // The data are others, so is their name; places in the queue are taken by what is not to be.
      found[i].clear_priority();
      expected[i].clear_priority();
      const auto old = before.find(expected[i].order_id());
      if (old != before.end()) KeepAge(old->second, &expected[i]);
      found[i].mutable_provenance()->clear_snapshot();
      expected[i].mutable_provenance()->clear_snapshot();
      ASSERT_EQ(found[i].SerializeAsString(), expected[i].SerializeAsString())
          << found[i].DebugString() << expected[i].DebugString();
    }
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::mt19937 random_;
  Amounts there_;
  Amounts firm_;
  std::unique_ptr<Session> session_;
  int orders_ = 0, documents_ = 0;
  Timestamp now_;
  struct Open {
    std::string bytes;
    int revision = 0;
  };
  std::map<std::string, Open> open_;    // what stands of each order that is not committed
  std::map<std::string, int> refused_;  // by order: messages whose revision has not risen
  std::map<std::string, int> beside_;   // by order: such decisions of the last run, and changes of firm orders
  std::vector<std::string> releases_;
  std::map<std::string, std::vector<std::string>> allocated_;  // of orders not committed
  std::vector<std::pair<std::string, std::string>> allocations_;
  std::map<std::string, Amounts> allocated_draws_;
  std::map<std::string, v1::Decision> last_;
  std::set<std::string> firm_orders_;
  bool ran_ = false;
};

TEST(SessionPropertyTest, LedgersReconcileAndRunsEqualFreshOnesAfterRandomVerbs) {
  const auto book = Compile(kSharedBook);
  ASSERT_NE(book, nullptr);
  for (uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Desk desk(book, seed);
    for (int step = 0; step < 60 && !HasFatalFailure(); ++step) desk.Step();
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace assay
