// A host that starts from nothing and brings what sessions ask for: they decide as on all the data, whatever fields
// rows are looked up by and whatever was brought for the orders before.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "assay/review.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: test.required_keys
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets:
  - {name: partners, type: assay.v1.Partner, key: [id]}
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id], many: true}
  - {name: prices, type: assay.v1.PriceListEntry, key: [price_group, product_id, currency, unit], many: true}
joins:
  - {name: partner, dataset: partners, on: [order.sold_to]}
  - {name: parent, dataset: partners, on: ["has(order.partner) ? order.partner.parent_id : ''"]}
  - name: siblings
    dataset: partners
    key: [parent_id]
    on: ["has(order.partner) ? order.partner.parent_id : 'none'"]
    order_by: [id]
    many: true
  - {name: same_lots, dataset: lots, key: [lot], on: [order.customer_document_number], many: true}
  - {name: lots, each: line, dataset: lots, on: [order.warehouse, line.product_id], order_by: [lot], many: true}
  - name: lots_elsewhere
    each: line
    dataset: lots
    key: [product_id]
    on: ["size(order.fallback_warehouses) > 0 ? line.product_id : ''"]
    when: _.warehouse in order.fallback_warehouses
    many: true
  - {name: good_lots, each: line, dataset: lots, key: [status, product_id], on: ["'BLOCKED'", line.product_id], many: true}
  - name: group_prices
    each: line
    dataset: prices
    key: [price_group]
    on: ["has(order.parent) ? order.parent.price_group : ''"]
    many: true
  - name: product_prices
    each: line
    dataset: prices
    key: [currency, product_id]
    on: [order.currency, "size(line.lots) > 1 ? line.product_id : 'none'"]
    many: true
rules:
  - id: PARTNERS
    condition: "true"
    outcome: NOTE
    actual: "string(has(order.parent)) + '/' + string(size(order.siblings)) + '/' + string(size(order.same_lots))"
    message: {en: "{actual}", zh: "{actual}"}
  - id: LOTS
    each: line
    condition: "true"
    outcome: NOTE
    actual: >-
      string(sum(line.lots.map(l, l.on_hand))) + '/' + string(sum(line.lots_elsewhere.map(l, l.on_hand))) + '/' +
      string(sum(line.good_lots.map(l, l.on_hand)))
    message: {en: "{actual}", zh: "{actual}"}
  - id: PRICES
    each: line
    condition: size(line.group_prices) > 0 || size(line.product_prices) > 0
    outcome: HOLD
    actual: >-
      string(sum(line.group_prices.map(p, p.list_price))) + '/' + string(sum(line.product_prices.map(p, p.list_price)))
    message: {en: "{actual}", zh: "{actual}"}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)yaml";

struct Row {
  std::string dataset;
  std::map<std::string, std::string> fields;

  std::string Field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
  }
  // As keys are told.
  std::string KeyText(const std::string& name) const {
    if (name == "status") return fields.contains(name) ? "3" : "0";
    return Field(name);
  }
  std::string Json() const {
    std::string json;
    for (const auto& [name, value] : fields)
      absl::StrAppend(&json, json.empty() ? "{" : ", ", "\"", name, "\": \"", value, "\"");
    return json + "}";
  }
};

const std::map<std::string, std::vector<std::string>>& KeyFields() {
  static const auto* const kFields = new std::map<std::string, std::vector<std::string>>{
      {"partners", {"id"}},
      {"lots", {"warehouse", "product_id"}},
      {"prices", {"price_group", "product_id", "currency", "unit"}},
  };
  return *kFields;
}

// All the data, and what was brought of them so far.
class Host {
 public:
  explicit Host(std::vector<Row> rows)
      : book_(*Rulebook::LoadText("test.yaml", kBook, *EntitySchema::Standard(), nullptr)),
        rows_(std::move(rows)),
        all_(*ReferenceDataBuilder(book_).Build()),
        brought_(all_) {
    std::set<size_t> every;
    for (size_t i = 0; i < rows_.size(); ++i) every.insert(i);
    all_ = With(all_, every, {});
  }

  // The decisions on orders when all that is asked for was brought; how often something was. No run asks twice for a
  // key.
  std::pair<std::string, int> DecideOnWhatIsAsked(const std::vector<std::string>& orders) {
    for (int rounds = 0;; ++rounds) {
      const v1::RequiredKeys keys = Asked(orders);
      if (keys.keys_size() == 0) return {Decisions(Open(brought_, orders).get()), rounds};
      Bring(keys);
    }
  }

