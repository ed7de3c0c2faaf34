// Rows laid over others: whatever is laid over a base, once or twice, results are those of the rows that count, read
// anew.
#include "rulebook/overlay.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "rulebook/reference.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

// Prices are found by the dataset's key, by another key, by a day, in an order and by a key that is worked out; they
// look up products. Partners hold lists, one that is sought by its texts; staff look up staff. Values may err.
constexpr char kBook[] = R"yaml(
name: test.overlay
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels:
  - {name: line, of: order.lines}
  - {name: price, of: prices}
  - {name: partner, of: partners}
  - {name: contact, of: partner.contacts}
  - {name: person, of: staff}
datasets:
  - {name: prices, type: assay.v1.PriceListEntry, key: [product_id], valid: [valid_from, valid_to]}
  - {name: products, type: assay.v1.Product, key: [id]}
  - {name: partners, type: assay.v1.Partner, key: [id]}
  - {name: staff, type: assay.v1.Staff, key: [id]}
joins:
  - {name: buyer, dataset: partners, on: [order.sold_to]}
  - {name: clerk, dataset: staff, on: [order.submitted_by]}
  - {name: boss, each: person, dataset: staff, on: [person.reports_to]}
  - {name: product, each: price, dataset: products, on: [price.product_id]}
  - {name: listed, each: line, dataset: prices, on: [line.product_id], at: date(order.submitted_at)}
  - {name: scales, each: line, dataset: prices, key: [product_id], on: [line.product_id], at: date(order.submitted_at), order_by: [scale_from], many: true}
  - {name: in_group, dataset: prices, key: [price_group], on: [order.buyer.price_group], at: date(order.submitted_at), many: true}
  - {name: alike, each: line, dataset: prices, key: [mark], on: [line.unit], at: date(order.submitted_at), many: true}
variables:
  - {name: worth, each: price, expression: price.list_price * 2}
  - {name: brand, each: price, expression: price.product.brand}
  - {name: mark, each: price, expression: price.unit + price.currency}
  - {name: title, each: contact, expression: contact.role + '/' + partner.level}
  - {name: buyers, each: partner, expression: "size(partner.contacts.filter(c, c.title.startsWith('BUYER')))"}
  - {name: above, each: person, expression: "person.reports_to == '' ? '' : person.boss.role"}
outputs:
  - {name: worth, each: line, expression: line.listed.worth}
  - {name: brand, each: line, expression: line.listed.brand}
  - {name: steps, each: line, expression: "line.scales.map(s, string(s.scale_from) + s.price_group).join(' ')"}
  - {name: alike, each: line, expression: "line.alike.map(s, s.product_id + s.brand).join(' ')"}
  - {name: in_group, expression: "order.in_group.map(p, p.product_id + string(p.worth)).join(' ')"}
  - {name: level, expression: order.buyer.level}
  - {name: buyers, expression: order.buyer.buyers}
  - {name: titles, expression: "order.buyer.contacts.map(c, c.title).join(' ')"}
  - {name: same, expression: "size(order.lines.filter(l, order.buyer.contacts.exists(c, c.role == l.unit)))"}
  - {name: above, expression: order.clerk.above}
evaluation: {id: order.id}
)yaml";

constexpr const char* kDatasets[] = {"prices", "products", "partners", "staff"};

// Rows as JSON, by dataset; and the keys that are cleared, as texts.
using Rows = std::map<std::string, std::vector<std::string>>;

class OverlayTest : public testing::TestWithParam<uint32_t> {
 protected:
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  bool OneIn(int n) { return Below(n) == 0; }
  std::string OneOf(const std::vector<std::string>& texts) {
    return texts[static_cast<size_t>(Below(static_cast<int>(texts.size())))];
  }
  std::string Key(const std::string& dataset) { return absl::StrCat(dataset.substr(0, 2), Below(6)); }

