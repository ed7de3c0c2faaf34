// Rows of a dataset as a level: joins and variables that stand at each of them, along the line they form.
#include <vector>

#include "absl/strings/str_cat.h"
#include "assay/review.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: test.dataset_levels
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels:
  - {name: person, of: staff}
  - {name: limit, of: person.authority_limits}
datasets:
  - {name: staff, type: assay.v1.Staff, key: [id]}
  - {name: partners, type: assay.v1.Partner, key: [id]}
joins:
  - {name: clerk, dataset: staff, on: [order.submitted_by]}
  - {name: boss, each: person, dataset: staff, on: [person.reports_to]}
  - {name: reports, each: person, dataset: staff, key: [reports_to], on: [person.id], order_by: [id], many: true}
  - {name: kept, each: person, dataset: partners, key: [owner_agent], on: [person.id], when: _.level == person.role, many: true}
variables:
  - {name: is_free, each: limit, expression: "!has(limit.bound) || limit.bound > person.capacity"}
  - {name: own, each: person, expression: size(person.kept)}
  - {name: below, each: person, expression: "sum(person.reports.map(r, r.own))"}
  - {name: two_below, each: person, expression: "sum(person.reports.map(r, r.below))"}
  - {name: days, each: person, expression: "date(now) - person.valid_from"}
rules:
  - id: BELOW
    condition: order.clerk.own + order.clerk.below + order.clerk.two_below >= 0
    outcome: NOTE
    actual: string(order.clerk.own) + '/' + string(order.clerk.below) + '/' + string(order.clerk.two_below)
    message: {en: "{actual}", zh: x}
  - id: BOSS
    condition: "has(order.clerk.boss) && order.clerk.boss.authority_limits.exists(l, l.is_free)"
    outcome: NOTE
    actual: order.clerk.boss.days
    message: {en: "{actual}", zh: x}
review: {id: order.id}
)yaml";

constexpr const char* kStaff[] = {
    R"({"id": "A", "role": "VIP", "valid_from": "2026-11-01",
        "authority_limits": [{"rule": "X", "bound": "3"}, {"rule": "Y", "bound": "1"}], "capacity": 2})",
    R"({"id": "B", "role": "A", "reports_to": "A", "authority_limits": [{"rule": "X", "bound": "2"}], "capacity": 2,
        "valid_from": "2026-11-02"})",
    R"({"id": "C", "role": "A", "reports_to": "A"})",
    R"({"id": "D", "role": "B", "reports_to": "B"})",
};

constexpr const char* kPartners[] = {
    R"({"id": "1", "owner_agent": "A", "level": "VIP"})", R"({"id": "2", "owner_agent": "A", "level": "A"})",
    R"({"id": "3", "owner_agent": "B", "level": "A"})",   R"({"id": "4", "owner_agent": "C", "level": "A"})",
    R"({"id": "5", "owner_agent": "C", "level": "A"})",   R"({"id": "6", "owner_agent": "D", "level": "B"})",
};

// What is found on an order of the clerk: "RULE message;".
std::string Found(absl::string_view clerk) {
  const auto rulebook = Rulebook::LoadText("test.yaml", kBook, *EntitySchema::Standard(), nullptr);
  if (!rulebook.ok()) return std::string(rulebook.status().message());
  ReferenceDataBuilder data(*rulebook);
  for (const char* row : kStaff) EXPECT_TRUE(data.Add("staff", RowFormat::kJson, row).ok());
  for (const char* row : kPartners) EXPECT_TRUE(data.Add("partners", RowFormat::kJson, row).ok());
  const auto built = data.Build();
  const auto session = ReviewSession::Open(*rulebook, *built, {.now = absl::FromUnixSeconds(1'795'000'000)});
  EXPECT_TRUE((*session)->Add(RowFormat::kJson, absl::StrCat(R"({"id": "O", "submitted_by": ")", clerk, R"("})")).ok());
  const absl::StatusOr<v1::RunResult> result = (*session)->Run();
  std::string found;
  for (const v1::Finding& finding : result->decisions(0).findings()) {
    absl::StrAppend(&found, finding.rule(), " ", finding.message().en(), ";");
  }
  return found;
}

TEST(DatasetLevelsTest, VariablesAddUpAlongTheLineThatRowsForm) {
  EXPECT_EQ(Found("A"), "BELOW 1/3/1;");
  EXPECT_EQ(Found("C"), "BELOW 2/0/0;BOSS 17;");
}

TEST(DatasetLevelsTest, ListsOfTheirRowsAreLevelsToo) {
  EXPECT_EQ(Found("B"), "BELOW 1/1/0;BOSS 17;");  // A may go to 3, over its 2
  EXPECT_EQ(Found("D"), "BELOW 1/0/0;");          // B may not
}

}  // namespace
}  // namespace assay