  v1::RequiredKeys Asked(const std::vector<std::string>& orders) const {
    return *Open(brought_, orders)->RequiredKeys();
  }
  v1::RequiredKeys AskedOfAll(const std::vector<std::string>& orders) const {
    return *Open(all_, orders)->RequiredKeys();
  }

  std::string DecideOnAll(const std::vector<std::string>& orders) const { return Decisions(Open(all_, orders).get()); }

  // Lays over what there is the rows of the keys, and of each of these rows all that share its dataset's key.
  void Bring(const v1::RequiredKeys& keys) {
    std::set<size_t> rows;
    for (const v1::RequiredKey& key : keys.keys()) {
      EXPECT_TRUE(asked_.insert(key.SerializeAsString()).second) << key.DebugString();
      for (const auto& row : rows_) {
        if (!Has(row, key)) continue;
        for (size_t other = 0; other < rows_.size(); ++other) {
          if (ShareKey(row, rows_[other])) rows.insert(other);
        }
      }
    }
    brought_ = With(brought_, rows, keys);
  }

 private:
  static bool Has(const Row& row, const v1::RequiredKey& key) {
    return row.dataset == key.dataset() &&
           std::all_of(key.key().begin(), key.key().end(),
                       [&](const v1::KeyField& part) { return row.KeyText(part.field()) == part.value(); });
  }

  static bool ShareKey(const Row& a, const Row& b) {
    const std::vector<std::string>& fields = KeyFields().at(a.dataset);
    return a.dataset == b.dataset && std::all_of(fields.begin(), fields.end(), [&](const std::string& field) {
             return a.Field(field) == b.Field(field);
           });
  }

  ReferenceData With(const ReferenceData& base, const std::set<size_t>& rows, const v1::RequiredKeys& cleared) const {
    ReferenceDataBuilder builder(base);
    for (const v1::RequiredKey& key : cleared.keys()) EXPECT_TRUE(builder.Clear(key).ok()) << key.DebugString();
    for (const size_t i : rows) {
      EXPECT_TRUE(builder.Add(rows_[i].dataset, RowFormat::kJson, rows_[i].Json()).ok()) << rows_[i].Json();
    }
    absl::StatusOr<ReferenceData> built = builder.Build();
    EXPECT_TRUE(built.ok()) << built.status();
    return *built;
  }

