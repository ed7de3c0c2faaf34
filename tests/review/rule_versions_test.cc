// Versions of one rule: the day of as_of, in the rulebook's zone, decides which one an order is judged by.
#include "absl/strings/str_cat.h"
#include "assay/review.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

constexpr char kBook[] = R"(
name: test.versions
version: "1"
time_zone: Asia/Shanghai
as_of: order.submitted_at
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
rules:
  - {id: MOST, each: line, condition: line.quantity > 5, outcome: NOTE, message: {en: old, zh: x},
     effective: {to: 2026-10-31}}
  - {id: MOST, each: line, condition: line.quantity > 3, outcome: HOLD, message: {en: new, zh: x},
     effective: {from: 2026-11-01}}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)";

// The messages of what is found on a line of so many, submitted then.
std::string Found(int quantity, absl::string_view submitted_at) {
  const auto rulebook = Rulebook::LoadText("test.yaml", kBook, *EntitySchema::Standard(), nullptr);
  if (!rulebook.ok()) return std::string(rulebook.status().message());
  const auto data = ReferenceDataBuilder(*rulebook).Build();
  const auto session = ReviewSession::Open(*rulebook, *data, {.now = absl::FromUnixSeconds(1'795'000'000)});
  EXPECT_TRUE((*session)
                  ->Add(RowFormat::kJson, absl::StrCat(R"({"id": "O", "submitted_at": ")", submitted_at,
                                                       R"(", "lines": [{"id": "1", "quantity": )", quantity, "}]}"))
                  .ok());
  const absl::StatusOr<v1::RunResult> result = (*session)->Run();
  std::string found;
  for (const v1::Finding& finding : result->decisions(0).findings()) {
    absl::StrAppend(&found, finding.rule(), " ", finding.message().en(), ";");
  }
  return found;
}

TEST(RuleVersionsTest, TheDayOfSubmissionInTheRulebooksZonePicksTheVersion) {
  EXPECT_EQ(Found(6, "2026-10-31T23:59:00+08:00"), "MOST old;");
  EXPECT_EQ(Found(4, "2026-10-31T23:59:00+08:00"), "");
  EXPECT_EQ(Found(4, "2026-10-31T16:01:00Z"), "MOST new;");
  EXPECT_EQ(Found(6, "2026-11-01T00:01:00+08:00"), "MOST new;");
}

}  // namespace
}  // namespace assay
