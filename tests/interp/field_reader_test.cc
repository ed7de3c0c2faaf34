// Fields as values: what absent, malformed and too large ones read as, and where such errors come from.
#include "interp/field_reader.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/interp/evaluating.h"

namespace assay {
namespace {

std::string Read(absl::string_view row, absl::string_view text) { return Sample(row).Run(text); }

TEST(FieldReaderTest, AnEmptyRowReadsDefaults) {
  const Sample empty("");
  EXPECT_EQ(empty.Run("[order.id, order.person]"), R"(["",""])");
  EXPECT_EQ(empty.Run("[order.count, order.level, order.kind, order.desk]"), "[0,0,0,0]");
  EXPECT_EQ(empty.Run("order.big == 0u && order.ratio == 0.0 && order.small == 0.0 && !order.rush"), "true");
  EXPECT_EQ(empty.Run("order.digest"), "\"\"");
  EXPECT_EQ(empty.Run("order.at"), "\"1970-01-01T00:00:00Z\"");
  EXPECT_EQ(empty.Run("order.wait"), "\"0s\"");
  EXPECT_EQ(empty.Run("order.lines"), "[]");
  EXPECT_EQ(empty.Run("order.stock"), "{}");
  EXPECT_EQ(empty.Run("order.main.id"), "\"\"");
  EXPECT_EQ(empty.Run("order.limit"), "null");
  EXPECT_EQ(empty.Run("order.cents"), "\"0.00\"");
}

TEST(FieldReaderTest, UnsetProto2FieldsReadTheirDefaults) {
  EXPECT_EQ(Read("", "[order.old.size, order.old.color]"), "[7,1]");
  EXPECT_EQ(Read("", "order.old.word"), "\"none\"");
  EXPECT_EQ(Read("old { size: 0 }", "has(order.old.size) && order.old.size == 0"), "true");
  EXPECT_EQ(Read("", "has(order.old) || has(order.old.size)"), "false");
}

TEST(FieldReaderTest, NothingIsNoAmountAndNoDay) {
  for (absl::string_view field : {"total", "discount", "day", "until", "kept_cents", "fee"}) {
    EXPECT_EQ(Read("", absl::StrCat("order.", field)), "!absent") << field;
    EXPECT_EQ(Read("", absl::StrCat("has(order.", field, ")")), "false") << field;
  }
}

TEST(FieldReaderTest, PresentButEmptyIsMalformed) {
  EXPECT_EQ(Read("discount: ''", "order.discount"), "!malformed");
  EXPECT_EQ(Read("until: ''", "order.until"), "!malformed");
  EXPECT_EQ(Read("discount: ''", "has(order.discount)"), "true");
  EXPECT_EQ(Read("rates: ''", "order.rates"), "!malformed");
  EXPECT_EQ(Read("prices { key: 'a' value: '' }", "order.prices"), "!absent");
}

TEST(FieldReaderTest, DecimalTextsAreNeverRounded) {
  EXPECT_EQ(Read("total: '9999999999.99'", "order.total"), "\"9999999999.99\"");
  EXPECT_EQ(Read("total: '10000000000'", "order.total"), "!overflow");
  EXPECT_EQ(Read("total: '1.234'", "order.total"), "!malformed");
  EXPECT_EQ(Read("total: '1.230'", "order.total"), "!malformed");
  EXPECT_EQ(Read("total: '+1'", "order.total"), "!malformed");
  EXPECT_EQ(Read("total: ' 1'", "order.total"), "!malformed");
  EXPECT_EQ(Read("total: '-0.00'", "order.total"), "\"0.00\"");
  EXPECT_EQ(Read("day: '2024-02-30'", "order.day"), "!malformed");
  EXPECT_EQ(Read("day: '2024-2-3'", "order.day"), "!malformed");
}

TEST(FieldReaderTest, MinorUnitsAndMoneyAreSized) {
  EXPECT_EQ(Read("cents: 99999999", "order.cents"), "\"999999.99\"");
  EXPECT_EQ(Read("cents: -100000000", "order.cents"), "!overflow");
  EXPECT_EQ(Read("kept_cents: 0", "order.kept_cents"), "\"0.00\"");
  EXPECT_EQ(Read("fee {}", "order.fee"), "\"0.00\"");
  EXPECT_EQ(Read("fee { units: -3 nanos: -250000000 }", "order.fee"), "\"-3.25\"");
  EXPECT_EQ(Read("fee { nanos: 5000000 }", "order.fee"), "!malformed");
  EXPECT_EQ(Read("fee { units: 3 nanos: -1 }", "order.fee"), "!malformed");
  EXPECT_EQ(Read("fee { nanos: 1000000000 }", "order.fee"), "!malformed");
  EXPECT_EQ(Read("fee { units: 1000000 }", "order.fee"), "!overflow");
}

TEST(FieldReaderTest, InstantsOutsideTheirRangeAreMalformed) {
  EXPECT_EQ(Read("at { nanos: -1 }", "order.at"), "!malformed");
  EXPECT_EQ(Read("at { seconds: 253402300800 }", "order.at"), "!malformed");
  EXPECT_EQ(Read("wait { seconds: 1 nanos: -1 }", "order.wait"), "!malformed");
  EXPECT_EQ(Read("wait { seconds: 9223372037 }", "order.wait"), "!malformed");
  EXPECT_EQ(Read("visits {} visits { nanos: -1 }", "size(order.visits)"), "!malformed");
}

TEST(FieldReaderTest, MapsAscendAndTheLastOfEqualKeysCounts) {
  EXPECT_EQ(Read("names { key: 10 value: 'c' } names { key: -2 value: 'a' } names { key: 9 value: 'b' }",
                 "order.names.map(k, order.names[k]).join()"),
            "\"abc\"");
  EXPECT_EQ(Read("prices { key: 'a' value: 'x' } prices { key: 'a' value: '2' }", "order.prices"), R"({"a":"2.00"})");
}

TEST(FieldReaderTest, AnErrorKnowsItsField) {
  const Sample sample("total: 'much'");
  std::string errors;
  const std::optional<Ast> ast = sample.CheckText("order.total + 1", &errors);
  ASSERT_TRUE(ast.has_value()) << errors;
  const Value value = Evaluate(*ast->root, sample, EvaluateOptions());
  ASSERT_TRUE(value.is_error());
  EXPECT_EQ(value.as_error().origin, "sample.Order.total");
  EXPECT_EQ(value.as_error().field->name(), "total");
  EXPECT_EQ(value.as_error().detail, DecimalParseReason(DecimalParse::kMalformed));
}

TEST(FieldReaderTest, RawTextsAreReadAsWritten) {
  EXPECT_EQ(Read("total: 'much'", "text(order.total)"), "\"much\"");
  EXPECT_EQ(Read("day: '2024-02-30'", "text(order.day)"), "\"2024-02-30\"");
  EXPECT_EQ(Read("discount: ''", "text(order.discount)"), "\"\"");
}

}  // namespace
}  // namespace assay