  std::unique_ptr<ReviewSession> Open(const ReferenceData& data, const std::vector<std::string>& orders) const {
    auto session = *ReviewSession::Open(book_, data, {.now = absl::FromUnixSeconds(1'795'000'000)});
    for (const std::string& order : orders) EXPECT_TRUE(session->Add(RowFormat::kJson, order).ok()) << order;
    return session;
  }

  static std::string Decisions(ReviewSession* session) {
    v1::RunResult result = *session->Run();
    for (v1::Decision& decision : *result.mutable_decisions()) decision.mutable_provenance()->clear_snapshot();
    return result.DebugString();
  }

  Rulebook book_;
  std::vector<Row> rows_;
  ReferenceData all_;
  ReferenceData brought_;
  std::set<std::string> asked_;
};

Row Lot(const std::string& warehouse, const std::string& product, const std::string& lot, const std::string& on_hand) {
  return {"lots", {{"warehouse", warehouse}, {"product_id", product}, {"lot", lot}, {"on_hand", on_hand}}};
}

v1::RequiredKeys LotsBy(const std::map<std::string, std::string>& fields) {
  v1::RequiredKeys keys;
  v1::RequiredKey* key = keys.add_keys();
  key->set_dataset("lots");
  for (const auto& [field, value] : fields) {
    v1::KeyField* part = key->add_key();
    part->set_field(field);
    part->set_value(value);
  }
  return keys;
}

TEST(RequiredKeysTest, RowsThatWereBroughtByOtherFieldsMayBeOnlySomeOfAKey) {
  Host host({Lot("W", "P", "1", "5"), Lot("V", "P", "2", "7")});
  const std::string first = R"({"id": "1", "warehouse": "W", "lines": [{"id": "1", "product_id": "P"}]})";
  const std::string second =
      R"({"id": "2", "warehouse": "W", "fallback_warehouses": ["V"], "lines": [{"id": "1", "product_id": "P"}]})";
  host.Bring(LotsBy({{"warehouse", "W"}, {"product_id", "P"}}));
  EXPECT_EQ(host.DecideOnWhatIsAsked({first}).first, host.DecideOnAll({first}));
  EXPECT_EQ(host.DecideOnWhatIsAsked({second}).first, host.DecideOnAll({second}));
}

// What is asked for of lots, as "field=value field=value;".
std::string LotsAsked(const v1::RequiredKeys& keys) {
  std::string asked;
  for (const v1::RequiredKey& key : keys.keys()) {
    if (key.dataset() != "lots") continue;
    for (const v1::KeyField& part : key.key()) absl::StrAppend(&asked, part.field(), "=", part.value(), " ");
    asked.back() = ';';
  }
  return asked;
}

TEST(RequiredKeysTest, OfAKeyThatIsKnownEveryPartIsAndOfAWholeDatasetWhatIsThere) {
  const std::string order =
      R"({"id": "1", "warehouse": "W", "fallback_warehouses": ["V"], "lines": [{"id": "1", "product_id": "P"}]})";
  Host host({Lot("W", "P", "1", "5"), Lot("V", "P", "2", "7")});
  EXPECT_EQ(LotsAsked(host.AskedOfAll({order})), "lot=;status=3 product_id=P;");
  EXPECT_EQ(LotsAsked(host.Asked({order})), "lot=;product_id=P;status=3 product_id=P;warehouse=W product_id=P;");
  host.Bring(LotsBy({{"warehouse", "W"}, {"product_id", "P"}}));
  EXPECT_EQ(LotsAsked(host.Asked({order})), "lot=;product_id=P;status=3 product_id=P;");
  host.Bring(LotsBy({{"product_id", "P"}}));
  EXPECT_EQ(LotsAsked(host.Asked({order})), "lot=;");
}

// Few values, so that keys of different fields meet in one row.
class RandomDay {
 public:
  explicit RandomDay(uint32_t seed) : random_(seed) {}

  std::vector<Row> Rows() {
    std::vector<Row> rows;
    for (int i = 0; i < 8; ++i) {
      rows.push_back(
          {"partners", {{"id", absl::StrCat("C", i)}, {"parent_id", Any("C", 10)}, {"price_group", Any("G", 3)}}});
      if (Draw(3) == 0) rows.back().fields.erase("parent_id");
    }
    for (int i = 0; i < 40; ++i) {
      rows.push_back(Lot(Any("W", 4), Any("P", 5), Any("L", 12), absl::StrCat(1 + Draw(99))));
      if (Draw(3) == 0) rows.back().fields["status"] = "STOCK_STATUS_BLOCKED";
    }
    for (int i = 0; i < 40; ++i) {
      rows.push_back({"prices",
                      {{"price_group", Any("G", 3)},
                       {"product_id", Any("P", 5)},
                       {"currency", Any("X", 2)},
                       {"unit", Any("U", 2)},
                       {"list_price", absl::StrCat(1 + Draw(99))}}});
    }
    return rows;
  }

  std::string Order(int number) {
    std::string order =
        absl::StrCat(R"({"id": "O)", number, R"(", "sold_to": ")", Any("C", 10), R"(", "warehouse": ")", Any("W", 4),
                     R"(", "currency": ")", Any("X", 2), R"(", "customer_document_number": ")", Any("L", 20), "\"");
    if (Draw(2) == 0) absl::StrAppend(&order, R"(, "fallback_warehouses": [")", Any("W", 4), R"("])");
    absl::StrAppend(&order, R"(, "lines": [)");
    const int lines = 1 + Draw(2);
    for (int line = 1; line <= lines; ++line) {
      absl::StrAppend(&order, line == 1 ? "" : ", ", R"({"id": ")", line, R"(", "quantity": "1", "product_id": ")",
                      Any("P", 6), "\"}");
    }
    return order + "]}";
  }

 private:
  int Draw(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  std::string Any(const char* kind, int of) { return absl::StrCat(kind, Draw(of)); }

  std::mt19937 random_;
};

TEST(RequiredKeysTest, WhateverWasBroughtForTheOrdersBeforeAnOrderIsDecidedAsOnAllTheData) {
  constexpr int kLongestChain = 4;  // partner, parent, its prices; lots, prices by what they are
  int most = 0;
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    RandomDay day(seed);
    Host host(day.Rows());
    std::vector<std::string> orders;
    for (int number = 1; number <= 8; ++number) {
      orders.push_back(day.Order(number));
      const auto [decided, rounds] = host.DecideOnWhatIsAsked(orders);
      ASSERT_EQ(decided, host.DecideOnAll(orders)) << "seed " << seed << ", order " << number;
      ASSERT_LE(rounds, kLongestChain);
      most = std::max(most, rounds);
    }
  }
  EXPECT_GT(most, 1);
}

}  // namespace
}  // namespace assay
