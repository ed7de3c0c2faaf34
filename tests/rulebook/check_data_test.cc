// What `assay check --data` finds in rows, each planted by hand.
#include "rulebook/check_data.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingest/json_rows.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: data
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets:
  - {name: partners, type: assay.v1.Partner, key: [id]}
  - {name: prices, type: assay.v1.PriceListEntry, key: [price_group, product_id], valid: [valid_from, valid_to]}
  - {name: products, type: assay.v1.Product, key: [id]}
  - {name: listed, type: assay.v1.Partner, key: [district]}
  - {name: rates, type: assay.v1.ExchangeRate, key: [from_currency]}
  - {name: houses, type: assay.v1.StockLot, key: [warehouse]}
  - {name: staff, type: assay.v1.Staff, key: [id]}
  - {name: offers, type: assay.v1.PriceListEntry, key: [product_id], valid: [valid_from, valid_to], many: true}
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
joins:
  - {name: partner, dataset: partners, on: [order.sold_to]}
  - name: price
    each: line
    dataset: prices
    on: [order.partner.price_group, line.product_id]
    at: order.requested_date
  - {name: product, each: line, dataset: products, on: [line.product_id]}
  - {name: rate, dataset: rates, on: [order.currency]}
  - {name: house, dataset: houses, on: [order.warehouse]}
  - {name: neighbours, dataset: listed, on: [order.partner.district], many: true}
rules:
  - id: R1
    each: line
    condition: line.price.list_price > 1 && size(order.neighbours) > 3 && !has(line.product)
    outcome: HOLD
    message: {en: a, zh: b}
  - id: R2
    condition: "(order.currency == 'CNY' ? 1 : order.rate.rate) * order.total > 1000"
    outcome: HOLD
    message: {en: a, zh: b}
  - id: R3
    condition: order.house.on_hand > 0 || order.warehouse == ''
    outcome: HOLD
    message: {en: a, zh: b}
)yaml";

class CheckDataTest : public ::testing::Test {
 protected:
  CheckDataTest() : CheckDataTest(kBook) {}

  explicit CheckDataTest(const char* text) {
    IssueList issues;
    std::optional<LoadedRulebook> loaded = LoadRulebookText("book.yaml", text, &issues);
    if (loaded.has_value()) book_ = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
    EXPECT_NE(book_, nullptr) << Format(issues);
  }

  DataFile File(const std::string& path, const char* type, const std::vector<std::string>& rows) const {
    auto bytes = std::make_shared<RowBytes>();
    DataFile file = {path, bytes, {}};
    for (const std::string& row : rows) {
      std::string wire;
      EXPECT_TRUE(JsonToWire(*book_->schema, **book_->schema->FindMessage(type), row, &wire).ok()) << row;
      bytes->Add(wire);
      file.lines.push_back(static_cast<int>(bytes->size()));
    }
    return file;
  }

  void Set(const std::string& dataset, const char* type, const std::vector<std::string>& rows) {
    files_[dataset] = File(absl::StrCat(dataset, ".jsonl"), type, rows);
  }

  std::vector<std::string> Findings(const DataFile* input) const {
    std::vector<std::string> lines;
    for (const CheckFinding& finding : CheckData(*book_, files_, input, CheckSeverities())) {
      const std::string line = FormatFinding(finding);
      lines.push_back(line.substr(0, line.find('\n')));
    }
    return lines;
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::map<std::string, DataFile> files_;
};

using Lines = std::vector<std::string>;

TEST_F(CheckDataTest, RowsOfOneKeyThatAreInForceAtOnceAreNamedBoth) {
  Set("prices", "assay.v1.PriceListEntry",
      {R"({"price_group": "A", "product_id": "X", "valid_from": "2026-01-01", "valid_to": "2026-06-30"})",
       R"({"price_group": "A", "product_id": "X", "valid_from": "2026-07-01"})",
       R"({"price_group": "A", "product_id": "Y", "valid_to": "2026-03-01"})",
       R"({"price_group": "A", "product_id": "Y", "valid_from": "2026-03-01", "valid_to": "2026-03-31"})",
       R"({"price_group": "B", "product_id": "X"})", R"({"price_group": "B", "product_id": "X"})"});
  EXPECT_EQ(Findings(nullptr),
            (Lines{"prices.jsonl:4:1: error: line 3 is in force on 2026-03-01 too: price_group = \"A\", product_id = "
                   "\"Y\" [data-overlap]",
                   "prices.jsonl:6:1: error: line 5 is in force from the beginning too: price_group = \"B\", "
                   "product_id = \"X\" [data-overlap]"}));
}

TEST_F(CheckDataTest, ARowInsideOfALongerOneIsFoundBehindAShortOne) {
  Set("prices", "assay.v1.PriceListEntry",
      {R"({"price_group": "A", "product_id": "X", "valid_from": "2026-01-01", "valid_to": "2026-12-31"})",
       R"({"price_group": "A", "product_id": "X", "valid_from": "2026-02-01", "valid_to": "2026-02-28"})",
       R"({"price_group": "A", "product_id": "X", "valid_from": "2026-05-01", "valid_to": "2026-05-31"})"});
  const Lines found = Findings(nullptr);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[1].starts_with("prices.jsonl:3:1: error: line 1 is in force on 2026-05-01 too")) << found[1];
}

