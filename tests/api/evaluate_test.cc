// Evaluation by the C++ interface: rows as messages, wire bytes and JSON; calls that cannot be done.
#include "assay/evaluate.h"

#include "google/protobuf/dynamic_message.h"
#include "gtest/gtest.h"
#include "schema/schema.h"

namespace assay {
namespace {

constexpr char kBook[] = R"(
name: test.totals
input: {name: order, type: assay.v1.Order}
evaluation: {id: order.id, verdicts: {NONE: GOOD, HOLD: BAD}}
rules: [{id: R, title: {en: x, zh: x}, condition: "order.total > 10.0", outcome: HOLD, task: {owner: order.sold_to}}]
outputs: [{name: total, expression: order.total}]
)";
constexpr char kOrder[] = R"({"id": "A", "sold_to": "P", "total": "12"})";
const EvaluationOptions kOptions = {.now = absl::FromUnixSeconds(1'795'000'000)};

Rulebook Load(absl::string_view text) {
  std::vector<Issue> issues;
  absl::StatusOr<Rulebook> rulebook = Rulebook::LoadText("test.yaml", text, *EntitySchema::Standard(), &issues);
  EXPECT_TRUE(rulebook.ok()) << rulebook.status();
  return *rulebook;
}

TEST(EvaluateApiTest, RowsAreMessagesJsonOrWireBytesAndComeOnce) {
  const Rulebook rulebook = Load(kBook);
  RowBatch rows(rulebook);
  ASSERT_TRUE(rows.Add(RowFormat::kJson, kOrder).ok());
  const auto schema = *Schema::CreateStandard();
  const std::unique_ptr<google::protobuf::Message> order(
      schema->Prototype(**schema->FindMessage("assay.v1.Order")).New());
  const auto* id = order->GetDescriptor()->FindFieldByName("id");
  order->GetReflection()->SetString(order.get(), id, "B");
  ASSERT_TRUE(rows.Add(*order).ok());
  ASSERT_TRUE(rows.Add(RowFormat::kWire, order->SerializeAsString()).ok());
  EXPECT_FALSE(rows.Add(RowFormat::kJson, "{").ok());
  EXPECT_EQ(rows.size(), 3u);
  const auto result = Evaluate(rulebook, *ReferenceDataBuilder(rulebook).Build(), rows, kOptions);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->rows_size(), 2);
  EXPECT_EQ(result->repeated_rows(), 1);
  EXPECT_EQ(result->rows(0).verdict(), "BAD");
  EXPECT_EQ(result->rows(0).outputs(0).decimal_value(), "12.0000");
  EXPECT_EQ(result->provenance().now().seconds(), 1'795'000'000);
}

TEST(EvaluateApiTest, ResultsAreTablesToo) {
  const Rulebook rulebook = Load(kBook);
  RowBatch rows(rulebook);
  ASSERT_TRUE(rows.Add(RowFormat::kJson, kOrder).ok());
  const auto result = Evaluate(rulebook, *ReferenceDataBuilder(rulebook).Build(), rows, kOptions);
  const std::vector<v1::DayTable> tables = ResultTables(*result);
  ASSERT_EQ(tables.size(), 3u);
  EXPECT_EQ(tables[0].name(), "outputs");
  EXPECT_EQ(tables[0].rows(0).cells(2), "12.0000");
  EXPECT_EQ(tables[1].rows(0).cells(2), "R");
  EXPECT_EQ(tables[2].rows(0).cells(0), "P");
}

TEST(EvaluateApiTest, CallsThatCannotBeDoneAreStatuses) {
  const Rulebook rulebook = Load(kBook);
  const Rulebook other = Load(kBook);
  const ReferenceData data = *ReferenceDataBuilder(rulebook).Build();
  RowBatch rows(rulebook);
  EXPECT_EQ(Evaluate(other, data, rows, kOptions).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Evaluate(rulebook, data, RowBatch(other), kOptions).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ExplainRow(rulebook, data, rows, "A", kOptions).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Evaluate(rulebook, data, rows, {.now = absl::InfiniteFuture()}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace assay
