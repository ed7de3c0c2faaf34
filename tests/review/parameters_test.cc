// Parameters that are lists and maps: read by themselves, and with what a row says.
#include "absl/strings/str_cat.h"
#include "assay/review.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yaml(
name: test.parameters
version: "1"
input: {name: order, type: assay.v1.Order}
parameters:
  - {name: regions, type: list(string), default: "['HK', 'MO', 'TW']"}
  - {name: caps, type: "map(string, decimal)", default: "{'VIP': 10, 'A': 0.05}"}
  - {name: days, type: "map(string, date)", default: "{'A': date('2026-01-31')}"}
rules:
  - id: LIST
    condition: size(parameters.regions.filter(r, r > 'HK')) == 2 && parameters.regions.exists(r, r == order.district)
    outcome: NOTE
    message: {en: "", zh: ""}
  - id: MAP
    condition: parameters.caps['VIP'] > 9 && order.district in parameters.caps
    outcome: NOTE
    actual: parameters.caps[order.district] * 2
    values: {day: "parameters.days['A']"}
    message: {en: "{actual} {day}", zh: "{actual} {day}"}
review: {id: order.id}
)yaml";

// What is found on an order of the district: "RULE message;".
std::string Found(absl::string_view district) {
  const auto rulebook = Rulebook::LoadText("test.yaml", kBook, *EntitySchema::Standard(), nullptr);
  if (!rulebook.ok()) return std::string(rulebook.status().message());
  const auto data = ReferenceDataBuilder(*rulebook).Build();
  const auto session = ReviewSession::Open(*rulebook, *data, {.now = absl::FromUnixSeconds(1'795'000'000)});
  EXPECT_TRUE((*session)->Add(RowFormat::kJson, absl::StrCat(R"({"id": "O", "district": ")", district, R"("})")).ok());
  const absl::StatusOr<v1::RunResult> result = (*session)->Run();
  std::string found;
  for (const v1::Finding& finding : result->decisions(0).findings()) {
    absl::StrAppend(&found, finding.rule(), " ", finding.message().en(), ";");
  }
  return found;
}

TEST(ParametersTest, ListsAreReadByThemselvesAndWithARow) {
  EXPECT_EQ(Found("MO"), "LIST ;");
  EXPECT_EQ(Found("CD"), "");
}

TEST(ParametersTest, MapsAreReadByKey) {
  EXPECT_EQ(Found("A"), "MAP 0.10 2026-01-31;");
  EXPECT_EQ(Found("VIP"), "MAP 20.00 2026-01-31;");
}

}  // namespace
}  // namespace assay