  std::string Row(const std::string& dataset, const std::string& key) {
    if (dataset == "products")
      return absl::StrCat(R"({"id":")", key, R"(","brand":")", OneOf({"X", "Y", "Z"}), R"("})");
    if (dataset == "staff") {
      const std::string boss = OneIn(3) ? "" : Key("staff");
      return absl::StrCat(R"({"id":")", key, R"(","role":")", OneOf({"A", "B"}), R"(","reports_to":")", boss, R"("})");
    }
    if (dataset == "partners") {
      std::vector<std::string> contacts;
      for (int i = Below(4); i > 0; --i) {
        contacts.push_back(absl::StrCat(R"({"role":")", OneOf({"BUYER", "EA", "CS", "OWNER"}), R"("})"));
      }
      return absl::StrCat(R"({"id":")", key, R"(","level":")", OneOf({"VIP", "A", "B"}), R"(","price_group":")",
                          OneOf({"G", "H"}), R"(","contacts":[)", absl::StrJoin(contacts, ","), "]}");
    }
    std::string price =
        absl::StrCat(R"({"product_id":")", key, R"(","price_group":")", OneOf({"G", "H"}), R"(","unit":")",
                     OneOf({"EA", "CS"}), R"(","currency":")", OneOf({"", "C"}), R"(")");
    if (!OneIn(8))
      absl::StrAppend(&price, R"(,"list_price":")", OneIn(12) ? "x" : absl::StrCat(Below(50), ".5"), R"(")");
    if (!OneIn(4)) absl::StrAppend(&price, R"(,"scale_from":")", Below(3) * 10, R"(")");
    if (OneIn(4)) absl::StrAppend(&price, R"(,"valid_to":")", OneIn(5) ? "soon" : "2025-11-0", R"(")");
    if (OneIn(3)) absl::StrAppend(&price, R"(,"valid_from":"2025-1)", Below(3), R"(-02")");
    return price + "}";
  }

  // Up to so many rows of each dataset.
  Rows SomeRows(int most) {
    Rows rows;
    for (const std::string dataset : kDatasets) {
      std::vector<std::string> keys;
      for (int i = Below(most + 1); i > 0; --i) {
        const std::string key = dataset == "prices" ? Key("products") : Key(dataset);
        // Prices alone may come more than once under a key.
        if (dataset != "prices" && std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
        keys.push_back(key);
        rows[dataset].push_back(Row(dataset, key));
      }
    }
    return rows;
  }

  std::vector<std::string> Orders() {
    std::vector<std::string> orders;
    for (int i = 0; i < 12; ++i) {
      std::vector<std::string> lines;
      for (int l = Below(5); l > 0; --l) {
        lines.push_back(absl::StrCat(R"({"id":")", l, R"(","product_id":")", Key("products"), R"(","unit":")",
                                     OneOf({"EA", "CS", "EAC", "CSC"}), R"("})"));
      }
      orders.push_back(
          WireRow(*book_, "assay.v1.Order",
                  absl::StrCat(R"({"id":"O)", 10 + i, R"(","sold_to":")", Key("partners"), R"(","submitted_by":")",
                               Key("staff"), R"(","submitted_at":"2025-11-0)", 1 + Below(4), R"(T02:00:00Z","lines":[)",
                               absl::StrJoin(lines, ","), "]}")));
    }
    return orders;
  }

  static const char* TypeOf(const std::string& dataset) {
    if (dataset == "prices") return "assay.v1.PriceListEntry";
    if (dataset == "products") return "assay.v1.Product";
    return dataset == "partners" ? "assay.v1.Partner" : "assay.v1.Staff";
  }

  static std::string KeyField(const std::string& dataset) { return dataset == "prices" ? "product_id" : "id"; }

  std::map<std::string, RowBytes> Bytes(const Rows& rows) const {
    std::map<std::string, RowBytes> bytes;
    for (const auto& [dataset, jsons] : rows) {
      for (const std::string& json : jsons) bytes[dataset].Add(WireRow(*book_, TypeOf(dataset), json));
    }
    return bytes;
  }

  std::shared_ptr<const Snapshot> Fresh(const Rows& rows) const {
    std::map<std::string, std::shared_ptr<const RowBytes>> shared;
    for (auto& [dataset, bytes] : Bytes(rows)) shared[dataset] = std::make_shared<const RowBytes>(bytes);
    return *BuildSnapshot(*book_, shared);
  }

  // Lays random rows and cleared keys over `base`, and does the same to the plain rows.
  std::shared_ptr<const Snapshot> LayOver(const std::shared_ptr<const Snapshot>& base, Rows* plain) {
    const Rows rows = SomeRows(3);
    Overlay overlay = {.rows = Bytes(rows), .cleared = {}};
    const auto drop = [plain](const std::string& dataset, const std::string& field, const std::string& value) {
      const std::string wanted = absl::StrCat("\"", field, "\":\"", value, "\"");
      std::erase_if((*plain)[dataset], [&](const std::string& row) { return row.find(wanted) != std::string::npos; });
    };
    for (int i = Below(3); i > 0; --i) {
      v1::RequiredKey* const key = &overlay.cleared.emplace_back();
      key->set_dataset(OneOf({"prices", "partners", "staff", "products"}));
      v1::KeyField* const field = key->add_key();
      const bool by_group = key->dataset() == "prices" && OneIn(3);
      field->set_field(by_group ? OneOf({"price_group", "currency"}) : KeyField(key->dataset()));
      if (!by_group) {
        field->set_value(Key(key->dataset() == "prices" ? "products" : key->dataset()));
      } else {
        field->set_value(field->field() == "currency" ? "C" : "G");
      }
      drop(key->dataset(), field->field(), field->value());
    }
    for (const auto& [dataset, jsons] : rows) {
      for (const std::string& json : jsons) {
        const size_t begin = json.find(absl::StrCat("\"", KeyField(dataset), "\":\"")) + KeyField(dataset).size() + 4;
        drop(dataset, KeyField(dataset), json.substr(begin, json.find('"', begin) - begin));
      }
    }
    for (const auto& [dataset, jsons] : rows) {
      (*plain)[dataset].insert((*plain)[dataset].end(), jsons.begin(), jsons.end());
    }
    auto laid = OverlaySnapshot(*book_, base, overlay);
    EXPECT_TRUE(laid.ok()) << laid.status();
    return *std::move(laid);
  }

  std::string Results(const std::shared_ptr<const Snapshot>& snapshot, const std::vector<std::string>& orders) const {
    v1::EvaluationResult result = RunRows(book_, snapshot, orders);
    result.clear_provenance();
    std::string text;
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = true;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(result, &text, options).ok());
    return text;
  }

  std::shared_ptr<const CompiledRulebook> book_ = CompileText(kBook);
  std::mt19937 random_{GetParam()};
};

TEST_P(OverlayTest, ResultsAreThoseOfTheRowsThatCount) {
  for (int i = 0; i < 20; ++i) {
    Rows plain = SomeRows(8);
    const std::vector<std::string> orders = Orders();
    const std::shared_ptr<const Snapshot> base = Fresh(plain);
    const std::string of_base = Results(base, orders);
    std::shared_ptr<const Snapshot> laid = base;
    Rows over = plain;
    for (int layer = 0; layer < 3; ++layer) {
      laid = LayOver(laid, &over);
      ASSERT_EQ(Results(laid, orders), Results(Fresh(over), orders)) << "layer " << layer << " of day " << i;
    }
    ASSERT_EQ(Results(base, orders), of_base);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, OverlayTest, testing::Range(uint32_t{1}, uint32_t{11}));

}  // namespace
}  // namespace assay
