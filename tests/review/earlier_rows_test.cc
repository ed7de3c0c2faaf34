// Joins to earlier rows of the run, `within` so many hours: what a search by time finds is what a look at every pair
// finds, in the order of time, whatever the order of the input.
#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "review/session.h"
#include "tests/review/sample_session.h"

namespace assay {
namespace {

constexpr char kBook[] = R"(
name: test.earlier
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
joins:
  - name: before
    dataset: batch.order
    key: [sold_to]
    on: [order.sold_to]
    within: {field: submitted_at, hours: order.revision}
    many: true
  - name: by_warehouse
    dataset: batch.order
    key: [sold_to]
    on: [order.sold_to]
    within: {field: submitted_at, hours: order.revision}
    order_by: [warehouse]
    many: true
rules:
  - id: R-TIME
    condition: "true"
    outcome: NOTE
    reason: SEEN
    actual: order.before.map(o, o.id).join(' ')
    message: {en: x, zh: 甲}
  - id: R-WAREHOUSE
    condition: "true"
    outcome: NOTE
    reason: SEEN
    actual: order.by_warehouse.map(o, o.id).join(' ')
    message: {en: x, zh: 甲}
reason_codes: [{code: SEEN, text: {en: Seen, zh: 见}, route: CLERK}]
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)";

struct Row {
  std::string id;
  int partner;
  int minute;
  int hours;
  std::string warehouse;
};

std::string Earlier(const std::vector<Row>& rows, const Row& mine, bool by_warehouse) {
  std::vector<Row> found;
  for (const Row& row : rows) {
    const bool before = std::tie(row.minute, row.id) < std::tie(mine.minute, mine.id);
    if (row.partner == mine.partner && before && mine.minute - row.minute <= mine.hours * 60) found.push_back(row);
  }
  if (by_warehouse) {
    std::stable_sort(found.begin(), found.end(), [](const Row& a, const Row& b) { return a.warehouse < b.warehouse; });
  } else {
    std::sort(found.begin(), found.end(),
              [](const Row& a, const Row& b) { return std::tie(a.minute, a.id) < std::tie(b.minute, b.id); });
  }
  return absl::StrJoin(found, " ", [](std::string* out, const Row& row) { out->append(row.id); });
}

TEST(EarlierRowsTest, AreThoseOfEveryPairThatLieInTheWindow) {
  const auto book = Compile(kBook);
  std::mt19937 random(20261127);
  const auto draw = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  for (int round = 0; round < 40; ++round) {
    std::vector<Row> rows;
    for (int i = 0; i < 60; ++i) {
      // Few moments and hours: many rows at one time, and many at the very edge of the window.
      rows.push_back(
          {absl::StrCat("O", 100 + i), draw(0, 2), 30 * draw(0, 40), draw(-1, 12), absl::StrCat("W", 100 + i)});
    }
    std::vector<std::string> wires;
    for (const Row& row : rows) {
      wires.push_back(Wire(*book, "assay.v1.Order",
                           absl::StrCat(R"({"id":")", row.id, R"(","sold_to":"P)", row.partner, R"(","warehouse":")",
                                        row.warehouse, R"(","revision":)", row.hours, R"(,"submitted_at":")",
                                        FormatTimestamp({1'795'000'000 + row.minute * 60, 0}), R"("})")));
    }
    std::shuffle(wires.begin(), wires.end(), random);
    SessionOptions options;
    options.now = {1'796'000'000, 0};
    const auto session = *Session::Open(book, *BuildSnapshot(*book, {}), options);
    const v1::RunResult result = RunOrders(session.get(), wires);
    for (const Row& row : rows) {
      const v1::Decision& decision = Find(result, row.id);
      ASSERT_EQ(decision.findings_size(), 2);
      EXPECT_EQ(decision.findings(0).actual(), Earlier(rows, row, false)) << row.id;
      EXPECT_EQ(decision.findings(1).actual(), Earlier(rows, row, true)) << row.id;
    }
  }
}

}  // namespace
}  // namespace assay
