// Rows of reference data that are in force between two days: bounds, open ones, and those that cannot be read, of which
// nobody knows whether the row counts.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: test.dated
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
datasets:
  - {name: campaigns, type: assay.v1.Campaign, key: [id], valid: [valid_from, valid_to]}
  - {name: prices, type: assay.v1.PriceListEntry, key: [price_group], valid: [valid_from, valid_to], many: true}
joins:
  - {name: campaign, dataset: campaigns, on: [order.sold_to], at: date(order.submitted_at)}
  - {name: prices, dataset: prices, on: [order.sold_to], at: date(order.submitted_at), many: true}
  - {name: cheap, dataset: prices, on: [order.sold_to], at: date(order.submitted_at), many: true, when: _.list_price < 10}
outputs:
  - {name: one, expression: has(order.campaign)}
  - {name: all, expression: "order.prices.map(p, p.unit).join('')"}
  - {name: count, expression: size(order.prices)}
  - {name: cheap, expression: "order.cheap.map(p, p.unit).join('')"}
evaluation: {id: order.id}
)yaml";

// What an order of 2025-11-18 sees of the campaign K, whether there is one, and of the prices a and b of K: which there
// are, how many, and which are below 10; "?" for what cannot be known. The bounds are the campaign's, and those of b.
std::string Seen(const std::string& bounds) {
  const auto book = CompileText(kBook);
  const std::string prices = absl::StrCat(R"({"price_group":"K","unit":"a","list_price":"5"})", "\n",
                                          R"({"price_group":"K","unit":"b","list_price":"20")", bounds, "}\n");
  const auto snapshot =
      SnapshotOf(*book, {{"campaigns", absl::StrCat(R"({"id":"K")", bounds, "}")}, {"prices", prices}});
  const v1::EvaluationResult result =
      RunRows(book, snapshot,
              {WireRow(*book, "assay.v1.Order", R"({"id":"O","sold_to":"K","submitted_at":"2025-11-18T02:00:00Z"})"),
               WireRow(*book, "assay.v1.Order", R"({"id":"P","sold_to":"L","submitted_at":"2025-11-18T02:00:00Z"})")});
  const auto text = [](const v1::OutputValue& output) {
    if (output.kind_case() == v1::OutputValue::kStringValue) return output.string_value();
    if (output.kind_case() == v1::OutputValue::kBoolValue) return std::string(output.bool_value() ? "yes" : "no");
    return output.kind_case() == v1::OutputValue::kIntValue ? absl::StrCat(output.int_value()) : "?";
  };
  const auto all = [&text](const v1::EvaluatedRow& row) {
    return absl::StrJoin(row.outputs(), " ", [&text](std::string* out, const v1::OutputValue& output) {
      absl::StrAppend(out, text(output));
    });
  };
  EXPECT_EQ(all(RowOf(result, "P")), "no  0 ") << "it has none of them";
  return all(RowOf(result, "O"));
}

TEST(DatedRowsTest, ARowIsInForceFromItsFirstDayToItsLast) {
  EXPECT_EQ(Seen(""), "yes ab 2 a");
  EXPECT_EQ(Seen(R"(,"valid_from":"2025-11-18","valid_to":"2025-11-18")"), "yes ab 2 a");
  EXPECT_EQ(Seen(R"(,"valid_from":"2025-11-19")"), "no a 1 a");
  EXPECT_EQ(Seen(R"(,"valid_to":"2025-11-17")"), "no a 1 a");
}

TEST(DatedRowsTest, NobodyKnowsWhetherARowCountsWhoseBoundCannotBeRead) {
  EXPECT_EQ(Seen(R"(,"valid_to":"2025-11-31")"), "? ? ? ?");
  EXPECT_EQ(Seen(R"(,"valid_from":"soon")"), "? ? ? ?");
  EXPECT_EQ(Seen(R"(,"valid_from":"2025-11-19","valid_to":"soon")"), "no a 1 a") << "it is not in force yet";
}

TEST(DatedRowsTest, WhatCannotBeReadIsTold) {
  const auto book = CompileText(kBook);
  const auto snapshot = SnapshotOf(*book, {{"prices", R"({"price_group":"K","unit":"b","valid_to":"2025-11-31"})"}});
  const v1::EvaluationResult result =
      RunRows(book, snapshot,
              {WireRow(*book, "assay.v1.Order", R"({"id":"O","sold_to":"K","submitted_at":"2025-11-18T02:00:00Z"})")});
  ASSERT_GE(RowOf(result, "O").findings_size(), 1);
  EXPECT_EQ(RowOf(result, "O").findings(0).actual(), "prices[K]: valid_to is malformed (is not a day of the calendar)");
}

}  // namespace
}  // namespace assay
