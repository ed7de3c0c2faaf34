// Moments in what people read: messages show them on the clock of the rulebook's zone.
#include "gtest/gtest.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

TEST(MomentsTest, MessagesShowMomentsOnTheClockOfTheRulebooksZoneAndFindingsInUtc) {
  const auto book = CompileText(R"yml(
name: t.moments
time_zone: Asia/Shanghai
input: {name: complaint, type: assay.v1.Complaint}
evaluation: {id: complaint.id}
rules:
  - id: R
    title: {en: x, zh: x}
    condition: "true"
    outcome: NOTE
    expected: now
    actual: complaint.received_at
    values: {day: date(now), first: "complaint.events[0].at"}
    message: {en: "{actual} by {expected} of {day}, {first}", zh: "{actual}，{first}"}
    task: {owner: "'ANN'", due: now}
)yml");
  const v1::EvaluationResult result =
      RunRows(book, SnapshotOf(*book, {}),
              {WireRow(*book, "assay.v1.Complaint", R"({"id": "A", "received_at": "2025-11-17T23:30:00.5Z"})")});
  const v1::Finding& finding = result.rows(0).findings(0);
  EXPECT_EQ(finding.message().en(), "2025-11-18 07:30:00.500 +08:00 by 2025-11-18 19:06:40 +08:00 of 2025-11-18, -");
  EXPECT_EQ(finding.message().zh(), "2025-11-18 07:30:00.500 +08:00，-");
  EXPECT_EQ(finding.actual(), "2025-11-17T23:30:00.500Z");
  EXPECT_EQ(finding.expected(), "2025-11-18T11:06:40Z");
  EXPECT_EQ(result.worklist(0).due(), "2025-11-18T11:06:40Z");
}

TEST(MomentsTest, WithoutAZoneMessagesShowUtcAndWhatIsSensitiveIsMaskedFirst) {
  const auto book = CompileText(R"yml(
name: t.moments
input: {name: complaint, type: assay.v1.Complaint}
fields: [{path: assay.v1.Complaint.received_at, sensitive: true}]
evaluation: {id: complaint.id}
rules:
  - id: R
    condition: "true"
    outcome: NOTE
    values: {at: now, since: complaint.received_at}
    message: {en: "{at}, {since}", zh: "{at}，{since}"}
)yml");
  const v1::EvaluationResult result =
      RunRows(book, SnapshotOf(*book, {}),
              {WireRow(*book, "assay.v1.Complaint", R"({"id": "A", "received_at": "2025-11-17T23:30:00Z"})")});
  EXPECT_EQ(result.rows(0).findings(0).message().en(), "2025-11-18 11:06:40 UTC, ***");
}

}  // namespace
}  // namespace assay
