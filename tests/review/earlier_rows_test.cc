// Joins to earlier rows of the run, `within` so many hours: what a search by time finds is what a look at every pair
// finds, in the order of time, whatever the order of the input; also by keys that are worked out, of the last so many
// rows alone, and where rows are only counted.
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
  - name: alike
    dataset: batch.order
    key: [sold_to, parity, everywhere]
    on: [order.sold_to, order.parity, "true"]
    within: {field: submitted_at, hours: order.revision}
    many: true
  - name: last_alike
    dataset: batch.order
    key: [sold_to, parity, everywhere]
    on: [order.sold_to, order.parity, "true"]
    within: {field: submitted_at, hours: order.revision}
    last: order.revision - 8
    many: true
  - name: last_by_warehouse
    dataset: batch.order
    key: [sold_to]
    on: [order.sold_to]
    within: {field: submitted_at, hours: order.revision}
    order_by: [warehouse]
    last: 2
    many: true
variables:
  # Of a name with so many letters, since a key may be a text.
  - {name: parity, expression: "order.revision % 2 == 0 ? 'even' : 'odd'"}
  - {name: everywhere, expression: "true"}
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
  - id: R-ALIKE
    condition: "true"
    outcome: NOTE
    reason: SEEN
    actual: order.alike.map(o, o.id).join(' ')
    message: {en: x, zh: 甲}
  - id: R-LAST
    condition: "true"
    outcome: NOTE
    reason: SEEN
    actual: order.last_alike.map(o, o.id).join(' ')
    message: {en: x, zh: 甲}
  - id: R-LAST-BY-WAREHOUSE
    condition: "true"
    outcome: NOTE
    reason: SEEN
    actual: order.last_by_warehouse.map(o, o.id).join(' ')
    message: {en: x, zh: 甲}
  - id: R-COUNT
    condition: "true"
    outcome: NOTE
    reason: SEEN
    actual: string(size(order.alike)) + ' ' + string(size(order.last_alike))
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

std::vector<Row> Earlier(const std::vector<Row>& rows, const Row& mine) {
  std::vector<Row> found;
  for (const Row& row : rows) {
    const bool before = std::tie(row.minute, row.id) < std::tie(mine.minute, mine.id);
    if (row.partner == mine.partner && before && mine.minute - row.minute <= mine.hours * 60) found.push_back(row);
  }
  std::sort(found.begin(), found.end(),
            [](const Row& a, const Row& b) { return std::tie(a.minute, a.id) < std::tie(b.minute, b.id); });
  return found;
}

std::vector<Row> ByWarehouse(std::vector<Row> rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.warehouse < b.warehouse; });
  return rows;
}

std::vector<Row> OfParity(std::vector<Row> rows, int hours) {
  std::erase_if(rows, [&](const Row& row) { return (row.hours % 2 == 0) != (hours % 2 == 0); });
  return rows;
}

std::vector<Row> Last(std::vector<Row> rows, int most) {
  const int surplus = static_cast<int>(rows.size()) - std::max(0, most);
  if (surplus > 0) rows.erase(rows.begin(), rows.begin() + surplus);
  return rows;
}

std::string Ids(const std::vector<Row>& rows) {
  return absl::StrJoin(rows, " ", [](std::string* out, const Row& row) { out->append(row.id); });
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
      const std::vector<Row> earlier = Earlier(rows, row);
      const std::vector<Row> alike = OfParity(earlier, row.hours);
      const std::vector<Row> last = Last(alike, row.hours - 8);
      ASSERT_EQ(decision.findings_size(), 6);
      EXPECT_EQ(decision.findings(0).actual(), Ids(earlier)) << row.id;
      EXPECT_EQ(decision.findings(1).actual(), Ids(ByWarehouse(earlier))) << row.id;
      EXPECT_EQ(decision.findings(2).actual(), Ids(alike)) << row.id;
      EXPECT_EQ(decision.findings(3).actual(), Ids(last)) << row.id;
      EXPECT_EQ(decision.findings(4).actual(), Ids(Last(ByWarehouse(earlier), 2))) << row.id;
      EXPECT_EQ(decision.findings(5).actual(), absl::StrCat(alike.size(), " ", last.size())) << row.id;
    }
  }
}

// An order of whose key one part divides by nothing.
TEST(EarlierRowsTest, ARowWhoseKeyCannotBeHadIsFoundByNoneAndSaysSo) {
  const auto book = Compile(R"(
name: test.keys
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
joins:
  - {name: alike, dataset: batch.order, key: [share], on: [order.share], many: true, order_by: [id]}
  - {name: others, dataset: batch.order, key: [warehouse], on: [order.warehouse], many: true, order_by: [id]}
variables:
  - {name: share, expression: 12 / order.revision}
rules:
  - id: R-ALIKE
    condition: size(order.alike) > 0
    outcome: NOTE
    on_error: HOLD
    reason: SEEN
    actual: order.alike.map(o, o.id).join(' ')
    message: {en: x, zh: 甲}
  - id: R-OTHERS
    condition: size(order.others) > 0
    outcome: NOTE
    reason: SEEN
    actual: string(size(order.others))
    message: {en: x, zh: 甲}
reason_codes: [{code: SEEN, text: {en: Seen, zh: 见}, route: CLERK}]
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)");
  std::vector<std::string> wires;
  for (const auto& [id, revision] : {std::pair("A", 0), std::pair("B", 5), std::pair("C", 6), std::pair("D", 0)}) {
    wires.push_back(Wire(*book, "assay.v1.Order", absl::StrCat(R"({"id":")", id, R"(","revision":)", revision, "}")));
  }
  SessionOptions options;
  options.now = {1'796'000'000, 0};
  const auto session = *Session::Open(book, *BuildSnapshot(*book, {}), options);
  const v1::RunResult result = RunOrders(session.get(), wires);
  for (const char* id : {"B", "C"}) {
    ASSERT_EQ(Find(result, id).findings_size(), 2) << id;
    EXPECT_EQ(Find(result, id).findings(0).actual(), "B C");
    EXPECT_EQ(Find(result, id).findings(1).actual(), "4");
  }
  for (const char* id : {"A", "D"}) {
    ASSERT_EQ(Find(result, id).findings_size(), 2) << id;
    EXPECT_EQ(Find(result, id).findings(0).rule(), "R-OTHERS");
    EXPECT_EQ(Find(result, id).findings(1).dependents(0), "R-ALIKE");
  }
}

}  // namespace
}  // namespace assay
