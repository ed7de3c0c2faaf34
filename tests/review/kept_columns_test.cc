// Columns over reference data are kept with a snapshot from run to run: what they are made of changes with the clock
// and with the rows of a run, and a run on a snapshot that others used decides as on one of its own.
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "rulebook/reference.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

// A partner's age depends on the clock, what it ordered on the orders of the run, its rank on neither.
constexpr char kBook[] = R"yaml(
name: test.kept
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels:
  - {name: partner, of: partners}
datasets:
  - {name: partners, type: assay.v1.Partner, key: [id]}
joins:
  - {name: buyer, dataset: partners, on: [order.sold_to]}
  - {name: peers, each: partner, dataset: partners, key: [rank], on: [partner.rank], many: true}
  - {name: orders, each: partner, dataset: batch.order, key: [sold_to], on: [partner.id], many: true}
variables:
  - {name: rank, each: partner, expression: partner.level + partner.owner_agent}
  - {name: hour, each: partner, expression: "string(now)"}
  - {name: alike, each: partner, expression: size(partner.peers)}
  - {name: asked, each: partner, expression: "size(partner.orders)"}
rules:
  - id: SEEN
    condition: "true"
    outcome: NOTE
    actual: >-
      order.buyer.rank + ' ' + order.buyer.hour + ' ' + string(order.buyer.alike) + ' ' + string(order.buyer.asked)
    message: {en: "{actual}", zh: x}
review: {id: order.id}
)yaml";

constexpr Timestamp kNow = {1'795'000'000, 0};

class KeptColumnsTest : public testing::Test {
 protected:
  std::shared_ptr<const Snapshot> NewSnapshot() const {
    auto rows = std::make_shared<RowBytes>();
    for (const char* row : {R"({"id":"A","level":"VIP","owner_agent":"1"})",
                            R"({"id":"B","level":"VIP","owner_agent":"1"})", R"({"id":"C","level":"A"})"}) {
      rows->Add(Wire(*book_, "assay.v1.Partner", row));
    }
    return *BuildSnapshot(*book_, {{"partners", rows}});
  }

  // What a new session on the snapshot says at the time of orders by these partners.
  std::string Said(const std::shared_ptr<const Snapshot>& snapshot, int64_t seconds_later,
                   const std::vector<std::string>& buyers) const {
    SessionOptions options;
    options.checkpoint = v1::CHECKPOINT_REVIEW;
    options.now = {kNow.seconds + seconds_later, 0};
    const std::unique_ptr<Session> session = *Session::Open(book_, snapshot, options);
    std::vector<std::string> orders;
    orders.reserve(buyers.size());
    for (size_t i = 0; i < buyers.size(); ++i) {
      orders.push_back(
          Wire(*book_, "assay.v1.Order", absl::StrCat(R"({"id":"O)", i, R"(","sold_to":")", buyers[i], R"("})")));
    }
    const v1::RunResult result = RunOrders(session.get(), orders);
    std::string said;
    for (const v1::Decision& decision : result.decisions()) {
      for (const v1::Finding& finding : decision.findings()) absl::StrAppend(&said, finding.message().en(), ";");
    }
    return said;
  }

  std::shared_ptr<const CompiledRulebook> book_ = Compile(kBook);
};

TEST_F(KeptColumnsTest, EachRunHasItsOwnClockAndItsOwnOrders) {
  const auto snapshot = NewSnapshot();
  EXPECT_EQ(Said(snapshot, 0, {"A"}), "VIP1 2026-11-18T11:06:40Z 2 1;");
  EXPECT_EQ(Said(snapshot, 60, {"A", "A", "C"}),
            "VIP1 2026-11-18T11:07:40Z 2 2;VIP1 2026-11-18T11:07:40Z 2 2;A 2026-11-18T11:07:40Z 1 1;");
  EXPECT_EQ(Said(snapshot, 0, {"A"}), "VIP1 2026-11-18T11:06:40Z 2 1;");
}

TEST_F(KeptColumnsTest, ManyThreadsMayBeTheFirstToAsk) {
  const auto snapshot = NewSnapshot();
  std::vector<std::string> said(4);
  std::vector<std::thread> threads;
  threads.reserve(said.size());
  for (size_t i = 0; i < said.size(); ++i) {
    threads.emplace_back([&, i] { said[i] = Said(snapshot, static_cast<int64_t>(i), {"B"}); });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < said.size(); ++i) {
    EXPECT_EQ(said[i], absl::StrCat("VIP1 2026-11-18T11:06:4", i, "Z 2 1;"));
  }
}

TEST_F(KeptColumnsTest, WhatDependsOnRowsAloneIsComputedOnce) {
  const auto snapshot = NewSnapshot();
  Said(snapshot, 0, {"A"});
  const auto kept = snapshot->kept_columns().columns;
  Said(snapshot, 60, {"B"});
  EXPECT_EQ(snapshot->kept_columns().columns, kept);
}

TEST(SnapshotTest, ADatasetWithoutRowsIsAsOneThatIsNotGiven) {
  const auto book = Compile(kStockBook);
  const auto none = std::make_shared<const RowBytes>();
  const auto lots = std::make_shared<RowBytes>();
  lots->Add(Wire(*book, "assay.v1.StockLot", R"({"warehouse":"W","product_id":"P"})"));
  EXPECT_EQ((*BuildSnapshot(*book, {{"lots", lots}, {"staff", none}}))->id(),
            (*BuildSnapshot(*book, {{"lots", lots}}))->id());
  EXPECT_NE((*BuildSnapshot(*book, {{"lots", none}}))->id(), (*BuildSnapshot(*book, {{"lots", lots}}))->id());
}

}  // namespace
}  // namespace assay