TEST_F(CheckDataTest, AKeyThatComesTwiceIsToldWhereOneRowIsRead) {
  Set("partners", "assay.v1.Partner", {R"({"id": "P1"})", R"({"id": "P2"})", R"({"id": "P1"})"});
  Set("listed", "assay.v1.Partner", {R"({"id": "P1", "district": "D"})", R"({"id": "P2", "district": "D"})"});
  EXPECT_EQ(Findings(nullptr),
            Lines{"partners.jsonl:3:1: error: line 1 has the same key: id = \"P1\" [data-duplicate]"});
}

TEST_F(CheckDataTest, AKeyThatComesTwiceIsToldOfADatasetThatNoJoinReads) {
  Set("staff", "assay.v1.Staff", {R"({"id": "E1", "name": "a"})", R"({"id": "E1", "name": "b"})", R"({"id": "E2"})"});
  EXPECT_EQ(Findings(nullptr), Lines{"staff.jsonl:2:1: error: line 1 has the same key: id = \"E1\" [data-duplicate]"});
}

TEST_F(CheckDataTest, OfManyRowsOfAKeyThoseAreToldThatAreTheSameOnOneDay) {
  Set("offers", "assay.v1.PriceListEntry",
      {R"({"product_id": "X", "list_price": "1", "valid_from": "2026-01-01", "valid_to": "2026-06-30"})",
       R"({"product_id": "X", "list_price": "1", "valid_from": "2026-07-01"})",
       R"({"product_id": "X", "list_price": "2", "valid_from": "2026-07-01"})",
       R"({"product_id": "X", "list_price": "1", "valid_from": "2026-06-30", "valid_to": "2026-06-30"})",
       R"({"product_id": "Y", "list_price": "1"})", R"({"product_id": "Y", "list_price": "1"})"});
  EXPECT_EQ(
      Findings(nullptr),
      (Lines{"offers.jsonl:4:1: warning: line 1 is in force on 2026-06-30 too, the same in all else: product_id = "
             "\"X\" [data-repeated]",
             "offers.jsonl:6:1: warning: line 5 is in force from the beginning too, the same in all else: "
             "product_id = \"Y\" [data-repeated]"}));
}

TEST_F(CheckDataTest, OfManyRowsWithoutDaysThoseAreToldThatAreTheSame) {
  Set("lots", "assay.v1.StockLot",
      {R"({"warehouse": "W", "product_id": "X", "on_hand": "1"})",
       R"({"warehouse": "W", "product_id": "X", "on_hand": "2"})",
       R"({"product_id": "X", "on_hand": "1", "warehouse": "W"})"});
  EXPECT_EQ(Findings(nullptr), Lines{"lots.jsonl:3:1: warning: line 1 is the same row: warehouse = \"W\", product_id = "
                                     "\"X\" [data-repeated]"});
}

TEST_F(CheckDataTest, AJoinIsOneFindingBehindThoseThatComeSeldom) {
  Set("partners", "assay.v1.Partner", {R"({"id": "P1"})"});
  std::vector<std::string> rows = {R"({"id": "1", "sold_to": "P1"})", R"({"id": "2", "sold_to": "P0"})"};
  for (int i = 0; i < 300; ++i) rows.push_back(absl::StrCat(R"({"id": "3", "sold_to": "Q)", i % 6, R"("})"));
  rows.emplace_back(R"({"id": "4", "requested_date": "soon"})");
  const DataFile orders = File("orders.jsonl", "assay.v1.Order", rows);
  const Lines found = Findings(&orders);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].starts_with("orders.jsonl:303:1: warning: requested_date: ")) << found[0];
  EXPECT_EQ(found[1],
            "orders.jsonl:2:1: warning: no row of 'partners' has the id that sold_to names: \"P0\", \"Q0\", \"Q1\", "
            "\"Q2\", \"Q3\" and 2 more, 301 times in all [data-dangling]");
}

