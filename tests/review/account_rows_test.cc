// Rows that ask for an account and have nothing else: the fields of its key, each message on the way once.
#include "review/account_rows.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "rulebook/reference.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

// The sample rulebook with other keys of its ledger and of its dataset.
std::shared_ptr<const CompiledRulebook> Keyed(absl::string_view by_order, absl::string_view by_lot) {
  return Compile(absl::StrReplaceAll(
      kStockBook, {{"[order.warehouse, line.product_id]", by_order}, {"[warehouse, product_id]", by_lot}}));
}

// "account: row", for all of the accounts.
std::vector<std::string> Rows(const CompiledRulebook& book, absl::string_view input,
                              const std::vector<std::string>& lots) {
  auto rows = std::make_shared<RowBytes>();
  for (const std::string& lot : lots) rows->Add(Wire(book, "assay.v1.StockLot", lot));
  const AccountRows accounts(book, 0);
  EXPECT_TRUE(accounts.are_known());
  const std::unique_ptr<google::protobuf::Message> asking(
      book.schema->Prototype(**book.schema->FindMessage(input)).New());
  std::vector<std::string> told;
  for (const auto& [key, row] : accounts.List(**BuildSnapshot(book, {{"lots", rows}}))) {
    EXPECT_TRUE(asking->ParseFromString(row));
    told.push_back(absl::StrCat(absl::StrReplaceAll(key, {{"\t", "/"}}), ": ", asking->ShortDebugString()));
  }
  return told;
}

using Told = std::vector<std::string>;

TEST(AccountRowsTest, EachAccountIsAskedForOnce) {
  const auto book = Keyed("[order.warehouse, line.product_id]", "[warehouse, product_id]");
  EXPECT_EQ(
      Rows(*book, "assay.v1.Order",
           {R"({"warehouse":"W","product_id":"P","lot":"L1"})", R"({"warehouse":"W","product_id":"Q"})",
            R"({"warehouse":"W","product_id":"P","lot":"L2"})", R"({"warehouse":"V","product_id":"P"})"}),
      (Told{R"(V/P: warehouse: "V" lines { product_id: "P" })", R"(W/P: warehouse: "W" lines { product_id: "P" })",
            R"(W/Q: warehouse: "W" lines { product_id: "Q" })"}));
}

TEST(AccountRowsTest, FieldsOfOneLineStandInOneLine) {
  const auto book = Keyed("[line.product_id, order.warehouse, line.requested_lot]", "[product_id, warehouse, lot]");
  const std::string product(200, 'p');
  EXPECT_EQ(
      Rows(*book, "assay.v1.Order", {absl::StrCat(R"({"warehouse":"W","lot":"L","product_id":")", product, R"("})")}),
      (Told{absl::StrCat(product, "/W/L: warehouse: \"W\" lines { product_id: \"", product,
                         "\" requested_lot: \"L\" }")}));
}

TEST(AccountRowsTest, FieldsOfOneMessageStandInOneMessage) {
  const auto book = Compile(R"(
name: test.nested
version: "1"
time_zone: Asia/Shanghai
input: {name: partner, type: assay.v1.Partner}
datasets:
  - {name: lots, type: assay.v1.StockLot, key: [warehouse, product_id, lot]}
joins:
  - name: lots
    dataset: lots
    on: [partner.tax_invoice_profile.title, partner.id, partner.tax_invoice_profile.bank]
    many: true
ledgers:
  - name: stock
    kind: KIND_LOTS
    key: [partner.tax_invoice_profile.title, partner.id, partner.tax_invoice_profile.bank]
    amount: "1.0"
    lots: {of: partner.lots, as: lot, quantity: lot.on_hand, id: lot.lot}
review: {id: partner.id}
)");
  EXPECT_EQ(Rows(*book, "assay.v1.Partner", {R"({"warehouse":"W","product_id":"P","lot":"L"})"}),
            (Told{R"(W/P/L: id: "P" tax_invoice_profile { title: "W" bank: "L" })"}));
}

TEST(AccountRowsTest, AnEmptyTextIsNotWrittenAndItsMessageIs) {
  const auto book = Keyed("[order.warehouse, line.product_id]", "[warehouse, product_id]");
  EXPECT_EQ(Rows(*book, "assay.v1.Order", {R"({"on_hand":"1"})"}), (Told{"/: lines { }"}));
}

}  // namespace
}  // namespace assay