TEST_F(CheckDataTest, AValueThatNoRowOfTheJoinedDatasetHasDangles) {
  Set("partners", "assay.v1.Partner",
      {R"({"id": "P1", "price_group": "A"})", R"({"id": "P2", "price_group": "Z"})", R"({"id": "P3"})"});
  Set("prices", "assay.v1.PriceListEntry", {R"({"price_group": "A", "product_id": "X"})"});
  const DataFile orders = File("orders.jsonl", "assay.v1.Order",
                               {R"({"id": "1", "sold_to": "P1", "lines": [{"product_id": "X"}, {"product_id": "Y"}]})",
                                R"({"id": "2", "sold_to": "P9", "lines": [{"id": "1"}]})"});
  EXPECT_EQ(Findings(&orders),
            (Lines{"orders.jsonl:1:1: warning: no row of 'prices' has the product_id that product_id names: \"Y\" "
                   "[data-dangling]",
                   "orders.jsonl:2:1: warning: no row of 'partners' has the id that sold_to names: \"P9\" "
                   "[data-dangling]",
                   "partners.jsonl:2:1: warning: no row of 'prices' has the price_group that price_group names: "
                   "\"Z\" [data-dangling]"}));
}

TEST_F(CheckDataTest, AJoinThatIsReadInABranchAloneIsNotLookedForInEveryRow) {
  Set("rates", "assay.v1.ExchangeRate", {R"({"from_currency":"USD","rate":"7.1"})"});
  Set("houses", "assay.v1.StockLot", {R"({"warehouse":"W","on_hand":"1"})"});
  const DataFile orders =
      File("orders.jsonl", "assay.v1.Order",
           {R"({"id":"O1","currency":"CNY","warehouse":"W"})", R"({"id":"O2","currency":"USD","warehouse":"V"})"});
  EXPECT_EQ(Findings(&orders), (Lines{"orders.jsonl:2:1: warning: no row of 'houses' has the warehouse that warehouse "
                                      "names: \"V\" [data-dangling]"}));
}

TEST_F(CheckDataTest, FieldsThatHoldNoValueOfTheirTypeAreNamed) {
  Set("partners", "assay.v1.Partner",
      {R"({"id": "P1", "status_since": "2026-02-30", "licences": [{}, {"valid_to": "soon"}]})"});
  const Lines found = Findings(nullptr);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].starts_with("partners.jsonl:1:1: warning: status_since: ")) << found[0];
  EXPECT_TRUE(found[1].starts_with("partners.jsonl:1:1: warning: licences[1].valid_to: ")) << found[1];
}

TEST_F(CheckDataTest, OfManyTheFirstFewAreShownAndAllAreCounted) {
  Set("partners", "assay.v1.Partner", std::vector<std::string>(9, R"({"id": "P1"})"));
  const Lines found = Findings(nullptr);
  ASSERT_EQ(found.size(), 6u);
  EXPECT_EQ(found[5], "partners.jsonl: error: and 3 more, 8 in all [data-duplicate]");
}

TEST_F(CheckDataTest, RowsInOrderHaveNoFindings) {
  Set("partners", "assay.v1.Partner", {R"({"id": "P1", "price_group": "A", "status_since": "2026-02-28"})"});
  Set("prices", "assay.v1.PriceListEntry", {R"({"price_group": "A", "product_id": "X", "list_price": "1.50"})"});
  EXPECT_EQ(Findings(nullptr), Lines{});
}

constexpr char kLevelBook[] = R"yaml(
name: data
input: {name: order, type: assay.v1.Order}
levels: [{name: shop, of: listed}]
datasets:
  - {name: partners, type: assay.v1.Partner, key: [id]}
  - {name: listed, type: assay.v1.Partner, key: [district]}
joins:
  - {name: neighbours, dataset: listed, on: [order.district], many: true}
  - {name: parent, each: shop, dataset: partners, on: [shop.parent_id]}
rules:
  - id: R1
    condition: order.neighbours.exists(n, n.parent.level == 'A')
    outcome: HOLD
    message: {en: a, zh: b}
)yaml";

class CheckDatasetLevelTest : public CheckDataTest {
 protected:
  CheckDatasetLevelTest() : CheckDataTest(kLevelBook) {}
};

TEST_F(CheckDatasetLevelTest, AValueOfItsRowsDanglesToo) {
  Set("partners", "assay.v1.Partner", {R"({"id": "P1"})"});
  Set("listed", "assay.v1.Partner", {R"({"id": "S1", "parent_id": "P1"})", R"({"id": "S2", "parent_id": "P9"})"});
  EXPECT_EQ(Findings(nullptr),
            Lines{"listed.jsonl:2:1: warning: no row of 'partners' has the id that parent_id names: \"P9\" "
                  "[data-dangling]"});
}

}  // namespace
}  // namespace assay
